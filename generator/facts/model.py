"""What is known about a site on one day, as the pages need it. Frozen; sequences in pinyin order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.facts.fees import Comparison, Fee
from generator.facts.quality import TypeQuality
from generator.facts.service import Service
from generator.kinds import PartialDay
from generator.problems import Source
from generator.records import (
    Community,
    Firm,
    Grade,
    GuidePrice,
    Organization,
    Region,
    Site,
)
from generator.records.base import Phone
from generator.records.fee_standard import FeeItem
from generator.records.region import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one record on a page comes from."""

    title: str
    content_source: str | None
    as_of: PartialDay | None
    source: Source
    #: Where the public can see that line, if the site says.
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityFacts:
    """One community with everything its page says."""

    record: Community
    #: From the city down to the community's own region.
    regions: tuple[Region, ...]
    #: Newest first, ended ones included.
    services: tuple[Service, ...]
    current: Service | None
    fees: tuple[Fee, ...]
    #: Who helps when the firm does not: street first, then the county's authorities.
    offices: tuple[Organization, ...]
    origins: tuple[Origin, ...]

    @property
    def district(self) -> Region:
        """The county or zone; the city where the source names none."""
        return next((r for r in self.regions if r.level in {Level.COUNTY, Level.DEV_ZONE}), self.regions[0])

    @property
    def hotlines(self) -> tuple[Phone, ...]:
        """The numbers of whoever serves now, round-the-clock ones first."""
        firm = self.current.firm if self.current else None
        return tuple(sorted(firm.hotlines, key=lambda phone: not phone.is_24h)) if firm else ()

    @property
    def property_fees(self) -> tuple[Fee, ...]:
        """The property fees that hold, by dwelling type."""
        return tuple(fee for fee in self.fees if fee.standard.item is FeeItem.PROPERTY_FEE)

    @property
    def main_fee(self) -> Fee | None:
        """The property fee to show first: one with a single amount, else the first there is."""
        fees = self.property_fees
        return next((fee for fee in fees if fee.standard.amount is not None), next(iter(fees), None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One community under one firm."""

    community: CommunityFacts
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmFacts:
    """One firm with the communities it serves and has served, in pinyin order."""

    record: Firm
    parent: Firm | None
    branches: tuple[Firm, ...]
    serving: tuple[Served, ...]
    served: tuple[Served, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFacts:
    """One region with what lies in it."""

    record: Region
    #: From the city down to this region.
    regions: tuple[Region, ...]
    children: tuple[Region, ...]
    #: Every community below it, in pinyin order.
    communities: tuple[CommunityFacts, ...]
    offices: tuple[Organization, ...]
    comparisons: tuple[Comparison, ...]
    guide_prices: tuple[tuple[GuidePrice, Grade | None], ...]
    quality: tuple[TypeQuality, ...]
    origins: tuple[Origin, ...]

    @property
    def firms(self) -> int:
        """How many firms serve here now."""
        return len({c.current.firm.id for c in self.communities if c.current and c.current.firm})

    @property
    def with_fee(self) -> int:
        """How many communities give a property fee."""
        return sum(bool(c.property_fees) for c in self.communities)

    @property
    def is_compared(self) -> bool:
        """Fees are compared inside one district, never over a city."""
        return self.record.level in {Level.COUNTY, Level.DEV_ZONE} and bool(self.communities)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One name in the A–Z."""

    name: str
    kind: str
    address: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """One source with what came from it."""

    content_source: str | None
    as_of: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All there is to say on one day. Mappings are in order of key, sequences in pinyin order."""

    site: Site
    as_of: date
    communities: Mapping[str, CommunityFacts]
    firms: Mapping[str, FirmFacts]
    regions: Mapping[str, RegionFacts]
    letters: Mapping[str, tuple[Named, ...]]
    sources: tuple[SourceCount, ...]

    @property
    def cities(self) -> tuple[RegionFacts, ...]:
        """The regions at the top."""
        return tuple(region for region in self.regions.values() if region.record.parent is None)

    @property
    def districts(self) -> tuple[RegionFacts, ...]:
        """Counties and zones that hold communities, by code."""
        return tuple(region for region in self.regions.values() if region.is_compared)
