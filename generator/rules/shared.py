"""What several rules need: values that stand once, days in order, regions above one another, how long a period is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

from generator import schema
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


def out_of_order(
    dataset: Dataset, record: Record, steps: Iterable[tuple[str, str]], apart: Collection[str] = ()
) -> Iterator[Problem]:
    """Days that cannot come before each other; a day is said to be wrong once.

    ``apart``: later days that may not be the same day either.
    """
    wrong: set[str] = set()
    for early, late in steps:
        first, last = getattr(record, early), getattr(record, late)
        is_wrong = first and last and (last < first or (last == first and late in apart))
        if is_wrong and not wrong & {early, late}:
            wrong |= {early, late}
            labels = [f"{schema.label(type(record), (name,))} {getattr(record, name)}" for name in (late, early)]
            yield Problem("E406", dataset.place(record, late), {"value": labels[0], "first": labels[1]})


def is_after(day: date, as_of: PartialDay) -> bool:
    """As far as the day of the data is known: nothing of 2026 is after 2026."""
    return str(day)[: len(as_of.text)] > as_of.text


def months(period: Period) -> int | None:
    """How many whole calendar months a period covers; None where it begins or ends inside one."""
    after = period.end + timedelta(days=1)
    if period.start.day != 1 or after.day != 1:
        return None
    return (after.year - period.start.year) * 12 + after.month - period.start.month
