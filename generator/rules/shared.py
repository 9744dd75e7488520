"""What several rules need: values that may stand only once, regions above one another, how long a period is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

from generator.dataset import Dataset
from generator.kinds import PartialDay
from generator.problems import Problem
from generator.records import (
    Record,
    Region,
)
from generator.records.period import Period

R = TypeVar("R", bound=Record)

#: Fewer than so many are not told apart: in one street people know who is meant (domain §3.20).
FEWEST = 3


def repeated(dataset: Dataset, records: Iterator[tuple[str, R]], code: str, *loc: str) -> Iterator[Problem]:
    """One problem for every record whose value stands in an earlier one; what follows a newline in it is shown."""
    first: dict[str, R] = {}
    for value, record in records:
        if value in first:
            at = dataset.place(first[value], *loc)
            values = {"value": value.rpartition("\n")[2], "first": f"{first[value].key}，{at.path}:{at.line}"}
            yield Problem(code, dataset.place(record, *loc), values)
        first.setdefault(value, record)


def above(regions: Mapping[str, Region], code: str) -> list[str]:
    """A region and those it lies in, nearest first. A circle of parents, which E401 refuses, ends where it closes."""
    found: list[str] = []
    here: str | None = code
    while here is not None and here not in found:
        found.append(here)
        here = regions[here].parent
    return found


def is_after(day: date, as_of: PartialDay) -> bool:
    """As far as the day of the data is known: nothing of 2026 is after 2026."""
    return str(day)[: len(as_of.text)] > as_of.text


def months(period: Period) -> int | None:
    """How many whole calendar months a period covers; None where it begins or ends inside one."""
    after = period.end + timedelta(days=1)
    if period.start.day != 1 or after.day != 1:
        return None
    return (after.year - period.start.year) * 12 + after.month - period.start.month
