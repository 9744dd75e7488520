"""Cities' systems, duties and documents: what a record says, with the figures and records that belong to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.records import DisclosurePolicy, GovernanceStat, Mechanism, PolicyDocument, Record, Region
from generator.records.disclosure_policy import DisclosureItem, DutyHolder, Regime
from generator.records.policy_document import RelationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismFacts:
    """One mechanism with its figures, in the order of the data file, and the documents it rests on."""

    record: Mechanism
    figures: tuple[GovernanceStat, ...]
    documents: tuple[PolicyDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFacts:
    """The system of one city: groups and the mechanisms in them in order of id, figures in that of the data file."""

    region: Region
    name: str
    groups: Mapping[str, tuple[MechanismFacts, ...]]
    #: Figures of the city that belong to no mechanism.
    others: tuple[GovernanceStat, ...]

    @property
    def mechanisms(self) -> int:
        """How many mechanisms there are."""
        return sum(map(len, self.groups.values()))

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return len(self.others) + sum(len(found.figures) for group in self.groups.values() for found in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """One document with what it does to others, what others do to it, and what on the site rests on it."""

    record: PolicyDocument
    region: Region | None
    relations: tuple[tuple[RelationKind, PolicyDocument], ...]
    related_by: tuple[tuple[RelationKind, PolicyDocument], ...]
    #: Records that name it, by the title of their type.
    used_by: Mapping[str, tuple[Record, ...]]


def systems(
    regions: Mapping[str, Region],
    mechanisms: Iterable[Mechanism],
    figures: Iterable[GovernanceStat],
    documents: Mapping[str, PolicyDocument],
) -> tuple[SystemFacts, ...]:
    """One entry a region that has mechanisms or figures, by its code."""
    mechanisms = tuple(mechanisms)
    known = {mechanism.id for mechanism in mechanisms}
    belonging: dict[str, list[GovernanceStat]] = defaultdict(list)
    others: dict[str, list[GovernanceStat]] = defaultdict(list)
    for figure in figures:
        if figure.mechanism in known:
            belonging[str(figure.mechanism)].append(figure)
        else:
            others[figure.region].append(figure)
    grouped: dict[str, dict[str, list[MechanismFacts]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for mechanism in mechanisms:
        names.setdefault(mechanism.region, mechanism.system)
        found = tuple(documents[key] for key in mechanism.documents if key in documents)
        facts = MechanismFacts(record=mechanism, figures=tuple(belonging[mechanism.id]), documents=found)
        grouped[mechanism.region][mechanism.group].append(facts)
    return tuple(
        SystemFacts(
            region=regions[code],
            name=names.get(code, "治理统计"),
            groups={group: tuple(found) for group, found in grouped[code].items()},
            others=tuple(others[code]),
        )
        for code in sorted({*grouped, *others})
    )


def documents(
    regions: Mapping[str, Region],
    records: Mapping[str, PolicyDocument],
    used: Mapping[str, Sequence[Record]],
) -> dict[str, DocumentFacts]:
    """Every document by id. ``used``: id -> the records that name it."""
    back: dict[str, list[tuple[RelationKind, PolicyDocument]]] = defaultdict(list)
    for document in records.values():
        for relation in document.relations:
            back[relation.document].append((relation.kind, document))
    found = {}
    for key, document in records.items():
        by_type: dict[str, list[Record]] = defaultdict(list)
        for record in used.get(key, ()):
            by_type[record.title].append(record)
        found[key] = DocumentFacts(
            record=document,
            region=regions.get(document.region or ""),
            relations=tuple((r.kind, records[r.document]) for r in document.relations if r.document in records),
            related_by=tuple(back[key]),
            used_by={title: tuple(of_type) for title, of_type in by_type.items()},
        )
    return found


def duties(
    regions: Mapping[str, Region], policies: Iterable[DisclosurePolicy]
) -> dict[Region | None, dict[DutyHolder, tuple[DisclosurePolicy, ...]]]:
    """Duties by region, those of the whole country first; inside by holder, then regime, item and id."""
    regimes, items = list(Regime), list(DisclosureItem)
    grouped: dict[str, list[DisclosurePolicy]] = defaultdict(list)
    for policy in policies:
        grouped[policy.region or ""].append(policy)
    found = {}
    for code in sorted(grouped):
        group = sorted(grouped[code], key=lambda p: (regimes.index(p.regime), items.index(p.item), p.id))
        by_holder = {holder: tuple(p for p in group if p.duty_holder is holder) for holder in DutyHolder}
        found[regions.get(code)] = {holder: of_holder for holder, of_holder in by_holder.items() if of_holder}
    return found
