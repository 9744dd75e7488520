"""What belongs to each entry of a list: objections and their reviews, measures, repairs."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from generator.dataset import Dataset
from generator.editions import Edition, Subject, subject
from generator.facts.origins import origin
from generator.facts.standing import (
    CaseFacts,
    MeasureFacts,
    ObjectionFacts,
)
from generator.facts.visibility import Visibility
from generator.lasting import visible
from generator.records import (
    AssessmentResult,
    CreditRepair,
    ListEntry,
    Measure,
    Objection,
    Review,
)
from generator.sealed import History


class Book:
    """Records of one day, looked up by what they belong to."""

    def __init__(self, dataset: Dataset, past: History, as_of: date) -> None:
        self.dataset, self.as_of = dataset, as_of
        self.sees = Visibility(dataset, past, as_of)
        self._objections, self._reviews = defaultdict[str, list[Objection]](list), defaultdict[str, list[Review]](list)
        self._measures, self._repairs = (
            defaultdict[str, list[Measure]](list),
            defaultdict[str, list[CreditRepair]](list),
        )
        for review in visible(dataset, Review, as_of).values():
            self._reviews[review.objection].append(review)
        results = {result.id: result for result in dataset.of(AssessmentResult).values()}
        entries = defaultdict[tuple[str, Subject], list[str]](list)
        for entry in dataset.published(ListEntry).values():
            entries[entry.edition, subject(entry)].append(entry.id)
        for objection in visible(dataset, Objection, as_of).values():
            about = results.get(objection.result or "")
            keys = [objection.entry] if objection.entry else entries[about.edition, subject(about)] if about else []
            for key in keys or ([about.id] if about else []):
                self._objections[key].append(objection)
        for measure in visible(dataset, Measure, as_of).values():
            self._measures[measure.entry].append(measure)
        for repair in visible(dataset, CreditRepair, as_of).values():
            self._repairs[repair.entry].append(repair)

    def objections(self, key: str) -> tuple[ObjectionFacts, ...]:
        """Objections to one entry; to one result where no entry speaks of its subject."""
        found = sorted(self._objections[key], key=lambda one: (one.filed_on, one.id))
        return tuple(ObjectionFacts(record=one, reviews=tuple(self._reviews[one.id])) for one in found)

    def case(self, edition: Edition, entry: ListEntry) -> CaseFacts | None:
        """An entry that is still shown, with everything about it."""
        marking = edition.markings.get(entry.list)
        if marking is None or self.sees.left(entry):
            return None
        return CaseFacts(
            entry=entry,
            marking=marking,
            objections=self.objections(entry.id),
            measures=tuple(
                self._measure(one) for one in sorted(self._measures[entry.id], key=lambda m: (m.taken_on, m.id))
            ),
            repairs=tuple(self._repairs[entry.id]),
            origin=origin(self.dataset, entry),
        )

    def _measure(self, measure: Measure) -> MeasureFacts:
        actor = self.sees.organizations.get(measure.actor or "")
        name = actor.name if actor else measure.actor_name or ""
        return MeasureFacts(record=measure, actor=name, successor=self.sees.firms.get(measure.successor or ""))
