"""电梯维护保养: who looks after the lifts, and what it cost."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Count, Day, Happened, Line, Money
from generator.records.base import Part, field, items
from generator.records.periodic_report import PeriodicReport
from generator.records.service_item import Contractor


class ElevatorWork(Part):
    """One job on a lift."""

    date: Annotated[Day, Happened()] = field("日期", required=True)
    what: Line = field("内容", "如 更换 2 号楼钢丝绳", required=True)
    amount: Money | None = field("金额", "元")


class ElevatorMaintenance(PeriodicReport):
    """Upkeep of the lifts in one period (建房规〔2020〕10号 电梯维护保养支出情况)."""

    type_name: ClassVar[str] = "elevator_maintenance"
    folder: ClassVar[str] = "elevator_maintenances"
    title: ClassVar[str] = "电梯维护保养"
    about: ClassVar[str] = "一个小区一段时间里，电梯由谁维保、花了多少、做了什么。"

    elevators: Count = field("电梯数", "部", required=True)
    contractor: Contractor | None = field("维保单位", "名称和公开电话")
    cost: Money = field("支出", "元，本期维护保养支出合计", required=True)
    works: tuple[ElevatorWork, ...] = items("维修更换", "例行保养以外的")
