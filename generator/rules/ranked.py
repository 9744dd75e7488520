"""Rules for editions and results: whole, in place, and what follows from the published scores (domain §3.12–3.13)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from generator import schema
from generator.dataset import Dataset
from generator.editions import Edition, Row, counts, number
from generator.problems import Problem
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    Community,
    Engagement,
    Firm,
    Organization,
    RankingEdition,
    Region,
)
from generator.records.assessment_scheme import DimensionKind
from generator.records.list_entry import EntryState
from generator.records.ranking import SUBJECT_FIELDS, OnPost, Polarity, SubjectType
from generator.records.ranking_edition import Detail, Phase
from generator.rules.shared import above

Editions = Mapping[str, Edition]

#: Phases in which an edition says who stands where.
_JUDGED = frozenset({Phase.PROPOSED, Phase.OBJECTION, Phase.FINAL, Phase.AMENDED, Phase.ARCHIVED})
#: Phases in which it has been decided.
DECIDED = frozenset({Phase.FINAL, Phase.AMENDED, Phase.ARCHIVED})


def editions_stand_once(dataset: Dataset) -> Iterator[Problem]:
    """One edition a scheme's line, region and period."""
    schemes = dataset.of(AssessmentScheme)
    seen: dict[tuple[object, ...], RankingEdition] = {}
    for edition in dataset.published(RankingEdition).values():
        scheme = schemes[edition.scheme]
        period = number(edition.period.start, scheme.cadence) or edition.period.start
        key = (scheme.id, edition.region, edition.period.kind, period)
        if key in seen:
            at = dataset.source(seen[key])
            values = {"value": edition.period.label, "first": f"{seen[key].id}，{at.path}:{at.line}"}
            yield Problem("E480", dataset.place(edition, "period"), values)
        seen.setdefault(key, edition)


def editions_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """A period runs forward; one that was not held says why; one that was decided says by whom; none has an end."""
    for edition in dataset.published(RankingEdition).values():
        if edition.period.end < edition.period.start:
            values = {"value": f"止 {edition.period.end}", "first": f"起 {edition.period.start}"}
            yield Problem("E406", dataset.place(edition, "period", "end"), values)
        if (edition.phase is Phase.NOT_HELD) != (edition.not_held_reason is not None):
            yield Problem("E482", dataset.place(edition, "phase"), {"value": edition.phase.label})
        if edition.phase in DECIDED:
            for name in ("decided_on", "decided_by", "published_on"):
                if getattr(edition, name) is None:
                    values = {"value": edition.phase.label, "label": schema.label(RankingEdition, (name,))}
                    yield Problem("E481", dataset.place(edition, "phase"), values)
        if edition.display_until is not None:
            yield Problem("E485", dataset.place(edition, "display_until"), {"value": edition.name})


