"""政策文件: a law, rule, standard or notice that something on the site rests on."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, ContentFile, Day, DocNo, DocTitle, Id, Line, Prose, Ref, RegionCode, Url
from generator.records.base import IdentifiedRecord, Part, field, items


class Validity(Choice):
    """Whether a document is in force, as far as its publisher says."""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    REPEALED = "repealed", "已废止"
    DRAFT = "draft", "征求意见稿"


class RelationKind(Choice):
    """What one document does to another."""

    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    SUPPORTS = "supports", "配套"


class Force(Choice):
    """What kind of rule a document is; only some may found a list of the untrustworthy (国办发〔2020〕49号)."""

    LAW = "law", "法律"
    REGULATION = "regulation", "行政法规"
    CENTRAL_POLICY = "central_policy", "党中央、国务院政策文件"
    LOCAL_REGULATION = "local_regulation", "地方性法规"
    RULE = "rule", "规章"
    NORMATIVE = "normative", "规范性文件"
    STANDARD = "standard", "标准"


#: What may order a list of the untrustworthy, or take a right such as bidding.
FOUNDING = frozenset({Force.LAW, Force.REGULATION, Force.CENTRAL_POLICY, Force.LOCAL_REGULATION})


class Relation(Part):
    """One document related to another."""

    kind: RelationKind = field("关系", required=True)
    document: Annotated[Id, Ref("policy_document")] = field("文件", "文件编号", required=True)


class PolicyDocument(IdentifiedRecord):
    """One document by its title, issuers in their order and number (domain §3.20, §7.2).

    A title alone is enough; a number is never invented: without one the page prints 「文号：无」.
    """

    type_name: ClassVar[str] = "policy_document"
    folder: ClassVar[str] = "policies"
    title: ClassVar[str] = "政策文件"
    about: ClassVar[str] = "一份法律、法规、文件或标准：名称、文号、发布机关、有效性；没有的不编造。"

    name: DocTitle = field("名称", "带书名号", required=True)
    short_name: Line | None = field("简称", "如 民法典")
    region: Annotated[RegionCode, Ref("region")] | None = field("适用区域", "全国、全省适用的不填")
    issuers: tuple[Line, ...] = items("发布机关", "牵头的在前；表格里多个用；隔开")
    doc_no: DocNo | None = field("文号", "没有就留空，页面显示「文号：无」，不可编造")
    index_no: Line | None = field("索引号", "政府信息公开索引号；没有就留空")
    classification: Line | None = field("组配分类")
    topic: Line | None = field("主题分类")
    issued_on: Day | None = field("发文日期")
    effective_from: Day | None = field("施行日期")
    valid_until: Day | None = field("有效期至")
    force: Force | None = field("效力级别")
    validity: Validity | None = field("有效性")
    url: Url | None = field("原文链接", "发布机关自己的网页")
    file: ContentFile | None = field("附件", "content/ 里的文件，如 files/notice.pdf")
    summary: Prose | None = field("摘要")
    relations: tuple[Relation, ...] = items("与其他文件的关系")
