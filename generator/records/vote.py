"""表决: what the owners' assembly voted, in totals."""

from __future__ import annotations

from generator.kinds import Count, Percent
from generator.records.base import Part, field


class Vote(Part):
    """A vote of the owners' assembly, by both bases of 民法典 第二百七十八条."""

    took_part_area_pct: Percent = field("参与表决专有面积占比", "%", required=True)
    took_part_owners_pct: Percent = field("参与表决人数占比", "%", required=True)
    agreed_area_pct: Percent = field("同意的面积占参与表决的", "%", required=True)
    agreed_owners_pct: Percent = field("同意的人数占参与表决的", "%", required=True)
    households: Count | None = field("总户数")
