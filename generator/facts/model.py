"""What is known about a site on one day, as the pages need it. Frozen; sequences in pinyin order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator import schema
from generator.facts.accounts import Accounts
from generator.facts.deliberation import CityDeliberation, CommunityDeliberation
from generator.facts.fees import PARKING, Compared, Comparison, Fee
from generator.facts.governance import DocumentFacts, SystemFacts
from generator.facts.notices import Expected, Notices, StandingItem
from generator.facts.offer import Offer
from generator.facts.places import Around, Places
from generator.facts.procedures import Ladder
from generator.facts.provenance import Origin
from generator.facts.quality import TypeQuality
from generator.facts.service import Service, ServiceState, serving_on
from generator.facts.standing import RankingFacts
from generator.records import (
    Commendation,
    Community,
    DisclosurePolicy,
    Firm,
    Grade,
    GuidePrice,
    Organization,
    Record,
    Region,
    Site,
)
from generator.records.base import Phone
from generator.records.disclosure_policy import DisclosureItem, DutyHolder
from generator.records.fee_standard import FeeItem, Unit
from generator.records.notice_board import STANDING_ITEMS
from generator.records.region import CodeSystem, Level

#: Where people look for their community.
_DISTRICTS = frozenset({Level.COUNTY, Level.DEV_ZONE})


def _district(regions: tuple[Region, ...]) -> Region:
    return next((r for r in regions if r.level in _DISTRICTS), regions[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a page over many records rests on: their sources and days, each once, in order."""

    sources: tuple[str, ...]
    days: tuple[str, ...]
    #: True when some record's source names no day.
    has_undated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeSpan:
    """From the lowest to the highest property fee of one community, in one unit."""

    low: Decimal
    high: Decimal
    unit: Unit


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
    offer: Offer
    notices: Notices
    #: One a kind of matter; empty where no procedure is on record.
    ladders: tuple[Ladder, ...]
    #: The usual order, for where there is none.
    usual: Ladder
    #: Who helps when the firm does not: street first, then the county's authorities.
    offices: tuple[Organization, ...]
    accounts: Accounts
    #: Service points, trusteeships, exposures, exits, stories.
    around: Around
    #: What people settle together; empty where nothing is on record.
    deliberation: CommunityDeliberation
    origins: tuple[Origin, ...]

    @property
    def standing(self) -> tuple[StandingItem, ...]:
        """The six long-term items: what this site has, and what the board's record says is not on it."""
        current, board = self.current, self.notices.board
        given = {
            DisclosureItem.FIRM_INFO: current is not None and current.firm is not None,
            DisclosureItem.SERVICE_ITEMS: bool(self.offer.groups),
            DisclosureItem.SERVICE_TERM: current is not None and current.state is not ServiceState.TERM_NOT_STATED,
            DisclosureItem.FEE_STANDARD: bool(self.property_fees),
            DisclosureItem.HOTLINE: bool(self.hotlines),
            DisclosureItem.COMPLAINT_PROCEDURE: bool(self.ladders),
        }
        absent = {absence.item: absence for absence in board.absent} if board else {}
        return tuple(StandingItem(item=i, is_given=given[i], absence=absent.get(i)) for i in STANDING_ITEMS)

    @property
    def district(self) -> Region:
        """The county or zone; the city where the source names none, or the city has none."""
        return _district(self.regions)

    def served_on(self, day: date) -> Service | None:
        """The firm's service that went on that day; a term that ran out ends none (民法典 948)."""
        return serving_on(self.services, day)

    @property
    def upcoming(self) -> Service | None:
        """Where nobody serves yet: the one that is to begin."""
        found = [s for s in self.services if s.state is ServiceState.UPCOMING]
        return found[-1] if found and not self.current else None

    @property
    def next(self) -> Service | None:
        """Where somebody serves: the one that is to follow."""
        found = [s for s in self.services if s.state is ServiceState.UPCOMING]
        return found[-1] if found and self.current else None

    @property
    def last(self) -> Service | None:
        """Where nobody serves any more: the one that ended last."""
        return self.services[0] if self.services and not self.current and not self.upcoming else None

    @property
    def fee_is_plain(self) -> bool:
        """Every property fee is amount × area, so that one sentence says how to reckon."""
        return bool(self.property_fees) and all(fee.is_plain for fee in self.property_fees)

    @property
    def district_is_compared(self) -> bool:
        """Whether the community's district has a comparison at all; a city over districts has none."""
        return self.district.level in _DISTRICTS

    @property
    def absent(self) -> tuple[str, ...]:
        """Labels of what the rules require to be public about the community and the source does not give."""
        owed = (name for name, public in schema.public_fields(Community) if schema.owes(self.record, public))
        missing = (name for name in owed if not schema.gives(self.record, name))
        return tuple(schema.label(Community, (name,)) for name in missing)

    @property
    def fee_span(self) -> FeeSpan | None:
        """The property fees in one unit, from lowest to highest: none of several types is picked in silence.

        By area where any is, else in the unit of the first; those in other units are not in it.
        """
        standards = [fee.standard for fee in self.property_fees]
        units = [standard.unit for standard in standards]
        unit = Unit.YUAN_M2_MONTH if Unit.YUAN_M2_MONTH in units else next(iter(units), None)
        fees = [standard for standard in standards if standard.unit is unit]
        low = [value for fee in fees if (value := fee.amount if fee.amount is not None else fee.amount_min) is not None]
        high = [
            value for fee in fees if (value := fee.amount if fee.amount is not None else fee.amount_max) is not None
        ]
        return FeeSpan(low=min(low), high=max(high), unit=unit) if unit and low and high else None

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
    def parking_fees(self) -> tuple[Fee, ...]:
        """What parking costs, by the right to the space."""
        return tuple(fee for fee in self.fees if fee.standard.item in PARKING)

    @property
    def other_fees(self) -> tuple[Fee, ...]:
        """What is charged besides."""
        return tuple(fee for fee in self.fees if fee.standard.item not in {*PARKING, FeeItem.PROPERTY_FEE})

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
    """One firm with every community it serves, is to serve and has served, in pinyin order."""

    record: Firm
    parent: Firm | None
    branches: tuple[Firm, ...]
    #: Name of the place of registration where the site knows it, else its code.
    registered: str | None
    services: tuple[Served, ...]
    #: Its own procedures, without what regions add to them.
    ladders: tuple[Ladder, ...]
    #: Trusteeships, exposures, exits, stories.
    around: Around
    origins: tuple[Origin, ...]

    @property
    def serving(self) -> tuple[Served, ...]:
        """What it looks after now, hand-overs included."""
        return tuple(served for served in self.services if served.service.state.is_serving)

    @property
    def upcoming(self) -> tuple[Served, ...]:
        """What it has not begun yet."""
        return tuple(served for served in self.services if served.service.state is ServiceState.UPCOMING)

    @property
    def served(self) -> tuple[Served, ...]:
        """What it looked after once."""
        return tuple(served for served in self.services if served.service.state is ServiceState.ENDED)


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
    #: Every other charge, item by item, parking first.
    charges: Mapping[FeeItem, tuple[Compared, ...]]
    ladders: tuple[Ladder, ...]
    usual: Ladder
    guide_prices: tuple[tuple[GuidePrice, Grade | None], ...]
    quality: tuple[TypeQuality, ...]
    origins: tuple[Origin, ...]
    #: What the communities below rest on.
    coverage: Coverage

    @property
    def parking(self) -> Mapping[FeeItem, tuple[Compared, ...]]:
        """What parking costs, by the right to the space."""
        return {item: rows for item, rows in self.charges.items() if item in PARKING}

    @property
    def other_charges(self) -> Mapping[FeeItem, tuple[Compared, ...]]:
        """What else is charged."""
        return {item: rows for item, rows in self.charges.items() if item not in PARKING}

    @property
    def firms(self) -> int:
        """How many firms serve here now."""
        return len({c.current.firm.id for c in self.communities if c.current and c.current.firm})

    @property
    def with_fee(self) -> int:
        """How many communities give a property fee."""
        return sum(bool(c.property_fees) for c in self.communities)

    @property
    def is_district(self) -> bool:
        """A county or zone, or a city that has none: where people look for their community."""
        is_whole = self.record.level is Level.CITY and not any(c.level in _DISTRICTS for c in self.children)
        return self.record.level in _DISTRICTS or is_whole

    @property
    def is_compared(self) -> bool:
        """Fees are compared inside one district, never over several."""
        return self.is_district and bool(self.communities)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationFacts:
    """One organization with where it stands and when a resident turns to it."""

    record: Organization
    regions: tuple[Region, ...]
    #: The kinds of matter in whose ladder it is a rung, anywhere.
    matters: tuple[str, ...]
    documents: tuple[DocumentFacts, ...]
    origins: tuple[Origin, ...]

    @property
    def district(self) -> Region:
        """The county or zone it stands in; the city for what stands above them."""
        return _district(self.regions)


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
class DataFile:
    """One file of records."""

    path: str
    title: str
    records: int
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommendationFacts:
    """One honour with who gave it and who received it."""

    record: Commendation
    region: Region
    awarded_by: str
    #: Where the recipient has a page.
    recipient: Record | None
    name: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All there is to say on one day. Mappings are in order of key, sequences in pinyin order."""

    site: Site
    as_of: date
    communities: Mapping[str, CommunityFacts]
    firms: Mapping[str, FirmFacts]
    regions: Mapping[str, RegionFacts]
    organizations: Mapping[str, OrganizationFacts]
    documents: Mapping[str, DocumentFacts]
    systems: tuple[SystemFacts, ...]
    #: What is settled together, one entry a city, by its code.
    deliberation: tuple[CityDeliberation, ...]
    #: Duties to publish; None stands for the whole country.
    duties: Mapping[Region | None, Mapping[DutyHolder, tuple[DisclosurePolicy, ...]]]
    #: What falls due within a year, under rules from which deadlines follow.
    expected: tuple[Expected, ...]
    rankings: RankingFacts
    commendations: tuple[CommendationFacts, ...]
    #: Service points, trusteeships, volunteers, exposures, exits, stories.
    places: Places
    #: Records that stand on pages of others: (type, key) -> where they come from.
    origins: Mapping[tuple[str, str], Origin]
    letters: Mapping[str, tuple[Named, ...]]
    #: Every record that is on the site, of every type, in order of key.
    records: Mapping[type[Record], tuple[Record, ...]]
    sources: tuple[SourceCount, ...]
    files: tuple[DataFile, ...]
    coverage: Coverage

    @property
    def cities(self) -> tuple[RegionFacts, ...]:
        """The regions at the top."""
        return tuple(region for region in self.regions.values() if region.record.parent is None)

    @property
    def districts(self) -> tuple[RegionFacts, ...]:
        """Districts that hold communities: official ones by code, then the site's own."""
        found = [region for region in self.regions.values() if region.is_compared]
        return tuple(sorted(found, key=lambda r: (r.record.code_system is CodeSystem.LOCAL, r.record.code)))

    @property
    def unplaced(self) -> tuple[CommunityFacts, ...]:
        """Communities whose source names no district, in a city that has some: no page by district has them."""
        return tuple(
            c for city in self.cities if not city.is_district for c in city.communities if not c.district_is_compared
        )