def participants_are_counted(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """The number of those assessed is the number of results with a total."""
    for edition in _judged(editions):
        record = edition.record
        scored = sum(row.result.unscored_reason is None for row in edition.rows)
        if record.participants is not None and record.detail is not Detail.LISTS and record.participants != scored:
            values = {"value": str(record.participants), "number": str(scored)}
            yield Problem("E484", dataset.place(record, "participants"), values)


def empty_lists_are_empty(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """A list without entries is declared empty; one declared empty has none (domain §0.2-7)."""
    for edition in editions.values():
        record = edition.record
        known = {one.id: one.label for one in edition.scheme.lists}
        filled = {entry.list for row in edition.rows for entry in row.entries}
        for position, name in enumerate(record.empty_lists):
            if name not in known:
                values = {"value": name, "known": "、".join(known) or "无"}
                yield Problem("E472", dataset.place(record, "empty_lists", position), values)
            elif name in filled:
                yield Problem("E483", dataset.place(record, "empty_lists", position), {"value": known[name]})
        if record.phase in DECIDED:
            for name in known:
                if name not in filled and name not in record.empty_lists:
                    yield Problem("E483", dataset.place(record), {"value": known[name]})


def subjects_fit_their_scheme(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Who is ranked is of the scheme's kind, stands in one of its groups, and stands once."""
    for edition in editions.values():
        scheme, seen = edition.scheme, set[object]()
        strata = {stratum.id for stratum in scheme.strata}
        for row in edition.rows:
            yield from fits(dataset, row.result, scheme.subject_type)
            if (row.result.stratum or "") not in (strata or {""}):
                values = {"value": row.result.stratum or "没有填", "known": "、".join(sorted(strata)) or "无"}
                yield Problem("E472", dataset.place(row.result, "stratum"), values)
            if row.who in seen:
                yield Problem("E489", dataset.place(row.result), {"value": row.name})
            seen.add(row.who)


def fits(dataset: Dataset, record: OnPost, subject_type: SubjectType) -> Iterator[Problem]:
    """The fields that say who is meant are those of the kind; a community may say which firm served it."""
    needed = {*SUBJECT_FIELDS[subject_type], *(["post"] if subject_type is SubjectType.MANAGER else [])}
    allowed = needed | ({"firm"} if subject_type is SubjectType.COMMUNITY else set())
    given = {name for name in ("firm", "community", "organization", "post") if getattr(record, name)}
    if not needed <= given <= allowed:
        labels = "、".join(schema.label(type(record), (name,)) for name in sorted(needed))
        values = {"value": subject_type.label, "expected": labels}
        yield Problem("E486", dataset.place(record), values)


def subjects_lie_in_the_region(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """A community lies in the edition's region; a firm served one that does, in the period that was assessed."""
    regions, communities = dataset.of(Region), dataset.of(Community)
    served = _served(dataset)
    for edition in _judged(editions):
        record = edition.record
        for row in edition.rows:
            result = row.result
            at = communities[result.community].region if result.community else None
            if result.organization:
                at = dataset.of(Organization)[result.organization].region
            if at is not None and record.region not in above(regions, at) and at not in above(regions, record.region):
                values = {"value": row.name, "first": regions[record.region].name}
                yield Problem("E487", dataset.place(result), values)
                continue
            here = (
                (begins, ends)
                for place, begins, ends in served[result.firm or ""]
                if place == result.community
                or (not result.community and record.region in above(regions, communities[place].region))
            )
            if result.firm and not any(
                begins <= record.period.end and record.period.start < ends for begins, ends in here
            ):
                values = {"value": dataset.of(Firm)[result.firm].name, "first": record.period.label}
                yield Problem("E488", dataset.place(result, "firm"), values)


def _served(dataset: Dataset) -> dict[str, list[tuple[str, date, date]]]:
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


def scores_are_whole(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Every dimension is scored, within its full marks; what was not assessed has no scores (domain §3.12)."""
    for edition in editions.values():
        known = {dimension.id: dimension for dimension in edition.scheme.dimensions}
        needed = {d.id for d in known.values() if d.kind is DimensionKind.SCORE}
        for row in edition.rows:
            result = row.result
            if result.unscored_reason is not None:
                if result.scores or result.total is not None or result.rank or result.level:
                    yield Problem("E495", dataset.place(result, "unscored_reason"), {"value": row.name})
                continue
            for name, points in result.scores.items():
                place = dataset.place(result, "scores", name)
                if name not in known:
                    yield Problem("E472", place, {"value": name, "known": "、".join(known)})
                elif (most := known[name].max) is not None and points > most:
                    values = {"value": f"{points}", "label": known[name].label, "expected": f"{most}"}
                    yield Problem("E491", place, values)
            missing = [known[name].label for name in known if name in needed - {*result.scores}]
            if edition.record.detail is Detail.TOTALS and not result.scores:
                missing = ["总分"] if result.total is None else []
            if edition.record.detail is not Detail.LISTS and missing:
                labels = "、".join(missing)
                yield Problem("E490", dataset.place(result, "scores"), {"value": labels, "first": row.name})
            yield from _deductions(dataset, edition, row)
            yield from _vetoes(dataset, edition, row)


def _deductions(dataset: Dataset, edition: Edition, row: Row) -> Iterator[Problem]:
    """What was taken away is no more than what is missing from full marks."""
    known = {dimension.id: dimension for dimension in edition.scheme.dimensions}
    taken: Counter[str] = Counter()
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for position, deduction in enumerate(row.result.deductions):
        place = dataset.place(row.result, "deductions", position)
        taken[deduction.dimension] += 1
        sums[deduction.dimension] += deduction.points
        dimension = known.get(deduction.dimension)
        if dimension is None:
            yield Problem("E472", place, {"value": deduction.dimension, "known": "、".join(known)})
        elif dimension.kind is DimensionKind.SCORE and dimension.max is not None:
            lost = dimension.max - row.result.scores.get(dimension.id, dimension.max)
            if sums[dimension.id] > lost:
                values = {"value": f"{sums[dimension.id]}", "label": dimension.label, "expected": f"{lost}"}
                yield Problem("E496", place, values)


def _vetoes(dataset: Dataset, edition: Edition, row: Row) -> Iterator[Problem]:
    known = {veto.id for veto in edition.scheme.vetoes}
    for position, name in enumerate(row.result.vetoes):
        if name not in known:
            values = {"value": name, "known": "、".join(sorted(known)) or "无"}
            yield Problem("E472", dataset.place(row.result, "vetoes", position), values)
    if bool(row.result.vetoes) != (row.result.veto_reason is not None):
        yield Problem("E493", dataset.place(row.result, "vetoes"), {"value": row.name})
    lists = {one.id for one in edition.scheme.lists}
    for position, name in enumerate(row.result.nominated):
        if name not in lists:
            values = {"value": name, "known": "、".join(sorted(lists)) or "无"}
            yield Problem("E472", dataset.place(row.result, "nominated", position), values)


def published_figures_follow_from_scores(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Totals, levels and ranks are what the scheme makes of the scores, or people have said why not.

    The published figure wins: nothing is corrected here. A difference is for the authority to settle (issue C).
    """
    for edition in _judged(editions):
        if edition.record.detail is Detail.LISTS:
            continue
        for row in edition.rows:
            result, found = row.result, edition.recomputed[row.key]
            if result.unscored_reason is not None:
                continue
            published = (result.total, result.level or "", result.rank, bool(result.tied))
            computed = (found.total, found.level, found.rank, found.tied)
            names = ("total", "level", "rank", "tied")
            for name, given, made in zip(names, published, computed, strict=True):
                if given == made or result.override_reason is not None:
                    continue
                values = {
                    "value": _shown(given),
                    "label": schema.label(AssessmentResult, (name,)),
                    "first": row.name,
                    "expected": _shown(made),
                }
                yield Problem("E492", dataset.place(result, name), values)
            for name in found.untold:
                yield Problem("E448", dataset.place(result), {"value": row.name, "first": name})


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "没有填" if value is None or value == "" else str(value)


def lists_follow_from_scores(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Who is on a list belongs there by the scheme, and who belongs there is on it, or people have said why not."""
    for edition in _judged(editions):
        labels = {name: one.label for name, one in edition.markings.items()}
        bad = {level.id for level in edition.scheme.levels if level.polarity is not Polarity.POSITIVE}
        for row in edition.rows:
            found = edition.recomputed[row.key]
            due = {found.list or (found.level if found.level in bad else "")} - {""}
            if edition.record.detail is Detail.LISTS or row.result.override_reason is not None:
                continue
            for name in sorted(due - {entry.list for entry in row.entries}):
                values = {"value": row.name, "first": labels[name]}
                yield Problem("E457", dataset.place(row.result), values)
            for entry in row.entries:
                stood = counts(entry) or entry.state is EntryState.PROPOSED
                if stood and entry.list not in due and entry.list in labels and entry.override_reason is None:
                    values = {"value": row.name, "first": labels[entry.list]}
                    yield Problem("E458", dataset.place(entry, "list"), values)


def _judged(editions: Editions) -> Iterator[Edition]:
    return (edition for edition in editions.values() if edition.record.phase in _JUDGED)
