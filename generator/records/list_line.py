"""四项清单: one line of a community's yearly lists of needs, resources, services and duties."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Id, Line, Ref, Role, Year
from generator.records.base import IdentifiedRecord, field


class ListKind(Choice):
    """The four lists (seed H14), in the order of the source."""

    DEMAND = "demand", "需求清单"
    RESOURCE = "resource", "资源清单"
    SERVICE = "service", "服务清单"
    RESPONSIBILITY = "responsibility", "责任清单"


class Progress(Choice):
    """How far something is."""

    NOT_STARTED = "not_started", "未开始"
    ONGOING = "ongoing", "进行中"
    DONE = "done", "完成"
    DELAYED = "delayed", "延期"


class ListLine(IdentifiedRecord):
    """One line of one list: what, by which post, until when."""

    type_name: ClassVar[str] = "list_line"
    folder: ClassVar[str] = "four_lists"
    title: ClassVar[str] = "四项清单"
    about: ClassVar[str] = "一个小区一年的需求、资源、服务、责任清单，一行一条。"

    community: Annotated[Id, Ref("community")] = field("小区", "小区编号", required=True)
    year: Year = field("年度", required=True)
    kind: ListKind = field("清单", required=True)
    content: Line = field("内容", required=True)
    responsible: Role | None = field("责任人", "岗位或单位，不写姓名")
    due: Day | None = field("期限")
    progress: Progress | None = field("进度")
