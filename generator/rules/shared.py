"""What several rules need: values that may stand only once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import (
    Record,
    Region,
)

R = TypeVar("R", bound=Record)


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
