"""点单派单接单: how many requests one place had in one period, and how far they came."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Count, Figure, Id, Ref, RegionCode
from generator.records.base import IdentifiedRecord, Part, field
from generator.records.period import Period


class TimeUnit(Choice):
    """What a step's time is counted in; hours and days are never converted."""

    HOUR = "hour", "小时"
    DAY = "day", "天"


class Taken(Part):
    """How long a step takes: the median of the period."""

    n: Figure = field("数", "中位数", required=True)
    unit: TimeUnit = field("单位", required=True)


class StepTimes(Part):
    """The median time of each step."""

    dispatch: Taken | None = field("派单用时", "从点单到派单")
    accept: Taken | None = field("接单用时", "从派单到接单")
    finish: Taken | None = field("办结用时", "从接单到办结")


class OrderFlow(IdentifiedRecord):
    """群众点单、社区派单、物业接单 (seed H14) as counts of one community or region: never a single request."""

    type_name: ClassVar[str] = "order_flow"
    folder: ClassVar[str] = "order_flows"
    title: ClassVar[str] = "点单派单接单"
    about: ClassVar[str] = "一个小区或区域一段时间里点单、派单、接单、办结各多少件，各用多久。只有合计，没有单件。"

    community: Annotated[Id, Ref("community")] | None = field("小区", "小区编号；统计一个区域的留空")
    region: Annotated[RegionCode, Ref("region")] | None = field("区域", "区域代码；统计一个小区的留空")
    period: Period = field("统计期间", required=True)
    requested: Count = field("点单", "件", required=True)
    dispatched: Count = field("派单", "件；其中已经派出的", required=True)
    accepted: Count = field("接单", "件；其中已经接下的", required=True)
    finished: Count = field("办结", "件；其中已经办结的", required=True)
    median_times: StepTimes | None = field("各步用时")
