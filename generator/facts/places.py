"""Who is there for people, and what was made known, as pages need it: the shapes. What fills them is ``placing``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from generator.facts.provenance import Origin
from generator.kinds import Choice
from generator.lasting import holds
from generator.records import (
    Community,
    ExitProcedure,
    Exposure,
    FeeStandard,
    Firm,
    GovernanceStat,
    Mechanism,
    Organization,
    Record,
    Region,
    ServicePoint,
    Trusteeship,
    VolunteerTeam,
)
from generator.records.community import Governance
from generator.stories import Story

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointFacts:
    """One service point with where it lies."""

    record: ServicePoint
    #: From the city down.
    regions: tuple[Region, ...]
    community: Community | None
    origin: Origin

    @property
    def about(self) -> tuple[Record, ...]:
        """The records on whose pages it stands."""
        return (self.community,) if self.community else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeshipFacts:
    """One trusteeship that holds on the day, with its provider, its communities and its figures."""

    record: Trusteeship
    regions: tuple[Region, ...]
    firm: Firm | None
    organization: Organization | None
    #: In pinyin order; those on the site.
    communities: tuple[Community, ...]
    figures: tuple[GovernanceStat, ...]
    fee_standard: FeeStandard | None
    origin: Origin

    @property
    def about(self) -> tuple[Record, ...]:
        """The records on whose pages it stands."""
        return self.communities + ((self.firm,) if self.firm else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """One volunteer team with the figures of the source."""

    record: VolunteerTeam
    regions: tuple[Region, ...]
    community: Community | None
    figures: tuple[GovernanceStat, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureFacts:
    """One exposure that is still shown."""

    record: Exposure
    regions: tuple[Region, ...]
    community: Community | None
    #: None where none is named, or where its record is off the site.
    firm: Firm | None
    #: How many days since, where nothing was registered that followed; None where something was.
    silent_days: int | None
    origin: Origin

    @property
    def about(self) -> tuple[Record, ...]:
        """The records on whose pages it stands."""
        return tuple(one for one in (self.community, self.firm) if one)


class ExitState(Choice):
    """How far an exit has come on the day."""

    VOTING = "voting", "表决中"
    DECIDED = "decided", "已决定，待交接"
    HANDED_OVER = "handed_over", "已交接"
    ENDED = "ended", "已终止"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitFacts:
    """One exit that is still shown, with its state on the day."""

    record: ExitProcedure
    community: Community
    firm: Firm | None
    successor: Firm | None
    state: ExitState
    #: It rests on an entry under objection.
    is_pending: bool
    origin: Origin

    @property
    def about(self) -> tuple[Record, ...]:
        """The records on whose pages it stands."""
        return tuple(one for one in (self.community, self.firm) if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """One story with the records it names that are on the site."""

    #: Its file below ``content/``.
    path: str
    uri: str
    story: Story
    #: Where it happened; None where it names no place.
    city: Region | None
    communities: tuple[Community, ...]
    firms: tuple[Firm, ...]
    organizations: tuple[Organization, ...]
    mechanisms: tuple[Mechanism, ...]

    @property
    def about(self) -> tuple[Record, ...]:
        """The records on whose pages it stands."""
        return self.communities + self.firms


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What there is about one community or firm."""

    #: Classes that hold on the day.
    flags: tuple[Governance, ...] = ()
    points: tuple[PointFacts, ...] = ()
    trusteeships: tuple[TrusteeshipFacts, ...] = ()
    exposures: tuple[ExposureFacts, ...] = ()
    exits: tuple[ExitFacts, ...] = ()
    stories: tuple[StoryFacts, ...] = ()

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Where its records come from."""
        groups = (self.points, self.trusteeships, self.exposures, self.exits)
        return tuple(one.origin for group in groups for one in group)


_NOTHING = Around()


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All of it on one day. Exposures, exits and stories newest first; points by kind; the rest by region and name."""

    as_of: date
    points: tuple[PointFacts, ...]
    trusteeships: tuple[TrusteeshipFacts, ...]
    teams: tuple[TeamFacts, ...]
    exposures: tuple[ExposureFacts, ...]
    exits: tuple[ExitFacts, ...]
    stories: tuple[StoryFacts, ...]
    #: By type and key of the community or firm that it is about.
    around: Mapping[tuple[str, str], Around]

    def near(self, community: Community, regions: Iterable[Region]) -> Around:
        """What there is about a community, with the points that serve its street or district."""
        codes = {region.code for region in regions if region.parent is not None}
        wider = tuple(one for one in self.points if one.community is None and one.record.region in codes)
        own = self.about(community)
        return replace(own, flags=current_flags(community, self.as_of), points=own.points + wider)

    def about(self, record: Record) -> Around:
        """What there is about one community or firm itself."""
        return self.around.get((record.type_name, record.key), _NOTHING)


def current_flags(community: Community, as_of: date) -> tuple[Governance, ...]:
    """The classes that hold on the day: one that has ended must not stick (domain §1.4 row 18)."""
    return tuple(held for held in community.governance_flags if holds(held.since, held.until, as_of))


def without_ended_flags(record: R, as_of: date) -> R:
    """A record as it is handed out: a community without the classes that do not hold any more."""
    if not isinstance(record, Community) or not record.governance_flags:
        return record
    return record.model_copy(update={"governance_flags": current_flags(record, as_of)})
