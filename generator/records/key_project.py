"""年度攻坚项目: one of the year's hard projects, drawn up by a joint meeting (seed H13)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Day, Happened, Id, Line, Ref, RegionCode, Role, Year, Yuan
from generator.records.base import IdentifiedRecord, Part, field, items
from generator.records.list_line import Progress


class Milestone(Part):
    """One step of a project: until when, and when it was done."""

    main: ClassVar[str] = "what"

    what: Line = field("内容", required=True)
    due: Day = field("期限", required=True)
    done_on: Annotated[Day, Happened()] | None = field("完成日期")


class KeyProject(IdentifiedRecord):
    """One project of one year, in one region or community; led by a body."""

    type_name: ClassVar[str] = "key_project"
    folder: ClassVar[str] = "key_projects"
    title: ClassVar[str] = "年度攻坚项目"
    about: ClassVar[str] = "党建联席会议定下的一个年度物业管理攻坚项目：谁牵头、到哪天、走到哪一步、有没有提请街道。"

    year: Year = field("年度", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("区域", "区域代码", required=True)
    community: Annotated[Id, Ref("community")] | None = field("小区", "只在一个小区的，填小区编号")
    name: Line = field("项目", required=True)
    lead: Role = field("牵头单位", "单位，不写姓名", required=True)
    due: Day | None = field("期限")
    budget: Yuan | None = field("预算", "元")
    milestones: tuple[Milestone, ...] = items("节点", "按先后")
    progress: Progress = field("进度", required=True)
    escalated_to: Role | None = field("提请", "社区解决不了时提请谁，如 街道党建联席会议")
