"""合同履行情况: what was promised, what was done, and what owners think of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Self

from generator.kinds import Choice, Count, Day, Happened, Line, Percent
from generator.records.base import Part, field, items
from generator.records.periodic_report import PeriodicReport
from generator.records.service_item import ServiceCategory


class SelfRating(Choice):
    """What the provider says of itself."""

    DONE = "done", "已做到"
    PARTLY = "partly", "部分做到"
    NOT_DONE = "not_done", "没有做到"


class Fulfilled(Part):
    """One category of service: promised beside done."""

    category: ServiceCategory = field("类别", required=True)
    promised: Line = field("约定", "照合同写", required=True)
    done: Line = field("做到", required=True)
    evidence: Line | None = field("凭据", "如 保洁签到表")
    self_rating: SelfRating | None = field("自评")


class Satisfaction(Part):
    """A survey. Without method and number of those asked a percentage says nothing."""

    method: Line | None = field("调查办法", "如 入户问卷，各单元随机抽")
    sample: Count | None = field("调查户数", "户")
    result_pct: Percent = field("满意率", "%", required=True)
    surveyed_on: Annotated[Day, Happened()] = field("调查日期", "过了一年，满意率自动从站点撤下", required=True)

    def is_shown(self, as_of: date) -> bool:
        """For at most a year (安徽省物业服务企业信用管理暂行办法: 满意度公开期限一般不超过 1 年)."""
        day = self.surveyed_on
        is_leap_day = (day.month, day.day) == (2, 29)
        return as_of <= day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


class Fulfilment(PeriodicReport):
    """How the contract was kept in one period, by the provider's own account (民法典 943 履行情况)."""

    type_name: ClassVar[str] = "fulfilment"
    folder: ClassVar[str] = "fulfilments"
    title: ClassVar[str] = "合同履行情况"
    about: ClassVar[str] = (
        "一个小区一段时间里，合同约定的服务做到了多少，报修和投诉办了多少。物业自己说的，不是谁评的。"
    )

    services: tuple[Fulfilled, ...] = items("服务")
    repairs_received: Count | None = field("接报修", "件")
    repairs_finished: Count | None = field("修好", "件")
    complaints_received: Count | None = field("接投诉", "件")
    complaints_in_time: Count | None = field("按时答复", "件")
    satisfaction: Satisfaction | None = field("满意度")

    def as_shown(self, as_of: date) -> Self:
        """A survey leaves its report after a year."""
        if self.satisfaction is None or self.satisfaction.is_shown(as_of):
            return self
        shown = self.model_copy(update={"satisfaction": None})
        shown.model_fields_set.discard("satisfaction")
        return shown
