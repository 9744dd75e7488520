"""Rules for entries and what follows from them: due process is a gate (issue C; domain §3.14–3.17, §5.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator import schema
from generator.dataset import Dataset
from generator.editions import Edition, Subject, subject
from generator.kinds import names_a_person
from generator.problems import Problem
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    Commendation,
    CreditRepair,
    ExitProcedure,
    Exposure,
    ListEntry,
    Measure,
    Objection,
    Organization,
    PolicyDocument,
    RankingEdition,
    Record,
    Review,
)
from generator.records.assessment_scheme import Validity
from generator.records.base import BasisDoc
from generator.records.commendation import PERSONS, CommendationKind
from generator.records.credit_repair import RepairDecision, Severity
from generator.records.list_entry import EntryState, RemovedReason
from generator.records.measure import MeasureKind
from generator.records.objection import Decision, FiledBy
from generator.records.organization import OrganizationKind
from generator.records.policy_document import FOUNDING
from generator.records.policy_document import Validity as DocumentValidity
from generator.records.ranking import Marking, Polarity
from generator.rules.ranked import (
    Editions,
    fits,
    honoured_in_spite,
    short_of,
    stands,
    subjects_fit_their_scheme,
)
from generator.rules.schemes import unknown_part
from generator.rules.shared import out_of_order

#: What a warning or negative entry cannot be published without, before it is decided and after.
_BEFORE = ("reason", "evidence", "basis_docs", "prior_notice_on", "reply_due", "display_until")
_AFTER = (*_BEFORE, "decided_by", "decided_on", "listed_on")
#: A text that stands for nothing: a line of it is refused when it is read, longer texts may hold anything.
_NOTHING = re.compile(r"(?:暂?无|没有|不详|未知|略|待补充?|N/A|null|None)?(?:信息|内容)?[\W_]*")


def _placed(dataset: Dataset, editions: Editions) -> Iterator[tuple[Edition, ListEntry]]:
    for entry in dataset.published(ListEntry).values():
        if entry.edition in editions:
            yield editions[entry.edition], entry


def _mark(dataset: Dataset, entry: ListEntry) -> tuple[AssessmentScheme, Marking | None]:
    """What an entry marks its subject with, by its scheme, whatever has become of the edition."""
    scheme = dataset.of(AssessmentScheme)[dataset.of(RankingEdition)[entry.edition].scheme]
    return scheme, next((one for one in (*scheme.lists, *scheme.levels) if one.id == entry.list), None)


def entries_fit_their_edition(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """An entry is on a list of the scheme, about a subject of the scheme's kind that has a result."""
    short = short_of(dataset, AssessmentResult)
    for edition, entry in _placed(dataset, editions):
        misfits = list(fits(dataset, entry, edition.scheme.subject_type))
        yield from misfits
        labels = {name: one.label for name, one in edition.markings.items()}
        if entry.list not in labels:
            yield unknown_part(dataset, entry, ("list",), "榜单或等级", entry.list, labels)
        one = {edition.record.id: edition}
        is_told = edition.record.id not in short and not misfits and not [*subjects_fit_their_scheme(dataset, one)]
        if is_told and subject(entry) not in {row.who for row in edition.rows}:
            yield Problem("E459", dataset.place(entry), {"value": edition.record.id})


