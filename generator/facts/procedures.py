"""Ladders: for one kind of matter, whom to turn to one after the other, with telephones, limits and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.records import ComplaintProcedure, Organization, Region
from generator.records.complaint_procedure import (
    ORGANIZATION_OF,
    Actor,
    Channel,
    FollowUp,
    ProcedureKind,
    Step,
    Urgency,
)
from generator.records.organization import OrganizationKind

#: Where nobody has recorded a procedure: the order of domain §3.10.
_USUAL = (
    Actor.FIRM,
    Actor.RESIDENTS_COMMITTEE,
    Actor.SUBDISTRICT,
    Actor.HOUSING_AUTHORITY,
    Actor.HOTLINE_12345,
)

Offices = Mapping[tuple[str, OrganizationKind], Sequence[Organization]]
_Bodies = Callable[[Actor], tuple[Organization, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung: who acts, what the record says about it, and the bodies to call, nearest ones only."""

    actor: Actor
    #: None where a record names the rung and says no more about it.
    step: Step | None
    bodies: tuple[Organization, ...]
    #: It stands in the community's or the firm's own procedure.
    is_own: bool = False

    @property
    def is_withheld(self) -> bool:
        """True where the step names a body whose record is not on the site any more: none other takes its place."""
        return bool(self.step and self.step.organization and not self.bodies)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """All rungs for one kind of matter. Without ``procedures`` it is the usual order, and nobody's rule."""

    kind: ProcedureKind
    rungs: tuple[Rung, ...]
    procedures: tuple[ComplaintProcedure, ...]
    channels: tuple[Channel, ...]
    urgency: tuple[Urgency, ...]
    follow_up: FollowUp | None

    @property
    def is_own(self) -> bool:
        """The community or its firm has a procedure of its own for it."""
        return any(rung.is_own for rung in self.rungs)

    @property
    def is_timed(self) -> bool:
        """Every rung has a time limit."""
        return all(rung.step and rung.step.limit for rung in self.rungs)


#: Whose procedure it is: the field that names it, and the key in it.
Scope = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """Every procedure in force, by scope and kind, and the organizations by region and kind, and by id."""

    procedures: Mapping[tuple[Scope, ProcedureKind], ComplaintProcedure]
    offices: Offices
    organizations: Mapping[str, Organization]

    def ladders(
        self, regions: Sequence[Region], owners: Sequence[Scope] = (), *, has_firm: bool = True
    ) -> tuple[Ladder, ...]:
        """One ladder a kind, in the order of kinds, for a place (``regions``: city first).

        ``owners``: the community and its firm, nearest first; their procedure comes before the region's. Where no
        firm serves, nobody is sent to one.
        """
        above = [region.code for region in reversed(regions)]
        found = []
        for kind in ProcedureKind:
            own = self._first(owners, kind)
            public = self._first([("region", code) for code in above], kind)
            if own or public:
                found.append(self._ladder(kind, own, public, above, has_firm))
        return tuple(ladder for ladder in found if ladder.rungs)

    def usual(self, regions: Sequence[Region], *, has_firm: bool = True) -> Ladder:
        """The usual order where no procedure is on record: only rungs somebody can be called at."""
        above = [region.code for region in reversed(regions)]
        actors = [actor for actor in _USUAL if has_firm or actor is not Actor.FIRM]
        rungs = [Rung(actor=actor, step=None, bodies=self._bodies(actor, above)) for actor in actors]
        reachable = tuple(rung for rung in rungs if rung.bodies or rung.actor not in ORGANIZATION_OF)
        return Ladder(
            kind=ProcedureKind.COMPLAINT, rungs=reachable, procedures=(), channels=(), urgency=(), follow_up=None
        )

    def _first(self, scopes: Iterable[Scope], kind: ProcedureKind) -> ComplaintProcedure | None:
        return next((self.procedures[scope, kind] for scope in scopes if (scope, kind) in self.procedures), None)

    def _ladder(
        self,
        kind: ProcedureKind,
        own: ComplaintProcedure | None,
        public: ComplaintProcedure | None,
        above: Sequence[str],
        has_firm: bool,
    ) -> Ladder:
        procedures = tuple(procedure for procedure in (own, public) if procedure)
        own_steps = own.steps if own else ()
        covered = {step.actor for step in own_steps}
        steps = [(step.actor, step, True) for step in own_steps]
        steps += [(step.actor, step, False) for step in (public.steps if public else ()) if step.actor not in covered]
        rungs = [
            Rung(actor=actor, step=step, bodies=self._bodies(actor, above, step), is_own=is_own)
            for actor, step, is_own in steps
        ]
        if own:
            _add_behind(rungs, own.escalation, lambda actor: self._bodies(actor, above))
        if public:
            _add_before(rungs, public.escalation, lambda actor: self._bodies(actor, above))
        return Ladder(
            kind=kind,
            rungs=tuple(rung for rung in rungs if has_firm or rung.actor is not Actor.FIRM),
            procedures=procedures,
            channels=tuple(channel for procedure in procedures for channel in procedure.channels),
            urgency=next((procedure.urgency for procedure in procedures if procedure.urgency), ()),
            follow_up=next((procedure.follow_up for procedure in procedures if procedure.follow_up), None),
        )

    def _bodies(self, actor: Actor, above: Sequence[str], step: Step | None = None) -> tuple[Organization, ...]:
        """The body that the step names, else those of the nearest region that has one."""
        kind = ORGANIZATION_OF.get(actor)
        if step and step.organization:
            named = self.organizations.get(step.organization)
            return (named,) if named else ()
        if kind is None:
            return ()
        return next((tuple(self.offices[code, kind]) for code in above if (code, kind) in self.offices), ())


def _add_behind(rungs: list[Rung], escalation: Sequence[Actor], bodies: _Bodies) -> None:
    """Put each actor that has no rung behind the one before it in the list, ahead of what the region adds."""
    at = max((index + 1 for index, rung in enumerate(rungs) if rung.actor is Actor.FIRM), default=0)
    for actor in dict.fromkeys(escalation):
        places = [index for index, rung in enumerate(rungs) if rung.actor is actor]
        if not places:
            rungs.insert(at, Rung(actor=actor, step=None, bodies=bodies(actor)))
        at = places[-1] + 1 if places else at + 1


def _add_before(rungs: list[Rung], escalation: Sequence[Actor], bodies: _Bodies) -> None:
    """Put each actor that has no rung before the next one of the list that has, else at the end."""
    order = list(dict.fromkeys(escalation))
    for number, actor in enumerate(order):
        if actor not in {rung.actor for rung in rungs}:
            later = (index for index, rung in enumerate(rungs) if rung.actor in order[number + 1 :])
            rungs.insert(next(later, len(rungs)), Rung(actor=actor, step=None, bodies=bodies(actor)))
