"""议事事项: one matter that residents, committee and firm settle together, published before, during and after."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Count, Day, Happened, Id, Line, Prose, Ref, Role
from generator.records.base import IdentifiedRecord, Part, field, items


class MatterCategory(Choice):
    """What a matter is about (domain §3.19)."""

    ILLEGAL_BUILDING = "illegal_building", "私搭乱建"
    DISORDERLY_PARKING = "disorderly_parking", "车辆乱停"
    DRAINS = "drains", "下水道堵塞"
    FIRE_LANE = "fire_lane", "消防通道"
    DOGS = "dogs", "文明养犬"
    PARKING_SHORTAGE = "parking_shortage", "停车难"
    LIFT_RETROFIT = "lift_retrofit", "加装电梯"
    PUBLIC_REVENUE = "public_revenue", "公共收益"
    CHARGES = "charges", "收费"
    MAINTENANCE_FUND = "maintenance_fund", "维修资金"
    OTHER = "other", "其他"


class RaisedVia(Choice):
    """The way in; who raised it is not recorded."""

    DELIBERATION = "deliberation", "议事厅"
    HOTLINE_12345 = "hotline_12345", "12345 热线"
    SUGGESTION_BOX = "suggestion_box", "公示栏意见箱"
    JOINT_MEETING = "joint_meeting", "联席会议"
    HEARING = "hearing", "听证会、恳谈会"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    PATROL = "patrol", "网格走访"
    FIRM = "firm", "物业服务企业"


class Stage(Choice):
    """When something is published: owners supervise the whole course of a matter (seed H11)."""

    BEFORE = "before", "事前"
    DURING = "during", "事中"
    AFTER = "after", "事后"


class StageNotice(Part):
    """What was published at one stage, from when to when and where."""

    main: ClassVar[str] = "what"

    stage: Stage = field("阶段", required=True)
    what: Line = field("公示内容", "公示了什么，如 方案和费用分摊办法", required=True)
    posted_from: Day = field("公示起", required=True)
    posted_to: Day | None = field("公示止", "还在公示的留空")
    places: tuple[Line, ...] = items("公示地点", "如 小区公示栏、业主微信群；表格里多个用；隔开")
    comment_until: Day | None = field("意见截止", "收意见收到这一天；不收意见的留空")
    how_to_comment: Line | None = field("怎么提意见", "向谁、用什么办法；不写姓名和个人手机")
    feedback_count: Count | None = field("收到意见", "条；只写条数，不写谁提的")


class TaskForce(Part):
    """三方项目推进组 (seed H11): the three parties, as bodies."""

    residents_committee: Role = field("居委会", required=True)
    owners: Role = field("业委会或业主代表", required=True)
    firm: Role = field("物业服务企业", required=True)
    formed_on: Annotated[Day, Happened()] | None = field("成立日期")


class Matter(IdentifiedRecord):
    """One matter of one community, from when it is raised until it is closed (domain §3.19; seed H10, H11).

    No resident is named: neither who raised it nor who objected.
    """

    type_name: ClassVar[str] = "matter"
    folder: ClassVar[str] = "matters"
    title: ClassVar[str] = "议事事项"
    about: ClassVar[str] = "一个小区里一件大家商量着办的事：谁负责、到哪天、事前事中事后各公示了什么、结果怎样。"

    community: Annotated[Id, Ref("community")] = field("小区", "小区编号", required=True)
    name: Line = field("事项", "如 3 栋加装电梯；不写门牌和姓名", required=True)
    category: MatterCategory = field("类别", required=True)
    raised_on: Annotated[Day, Happened()] = field("提出日期", required=True)
    raised_via: RaisedVia | None = field("提出渠道")
    responsible: Role | None = field("责任人", "岗位或单位，不写姓名")
    due: Day | None = field("办结期限")
    task_force: TaskForce | None = field("三方项目推进组")
    stage_notices: tuple[StageNotice, ...] = items("阶段公示", "事前、事中、事后各写一条，各有自己的日期")
    result: Prose | None = field("结果", "办成了什么；没有办成的写明原因")
    closed_on: Annotated[Day, Happened()] | None = field("办结日期")
    escalated_to: Role | None = field("提请", "社区解决不了时提请谁，如 街道党建联席会议")
    escalated_on: Annotated[Day, Happened()] | None = field("提请日期")
