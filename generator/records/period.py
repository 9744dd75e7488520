"""A period that something published is about: a year, a quarter, a month."""

from __future__ import annotations

from generator.kinds import Choice, Day, Line
from generator.records.base import Part, field


class PeriodKind(Choice):
    """How long a period is."""

    YEAR = "year", "年度"
    HALF = "half", "半年"
    QUARTER = "quarter", "季度"
    MONTH = "month", "月"
    AD_HOC = "ad_hoc", "不定期"


class Period(Part):
    """A period with its name; both ends are included."""

    kind: PeriodKind = field("类别", required=True)
    label: Line = field("名称", "如 2025年第二季度", required=True)
    start: Day = field("起", required=True)
    end: Day = field("止", required=True)
