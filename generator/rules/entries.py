"""Rules for entries and what follows from them: due process is a gate (issue C; domain §3.14–3.17, §5.6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from generator import schema
from generator.dataset import Dataset
from generator.editions import Edition, Subject, counts, subject
from generator.problems import Problem
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    Commendation,
    CreditRepair,
    ListEntry,
    Measure,
    Objection,
    Organization,
    PolicyDocument,
    RankingEdition,
    Record,
    Review,
)
from generator.records.assessment_scheme import TermUnit, Validity
from generator.records.base import BasisDoc
from generator.records.commendation import PERSONS, CommendationKind
from generator.records.credit_repair import RepairDecision, Severity
from generator.records.list_entry import EntryState, RemovedReason
from generator.records.measure import MeasureKind
from generator.records.objection import Decision, FiledBy
from generator.records.organization import OrganizationKind
from generator.records.policy_document import FOUNDING
from generator.records.ranking import Polarity
from generator.rules.ranked import Editions, fits

#: What a warning or negative entry cannot be published without, before it is decided and after.
_BEFORE = ("reason", "evidence", "basis_docs", "prior_notice_on", "reply_due", "display_until")
_AFTER = (*_BEFORE, "decided_by", "decided_on", "listed_on")


def _placed(dataset: Dataset, editions: Editions) -> Iterator[tuple[Edition, ListEntry]]:
    for entry in dataset.published(ListEntry).values():
        if entry.edition in editions:
            yield editions[entry.edition], entry


def entries_fit_their_edition(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """An entry is on a list of the scheme, about a subject of the scheme's kind that has a result."""
    results: dict[str, set[Subject]] = defaultdict(set)
    for result in dataset.published(AssessmentResult).values():
        results[result.edition].add(subject(result))
    for edition, entry in _placed(dataset, editions):
        yield from fits(dataset, entry, edition.scheme.subject_type)
        if edition.markings.get(entry.list) is None:
            known = "、".join(edition.markings)
            yield Problem("E472", dataset.place(entry, "list"), {"value": entry.list, "known": known})
        if subject(entry) not in results[entry.edition]:
            yield Problem("E459", dataset.place(entry), {"value": edition.record.id})


