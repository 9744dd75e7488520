"""投诉报修流程: whom to turn to, in which order, how long each may take, and on what basis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from generator.kinds import Choice, Id, Line, Percent, Public, Ref, RegionCode, Times, Url
from generator.records.base import IdentifiedRecord, Part, Phone, field, items
from generator.records.organization import OrganizationKind


class ProcedureKind(Choice):
    """What a resident comes with (domain §3.10); the order is that of the pages."""

    REPAIR = "repair", "报修"
    COMPLAINT = "complaint", "投诉"
    FEE_DISPUTE = "fee_dispute", "收费争议"
    INFO_REQUEST = "info_request", "查账与信息公开"
    SAFETY = "safety", "安全隐患"
    RANKING_OBJECTION = "ranking_objection", "榜单异议"


class Actor(Choice):
    """Who acts at a step; for most of them a community's page finds the body and its telephone by itself."""

    FIRM = "firm", "物业服务企业"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    RESIDENTS_COMMITTEE = "residents_committee", "居民委员会（社区）"
    SUBDISTRICT = "subdistrict", "街道办事处（乡镇政府）"
    HOUSING_AUTHORITY = "housing_authority", "物业主管部门"
    MARKET_REGULATOR = "market_regulator", "市场监管部门"
    HOTLINE_12345 = "hotline_12345", "政务服务便民热线 12345"
    DISPUTE_CENTER = "dispute_center", "矛盾纠纷化解中心"
    COURT = "court", "人民法院"


#: The kind of organization behind an actor, one for a whole region; a firm is found by its engagement, and 12345 is
#: one number everywhere.
ORGANIZATION_OF: Mapping[Actor, OrganizationKind] = {
    Actor.RESIDENTS_COMMITTEE: OrganizationKind.RESIDENTS_COMMITTEE,
    Actor.SUBDISTRICT: OrganizationKind.SUBDISTRICT,
    Actor.HOUSING_AUTHORITY: OrganizationKind.HOUSING_AUTHORITY,
    Actor.MARKET_REGULATOR: OrganizationKind.MARKET_REGULATOR,
    Actor.DISPUTE_CENTER: OrganizationKind.DISPUTE_CENTER,
    Actor.COURT: OrganizationKind.COURT,
}

#: Who acts as the owners' committee of one community. Nobody is sent to that of another, so a step names it.
COMMITTEES = frozenset({OrganizationKind.OWNERS_COMMITTEE, OrganizationKind.PROPERTY_MGMT_COMMITTEE})


class LimitUnit(Choice):
    """What a time limit counts in; working days and days are never converted."""

    MINUTE = "minute", "分钟"
    HOUR = "hour", "小时"
    DAY = "day", "日"
    WORKDAY = "workday", "工作日"

    @property
    def counted(self) -> str:
        """As it stands behind a number: 3 个工作日."""
        return f"个{self.label}" if self is LimitUnit.WORKDAY else self.label


class LimitFrom(Choice):
    """When a time limit begins."""

    RECEIVED = "received", "接报"
    ACCEPTED = "accepted", "受理"


class LimitBasis(Choice):
    """Where a time limit comes from; 未规定 says that there is none."""

    CONTRACT = "contract", "合同"
    PROMISE = "promise", "公开承诺"
    RULE = "rule", "规定"
    NONE = "none", "未规定"


class Limit(Part):
    """A time limit: 30 分钟, from the call."""

    n: Times = field("数", required=True)
    unit: LimitUnit = field("单位", required=True)
    since: LimitFrom = field("从何时起", required=True)


class Timed(Part):
    """What has a time limit and says where that comes from."""

    limit: Limit | None = field("时限", "没有规定就不填")
    limit_basis: LimitBasis = field("时限依据", "合同、公开承诺、规定、未规定", required=True)
    limit_source: Line | None = field("依据名称", "文件、合同或承诺的名称和条款；依据为规定时必填")


class Step(Timed):
    """One rung of the ladder."""

    actor: Actor = field("由谁办", required=True)
    organization: Annotated[Id, Ref("organization")] | None = field("机构", "只有一家时填机构编号")
    action: Line = field("做什么", required=True)
    channel: Line | None = field("怎么找", "电话、窗口、网上")
    evidence: tuple[Line, ...] = items("留存证据", "如 报修时间、照片；表格里多个用；隔开")
    next_if_unsolved: Line | None = field("不解决怎么办")


class Urgency(Timed):
    """One class of urgency and what falls under it."""

    level: Line = field("等级", "如 急修、一般", required=True)
    covers: Line = field("包括", "如 停水、停电、跑水", required=True)


class Channel(Part):
    """One way in: a telephone, a place or an address on the web."""

    main: ClassVar[str] = "place"

    phone: Phone | None = field("电话")
    place: Line | None = field("地点", "如 东门客服中心")
    url: Url | None = field("网址")
    hours: Line | None = field("时间", "如 每日 8:00–20:00")


class FollowUp(Part):
    """How the firm asks afterwards whether it is right."""

    within: Limit | None = field("多久之内")
    ratio: Percent | None = field("回访比例", "%")


class ComplaintProcedure(IdentifiedRecord):
    """One kind of matter, in one region, one community or at one firm: exactly one of the three.

    Published by the firm (淮南 长期公开, seed N09) or by an authority. A community's page puts the community's
    own procedure first, then the firm's, and completes it with the rungs of the nearest region.
    """

    type_name: ClassVar[str] = "complaint_procedure"
    folder: ClassVar[str] = "complaint_procedures"
    title: ClassVar[str] = "投诉报修流程"
    about: ClassVar[str] = "一类事情在一个区域、一个小区或一家企业怎么办：先找谁、再找谁、多久答复、依据是什么。"

    kind: ProcedureKind = field("类型", required=True)
    region: Annotated[RegionCode, Ref("region")] | None = field("适用区域", "主管部门公布的，填区域代码")
    community: Annotated[Id, Ref("community")] | None = field("小区", "只在一个小区适用的，填小区编号")
    firm: Annotated[Id, Ref("firm")] | None = field("企业", "企业统一的，填企业编号")
    steps: tuple[Step, ...] = items("步骤", "按先后")
    channels: tuple[Channel, ...] = items("渠道")
    urgency: tuple[Urgency, ...] = items("急缓等级")
    follow_up: FollowUp | None = field("回访")
    escalation: Annotated[tuple[Actor, ...], Public()] = items(
        "升级路径", "一级不解决找哪一级，按先后；表格里多个用；隔开"
    )
