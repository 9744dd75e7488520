"""Rules for complaint and repair procedures (domain §3.10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import ComplaintProcedure, Organization
from generator.records.complaint_procedure import COMMITTEES, ORGANIZATION_OF, Actor, Channel, LimitBasis, Timed

_SCOPES = ("region", "community", "firm")


def one_scope(dataset: Dataset) -> Iterator[Problem]:
    """A region's, a community's or a firm's procedure: exactly one."""
    for procedure in dataset.of(ComplaintProcedure).values():
        named = [name for name in _SCOPES if getattr(procedure, name)]
        if len(named) != 1:
            labels = "、".join(schema.label(ComplaintProcedure, (name,)) for name in named) or "都没有填"
            yield Problem("E441", dataset.place(procedure, *named[1:2]), {"value": labels})


def scope(procedure: ComplaintProcedure) -> tuple[str, str]:
    """Whose procedure it is: the field that says so, and the key in it."""
    name = next((name for name in _SCOPES if getattr(procedure, name)), _SCOPES[0])
    return name, str(getattr(procedure, name))


def one_procedure_a_matter(dataset: Dataset) -> Iterator[Problem]:
    """Two procedures in force for one matter in one place would leave the reader between them."""
    groups: dict[object, list[ComplaintProcedure]] = defaultdict(list)
    for procedure in dataset.published(ComplaintProcedure).values():
        groups[scope(procedure), procedure.kind].append(procedure)
    for group in groups.values():
        for older, newer in combinations(sorted(group, key=lambda p: (p.valid_from or date.min, p.id)), 2):
            if (newer.valid_from or date.min) <= (older.valid_to or date.max):
                values = {"value": newer.kind.label, "first": older.id}
                yield Problem("E446", dataset.place(newer, "kind"), values)


def steps_name_bodies_that_fit(dataset: Dataset) -> Iterator[Problem]:
    """The body a step names is of the kind that acts in it; a firm and 12345 are no organizations."""
    for procedure in dataset.of(ComplaintProcedure).values():
        for position, step in enumerate(procedure.steps):
            if step.organization is None:
                continue
            body = dataset.of(Organization)[step.organization]
            fitting = COMMITTEES if step.actor is Actor.OWNERS_COMMITTEE else {ORGANIZATION_OF.get(step.actor)}
            if body.kind not in fitting:
                values = {"value": body.name, "first": step.actor.label}
                yield Problem("E447", dataset.place(procedure, "steps", position, "organization"), values)


def procedures_have_steps(dataset: Dataset) -> Iterator[Problem]:
    """A procedure without a step says nothing."""
    for procedure in dataset.of(ComplaintProcedure).values():
        if not procedure.steps:
            yield Problem("E442", dataset.place(procedure), {"value": procedure.kind.label})


def limits_say_where_they_come_from(dataset: Dataset) -> Iterator[Problem]:
    """A limit is the contract's, the firm's promise or a rule's, and a rule is named; 未规定 has no limit."""
    for procedure in dataset.of(ComplaintProcedure).values():
        for loc, timed in schema.parts(procedure, Timed):
            if (timed.limit is None) != (timed.limit_basis is LimitBasis.NONE):
                values = {"value": timed.limit_basis.label}
                yield Problem("E443", dataset.place(procedure, *loc, "limit_basis"), values)
            if timed.limit_basis is LimitBasis.RULE and timed.limit_source is None:
                yield Problem("E444", dataset.place(procedure, *loc, "limit_basis"))


def channels_lead_somewhere(dataset: Dataset) -> Iterator[Problem]:
    """One channel is a telephone, a place or an address."""
    for procedure in dataset.of(ComplaintProcedure).values():
        for loc, channel in schema.parts(procedure, Channel):
            given = [name for name in ("phone", "place", "url") if getattr(channel, name)]
            if len(given) != 1:
                values = {"value": "、".join(schema.label(Channel, (name,)) for name in given) or "都没有填"}
                yield Problem("E445", dataset.place(procedure, *loc), values)
