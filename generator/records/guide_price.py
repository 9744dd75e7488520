"""政府指导价: what an authority set, for one region, grade and dwelling type."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import BandLimit, Day, Flag, Id, Line, Public, Ref, RegionCode, Yuan
from generator.records.base import BasisDoc, IdentifiedRecord, field, items
from generator.records.pricing import DwellingType


class GuidePrice(IdentifiedRecord):
    """One guide price: base and band in 元/㎡·月 (物业服务收费管理办法 第七条).

    Published by the price authority with the housing authority. Not what anybody pays: that is a
    ``fee_standard``. No figure may be entered without its document (domain §4.3).
    """

    type_name: ClassVar[str] = "guide_price"
    folder: ClassVar[str] = "guide_prices"
    title: ClassVar[str] = "政府指导价"
    about: ClassVar[str] = "主管部门对一个区域、一个等级、一种房屋公布的基准价和浮动幅度。不是住户实际交的价格。"

    region: Annotated[RegionCode, Ref("region")] = field("适用区域", required=True)
    grade: Annotated[Id, Ref("grade")] = field("服务等级", "等级编号", required=True)
    dwelling_type: DwellingType = field("物业类型", required=True)
    base: Yuan = field("基准价", "元/㎡·月", required=True)
    band_up_pct: BandLimit = field("上浮幅度", "%，没有上限写 不限", required=True)
    band_down_pct: BandLimit = field("下浮幅度", "%，没有下限写 不限", required=True)
    includes: tuple[Line, ...] = items("包含", "如 电梯运行、公共能耗")
    includes_lift: Flag | None = field("含电梯运行")
    basis: Annotated[tuple[BasisDoc, ...], Public()] = items("依据文件")
    effective_from: Annotated[Day, Public()] | None = field("执行日期起")
    effective_to: Day | None = field("执行日期止")
    next_review: Day | None = field("下次评估日期")
