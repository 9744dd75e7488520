"""治理统计: one published figure, exactly as its source prints it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Figure, Id, Line, Prose, Ref, RegionCode
from generator.records.base import IdentifiedRecord, Part, field, items


class StatUnit(Choice):
    """What a figure counts. Different units are never divided by or added to each other (domain §1.3, N08)."""

    FIRMS = "firms", "家"
    ITEMS = "items", "个"
    TEAMS = "teams", "支"
    PERSONS = "persons", "名"
    PEOPLE = "people", "人"
    TEN_THOUSAND_PEOPLE = "ten_thousand_people", "万人"
    PERSON_TIMES = "person_times", "人次"
    TIMES = "times", "次"
    CASES = "cases", "件"
    VEHICLES = "vehicles", "台"
    HOUSEHOLDS = "households", "户"
    PERCENT = "percent", "%"


class Stated(Part):
    """One figure beside a record that has no record of its own, as its source prints it."""

    name: Line = field("指标", "数的是什么，如 保安", required=True)
    value: Figure = field("数值", "来源写 余、多、超 时填写出来的数", required=True)
    unit: StatUnit = field("单位", required=True)
    display: Line = field("原文", "原样印出，如 600余人次", required=True)


class GovernanceStat(IdentifiedRecord):
    """One figure of one region. ``display`` is the source's own wording and is what the page prints.

    No rate, sum or comparison is ever computed from these: definitions differ between cities
    (``comparable_with`` is empty unless a person has found them equal).
    """

    type_name: ClassVar[str] = "governance_stat"
    folder: ClassVar[str] = "governance_stats"
    title: ClassVar[str] = "治理统计"
    about: ClassVar[str] = "来源公布的一个数，照原样写；不做加减，不算比率。"

    region: Annotated[RegionCode, Ref("region")] = field("区域", required=True)
    metric: Id = field("指标编号", "同一指标在各期用同一个，如 party-org-standalone", required=True)
    name: Line = field("指标", "如 单独建立党组织的物业服务企业", required=True)
    value: Figure = field("数值", "来源写 余、多、超 时填写出来的数", required=True)
    unit: StatUnit = field("单位", required=True)
    period: Line | None = field("统计期间", "如 2020年；来源没有写就不填")
    definition: Prose | None = field("口径", "数的是什么")
    mechanism: Annotated[Id, Ref("mechanism")] | None = field("所属机制", "机制编号")
    comparable_with: Annotated[tuple[Id, ...], Ref("governance_stat")] = items(
        "可比指标", "有人核实过口径相同的才填；表格里多个用；隔开"
    )
