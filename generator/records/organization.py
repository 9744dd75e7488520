"""机构: authorities, streets, committees, associations and others that regulate, publish or help."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, CreditCode, Line, Name, Prose, Public, Ref, RegionCode, Url
from generator.records.base import IdentifiedRecord, Phone, field, items


class OrganizationKind(Choice):
    """What an organization is, seen from property services (domain §3.2)."""

    HOUSING_AUTHORITY = "housing_authority", "物业主管部门"
    PRICE_AUTHORITY = "price_authority", "价格主管部门"
    MARKET_REGULATOR = "market_regulator", "市场监管部门"
    URBAN_MANAGEMENT = "urban_management", "城市管理部门"
    PUBLIC_SECURITY = "public_security", "公安机关"
    PETITION = "petition", "信访部门"
    PARTY_ORG_DEPT = "party_org_dept", "组织部门"
    LEADING_GROUP = "leading_group", "工作领导小组"
    INDUSTRY_PARTY_COMMITTEE = "industry_party_committee", "物业行业党委"
    SUBDISTRICT = "subdistrict", "街道办事处（乡镇政府）"
    RESIDENTS_COMMITTEE = "residents_committee", "居民委员会"
    COMMUNITY_PARTY = "community_party", "社区党组织"
    OWNERS_ASSEMBLY = "owners_assembly", "业主大会"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    PROPERTY_MGMT_COMMITTEE = "property_mgmt_committee", "物业管理委员会"
    ASSOCIATION = "association", "行业协会"
    THIRD_PARTY = "third_party", "第三方评估机构"
    MEDIA = "media", "媒体"
    STATE_OWNED_PLATFORM = "state_owned_platform", "国资平台"
    DISPUTE_CENTER = "dispute_center", "矛盾纠纷化解中心"
    COURT = "court", "人民法院"


class Organization(IdentifiedRecord):
    """One body with a duty or a voice in property services. Published by itself or its superior.

    Not a firm: whoever serves a community under contract is a ``firm``.
    """

    type_name: ClassVar[str] = "organization"
    folder: ClassVar[str] = "organizations"
    title: ClassVar[str] = "机构"
    about: ClassVar[str] = "管理或参与物业服务的机构：主管部门、街道、社区、协会等。按合同服务小区的是企业，不在这里。"

    name: Name = field("名称", "全称", required=True)
    short_name: Line | None = field("简称")
    kind: OrganizationKind = field("类别", required=True)
    uscc: CreditCode | None = field("统一社会信用代码", "机关 11 开头、事业单位 12、社团 51")
    region: Annotated[RegionCode, Ref("region")] = field("辖区", "区域代码", required=True)
    address: Line | None = field("办公地址")
    website: Url | None = field("网站")
    phones: Annotated[tuple[Phone, ...], Public()] = items("公开电话")
    duties: Annotated[Prose, Public()] | None = field("职责")
