"""What fee standards and guide prices share: dwelling types and one-sided bands."""

from __future__ import annotations

from generator.kinds import Choice


class DwellingType(Choice):
    """The sort of building a price is for; prices are compared inside one only."""

    MULTI = "multi", "多层住宅"
    MULTI_LIFT = "multi_lift", "多层带电梯住宅"
    MID_HIGH = "mid_high", "小高层住宅"
    HIGH = "high", "高层住宅"
    VILLA = "villa", "别墅"
    SHOP = "shop", "商铺"
    OFFICE = "office", "办公"
    RESETTLEMENT = "resettlement", "安置住宅"
    AFFORDABLE = "affordable", "保障性住房"
