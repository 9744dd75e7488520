"""What a page is before it is rendered, and the breadcrumbs above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator import addresses
from generator.records import Record, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page before it is rendered. ``trail`` is the breadcrumb above it: (name, address)."""

    uri: str
    template: str
    title: str
    description: str
    trail: tuple[tuple[str, str], ...] = (("首页", addresses.HOME),)
    #: What a citation calls the page where the title alone is not enough: communities have namesakes.
    cited: str = ""
    #: What people type when they mean this page: with its title, the search finds it. Empty: not a result of its own.
    sought: tuple[str, ...] = ()
    #: A page under the page of a record, or a filter: neither an article nor a column of its own.
    is_part: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def record(self) -> Record | None:
        """The record whose own page this is: then the page is an article, else a column (domain §7.1)."""
        shown = (getattr(value, "record", value) for value in self.values.values())
        return next((r for r in shown if isinstance(r, Record) and addresses.record(r) == self.uri), None)

    @property
    def above(self) -> str:
        """The address of the page above this one in the breadcrumb."""
        return self.trail[-1][1] if self.trail else addresses.HOME

    @property
    def column(self) -> str:
        """The address of the column that the page stands in: a column stands in itself."""
        return addresses.column(self.uri) if self.record or self.is_part else self.uri

    @property
    def keywords(self) -> str:
        """What the page is about: its name and those above it, the home page left out."""
        return ",".join((self.title, *(name for name, target in self.trail if target != addresses.HOME)))


def home_trail(*more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The home page, then ``more``."""
    return (("首页", addresses.HOME), *more)


def region_trail(regions: tuple[Region, ...]) -> tuple[tuple[str, str], ...]:
    """The home page, then every region from the city down."""
    return home_trail(*((region.name, addresses.record(region)) for region in regions))


def place(regions: tuple[Region, ...]) -> str:
    """``合肥市蜀山区``."""
    return "".join(region.name for region in regions)
