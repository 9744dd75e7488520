"""榜单期次: one edition of a ranking, from collecting to final."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Count, Day, DocNo, Id, Line, Name, Prose, Public, Ref, RegionCode, Symbol
from generator.records.base import IdentifiedRecord, field, items
from generator.records.period import Period


class Phase(Choice):
    """How far an edition has come."""

    COLLECTING = "collecting", "采集中"
    PROPOSED = "proposed", "拟列入（公示中）"
    OBJECTION = "objection", "异议处理"
    FINAL = "final", "正式"
    AMENDED = "amended", "已调整"
    ARCHIVED = "archived", "归档"
    NOT_HELD = "not_held", "本期未评"


class Detail(Choice):
    """How much of the assessment the authority has published."""

    SCORES = "scores", "分项得分"
    TOTALS = "totals", "总分"
    LISTS = "lists", "只有名单"


class RankingEdition(IdentifiedRecord):
    """One edition: whom, where, when, by which scheme, and how far it has come (domain §3.13).

    Its address is ``/rankings/<id>/`` and what is final is sealed. Several editions of one authority at one time are
    several records. A period that was not held is a record too (``not_held``): without it "consecutive" cannot be told.
    """

    type_name: ClassVar[str] = "ranking_edition"
    folder: ClassVar[str] = "rankings"
    title: ClassVar[str] = "榜单期次"
    about: ClassVar[str] = (
        "一个榜单的一期：评的是什么时候、按哪个办法、走到哪一步。没有评的一期也要有一条，写明为什么。"
    )

    name: Name = field("榜单名称", "照公布的写", required=True)
    scheme: Annotated[Id, Ref("assessment_scheme")] = field("办法", "办法编号", required=True)
    region: Annotated[RegionCode, Ref("region")] = field("区域", required=True)
    period: Period = field("评价期", required=True)
    phase: Phase = field("阶段", required=True)
    detail: Detail = field("公布了什么", required=True)
    doc_no: DocNo | None = field("文号")
    rule_text: Annotated[Prose, Public()] | None = field("名额与规则", "照公布的写，印在表的上方")
    participants: Annotated[Count, Public()] | None = field("参评总数", "照公布的写；未参评的不算")
    prior_notice_on: Day | None = field("事前告知日期")
    notice_from: Day | None = field("公示期起")
    notice_to: Day | None = field("公示期止")
    decided_on: Day | None = field("决定日期")
    decided_by: Line | None = field("由谁决定", "机构或岗位，如 区住建局局长办公会")
    effective_from: Day | None = field("生效日期")
    not_held_reason: Line | None = field("未评的原因", "本期未评的必填")
    empty_lists: tuple[Symbol, ...] = items("空榜", "本期没有入榜的榜单编号；表格里多个用；隔开")
