"""What the record types about rankings share: who is ranked, and what a mark means."""

from __future__ import annotations

from typing import Annotated

from generator.kinds import Choice, Id, Line, Ref, Symbol
from generator.records.base import IdentifiedRecord, Part, field


class SubjectType(Choice):
    """Who is ranked. Never a person: a manager is ranked as a post (domain §0.2-1, §6.2)."""

    FIRM = "firm", "企业"
    PROJECT = "project", "项目"
    COMMUNITY = "community", "小区"
    MANAGER = "manager", "项目负责人岗位"
    PARTY_ORG = "party_org", "党组织"

    @property
    def unit(self) -> str:
        """What they are counted in."""
        return "家" if self is SubjectType.FIRM else "个"


#: The fields that say who is meant, by type of subject: these and no others.
SUBJECT_FIELDS = {
    SubjectType.FIRM: ("firm",),
    SubjectType.PROJECT: ("community", "firm"),
    SubjectType.COMMUNITY: ("community",),
    SubjectType.MANAGER: ("community", "firm"),
    SubjectType.PARTY_ORG: ("organization",),
}


class Polarity(Choice):
    """Whether a mark is good or bad. It is stated, never inferred from a colour (domain §0.2-2)."""

    POSITIVE = "positive", "褒扬"
    WARNING = "warning", "提醒"
    NEGATIVE = "negative", "警示"


class Mark(Choice):
    """How a list looks; says nothing about good or bad."""

    RED = "red", "红榜"
    YELLOW = "yellow", "黄榜"
    BLUE = "blue", "蓝榜"
    BLACK = "black", "黑榜"
    YELLOW_CARD = "yellow_card", "黄牌"
    RED_CARD = "red_card", "红牌"
    PLAIN = "plain", "其他"


class Marking(Part):
    """A list or a level: what a subject can be given."""

    id: Symbol = field("编号", "如 red、five_star", required=True)
    label: Line = field("名称", "如 红榜、五星、不合格", required=True)
    polarity: Polarity = field("性质", required=True)


class Ranked(IdentifiedRecord):
    """A record about one subject of a ranking: a firm, a community with the firm that served it, an organisation."""

    firm: Annotated[Id, Ref("firm")] | None = field(
        "企业", "企业编号；评小区、项目的，填评价期内服务它的企业，不是现在的"
    )
    community: Annotated[Id, Ref("community")] | None = field("小区", "小区编号")
    organization: Annotated[Id, Ref("organization")] | None = field("组织", "评党组织的，填机构编号")

    @property
    def subject(self) -> tuple[str, str, str]:
        """Who is meant, as a key: firm, community and organisation, empty where not named."""
        return self.firm or "", self.community or "", self.organization or ""


class OnPost(Ranked):
    """A subject that may be a post."""

    post: Line | None = field("岗位", "评项目负责人的，填岗位名称，不写姓名")
