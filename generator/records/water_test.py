"""水质检测: what an agency found in the water that pumps and tanks deliver."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator.kinds import Choice, Day, Happened, Line
from generator.records.base import Part, field, items
from generator.records.periodic_report import PeriodicReport


class Verdict(Choice):
    """Whether it keeps to the standard."""

    PASS = "pass", "合格"
    FAIL = "fail", "不合格"


class WaterItem(Part):
    """One thing that was measured."""

    name: Line = field("指标", "如 浑浊度、菌落总数", required=True)
    value: Line | None = field("检测值", "连单位，照报告写，如 0.35 NTU")
    result: Verdict = field("结论", required=True)


class WaterTest(PeriodicReport):
    """One test of the water of one community."""

    type_name: ClassVar[str] = "water_test"
    folder: ClassVar[str] = "water_tests"
    title: ClassVar[str] = "水质检测"
    about: ClassVar[str] = "一个小区的二次供水哪天由谁检测、合不合格、报告编号是多少。"

    agency: Line = field("检测机构", required=True)
    tested_on: Annotated[Day, Happened()] = field("检测日期", required=True)
    items: tuple[WaterItem, ...] = items("指标")
    result: Verdict = field("结论", "有一项不合格，就是不合格", required=True)
    report_no: Line | None = field("报告编号")
