"""治理机制: one mechanism of a city's system, in a sentence, with the place on the site that shows it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Id, Line, Prose, Ref, RegionCode
from generator.records.base import IdentifiedRecord, field, items
from generator.records.measure import MeasureKind


class ShownAt(Choice):
    """The part of the site where a mechanism can be seen at work."""

    COMMUNITIES = "communities", "查小区"
    FIRMS = "firms", "查企业"
    FEES = "fees", "收费标准"
    COMPLAINTS = "complaints", "投诉报修"
    ORGANIZATIONS = "organizations", "机构"
    POLICIES = "policies", "政策文件"
    DISCLOSURE = "disclosure", "公示要求"
    RANKINGS = "rankings", "榜单与评级"
    COMMENDATIONS = "commendations", "表彰"
    ACCOUNTS = "accounts", "公共收益和账目"
    BACKSTOP = "backstop", "老旧小区和兜底"
    PLACES = "places", "服务点"
    EXPOSURES = "exposures", "曝光台"
    STORIES = "stories", "做法"
    DELIBERATION = "deliberation", "议事协商"
    BOARDS = "boards", "小区公示栏"
    EXITS = "exits", "物业项目退出程序"


class Mechanism(IdentifiedRecord):
    """One mechanism as its source describes it (domain §1: 合肥 H01–H21, 亳州 B01–B15, 淮南 N01–N16).

    Its figures are ``governance_stat`` records that name it.
    """

    type_name: ClassVar[str] = "mechanism"
    folder: ClassVar[str] = "mechanisms"
    title: ClassVar[str] = "治理机制"
    about: ClassVar[str] = "一个市的一项治理机制：叫什么、由谁做、在本站哪里看。"

    region: Annotated[RegionCode, Ref("region")] = field("区域", required=True)
    system: Line = field("体系", "全市的总称，如 “四个体系”", required=True)
    group: Line = field("分组", "体系里的哪一部分，如 组织体系", required=True)
    name: Line = field("机制", "术语，如 星级评定", required=True)
    text: Prose = field("说明", "一两句话，照来源的意思", required=True)
    actors: Line | None = field("谁来做")
    cadence: Line | None = field("周期")
    consequence: Line | None = field("结果")
    organizations: Annotated[tuple[Id, ...], Ref("organization")] = items(
        "在本站有页的机构", "做这件事的机构的编号；表格里多个用；隔开"
    )
    measures: tuple[MeasureKind, ...] = items("结果运用", "在榜单里是哪几种处置或者优先；表格里多个用；隔开")
    documents: Annotated[tuple[Id, ...], Ref("policy_document")] = items("依据文件", "文件编号；表格里多个用；隔开")
    shown_at: tuple[ShownAt, ...] = items("在本站哪里看", "表格里多个用；隔开")
