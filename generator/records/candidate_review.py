"""业委会候选人资格审核: one street's rule and how many candidates it turned away; never who (seed H05, domain §6.2)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Count, Id, Line, Ref, RegionCode, Role, Times, Unnamed
from generator.records.base import IdentifiedRecord, Part, field, items


class ReasonCount(Part):
    """So many were turned away for one kind of reason."""

    main: ClassVar[str] = "category"

    category: Unnamed = field("原因类别", required=True)
    count: Times = field("人数", "名；不满 3 名的不分列", required=True)


class CandidateReview(IdentifiedRecord):
    """Counts of one street over one round of elections. No name, and no reason that would single somebody out."""

    type_name: ClassVar[str] = "candidate_review"
    folder: ClassVar[str] = "candidate_reviews"
    title: ClassVar[str] = "业委会候选人资格审核"
    about: ClassVar[str] = "一个街道审核业委会候选人资格的规则和合计人数。没有姓名，原因不满 3 名的不分列。"

    region: Annotated[RegionCode, Ref("region")] = field("街道", "区域代码", required=True)
    election: Line | None = field("选举届次", "如 2026年换届；来源没有写就不填")
    reviewer: Role | None = field("审核单位", "单位，不写姓名")
    rule_name: Line = field("规则名称", "如 业委会委员“五不能”“六不宜”清单", required=True)
    cannot: tuple[Line, ...] = items("五不能", "照条文；来源没有给出就不填")
    unsuitable: tuple[Line, ...] = items("六不宜", "照条文；来源没有给出就不填")
    rule_document: Annotated[Id, Ref("policy_document")] | None = field("规则文件", "本站有这份文件的，填文件编号")
    rule_source: Line | None = field("规则出处", "文件名称或发布的地方")
    communities_count: Count = field("涉及小区", "个", required=True)
    disqualified_count: Count = field("取消资格", "名；只写人数", required=True)
    reasons_by_category: tuple[ReasonCount, ...] = items("原因分类", "每一类都满 3 名才分列")
    party_share: Unnamed | None = field("党员比例", "照来源写，如 均超50%；不写哪一名是党员")
