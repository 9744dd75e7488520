"""物业服务企业: whoever serves a community under contract, a firm or another manager."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, CreditCode, Day, Id, Line, Name, Public, Ref, RegionCode, Url
from generator.records.base import IdentifiedRecord, Part, Phone, field, items


class EntityKind(Choice):
    """The legal form."""

    COMPANY = "company", "法人"
    BRANCH = "branch", "分支机构"
    INDIVIDUAL_BUSINESS = "individual_business", "个体工商户"
    PUBLIC_INSTITUTION = "public_institution", "事业单位"
    PRIVATE_NONPROFIT = "private_nonprofit", "民办非企业单位"
    OTHER_MANAGER = "other_manager", "其他管理人"
    SELF_MANAGED = "self_managed", "业主自管"


class RegistrationStatus(Choice):
    """State in the business register."""

    ACTIVE = "active", "存续（在业）"
    CANCELLED = "cancelled", "注销"
    REVOKED = "revoked", "吊销"
    MOVED = "moved", "迁出"


class PartyOrgMode(Choice):
    """How a firm's Party organisation is set up (source document, H02 and N05)."""

    STANDALONE = "standalone", "单独组建"
    JOINT = "joint", "联合组建（就近归入联合党支部）"
    INSTRUCTOR = "instructor", "选派党建工作指导员"
    MASS_ORG = "mass_org", "群团组织"
    NONE = "none", "无"


class FormerName(Part):
    """A name the firm was registered under; journalists search old names."""

    main: ClassVar[str] = "name"

    name: Name = field("名称", required=True)
    until: Day | None = field("使用至")


class PartyOrg(Part):
    """The firm's Party organisation."""

    mode: PartyOrgMode = field("组建方式", required=True)
    name: Line | None = field("名称")


class Firm(IdentifiedRecord):
    """One registered firm or branch. Basis: 民法典 第九百三十七条; the registry is the source of names.

    A branch has a code of its own and may hold the contract; a firm may be registered anywhere, so the
    region digits of its code say nothing about where it serves. Not a rating: 资质 was abolished in 2017.
    """

    type_name: ClassVar[str] = "firm"
    folder: ClassVar[str] = "firms"
    title: ClassVar[str] = "物业服务企业"
    about: ClassVar[str] = "一家登记的物业服务企业或分支机构。注册地在哪里和在哪里服务是两回事；不是评价。"

    name: Name = field(
        "企业名称",
        "与营业执照一致",
        also=("物业公司", "物业服务企业", "物业企业", "物业管理公司", "物业服务公司", "物业"),
        required=True,
    )
    former_names: tuple[FormerName, ...] = items("曾用名")
    aliases: tuple[Line, ...] = items("别名", "简称和来源中的其他写法；表格里多个用；隔开")
    uscc: Annotated[CreditCode, Public()] | None = field("统一社会信用代码", "18 位，营业执照右上角")
    entity_kind: Annotated[EntityKind, Public()] | None = field("主体类型")
    parent_firm: Annotated[Id, Ref("firm")] | None = field("总公司", "分支机构填写总公司的编号")
    legal_rep: Line | None = field("法定代表人", "只填姓名（登记公开信息）")
    registered_region: RegionCode | None = field("注册地", "区划代码，可以在外省")
    registration_status: RegistrationStatus | None = field("登记状态")
    party_org: PartyOrg | None = field("党组织建设")
    hotlines: Annotated[tuple[Phone, ...], Public()] = items("客服电话")
    website: Url | None = field("官网")
    wechat_oa: Line | None = field("公众号", "官方账号名称")
