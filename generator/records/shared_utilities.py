"""公共水电分摊: usage × price, then by which rule to each household."""

from __future__ import annotations

from typing import ClassVar

from generator.kinds import Choice, Count, Figure, Line, Money, SquareMetres, Yuan
from generator.records.base import Part, field, items
from generator.records.periodic_report import PeriodicReport


class UsageUnit(Choice):
    """What a meter counts in."""

    KWH = "kwh", "千瓦时"
    TON = "ton", "吨"


class ShareUnit(Choice):
    """What a share is per; it names the denominator."""

    HOUSEHOLD = "household", "元/户"
    M2 = "m2", "元/㎡"


class UtilityItem(Part):
    """One meter: usage × price = amount; amount ÷ households or area = share."""

    item: Line = field("项目", "如 公共照明、电梯运行、水泵、绿化用水", required=True)
    usage: Figure = field("用量", "本期读数减上期读数", required=True)
    usage_unit: UsageUnit = field("用量单位", required=True)
    price: Yuan = field("单价", "元/千瓦时、元/吨", required=True)
    amount: Money = field("金额", "元，用量 × 单价，四舍五入到分", required=True)
    rule: Line = field("分摊办法", "如 按户平均；一楼不分摊电梯", required=True)
    households: Count | None = field("分摊户数", "按户分的填：多少户分")
    area_m2: SquareMetres | None = field("分摊面积", "按面积分的填，㎡")
    share: Yuan | None = field("分摊结果", "每户或每平方米多少元；印几位小数就算到几位")
    share_unit: ShareUnit | None = field("分摊单位", "元/户 或 元/㎡")


class SharedUtilities(PeriodicReport):
    """Water and power of the common parts in one period (建房规〔2020〕10号 公布公共水电费分摊情况)."""

    type_name: ClassVar[str] = "shared_utilities"
    folder: ClassVar[str] = "shared_utilities"
    title: ClassVar[str] = "公共水电分摊"
    about: ClassVar[str] = (
        "一个小区一段时间里，公共的水电用了多少、单价多少、按什么办法分、每户或每平方米多少。不是哪一户的账单。"
    )

    items: tuple[UtilityItem, ...] = items("项目", "一块表一项")
