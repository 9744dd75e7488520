"""Ladders: for one kind of matter, whom to turn to one after the other, with telephones, limits and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.records import ComplaintProcedure, Organization, Region
from generator.records.complaint_procedure import Actor, Channel, FollowUp, ProcedureKind, Step, Urgency
from generator.records.organization import OrganizationKind

#: The organizations that stand behind an actor. Firms are found by the engagement; 12345 is one number everywhere.
_BODIES: Mapping[Actor, OrganizationKind] = {
    Actor.OWNERS_COMMITTEE: OrganizationKind.OWNERS_COMMITTEE,
    Actor.RESIDENTS_COMMITTEE: OrganizationKind.RESIDENTS_COMMITTEE,
    Actor.SUBDISTRICT: OrganizationKind.SUBDISTRICT,
    Actor.HOUSING_AUTHORITY: OrganizationKind.HOUSING_AUTHORITY,
    Actor.MARKET_REGULATOR: OrganizationKind.MARKET_REGULATOR,
    Actor.DISPUTE_CENTER: OrganizationKind.DISPUTE_CENTER,
    Actor.COURT: OrganizationKind.COURT,
}
#: Where nobody has recorded a procedure: the order of domain §3.10.
_USUAL = (
    Actor.FIRM,
    Actor.RESIDENTS_COMMITTEE,
    Actor.SUBDISTRICT,
    Actor.HOUSING_AUTHORITY,
    Actor.HOTLINE_12345,
)

Offices = Mapping[tuple[str, OrganizationKind], Sequence[Organization]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung: who acts, what the record says about it, and the bodies to call, nearest ones only."""

    actor: Actor
    #: None where a record names the rung and says no more about it.
    step: Step | None
    bodies: tuple[Organization, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """All rungs for one kind of matter. Without ``procedures`` it is the usual order, and nobody's rule."""

    kind: ProcedureKind
    rungs: tuple[Rung, ...]
    procedures: tuple[ComplaintProcedure, ...]
    channels: tuple[Channel, ...]
    urgency: tuple[Urgency, ...]
    follow_up: FollowUp | None


@dataclass(frozen=True, slots=True)
class Book:
    """Every procedure that is on the site, by scope and kind, and the organizations by region and kind."""

    procedures: Mapping[tuple[str, ProcedureKind], ComplaintProcedure]
    offices: Offices

    def ladders(self, regions: Sequence[Region], owners: Sequence[str] = ()) -> tuple[Ladder, ...]:
        """One ladder a kind, in the order of kinds, for a place (``regions``: city first).

        ``owners``: ids of the community and of its firm, nearest first; their procedure comes before the region's.
        """
        above = [region.code for region in reversed(regions)]
        found = []
        for kind in ProcedureKind:
            own = next((self.procedures[key, kind] for key in owners if (key, kind) in self.procedures), None)
            public = next((self.procedures[key, kind] for key in above if (key, kind) in self.procedures), None)
            if own or public:
                found.append(self._ladder(kind, own, public, above))
        return tuple(found)

    def usual(self, regions: Sequence[Region]) -> Ladder:
        """The usual order where no procedure is on record: only rungs somebody can be called at."""
        above = [region.code for region in reversed(regions)]
        rungs = [Rung(actor=actor, step=None, bodies=self._bodies(actor, above)) for actor in _USUAL]
        reachable = tuple(rung for rung in rungs if rung.bodies or rung.actor not in _BODIES)
        return Ladder(
            kind=ProcedureKind.COMPLAINT, rungs=reachable, procedures=(), channels=(), urgency=(), follow_up=None
        )

    def _ladder(
        self,
        kind: ProcedureKind,
        own: ComplaintProcedure | None,
        public: ComplaintProcedure | None,
        above: Sequence[str],
    ) -> Ladder:
        steps: list[tuple[Actor, Step | None]] = [(step.actor, step) for step in (own.steps if own else ())]
        covered = {actor for actor, _ in steps}
        if public:
            steps += ((step.actor, step) for step in public.steps if step.actor not in covered)
            covered |= {step.actor for step in public.steps}
        nearest = own or public
        steps += ((actor, None) for actor in (nearest.escalation if nearest else ()) if actor not in covered)
        procedures = tuple(procedure for procedure in (own, public) if procedure)
        return Ladder(
            kind=kind,
            rungs=tuple(Rung(actor=actor, step=step, bodies=self._bodies(actor, above, step)) for actor, step in steps),
            procedures=procedures,
            channels=tuple(channel for procedure in procedures for channel in procedure.channels),
            urgency=next((procedure.urgency for procedure in procedures if procedure.urgency), ()),
            follow_up=next((procedure.follow_up for procedure in procedures if procedure.follow_up), None),
        )

    def _bodies(self, actor: Actor, above: Sequence[str], step: Step | None = None) -> tuple[Organization, ...]:
        """The bodies of the nearest region that has one; the one the step names, where it does."""
        kind = _BODIES.get(actor)
        if kind is None:
            return ()
        nearest = next((tuple(self.offices[code, kind]) for code in above if (code, kind) in self.offices), ())
        named = step.organization if step else None
        everywhere = (office for group in self.offices.values() for office in group) if named else ()
        return tuple(office for office in everywhere if office.id == named) or nearest
