"""Rules for periods, wherever one stands: forward, as long as their kind, and what their name says."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import RECORD_TYPES, Record
from generator.records.period import Period, PeriodKind
from generator.rules.shared import months
from generator.schema import Loc


def _periods(dataset: Dataset) -> Iterator[tuple[Record, Loc, Period]]:
    for model in RECORD_TYPES:
        for record in dataset.published(model).values():
            for loc, period in schema.parts(record, Period):
                yield record, loc, period


def periods_run_forward(dataset: Dataset) -> Iterator[Problem]:
    """A period ends after it begins, and is as long as its kind says."""
    for record, loc, period in _periods(dataset):
        if period.end < period.start:
            values = {"value": f"止 {period.end}", "first": f"起 {period.start}"}
            yield Problem("E406", dataset.place(record, *loc, "end"), values)
        elif period.kind in _MONTHS and months(period) != _MONTHS[period.kind]:
            values = {"value": f"{period.start} 至 {period.end}", "first": period.kind.label}
            yield Problem("N702", dataset.place(record, *loc, "kind"), values)


_MONTHS: Mapping[PeriodKind, int] = {
    PeriodKind.YEAR: 12,
    PeriodKind.HALF: 6,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
}


def periods_are_what_they_are_called(dataset: Dataset) -> Iterator[Problem]:
    """People read the name, programs the days: 2026年第三季度 begins on 1 July and ends on 30 September."""
    for record, loc, period in _periods(dataset):
        said = meant(period.label)
        if said and period.start <= period.end and said != (period.start, period.end):
            values = {
                "value": period.label,
                "expected": f"{said[0]} 至 {said[1]}",
                "first": f"{period.start} 至 {period.end}",
            }
            yield Problem("E725", dataset.place(record, *loc, "label"), values)


_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_NAMED = re.compile(
    r"(?P<year>(?:19|20)\d{2})年?(?:"
    r"(?:度|全年度?|年度)?"
    r"|(?P<half>[上下])半年(?:度)?"
    r"|第?(?P<quarter>[一二三四1-4])季度?"
    r"|[Qq](?P<q>[1-4])"
    r"|(?P<month>1[0-2]|0?[1-9])月份?"
    r"|(?P<from>1[0-2]|0?[1-9])月?[-—–~至到](?:(?P<to_year>(?:19|20)\d{2})年)?(?P<to>1[0-2]|0?[1-9])月"
    r")(?:\(.*\))?",
    re.ASCII,
)


def meant(label: str) -> tuple[date, date] | None:
    """The first and the last day that a name of a period says; None where it says none, such as 2025年换届期间."""
    found = _NAMED.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", label)))
    if found is None:
        return None
    first, last = 1, 12
    year = last_year = int(found["year"])
    if half := found["half"]:
        first, last = (1, 6) if half == "上" else (7, 12)
    elif quarter := found["quarter"] or found["q"]:
        last = 3 * (_QUARTERS.get(quarter) or int(quarter))
        first = last - 2
    elif month := found["month"]:
        first = last = int(month)
    elif found["from"]:
        first, last, last_year = int(found["from"]), int(found["to"]), int(found["to_year"] or year)
    days = date(year, first, 1), date(last_year, last, calendar.monthrange(last_year, last)[1])
    return days if days[0] < days[1] else None
