"""专项维修资金: what the fund of one community took in, paid for, and has left."""

from __future__ import annotations

from typing import ClassVar

from generator.kinds import Count, Line, Money
from generator.records.base import Part, field, items
from generator.records.periodic_report import PeriodicReport
from generator.records.vote import Vote


class FundProject(Part):
    """One thing the fund paid for, with the vote that allowed it (民法典 278, 281)."""

    name: Line = field("项目", "如 3 栋电梯更换曳引机", required=True)
    amount: Money = field("金额", "元", required=True)
    households: Count | None = field("涉及户数", "户")
    vote: Vote | None = field("表决", "两个口径都要写")


class MaintenanceFund(PeriodicReport):
    """The fund of the whole community in one period (民法典 281). Sub-accounts of households never (domain §3.9d)."""

    type_name: ClassVar[str] = "maintenance_fund"
    folder: ClassVar[str] = "maintenance_funds"
    title: ClassVar[str] = "专项维修资金"
    about: ClassVar[str] = "一个小区一段时间里，维修资金交存、增值、使用了多少，还剩多少。只有全小区合计，没有分户账。"

    opening_balance: Money = field("期初余额", "元，等于上一期的期末余额", required=True)
    deposited: Money = field("交存", "元，没有就写 0", required=True)
    interest: Money = field("增值收益", "元，没有就写 0", required=True)
    projects: tuple[FundProject, ...] = items("使用")
    closing_balance: Money = field("期末余额", "元，期初 + 交存 + 增值收益 − 使用", required=True)
