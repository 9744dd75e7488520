"""What a page is before it is rendered, and the breadcrumbs above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator import addresses
from generator.records import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page before it is rendered. ``trail`` is the breadcrumb above it: (name, address)."""

    uri: str
    template: str
    title: str
    description: str
    trail: tuple[tuple[str, str], ...] = (("首页", addresses.HOME),)
    values: Mapping[str, Any] = field(default_factory=dict)


def home_trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The home page, then ``more``."""
    return (("首页", addresses.HOME), *more)


def region_trail(regions: tuple[Region, ...]) -> tuple[tuple[str, str], ...]:
    """The home page, then every region from the city down."""
    return home_trail(*((region.name, addresses.record(region)) for region in regions))


def place(regions: tuple[Region, ...]) -> str:
    """``合肥市蜀山区``."""
    return "".join(region.name for region in regions)
