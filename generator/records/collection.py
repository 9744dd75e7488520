"""费用缴纳情况: how much of the property fee came in, in totals."""

from __future__ import annotations

from typing import ClassVar

from generator.kinds import Count, Flag, Money
from generator.records.base import field
from generator.records.periodic_report import PeriodicReport


class Collection(PeriodicReport):
    """What was due and what came in during one period (domain §3.9b). Rates are computed, never recorded.

    By amount and by households: two bases that are not compared. Under ten households any total is somebody's bill,
    so ``too_few`` stands in place of the figures.
    """

    type_name: ClassVar[str] = "collection"
    folder: ClassVar[str] = "collections"
    title: ClassVar[str] = "费用缴纳情况"
    about: ClassVar[str] = "一个小区一段时间里，物业费应收多少、收到多少、多少户交了。只有合计，不到每一户。"

    too_few: Flag | None = field("不足 10 户", "不足 10 户填 是，下面的数都不填")
    receivable: Money | None = field("应收", "元，本期应收")
    received_current: Money | None = field("本期实收", "元，收到的本期费用，不含以前的欠费")
    received_prior: Money | None = field("收回以前欠费", "元，本期收到的以前各期的费用")
    households_total: Count | None = field("应交户数", "户")
    households_paid: Count | None = field("已交户数", "户，本期交清的")
