"""Rules for regions."""

from __future__ import annotations

from collections.abc import Iterator

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import (
    Region,
)
from generator.records.base import Status
from generator.records.region import CodeSystem, Level

_ORDER = {Level.CITY: 0, Level.COUNTY: 1, Level.DEV_ZONE: 1, Level.SUBDISTRICT: 2, Level.COMMUNITY: 3}


def regions_nest(dataset: Dataset) -> Iterator[Problem]:
    """Each region but a city lies in a higher one."""
    regions = dataset.of(Region)
    for region in regions.values():
        parent = regions.get(region.parent or "")
        if region.level is Level.CITY and region.parent is None:
            continue
        if parent is None or _ORDER[parent.level] >= _ORDER[region.level]:
            values = {"value": parent.name if parent else "没有填写", "level": region.level.label}
            yield Problem("E401", dataset.place(region, "parent"), values)


def regions_stay(dataset: Dataset) -> Iterator[Problem]:
    """A region is what others stand in: it is neither drafted nor withdrawn, and its display does not end."""
    for region in dataset.of(Region).values():
        for name in ("status", "display_until"):
            value = getattr(region, name)
            if value not in {None, Status.PUBLISHED}:
                yield Problem(
                    "E430", dataset.place(region, name), {"value": str(value), "label": schema.label(Region, (name,))}
                )


def codes_fit_their_system(dataset: Dataset) -> Iterator[Problem]:
    """GB/T 2260 has six digits, the first of them the city's; development zones often have no code (domain §3.1)."""
    for region in dataset.of(Region).values():
        is_local = "-" in region.code
        fits = is_local == (region.code_system is CodeSystem.LOCAL)
        if region.code_system is CodeSystem.GBT2260:
            shared = (
                2 if region.parent and region.parent.endswith("0000") else 4
            )  # a municipality stands above all its counties
            in_parent = region.parent is None or region.code[:shared] == region.parent[:shared]
            fits = fits and len(region.code) == 6 and in_parent
        elif not is_local and len(region.code) > 6 and region.parent and "-" not in region.parent:
            fits = fits and region.code.startswith(region.parent[:6])
        if not fits:
            yield Problem("E402", dataset.place(region, "code"), {"value": region.code})
