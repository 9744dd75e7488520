"""Rules for published figures (domain §3.20)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import GovernanceStat
from generator.rules.shared import repeated


def figures_have_a_source(dataset: Dataset) -> Iterator[Problem]:
    """A figure without a source is a rumour (domain §3.20)."""
    for stat in dataset.of(GovernanceStat).values():
        if stat.content_source is None and stat.source_url is None:
            yield Problem("E461", dataset.place(stat), {"value": stat.name})


def figures_keep_their_wording(dataset: Dataset) -> Iterator[Problem]:
    """What is printed holds the number and the unit that stand beside it: 2000余个 is 2000 and 个."""
    for stat in dataset.of(GovernanceStat).values():
        digits = f"{stat.value:f}"
        if stat.display and not (digits in stat.display.replace(",", "") and stat.unit.label in stat.display):
            values = {"value": stat.display, "number": digits, "unit": stat.unit.label}
            yield Problem("E462", dataset.place(stat, "display"), values)


def figures_stand_once(dataset: Dataset) -> Iterator[Problem]:
    """One figure a metric, region and period."""
    keyed = (
        (f"{stat.region}\n{stat.period}\n{stat.as_of}\n{stat.metric}", stat)
        for stat in dataset.published(GovernanceStat).values()
    )
    yield from repeated(dataset, keyed, "E463", "metric")


def only_like_is_compared(dataset: Dataset) -> Iterator[Problem]:
    """次, 个, 件 and 人次 are not compared with each other (domain §1.3, N08)."""
    stats = dataset.of(GovernanceStat)
    for stat in stats.values():
        for position, key in enumerate(stat.comparable_with):
            other = stats[key]
            if (other.metric, other.unit) != (stat.metric, stat.unit) or other is stat:
                values = {"value": key, "unit": stat.unit.label, "first": other.unit.label}
                yield Problem("E464", dataset.place(stat, "comparable_with", position), values)
