"""表彰: an honour given by an authority, apart from any ranking."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import (
    Choice,
    Consent,
    Day,
    DocNo,
    Happened,
    Id,
    Internal,
    Line,
    Name,
    Prose,
    Ref,
    RegionCode,
    Year,
)
from generator.records.base import field
from generator.records.ranking import Ranked


class CommendationKind(Choice):
    """Who is honoured."""

    FIRM = "firm", "企业"
    PARTY_ORG = "party_org", "党组织"
    COMMUNITY = "community", "小区"
    PERSON_STAFF = "person_staff", "最美物业人"
    PERSON_OWNER = "person_owner", "最美业主"


#: Natural persons: their consent is on file, or nothing of them is published (个人信息保护法 25).
PERSONS = frozenset({CommendationKind.PERSON_STAFF, CommendationKind.PERSON_OWNER})


class Commendation(Ranked):
    """One honour for one firm, Party organisation, community or person in one year (domain §3.18, seed H17 and B13).

    Not a list of a ranking: nothing is computed, and it says nothing about those who were not honoured.
    """

    type_name: ClassVar[str] = "commendation"
    folder: ClassVar[str] = "commendations"
    title: ClassVar[str] = "表彰"
    about: ClassVar[str] = "主管部门或协会给的荣誉，一条一个对象。和榜单是两回事。"

    name: Name = field("荣誉名称", "如 党建好、服务好物业服务企业", required=True)
    kind: CommendationKind = field("类别", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("区域", required=True)
    year: Year = field("年度", required=True)
    awarded_by: Annotated[Id, Ref("organization")] = field("表彰单位", "机构编号", required=True)
    awarded_on: Annotated[Day, Happened()] | None = field("表彰日期")
    doc_no: DocNo | None = field("文号")
    recipient: Line | None = field("受表彰的人或组织", "本站没有记录的写名称；个人按本人同意的写法")
    deed: Prose | None = field("事迹")
    consent_ref: Annotated[Consent, Internal()] | None = field("同意公开编号", "个人必填：本人同意公开的内部编号")
    revoked_on: Annotated[Day, Happened()] | None = field("撤销日期")
    revoked_reason: Line | None = field("撤销原因")
