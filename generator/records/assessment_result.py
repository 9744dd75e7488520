"""评价结果: what one subject was given in one edition, as published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from generator.kinds import Flag, Id, Line, Points, Prose, Ref, Symbol, Times, Total
from generator.records.base import Part, field, items, named_items
from generator.records.ranking import OnPost


class Deduction(Part):
    """One finding that cost points, as the authority published it."""

    dimension: Symbol = field("哪一项", required=True)
    text: Line = field("扣分事实", "只写事实和细则条款", required=True)
    points: Points = field("扣几分", required=True)
    where: Line | None = field("时间地点")


class AssessmentResult(OnPost):
    """The scores, total, level and rank of one subject in one edition (domain §3.12).

    The published figures win. The site recomputes them and reports every difference; it corrects nothing.
    """

    type_name: ClassVar[str] = "assessment_result"
    folder: ClassVar[str] = "assessment_results"
    title: ClassVar[str] = "评价结果"
    about: ClassVar[str] = "一个对象在一期里得了多少分、第几名，照公布的写；本站会重算核对，但不改动。"

    edition: Annotated[Id, Ref("ranking_edition")] = field("榜单期次", "期次编号", required=True)
    stratum: Symbol | None = field("分组", "办法里分组的编号")
    scores: Mapping[Symbol, Points] = named_items(
        "分项得分", "一项一列，列名 scores.维度编号，如 scores.service_quality"
    )
    total: Total | None = field("总分", "照公布的写，保留办法规定的小数位")
    level: Symbol | None = field("等级", "等级编号")
    rank: Times | None = field("名次", "组内名次")
    tied: Flag | None = field("并列", "与别人同名次时填 是")
    vetoes: tuple[Symbol, ...] = items("触发的一票否决", "办法里的编号；表格里多个用；隔开")
    veto_reason: Prose | None = field("一票否决的事实", "触发的必填")
    nominated: tuple[Symbol, ...] = items("获得提名的榜单", "榜单编号；表格里多个用；隔开")
    deductions: tuple[Deduction, ...] = items("扣分明细")
    unscored_reason: Line | None = field("未参评的原因", "填了就没有得分和名次")
    override_reason: Line | None = field("与重算不同的说明", "公布的结果和按办法重算的不同，经主管部门确认的，写明原因")
