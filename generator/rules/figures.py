"""Rules for published figures (domain §3.20)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import RECORD_TYPES, GovernanceStat, Mechanism, Region
from generator.records.governance_stat import Stated, StatUnit
from generator.rules.shared import above, repeated


def figures_have_a_source(dataset: Dataset) -> Iterator[Problem]:
    """A figure without a source is a rumour (domain §3.20); the site's default says who runs it, not who counted."""
    for stat in dataset.of(GovernanceStat).values():
        if not {"content_source", "source_url"} & dataset.raws[GovernanceStat, stat.id].values.keys():
            yield Problem("E461", dataset.place(stat), {"value": stat.name})


#: A number with what it counts, longest unit first: 人次 before 人. 万 multiplies, or is part of the unit 万人.
_STATED = re.compile(
    r"(?<![\d.])(?:(?P<digits>\d+(?:\.\d+)?)|[一二两三四五六七八九十百千]+)\s*[余多来]?\s*(?P<wan>万?)[余多来]?\s*(?P<unit>"
    + "|".join(sorted((unit.label for unit in StatUnit if not unit.label.startswith("万")), key=len, reverse=True))
    + ")",
    re.ASCII,
)
_WAN = 10_000


def figures_keep_their_wording(dataset: Dataset) -> Iterator[Problem]:
    """What is printed holds the number and, behind it, the unit that stand beside it: 2000余个 is 2000 and 个."""
    for stat in dataset.of(GovernanceStat).values():
        if stat.display and not _is_stated(stat, stat.display):
            yield Problem("E462", dataset.place(stat, "display"), _told(stat, stat.display))
    for model in RECORD_TYPES:
        for record in dataset.of(model).values():
            for loc, figure in schema.parts(record, Stated):
                if not _is_stated(figure, figure.display):
                    yield Problem("E462", dataset.place(record, *loc, "display"), _told(figure, figure.display))


def _told(figure: GovernanceStat | Stated, wording: str) -> dict[str, str]:
    return {"value": wording, "number": f"{figure.value:f}", "unit": figure.unit.label}


def _is_stated(stat: GovernanceStat | Stated, wording: str) -> bool:
    """A number in words (三家) is not read: then the unit alone is held against it."""
    text = unicodedata.normalize("NFKC", re.sub(r"(?<=\d),(?=\d{3})", "", wording))
    has_digits = re.search(r"\d", text) is not None
    for found in _STATED.finditer(text):
        readings = {found["wan"] + found["unit"]: 1, found["unit"]: _WAN if found["wan"] else 1}
        times = readings.get(stat.unit.label)
        if times and (Decimal(found["digits"]) * times == stat.value if found["digits"] else not has_digits):
            return True
    return False


def figures_lie_in_their_mechanisms_region(dataset: Dataset) -> Iterator[Problem]:
    """A figure of a mechanism is of its region, or of one below it: else it would stand on another city's page."""
    regions = dataset.of(Region)
    for stat in dataset.of(GovernanceStat).values():
        mechanism = dataset.of(Mechanism)[stat.mechanism] if stat.mechanism else None
        if mechanism and mechanism.region not in above(regions, stat.region):
            values = {"value": mechanism.name, "first": regions[mechanism.region].name}
            yield Problem("E465", dataset.place(stat, "mechanism"), values)


def one_system_a_region(dataset: Dataset) -> Iterator[Problem]:
    """A city's system has one name."""
    first: dict[str, Mechanism] = {}
    for mechanism in dataset.published(Mechanism).values():
        other = first.setdefault(mechanism.region, mechanism)
        if other.system != mechanism.system:
            values = {"value": mechanism.system, "first": f"{other.id}：{other.system}"}
            yield Problem("E466", dataset.place(mechanism, "system"), values)


def figures_stand_once(dataset: Dataset) -> Iterator[Problem]:
    """One figure a metric, region and period."""
    keyed = (
        (f"{stat.region}\n{stat.period}\n{stat.as_of}\n{stat.metric}", stat)
        for stat in dataset.published(GovernanceStat).values()
    )
    yield from repeated(dataset, keyed, "E463", "metric")


def unlike_is_not_added(dataset: Dataset) -> Iterator[Problem]:
    """Cities count under one name what differs (domain §1.4 row 26): who adds has found the categories equal."""
    regions = dataset.of(Region)
    alike = defaultdict[tuple[str, StatUnit, str | None], list[GovernanceStat]](list)
    for stat in dataset.published(GovernanceStat).values():
        alike[stat.metric, stat.unit, stat.period].append(stat)
    for group in alike.values():
        lies_in = {stat.id: above(regions, stat.region)[1:] for stat in group}
        for total in group:
            parts = [stat for stat in group if total.region in lies_in[stat.id]]
            are_like = all(total.id in stat.comparable_with or stat.id in total.comparable_with for stat in parts)
            if len(parts) > 1 and not are_like and total.value == sum(stat.value for stat in parts):
                values = {
                    "value": total.display or f"{total.value:f}{total.unit.label}",
                    "options": " + ".join(f"{regions[stat.region].name} {stat.value:f}" for stat in parts),
                }
                yield Problem("E727", dataset.place(total, "value"), values)


def only_like_is_compared(dataset: Dataset) -> Iterator[Problem]:
    """次, 个, 件 and 人次 are not compared with each other (domain §1.3, N08)."""
    stats = dataset.of(GovernanceStat)
    for stat in stats.values():
        for position, key in enumerate(stat.comparable_with):
            other = stats[key]
            if (other.metric, other.unit) != (stat.metric, stat.unit) or other is stat:
                values = {"value": key, "unit": stat.unit.label, "first": other.unit.label}
                yield Problem("E464", dataset.place(stat, "comparable_with", position), values)
