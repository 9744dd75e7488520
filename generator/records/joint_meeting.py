"""议事会议: one meeting or hearing about a community's affairs, or the standing arrangement of such meetings."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Id, Line, Prose, Ref, RegionCode, Role
from generator.records.base import IdentifiedRecord, field, items


class MeetingKind(Choice):
    """What a meeting is called and by which seed rule it is held (domain §3.19: H10, H12, H13, B10, N08)."""

    PARTY_BUILDING = "party_building", "党建联席会议"
    PARTY_MASS = "party_mass", "党群联席会议"
    FOUR_IN_ONE = "four_in_one", "四位一体联席会议"
    DELIBERATION = "deliberation", "议事厅（板凳会议）"
    HEARING = "hearing", "听证会"
    TALK = "talk", "民情恳谈会"
    COORDINATION = "coordination", "事务协调会"


class MeetingLevel(Choice):
    """Who holds it: what a neighbourhood cannot solve goes up to the street (H13)."""

    COMMUNITY = "community", "社区"
    SUBDISTRICT = "subdistrict", "街道"


class JointMeeting(IdentifiedRecord):
    """One meeting with its day, or without one the arrangement: who takes part, how often, about what.

    Bodies and kinds of bodies, never the names of those who came.
    """

    type_name: ClassVar[str] = "joint_meeting"
    folder: ClassVar[str] = "joint_meetings"
    title: ClassVar[str] = "议事会议"
    about: ClassVar[str] = (
        "一次联席会议、议事厅、听证会等，或一项会议制度（没有召开日期）：谁参加、议什么、有什么结果。"
    )

    kind: MeetingKind = field("类型", required=True)
    level: MeetingLevel = field("层级", "由社区还是街道召集", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("区域", "区域代码", required=True)
    community: Annotated[Id, Ref("community")] | None = field("小区", "只议一个小区的事的，填小区编号")
    chair_org: Annotated[Id, Ref("organization")] | None = field("召集机构", "机构编号")
    chair: Role | None = field("召集单位", "本站没有记录的写名称，如 社区党组织；不写姓名")
    members: tuple[Role, ...] = items("参加单位", "哪几类单位和代表，不写姓名；表格里多个用；隔开")
    cadence: Line | None = field("周期", "如 每周六上午、每季度一次")
    held_on: Day | None = field("召开日期", "会议制度没有日期，留空")
    sign_up_until: Day | None = field("报名截止", "要报名才能参加或者发言的，报名的最后一天")
    topics: tuple[Line, ...] = items("议题", "表格里多个用；隔开")
    matters: Annotated[tuple[Id, ...], Ref("matter")] = items("议事事项", "事项编号；表格里多个用；隔开")
    minutes_public: Prose | None = field("公开的结果", "议定了什么；不写谁说了什么")
    how_to_comment: Line | None = field("怎么提意见", "居民向谁、用什么办法、到哪一天")