def nobody_is_on_two_lists(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """One subject, one list in one edition; above all never a good one and a bad one (domain §3.14)."""
    seen: dict[tuple[str, Subject], ListEntry] = {}
    for edition, entry in _placed(dataset, editions):
        if not counts(entry) and entry.state is not EntryState.PROPOSED:
            continue
        key = (entry.edition, subject(entry))
        if key in seen:
            marks = [edition.markings.get(one.list) for one in (entry, seen[key])]
            labels = [mark.label if mark else "" for mark in marks]
            yield Problem("E455", dataset.place(entry, "list"), {"value": labels[0], "first": labels[1]})
        seen.setdefault(key, entry)


def vetoed_subjects_are_not_honoured(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """一票否决 overrides the score: no good list (domain §5.4)."""
    for edition in editions.values():
        for row in edition.rows:
            for entry in row.entries:
                mark = edition.markings.get(entry.list)
                if row.result.vetoes and mark and mark.polarity is Polarity.POSITIVE and counts(entry):
                    yield Problem("E456", dataset.place(entry, "list"), {"value": row.name, "first": mark.label})


def bad_marks_have_due_process(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Basis, factual reason, evidence, prior notice, time to reply, the reply or its absence, who decided, an end."""
    for edition, entry in _placed(dataset, editions):
        mark = edition.markings.get(entry.list)
        if mark is None or mark.polarity is Polarity.POSITIVE:
            continue
        needed = _BEFORE if entry.state is EntryState.PROPOSED else _AFTER
        missing = [name for name in needed if not schema.says(entry, name)]
        if entry.state is not EntryState.PROPOSED and entry.no_reply_by is None:
            missing += [name for name in ("reply", "reply_on") if not schema.says(entry, name)]
        if missing:
            labels = "、".join(schema.label(ListEntry, (name,)) for name in missing)
            yield Problem("E497", dataset.place(entry, "list"), {"value": labels, "first": mark.label})
        if entry.no_reply_by is not None and entry.reply is not None:
            yield Problem("E440", dataset.place(entry, "no_reply_by"), {"value": f"{entry.no_reply_by}"})
        yield from _in_order(dataset, entry)
        yield from _ends_in_time(dataset, edition, entry)


def _in_order(dataset: Dataset, entry: ListEntry) -> Iterator[Problem]:
    """Notice, then time to reply, then the decision, then the list."""
    steps = (
        ("prior_notice_on", "reply_due", False),
        ("prior_notice_on", "reply_on", True),
        ("reply_due", "no_reply_by", True),
        ("reply_due" if entry.reply is None else "reply_on", "decided_on", True),
        ("decided_on", "listed_on", True),
        ("listed_on", "display_until", False),
        ("listed_on", "removed_on", True),
    )
    for early, late, may_equal in steps:
        first, last = getattr(entry, early), getattr(entry, late)
        if first and last and (last < first or (last == first and not may_equal)):
            shown = [f"{schema.label(ListEntry, (name,))} {getattr(entry, name)}" for name in (late, early)]
            yield Problem("E498", dataset.place(entry, late), {"value": shown[0], "first": shown[1]})


def _ends_in_time(dataset: Dataset, edition: Edition, entry: ListEntry) -> Iterator[Problem]:
    """A mark lasts no longer than the scheme says; where it says nothing, more than a year is worth a look."""
    if entry.listed_on is None or entry.display_until is None:
        return
    stated = edition.scheme.result_validity
    last = _after(entry.listed_on, stated or Validity.model_validate({"n": "1", "unit": "year"}))
    if entry.display_until > last:
        values = {"value": f"{entry.display_until}", "expected": f"{last}"}
        yield Problem("E499" if stated else "N417", dataset.place(entry, "display_until"), values)


def _after(start: date, validity: Validity) -> date:
    """The last day of so many months or years from ``start``; the 31st becomes the last day there is."""
    months = start.month - 1 + validity.n * (12 if validity.unit is TermUnit.YEAR else 1)
    year, month = start.year + months // 12, months % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=start.day - 1), first_of_next - timedelta(days=1))


def removals_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """What was taken off says when and why, and what says so was taken off."""
    for entry in dataset.published(ListEntry).values():
        says_so = {entry.state is EntryState.REMOVED, entry.removed_on is not None, entry.removed_reason is not None}
        if len(says_so) > 1:
            yield Problem("E460", dataset.place(entry, "state"), {"value": entry.state.label})
        if entry.state is EntryState.CORRECTED and not entry.correction:
            yield Problem("E450", dataset.place(entry, "state"), {"value": entry.state.label})


#: Words of the law on credit, and the few turns of phrase that deny them.
_CREDIT_WORDS = re.compile(r"失信|黑名单")
#: What the authority itself says; replies and objections are the other side's words and stay as they are.
_OWN_WORDS: dict[type[Record], tuple[str, ...]] = {
    AssessmentScheme: ("name", "lists", "levels", "summary"),
    RankingEdition: ("name", "rule_text"),
    ListEntry: ("reason", "rectification"),
    Measure: ("text", "outcome"),
    Commendation: ("name", "deed"),
}


def credit_words_have_a_law(dataset: Dataset) -> Iterator[Problem]:
    """失信 and 黑名单 are words of law: lists of that name rest on laws and regulations alone (国办发〔2020〕49号)."""
    for model, names in _OWN_WORDS.items():
        for record in dataset.of(model).values():
            if _rests_on_law(dataset, _bases(dataset, record)):
                continue
            for name in names:
                if found := _CREDIT_WORDS.search(str(getattr(record, name))):
                    yield Problem("E467", dataset.place(record, name), {"value": found.group()})


def _bases(dataset: Dataset, record: Record) -> Iterable[BasisDoc]:
    if isinstance(record, RankingEdition):
        record = dataset.of(AssessmentScheme)[record.scheme]
    return getattr(record, "basis_docs", ())


def _rests_on_law(dataset: Dataset, bases: Iterable[BasisDoc]) -> bool:
    documents = dataset.of(PolicyDocument)
    named = (documents.get(basis.document or "") for basis in bases)
    return any(document is not None and document.force in FOUNDING for document in named)


def measures_are_by_whom_they_may_be(dataset: Dataset) -> Iterator[Problem]:
    """A talk by the community's Party organisation, an exit by the owners' assembly, a bid restriction by law."""
    allowed = {
        MeasureKind.REMINDER_TALK: {OrganizationKind.COMMUNITY_PARTY},
        MeasureKind.EXIT_PROCEDURE: {OrganizationKind.OWNERS_ASSEMBLY},
    }
    for measure in dataset.published(Measure).values():
        if measure.actor is None and measure.actor_name is None:
            yield Problem("E449", dataset.place(measure, "kind"), {"value": measure.kind.label})
        kind = dataset.of(Organization)[measure.actor].kind if measure.actor else None
        if kind is not None and kind not in allowed.get(measure.kind, {kind}):
            values = {"value": measure.kind.label, "expected": "、".join(k.label for k in allowed[measure.kind])}
            yield Problem("E468", dataset.place(measure, "actor"), values)
        if measure.kind is MeasureKind.BID_RESTRICT and not _rests_on_law(dataset, measure.basis_docs):
            yield Problem("E469", dataset.place(measure, "kind"), {"value": measure.kind.label})


def measures_fit_their_entry(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Advantages follow from good lists, everything else from bad ones."""
    for measure in dataset.published(Measure).values():
        entry = dataset.of(ListEntry)[measure.entry]
        mark = editions[entry.edition].markings.get(entry.list) if entry.edition in editions else None
        if mark and (mark.polarity is Polarity.POSITIVE) != (measure.kind.polarity is Polarity.POSITIVE):
            values = {"value": measure.kind.label, "first": mark.label}
            yield Problem("E439", dataset.place(measure, "kind"), values)


def objections_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """About one thing; accepted with days; decided by somebody for a reason; upheld with an effect on the entry."""
    for objection in dataset.published(Objection).values():
        if (objection.entry is None) == (objection.result is None):
            yield Problem("E436", dataset.place(objection), {"value": objection.filed_by.label})
        owed = [*(("accepted_on", "marked_on", "due_on") if objection.accepted else ())]
        owed += ("decided_on", "decided_by", "decision_reason") if objection.decision else ()
        owed += ("share_pct",) if objection.filed_by is FiledBy.OWNERS_GROUP else ()
        if missing := [name for name in owed if getattr(objection, name) is None]:
            labels = "、".join(schema.label(Objection, (name,)) for name in missing)
            yield Problem("E437", dataset.place(objection), {"value": labels})
        entry = dataset.of(ListEntry).get(objection.entry or "")
        if entry and objection.decision is Decision.UPHELD and entry.state is EntryState.LISTED:
            yield Problem("E438", dataset.place(objection, "decision"), {"value": entry.id})
    for review in dataset.published(Review).values():
        if review.decision and (review.decided_on is None or review.decided_by is None or review.reason is None):
            yield Problem("E437", dataset.place(review), {"value": "复核日期、由谁复核、复核理由"})


def repairs_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """Granted means a day on which the display ends, and the entry follows; a grade of 失信 rests on a law."""
    for repair in dataset.published(CreditRepair).values():
        entry = dataset.of(ListEntry)[repair.entry]
        if repair.decision is RepairDecision.GRANTED:
            day = repair.stop_display_on
            if day is None or entry.removed_on is None or entry.removed_on > day:
                yield Problem("E494", dataset.place(repair, "decision"), {"value": entry.id})
        if repair.severity is not Severity.NOT_CREDIT_INFO and not _rests_on_law(dataset, repair.basis_docs):
            yield Problem("E467", dataset.place(repair, "severity"), {"value": repair.severity.label})
    for entry in dataset.published(ListEntry).values():
        granted = any(
            repair.entry == entry.id and repair.decision is RepairDecision.GRANTED
            for repair in dataset.published(CreditRepair).values()
        )
        if entry.removed_reason is RemovedReason.REPAIRED and not granted:
            yield Problem("E494", dataset.place(entry, "removed_reason"), {"value": entry.id})


def commendations_name_somebody(dataset: Dataset) -> Iterator[Problem]:
    """Each honour has one recipient of its kind; a person has consented (个人信息保护法 25)."""
    fields = {
        CommendationKind.FIRM: "firm",
        CommendationKind.PARTY_ORG: "organization",
        CommendationKind.COMMUNITY: "community",
    }
    for award in dataset.published(Commendation).values():
        if award.kind in PERSONS:
            if award.recipient is None or award.consent_ref is None:
                yield Problem("E503", dataset.place(award, "kind"), {"value": award.kind.label})
        elif getattr(award, fields[award.kind]) is None and award.recipient is None:
            yield Problem("E486", dataset.place(award), {"value": award.kind.label, "expected": "受表彰的一方"})