def nobody_is_on_two_lists(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """One subject, one list in one edition; above all never a good one and a bad one (domain §3.14)."""
    seen: dict[tuple[str, Subject], ListEntry] = {}
    for edition, entry in _placed(dataset, editions):
        if not stands(entry):
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
        for row, entry, mark in honoured_in_spite(edition):
            yield Problem("E456", dataset.place(entry, "list"), {"value": row.name, "first": mark.label})


def bad_marks_have_due_process(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Basis, factual reason, evidence, prior notice, time to reply, the reply or its absence, who decided, an end.

    Asked of every entry on the site, under whatever edition: it is in the downloads. Good ones have days in order too.
    """
    for entry in dataset.published(ListEntry).values():
        disordered = list(_in_order(dataset, entry))
        yield from disordered
        scheme, mark = _mark(dataset, entry)
        if mark is None or mark.polarity is Polarity.POSITIVE:
            continue
        needed = _BEFORE if entry.state is EntryState.PROPOSED else _AFTER
        missing = [name for name in needed if not _says(entry, name)]
        if entry.state is not EntryState.PROPOSED and entry.no_reply_by is None:
            missing += [name for name in ("reply", "reply_on") if not _says(entry, name)]
        if missing:
            labels = "、".join(map(_label, missing))
            if "reply" in missing:
                labels += f"；没有收到答复的，不填这两项，填{_label('no_reply_by')}"
            yield Problem("E497", dataset.place(entry, "list"), {"options": labels, "first": mark.label})
        if entry.no_reply_by is not None and (entry.reply is not None or entry.reply_on is not None):
            yield Problem("E440", dataset.place(entry, "no_reply_by"), {"value": f"{entry.no_reply_by}"})
        if not disordered:
            yield from _ends_in_time(dataset, scheme, entry)


def _label(name: str) -> str:
    return f"{schema.label(ListEntry, (name,))}（{name}）"


def _says(entry: ListEntry, name: str) -> bool:
    value = getattr(entry, name)
    return schema.says(entry, name) and not (isinstance(value, str) and _NOTHING.fullmatch(value))


def _in_order(dataset: Dataset, entry: ListEntry) -> Iterator[Problem]:
    """Notice, then time to reply, then the decision, then the list. A day is said to be wrong once."""
    answered = "reply_on" if entry.reply_on else "no_reply_by" if entry.no_reply_by else "reply_due"
    steps = (
        ("prior_notice_on", "reply_due", False),
        ("prior_notice_on", "reply_on", True),
        ("reply_due", "no_reply_by", True),
        (answered, "decided_on", True),
        ("prior_notice_on", "decided_on", True),
        ("decided_on", "listed_on", True),
        ("listed_on" if entry.listed_on else "prior_notice_on", "display_until", False),
        ("listed_on", "removed_on", True),
    )
    wrong: set[str] = set()
    for early, late, may_equal in steps:
        first, last = getattr(entry, early), getattr(entry, late)
        is_late = first and last and (last < first or (last == first and not may_equal))
        if is_late and not wrong & {early, late}:
            wrong |= {early, late}
            shown = [f"{schema.label(ListEntry, (name,))} {getattr(entry, name)}" for name in (late, early)]
            values = {"value": shown[0], "first": shown[1], "expected": "早于" if may_equal else "不晚于"}
            yield Problem("E498", dataset.place(entry, late), values)


def _ends_in_time(dataset: Dataset, scheme: AssessmentScheme, entry: ListEntry) -> Iterator[Problem]:
    """A mark lasts no longer than the scheme says; where it says nothing, more than a year is worth a look."""
    if entry.listed_on is None or entry.display_until is None:
        return
    stated = scheme.result_validity
    last = (stated or Validity.model_validate({"n": "1", "unit": "year"})).last_day(entry.listed_on)
    if entry.display_until > last:
        values = {"value": f"{entry.display_until}", "expected": f"{last}"}
        yield Problem("E499" if stated else "N417", dataset.place(entry, "display_until"), values)


def removals_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """What was taken off says when and why, and what says so was taken off."""
    for entry in dataset.published(ListEntry).values():
        says_so = {entry.state is EntryState.REMOVED, entry.removed_on is not None, entry.removed_reason is not None}
        if len(says_so) > 1:
            yield Problem("E460", dataset.place(entry, "state"), {"value": entry.state.label})
        if entry.state is EntryState.CORRECTED and not entry.correction:
            yield Problem("E450", dataset.place(entry, "state"), {"value": entry.state.label})


#: Words of the law on credit.
_CREDIT_WORDS = re.compile(r"失信|黑名单")
#: Turns of phrase that deny them.
_DENIALS = re.compile(
    r"(?:不属于|不是|并非|不作为|不构成|不等于|不同于|有别于)[^，。；、\s]{0,6}?(?:失信|黑名单)(?:信息|名单|行为)?(?:或黑名单)?"
)
#: What the authority itself says; replies and objections are the other side's words and stay as they are.
_OWN_WORDS: dict[type[Record], tuple[str, ...]] = {
    AssessmentScheme: ("name", "lists", "levels", "unscored_label", "summary", "note"),
    RankingEdition: ("name", "rule_text", "not_held_reason", "note"),
    AssessmentResult: ("veto_reason", "deductions", "unscored_reason", "override_reason", "note"),
    ListEntry: ("reason", "rectification", "override_reason", "note"),
    Measure: ("text", "outcome", "note"),
    Commendation: ("name", "deed", "note"),
    Exposure: ("problem", "follow_up", "note"),
    ExitProcedure: ("reason", "ended_reason", "note"),
}


def credit_words_have_a_law(dataset: Dataset) -> Iterator[Problem]:
    """失信 and 黑名单 are words of law: lists of that name rest on laws and regulations alone (国办发〔2020〕49号)."""
    for model, names in _OWN_WORDS.items():
        for record in dataset.published(model).values():
            if _rests_on_law(dataset, _bases(dataset, record)):
                continue
            for loc, text in (found for name in names for found in schema.texts(getattr(record, name), (name,))):
                if found := _CREDIT_WORDS.search(_DENIALS.sub("", text)):
                    yield Problem("E467", dataset.place(record, *loc), {"value": found.group()})


def _bases(dataset: Dataset, record: Record) -> Iterable[BasisDoc]:
    if isinstance(record, AssessmentResult):
        record = dataset.of(RankingEdition)[record.edition]
    if isinstance(record, RankingEdition):
        record = dataset.of(AssessmentScheme)[record.scheme]
    return getattr(record, "basis_docs", ())


def _rests_on_law(dataset: Dataset, bases: Iterable[BasisDoc]) -> bool:
    """Whether a law, not the draft of one, is among the bases."""
    documents = dataset.of(PolicyDocument)
    named = (documents.get(basis.document or "") for basis in bases)
    return any(d is not None and d.force in FOUNDING and d.validity is not DocumentValidity.DRAFT for d in named)


#: Measures that one kind of body alone may take; and what its name says where the site has no record of it.
_ALONE = {
    MeasureKind.REMINDER_TALK: (OrganizationKind.COMMUNITY_PARTY, "党"),
    MeasureKind.EXIT_PROCEDURE: (OrganizationKind.OWNERS_ASSEMBLY, "业主大会"),
}
_MEASURE_STEPS = (("taken_on", "until"), ("taken_on", "handover_on"), ("taken_on", "outcome_on"))


def measures_are_by_whom_they_may_be(dataset: Dataset) -> Iterator[Problem]:
    """A talk by the community's Party organisation, an exit by the owners' assembly, a bid restriction by law."""
    for measure in dataset.published(Measure).values():
        if measure.actor is None and measure.actor_name is None:
            yield Problem("E449", dataset.place(measure, "kind"), {"value": measure.kind.label})
        elif measure.kind in _ALONE:
            alone, word = _ALONE[measure.kind]
            actor = dataset.of(Organization)[measure.actor] if measure.actor else None
            if not (actor.kind is alone if actor else word in (measure.actor_name or "")):
                values = {"value": measure.kind.label, "expected": alone.label}
                yield Problem("E468", dataset.place(measure, "actor" if actor else "actor_name"), values)
        if measure.kind is MeasureKind.BID_RESTRICT and not _rests_on_law(dataset, measure.basis_docs):
            yield Problem("E469", dataset.place(measure, "kind"), {"value": measure.kind.label})
        yield from out_of_order(dataset, measure, _MEASURE_STEPS)
        decided_on = dataset.of(ListEntry)[measure.entry].decided_on
        if decided_on and measure.taken_on < decided_on:
            days = {"value": f"措施的日期 {measure.taken_on}", "first": f"上榜记录的决定日期 {decided_on}"}
            yield Problem("E498", dataset.place(measure, "taken_on"), {**days, "expected": "早于"})


def measures_fit_their_entry(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Advantages follow from good lists, everything else from bad ones."""
    for measure in dataset.published(Measure).values():
        _, mark = _mark(dataset, dataset.of(ListEntry)[measure.entry])
        if mark and (mark.polarity is Polarity.POSITIVE) != (measure.kind.polarity is Polarity.POSITIVE):
            values = {"value": measure.kind.label, "first": mark.label}
            yield Problem("E439", dataset.place(measure, "kind"), values)


_OBJECTION_STEPS = (
    ("filed_on", "accepted_on"),
    ("filed_on", "marked_on"),
    ("accepted_on", "due_on"),
    ("filed_on", "decided_on"),
    ("accepted_on", "decided_on"),
    ("marked_on", "decided_on"),
)
#: How a record that was decided ended otherwise than by being taken back.
_RULED = frozenset({Decision.UPHELD, Decision.PARTLY, Decision.REJECTED})


def objections_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """About one thing; accepted with days; decided by somebody for a reason; upheld with an effect on the entry."""
    for objection in dataset.published(Objection).values():
        if (objection.entry is None) == (objection.result is None):
            yield Problem("E436", dataset.place(objection), {"value": objection.filed_by.label})
        yield from _owed(dataset, objection, _owed_by_objection(objection))
        yield from out_of_order(dataset, objection, _OBJECTION_STEPS)
        if objection.decision is Decision.UPHELD:
            yield from _still_listed(dataset, objection, objection.entry)
    for review in dataset.published(Review).values():
        owed = ("decided_on", "decided_by", "reason") if review.decision in _RULED else ()
        yield from _owed(dataset, review, owed or (("decided_on",) if review.decision else ()))
        yield from out_of_order(dataset, review, (("asked_on", "decided_on"),))
        before = dataset.of(Objection)[review.objection]
        if before.decided_on and review.asked_on < before.decided_on:
            values = {"value": f"申请日期 {review.asked_on}", "first": f"异议的处理日期 {before.decided_on}"}
            yield Problem("E406", dataset.place(review, "asked_on"), values)
        if review.decision is Decision.UPHELD:
            yield from _still_listed(dataset, review, before.entry)


def _owed_by_objection(objection: Objection) -> Iterator[str]:
    if objection.filed_by is FiledBy.OWNERS_GROUP:
        yield "share_pct"
    if objection.accepted:
        yield from ("accepted_on", "marked_on", "due_on")
    if objection.decision in _RULED:
        yield from ("accepted", "decided_on", "decided_by", "decision_reason")
    elif objection.decision:
        yield "decided_on"


def _owed(dataset: Dataset, record: Record, names: Iterable[str]) -> Iterator[Problem]:
    """What a step that was taken has to say: one problem for all that it does not."""
    if missing := [name for name in names if getattr(record, name) is None]:
        labels = "、".join(f"{schema.label(type(record), (name,))}（{name}）" for name in missing)
        yield Problem("E437", dataset.place(record), {"value": labels})


def _still_listed(dataset: Dataset, record: Objection | Review, key: str | None) -> Iterator[Problem]:
    entry = dataset.published(ListEntry).get(key or "")
    if entry and entry.state in {EntryState.PROPOSED, EntryState.LISTED}:
        values = {"value": entry.id, "first": entry.state.label}
        yield Problem("E438", dataset.place(record, "decision"), values)


_REPAIR_STEPS = (
    ("applied_on", "accepted_on"),
    ("applied_on", "decided_on"),
    ("accepted_on", "decided_on"),
    ("decided_on", "stop_display_on"),
    ("public_from", "min_public_until"),
    ("min_public_until", "max_public_until"),
)


def repairs_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """Granted means a day on which the display ends, and the entry follows; a grade of 失信 rests on a law."""
    entries = dataset.published(ListEntry)
    granted = set()
    for repair in dataset.published(CreditRepair).values():
        if repair.decision is RepairDecision.GRANTED:
            granted.add(repair.entry)
            yield from _granted(dataset, repair, entries.get(repair.entry))
        refused = ("reason",) if repair.decision is RepairDecision.REFUSED else ()
        yield from _owed(dataset, repair, ("decided_on", "decided_by", *refused) if repair.decision else ())
        yield from out_of_order(dataset, repair, _REPAIR_STEPS)
        if repair.severity is not Severity.NOT_CREDIT_INFO and not _rests_on_law(dataset, repair.basis_docs):
            yield Problem("E467", dataset.place(repair, "severity"), {"value": repair.severity.label})
    for entry in entries.values():
        if entry.removed_reason is RemovedReason.REPAIRED and entry.id not in granted:
            yield Problem("E494", dataset.place(entry, "removed_reason"), {"value": entry.id})


def _granted(dataset: Dataset, repair: CreditRepair, entry: ListEntry | None) -> Iterator[Problem]:
    """The day is stated; an entry that is still on the site is taken off by then."""
    day = repair.stop_display_on
    is_on = entry is not None and entry.removed_on is None and entry.state is not EntryState.REMOVED
    if day is None or is_on or (entry and entry.removed_on and entry.removed_on > day):
        yield Problem("E494", dataset.place(repair, "decision"), {"value": repair.entry})


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
        elif award.recipient and award.consent_ref is None and names_a_person(award.recipient):
            yield Problem("E503", dataset.place(award, "recipient"), {"value": award.recipient})
        elif getattr(award, fields[award.kind]) is None and award.recipient is None:
            label = f"{schema.label(Commendation, (fields[award.kind],))}（{fields[award.kind]}）"
            expected = f"{label}；本站没有记录的，填受表彰的人或组织（recipient）"
            yield Problem("E486", dataset.place(award), {"value": award.kind.label, "expected": expected})
        yield from out_of_order(dataset, award, (("awarded_on", "revoked_on"),))
