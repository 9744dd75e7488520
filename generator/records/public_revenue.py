"""公共收益: what the owners' common parts earned in one period, and where it went."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Balance, Choice, Line, Money, Percent, Public
from generator.records.base import Part, field, items
from generator.records.periodic_report import PeriodicReport


class IncomeSource(Choice):
    """What the common parts are used for (domain §3.9a)."""

    PARKING = "parking", "公共场地停车"
    ELEVATOR_AD = "elevator_ad", "电梯广告"
    OTHER_AD = "other_ad", "其他广告"
    VENUE = "venue", "场地、摊位"
    ROOM_LEASE = "room_lease", "公共用房出租"
    TELECOM = "telecom", "通信基站"
    KIOSK = "kiosk", "快递柜、售卖机"
    CHARGING = "charging", "充电桩"
    POOL = "pool", "泳池、会所"
    COMPENSATION = "compensation", "征收补偿"
    INTEREST = "interest", "存款利息"
    OTHER = "other", "其他收入"


class UseKind(Choice):
    """What the net income was spent on."""

    TO_FUND = "to_fund", "补充维修资金"
    REPAIR = "repair", "维修更新"
    OFFSET_FEE = "offset_fee", "抵物业费"
    OC_EXPENSE = "oc_expense", "业委会经费"
    ACTIVITY = "activity", "社区活动"
    OTHER = "other", "其他支出"


class AccountKind(Choice):
    """How the money is kept. Never which account it is."""

    SEPARATE = "separate", "专户"
    MIXED = "mixed", "未单独列账"


class Income(Part):
    """One source of income, before anything is taken off."""

    source: IncomeSource = field("来源", required=True)
    gross: Money = field("收入", "元，没有扣过成本的数", required=True)
    note: Line | None = field("说明", "如 地面车位 42 个")


class Cost(Part):
    """One cost that was taken off: shown, never netted in silence (民法典 282)."""

    kind: Line = field("成本", "如 票据和税费、道闸维护", required=True)
    amount: Money = field("金额", "元", required=True)


class ManagerShare(Part):
    """What the provider keeps for managing it."""

    amount: Money = field("金额", "元", required=True)
    pct: Percent | None = field("比例", "占收入合计的 %")
    basis: Line = field("依据", "合同条款或业主大会决定", required=True)


class Use(Part):
    """One use of the net income; owners decide it (民法典 278, 282)."""

    kind: UseKind = field("类别", required=True)
    amount: Money = field("金额", "元", required=True)
    what: Line | None = field("用途", "如 更换东门道闸")
    decision: Line | None = field("决定", "业主大会或业主委员会的哪一个决定，如 业委会2026年第4号决定")


class PublicRevenue(PeriodicReport):
    """Income of the common parts in one period: income, costs, share, net, uses, balance (民法典 282, 943).

    Two equations hold to the 分: net = income − costs − share; closing = opening + net − uses. Not the account of the
    property fee.
    """

    type_name: ClassVar[str] = "public_revenue"
    folder: ClassVar[str] = "public_revenues"
    title: ClassVar[str] = "公共收益"
    about: ClassVar[str] = (
        "一个小区一段时间里，利用业主共有部分挣了多少、扣了什么、用在哪里、还剩多少。不是物业费的收支。"
    )

    opening_balance: Balance = field("期初结余", "元，等于上一期的期末结余", required=True)
    income: tuple[Income, ...] = items("收入")
    costs: tuple[Cost, ...] = items("成本")
    manager_share: ManagerShare | None = field("管理费", "物业提成，没有就不填")
    net: Balance = field("净收益", "元，收入 − 成本 − 管理费", required=True)
    uses: tuple[Use, ...] = items("支出")
    closing_balance: Balance = field("期末结余", "元，期初结余 + 净收益 − 支出", required=True)
    account_kind: Annotated[AccountKind, Public()] | None = field("账户", "专户或未单独列账；不写账号")
