"""Rules for communities and who serves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import (
    Community,
    Engagement,
    Firm,
    Region,
)
from generator.records.engagement import ContractKind, TermKind
from generator.records.region import Level
from generator.rules.shared import repeated

_FIRST, _LAST = date.min, date.max


def communities_are_distinct(dataset: Dataset) -> Iterator[Problem]:
    """A name is used once in its region (domain §3.4)."""
    keyed = ((f"{c.region}\n{c.name}", c) for c in dataset.published(Community).values())
    yield from repeated(dataset, keyed, "E405", "name")


def communities_have_a_district(dataset: Dataset) -> Iterator[Problem]:
    """A community stands in a district or street; the city alone is a gap."""
    for community in dataset.of(Community).values():
        if dataset.of(Region)[community.region].level is Level.CITY:
            yield Problem("N401", dataset.place(community, "region"), {"value": community.name})


def engagements_by_community(dataset: Dataset) -> dict[str, list[Engagement]]:
    """Published engagements of each community, oldest start first; an unknown start counts as the oldest."""
    found: dict[str, list[Engagement]] = defaultdict(list)
    for engagement in dataset.published(Engagement).values():
        found[engagement.community].append(engagement)
    return {key: sorted(group, key=lambda e: (e.term_start or _FIRST, e.id)) for key, group in found.items()}


def one_current_engagement(dataset: Dataset) -> Iterator[Problem]:
    """At most one at a time; a preliminary contract ends when the owners' begins (民法典 940).

    The day a service ended belongs to the next one already, the last day of a term does not. A hand-over
    comes after the end, so it overlaps nothing.
    """
    for group in engagements_by_community(dataset).values():
        for older, newer in pairwise(group):
            start = newer.term_start or _FIRST
            overlaps = start < older.ended_on if older.ended_on else start <= (older.term_end or _LAST)
            if overlaps and not replaces(newer, older):
                yield Problem("E407", dataset.place(newer), {"value": newer.id, "first": older.id})


def replaces(newer: Engagement, older: Engagement) -> bool:
    """An owners' contract that begins ends a preliminary one, whatever its term (民法典 940)."""
    kinds = (older.contract_kind, newer.contract_kind)
    is_later = (newer.term_start or _FIRST) > (older.term_start or _FIRST)
    return kinds == (ContractKind.PRELIMINARY, ContractKind.OWNERS) and is_later


def engagements_name_their_firm(dataset: Dataset) -> Iterator[Problem]:
    """Only self-management and backstop go without a firm."""
    for engagement in dataset.of(Engagement).values():
        kind = engagement.contract_kind
        if engagement.firm is None and (kind is None or kind.needs_firm):
            values = {"value": kind.label if kind else "服务关系"}
            yield Problem("E408", dataset.place(engagement, "contract_kind"), values)


def services_are_known(dataset: Dataset) -> bool:
    """Whether who served where can be told: there are services, and none is wrong in itself."""
    services = dataset.of(Engagement)
    are_right = all(kind is not Engagement or key in services for kind, key in dataset.raws)
    return bool(services) and are_right and not any(True for _ in engagements_name_their_firm(dataset))


def served_by(dataset: Dataset) -> dict[str, list[tuple[str, date, date]]]:
    """Where and when each firm served: (community, first day, first day after); a head office by its branches too.

    A term that ran out does not end a service (民法典 948); no start on record counts as always.
    """
    firms = dataset.of(Firm)
    found = defaultdict[str, list[tuple[str, date, date]]](list)
    for engagement in dataset.published(Engagement).values():
        ends = engagement.handover_until or engagement.ended_on or date.max
        key: str | None = engagement.firm
        seen: set[str] = set()
        while key is not None and key not in seen:
            found[key].append((engagement.community, engagement.term_start or date.min, ends))
            seen.add(key)
            key = firms[key].parent_firm
    return found


def no_provider_means_none(dataset: Dataset) -> Iterator[Problem]:
    """A community whose source says there is none has no engagement that goes on."""
    groups = engagements_by_community(dataset)
    for community in dataset.published(Community).values():
        current = [e for e in groups.get(community.id, ()) if e.ended_on is None]
        if community.no_provider and current:
            yield Problem("E409", dataset.place(community, "no_provider"), {"value": current[-1].id})


def terms(dataset: Dataset) -> Iterator[Problem]:
    """A fixed term has an end; five years and six months are the usual ceilings (domain §3.5)."""
    for engagement in dataset.of(Engagement).values():
        start, end = engagement.term_start, engagement.term_end
        if engagement.term_kind is TermKind.FIXED and end is None:
            yield Problem("N404", dataset.place(engagement, "term_kind"))
        if start and end:
            span = {"value": f"{start} 至 {end}"}
            if end - start > timedelta(days=5 * 366):
                yield Problem("N403", dataset.place(engagement, "term_end"), span)
            if engagement.contract_kind is ContractKind.TEMPORARY and end - start > timedelta(days=184):
                yield Problem("N405", dataset.place(engagement, "term_end"), span)
        for name in ("end_reason", "handover_until"):
            if getattr(engagement, name) and engagement.ended_on is None:
                values = {"label": schema.label(Engagement, (name,)), "field": name}
                yield Problem("E424", dataset.place(engagement, name), values)
