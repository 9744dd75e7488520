"""What the name of a period says, in the ways in which offices write it."""

from __future__ import annotations

from datetime import date

import pytest

from generator.facts.timeliness import spans
from generator.records.disclosure_policy import Cadence
from generator.rules.periods import meant


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2025 年全年", "2025-01-01", "2025-12-31"),
        ("2025年度（审计后）", "2025-01-01", "2025-12-31"),
        ("2026年上半年", "2026-01-01", "2026-06-30"),
        ("2026年下半年度", "2026-07-01", "2026-12-31"),
        ("2026年第三季度", "2026-07-01", "2026-09-30"),
        ("2026年四季度", "2026-10-01", "2026-12-31"),
        ("2026年第2季度", "2026-04-01", "2026-06-30"),
        ("２０２６年第１季度", "2026-01-01", "2026-03-31"),
        ("2026Q4", "2026-10-01", "2026-12-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2026年10月份", "2026-10-01", "2026-10-31"),
        ("2026年1—5月", "2026-01-01", "2026-05-31"),
        ("2025年7月至2026年6月", "2025-07-01", "2026-06-30"),
    ],
)
def test_a_name_says_its_days(label: str, start: str, end: str) -> None:
    assert meant(label) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "label",
    [
        "换届期间",
        "2025年换届",
        "2026年春节前",
        "第三季度",
        "2026年第三至四季度",
        "2026年13月",
        "0000年",
        "2026年12—1月",
    ],
)
def test_a_name_that_says_no_days_is_held_to_none(label: str) -> None:
    assert meant(label) is None


@pytest.mark.parametrize("cadence", [one for one in Cadence if one.months])
def test_our_own_names_say_what_they_are(cadence: Cadence) -> None:
    for span in spans(cadence, date(2023, 1, 1), date(2025, 12, 31)):
        assert meant(span.label) == (span.start, span.end)
