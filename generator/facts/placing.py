"""Who is there for people, and what was made known: points, trusteeships, volunteers, exposures, exits, stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any, TypeVar

from generator import addresses
from generator.dataset import Dataset
from generator.facts import names
from generator.facts.origins import chain, origin
from generator.facts.places import (
    Around,
    ExitFacts,
    ExitState,
    ExposureFacts,
    Places,
    PointFacts,
    StoryFacts,
    TeamFacts,
    TrusteeshipFacts,
)
from generator.lasting import holds, visible
from generator.records import (
    Community,
    ExitProcedure,
    Exposure,
    FeeStandard,
    Firm,
    GovernanceStat,
    Mechanism,
    Organization,
    ServicePoint,
    Trusteeship,
    VolunteerTeam,
)
from generator.records.service_point import PointKind

#: Records that have a name of their own.
N = TypeVar("N", ServicePoint, Trusteeship, VolunteerTeam)


def gather(dataset: Dataset, withheld: Collection[tuple[str, str]], pending: Collection[str], as_of: date) -> Places:
    """Everything of one day.

    ``withheld``: records that nobody may have any more, as (type, key). ``pending``: entries under objection, by id.
    """
    shown = _Shown(dataset, withheld, pending, as_of)
    parts: dict[str, tuple[Any, ...]] = {
        "points": tuple(shown.points()),
        "trusteeships": tuple(shown.trusteeships()),
        "exposures": tuple(shown.exposures()),
        "exits": tuple(shown.exits()),
        "stories": tuple(shown.stories()),
    }
    around: dict[tuple[str, str], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for name, group in parts.items():
        for one in group:
            for record in one.about:
                around[record.type_name, record.key][name].append(one)
    return Places(
        as_of=as_of,
        teams=tuple(shown.teams()),
        around={key: Around(**{name: tuple(of) for name, of in found.items()}) for key, found in around.items()},
        **parts,
    )


class _Shown:
    """What is on the site on one day, with the records behind the ids."""

    def __init__(
        self, dataset: Dataset, withheld: Collection[tuple[str, str]], pending: Collection[str], as_of: date
    ) -> None:
        self.dataset, self.withheld, self.pending, self.as_of = dataset, withheld, pending, as_of
        self._communities = visible(dataset, Community, as_of)
        self._firms = visible(dataset, Firm, as_of)
        self._figures = visible(dataset, GovernanceStat, as_of)

    def points(self) -> Iterator[PointFacts]:
        """Those of a community that is not on the site left out."""
        kinds = list(PointKind)
        for point in self._sorted(ServicePoint, lambda one: (kinds.index(one.kind), one.region)):
            if point.community is None or point.community in self._communities:
                yield PointFacts(
                    record=point,
                    regions=chain(self.dataset, point.region),
                    community=self._communities.get(point.community or ""),
                    origin=origin(self.dataset, point),
                )

    def trusteeships(self) -> Iterator[TrusteeshipFacts]:
        """Those that hold on the day."""
        bodies, fees = visible(self.dataset, Organization, self.as_of), visible(self.dataset, FeeStandard, self.as_of)
        for held in self._sorted(Trusteeship, lambda one: (one.region,)):
            if holds(held.since, held.until, self.as_of):
                known = (self._communities[key] for key in held.communities if key in self._communities)
                yield TrusteeshipFacts(
                    record=held,
                    regions=chain(self.dataset, held.region),
                    firm=self._firms.get(held.firm or ""),
                    organization=bodies.get(held.organization or ""),
                    communities=tuple(sorted(known, key=lambda c: names.sort_key(c.name))),
                    figures=tuple(self._figures[key] for key in held.figures if key in self._figures),
                    fee_standard=fees.get(held.fee_standard or ""),
                    origin=origin(self.dataset, held),
                )

    def teams(self) -> Iterator[TeamFacts]:
        """Those of a community that is not on the site left out."""
        for team in self._sorted(VolunteerTeam, lambda one: (one.region,)):
            if team.community is None or team.community in self._communities:
                yield TeamFacts(
                    record=team,
                    regions=chain(self.dataset, team.region),
                    community=self._communities.get(team.community or ""),
                    figures=tuple(self._figures[key] for key in team.figures if key in self._figures),
                    origin=origin(self.dataset, team),
                )

    def exposures(self) -> Iterator[ExposureFacts]:
        """Newest first. An exposure of the day to come is none yet."""
        found = (one for one in visible(self.dataset, Exposure, self.as_of).values() if one.exposed_on <= self.as_of)
        for exposure in sorted(found, key=lambda one: (one.exposed_on, one.id), reverse=True):
            if exposure.community is None or exposure.community in self._communities:
                followed = exposure.follow_up or exposure.rectified_on
                yield ExposureFacts(
                    record=exposure,
                    regions=chain(self.dataset, exposure.region),
                    community=self._communities.get(exposure.community or ""),
                    firm=self._firms.get(exposure.firm or ""),
                    silent_days=None if followed else (self.as_of - exposure.exposed_on).days,
                    origin=origin(self.dataset, exposure),
                )

    def exits(self) -> Iterator[ExitFacts]:
        """Newest first. One that rests on a list entry leaves with it."""
        found = visible(self.dataset, ExitProcedure, self.as_of).values()
        for one in sorted(found, key=lambda one: (one.started_on, one.id), reverse=True):
            if one.community in self._communities and (one.type_name, one.key) not in self.withheld:
                yield ExitFacts(
                    record=one,
                    community=self._communities[one.community],
                    firm=self._firms.get(one.firm),
                    successor=self._firms.get(one.successor or ""),
                    state=exit_state(one, self.as_of),
                    is_pending=one.entry in self.pending,
                    origin=origin(self.dataset, one),
                )

    def stories(self) -> Iterator[StoryFacts]:
        """Newest first."""
        bodies = visible(self.dataset, Organization, self.as_of)
        mechanisms = visible(self.dataset, Mechanism, self.as_of)
        for path, story in sorted(self.dataset.stories.items(), key=lambda s: (s[1].date, s[0]), reverse=True):
            communities = tuple(self._communities[key] for key in story.communities if key in self._communities)
            organizations = tuple(bodies[key] for key in story.organizations if key in bodies)
            named = tuple(mechanisms[key] for key in story.mechanisms if key in mechanisms)
            places = [*(c.region for c in communities), *(o.region for o in organizations), *(m.region for m in named)]
            yield StoryFacts(
                path=path,
                uri=addresses.published(path).removesuffix("index.html"),
                story=story,
                city=chain(self.dataset, places[0])[0] if places else None,
                communities=communities,
                firms=tuple(self._firms[key] for key in story.firms if key in self._firms),
                organizations=organizations,
                mechanisms=named,
            )

    def _sorted(self, model: type[N], order: Callable[[N], tuple[Any, ...]]) -> list[N]:
        found = visible(self.dataset, model, self.as_of).values()
        return sorted(found, key=lambda one: (*order(one), names.sort_key(one.name), one.id))


def exit_state(record: ExitProcedure, as_of: date) -> ExitState:
    """How far it has come: days that are still to come have not happened."""
    reached = (
        (record.ended_on, ExitState.ENDED),
        (record.handover_on, ExitState.HANDED_OVER),
        (record.decided_on, ExitState.DECIDED),
    )
    return next((state for day, state in reached if day and day <= as_of), ExitState.VOTING)
