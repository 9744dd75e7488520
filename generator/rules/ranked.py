"""Rules for editions and results: whole, in place, and what follows from the published scores (domain §3.12–3.13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator import schema
from generator.dataset import Dataset
from generator.editions import Edition, Row, counts, lineage, number, subject
from generator.problems import Problem
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    Community,
    Firm,
    ListEntry,
    Organization,
    RankingEdition,
    Record,
    Region,
)
from generator.records.assessment_scheme import Condition, DimensionKind
from generator.records.base import Status
from generator.records.list_entry import EntryState
from generator.records.ranking import SUBJECT_FIELDS, Marking, OnPost, Polarity, SubjectType
from generator.records.ranking_edition import Detail, Phase
from generator.rules.communities import served_by, services_are_known
from generator.rules.schemes import unknown_part
from generator.rules.shared import above, out_of_order

Editions = Mapping[str, Edition]

#: Phases in which an edition says who stands where.
_JUDGED = frozenset({Phase.PROPOSED, Phase.OBJECTION, Phase.FINAL, Phase.AMENDED, Phase.ARCHIVED})
#: Phases in which it has been decided.
DECIDED = frozenset({Phase.FINAL, Phase.AMENDED, Phase.ARCHIVED})


#: What cannot come before each other in an edition (domain §3.13 流程日期).
_STEPS = (
    ("prior_notice_on", "decided_on"),
    ("notice_from", "notice_to"),
    ("notice_to", "decided_on"),
    ("decided_on", "published_on"),
)


def short_of(dataset: Dataset, model: type[Record]) -> frozenset[str]:
    """Editions of which a result or entry is there but wrong in itself: what hangs on all of them is not judged.

    One that names an edition which is not there may belong to any of them, and so may one in a file nobody could read.
    """
    known, held = dataset.of(RankingEdition), dataset.of(model)
    if model.folder in dataset.unread:
        return frozenset(known)
    absent = (raw for (kind, key), raw in dataset.raws.items() if kind is model and key not in held)
    drafts = {Status.DRAFT.value, Status.DRAFT.label}
    named = {str(raw.values.get("edition")) for raw in absent if raw.values.get("status") not in drafts}
    return frozenset(known if named - known.keys() else named)


def stands(entry: ListEntry) -> bool:
    """Whether an entry is on its list, or is proposed for it."""
    return counts(entry) or entry.state is EntryState.PROPOSED


def editions_stand_once(dataset: Dataset) -> Iterator[Problem]:
    """One edition a scheme's line, region and period."""
    schemes = dataset.of(AssessmentScheme)
    seen: dict[tuple[object, ...], RankingEdition] = {}
    for edition in dataset.published(RankingEdition).values():
        period = number(edition.period.start, schemes[edition.scheme].cadence) or edition.period.start
        key = (lineage(schemes, edition.scheme)[-1], edition.region, edition.period.kind, period)
        if key in seen:
            at = dataset.source(seen[key])
            values = {"value": edition.period.label, "first": f"{seen[key].id}，{at.path}:{at.line}"}
            yield Problem("E480", dataset.place(edition, "period"), values)
        seen.setdefault(key, edition)


def editions_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """One that was not held says why; one that was decided says by whom; none has an end."""
    for edition in dataset.published(RankingEdition).values():
        yield from out_of_order(dataset, edition, _STEPS)
        if (edition.phase is Phase.NOT_HELD) != (edition.not_held_reason is not None):
            yield Problem("E482", dataset.place(edition, "phase"), {"value": edition.phase.label})
        owed = ("decided_on", "decided_by", "published_on") if edition.phase in DECIDED else ()
        if missing := [name for name in owed if getattr(edition, name) is None]:
            labels = "、".join(f"{schema.label(RankingEdition, (name,))}（{name}）" for name in missing)
            yield Problem("E481", dataset.place(edition, "phase"), {"value": edition.phase.label, "label": labels})
        if edition.display_until is not None:
            yield Problem("E485", dataset.place(edition, "display_until"), {"value": edition.name})


def participants_are_counted(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """The number of those assessed is the number of results with a total."""
    short = short_of(dataset, AssessmentResult)
    for edition in _judged(editions):
        record = edition.record
        scored = sum(row.result.unscored_reason is None for row in edition.rows)
        is_told = record.detail is not Detail.LISTS and record.id not in short and _is_whole(dataset, edition)
        if is_told and record.participants is not None and record.participants != scored:
            values = {"value": str(record.participants), "number": str(scored)}
            yield Problem("E484", dataset.place(record, "participants"), values)


def empty_lists_are_empty(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """A list without entries is declared empty; one declared empty has none (domain §0.2-7)."""
    entries = defaultdict[str, list[ListEntry]](list)
    for entry in dataset.published(ListEntry).values():
        entries[entry.edition].append(entry)
    untold = {*short_of(dataset, ListEntry), *short_of(dataset, AssessmentResult)}
    untold |= {edition.record.id for edition, _ in _misplacements(dataset, editions)}
    for edition in editions.values():
        record, here = edition.record, entries[edition.record.id]
        known = {one.id: one.label for one in edition.scheme.lists}
        filled = {entry.list for entry in here}
        for position, name in enumerate(record.empty_lists):
            if name not in known:
                yield unknown_part(dataset, record, ("empty_lists", position), "榜单", name, known)
        if record.id in untold or not _are_sound(edition, here):
            continue
        for position, name in enumerate(record.empty_lists):
            if name in known and name in filled:
                yield Problem("E483", dataset.place(record, "empty_lists", position), {"value": known[name]})
        for name in known if record.phase in DECIDED else ():
            if name not in filled and name not in record.empty_lists:
                yield Problem("E483", dataset.place(record, "empty_lists"), {"value": known[name]})


def _are_sound(edition: Edition, entries: Sequence[ListEntry]) -> bool:
    """Whether entries are right in themselves, so that a list which looks empty or filled is no mistake of theirs."""
    subjects, standing = {row.who for row in edition.rows}, [subject(entry) for entry in entries if stands(entry)]
    return (
        all(entry.list in edition.markings and subject(entry) in subjects for entry in entries)
        and len(standing) == len(set(standing))
        and not any(True for _ in honoured_in_spite(edition))
    )


def subjects_fit_their_scheme(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Who is ranked is of the scheme's kind, stands in one of its groups, and stands once."""
    for edition in editions.values():
        scheme, seen = edition.scheme, set[object]()
        strata = {stratum.id: stratum.label for stratum in scheme.strata}
        for row in edition.rows:
            yield from fits(dataset, row.result, scheme.subject_type)
            stratum = row.result.stratum
            if stratum is None and strata:
                values = {"label": schema.label(AssessmentResult, ("stratum",)), "field": "stratum"}
                yield Problem("E201", dataset.place(row.result, "stratum"), values)
            elif stratum is not None and stratum not in strata:
                yield unknown_part(dataset, row.result, ("stratum",), "分组", stratum, strata)
            if row.who in seen:
                yield Problem("E489", dataset.place(row.result), {"value": row.name})
            seen.add(row.who)


def fits(dataset: Dataset, record: OnPost, subject_type: SubjectType) -> Iterator[Problem]:
    """The fields that say who is meant are those of the kind; a community may say which firm served it."""
    needed = {*SUBJECT_FIELDS[subject_type], *(["post"] if subject_type is SubjectType.MANAGER else [])}
    allowed = needed | ({"firm"} if subject_type is SubjectType.COMMUNITY else set())
    given = {name for name in ("firm", "community", "organization", "post") if getattr(record, name)}
    if not needed <= given <= allowed:
        labels = "、".join(f"{schema.label(type(record), (name,))}（{name}）" for name in sorted(needed))
        values = {"value": subject_type.label, "expected": labels}
        yield Problem("E486", dataset.place(record), values)


def subjects_lie_in_the_region(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """A community lies in the edition's region; a firm served one that does, in the period that was assessed.

    Who served cannot be told while a service is wrong in itself, or where the site has none at all.
    """
    regions, communities = dataset.of(Region), dataset.of(Community)
    served, is_told = served_by(dataset), services_are_known(dataset)
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
            if (
                is_told
                and result.firm
                and not any(begins <= record.period.end and record.period.start < ends for begins, ends in here)
            ):
                values = {"value": dataset.of(Firm)[result.firm].name, "first": record.period.label}
                yield Problem("E488", dataset.place(result, "firm"), values)


def scores_are_whole(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Every dimension is scored, within its full marks; what was not assessed has no scores (domain §3.12)."""
    for edition in editions.values():
        known = {dimension.id: dimension for dimension in edition.scheme.dimensions}
        labels = {name: dimension.label for name, dimension in known.items()}
        levels = {level.id: level.label for level in edition.scheme.levels}
        for row in edition.rows:
            result = row.result
            if result.unscored_reason is not None:
                if result.scores or result.total is not None or result.rank or result.level:
                    yield Problem("E495", dataset.place(result, "unscored_reason"), {"value": row.name})
                continue
            for name, points in result.scores.items():
                if name not in known:
                    yield unknown_part(dataset, result, ("scores", name), "维度", name, labels)
                elif (most := known[name].max) is not None and points > most:
                    values = {"value": f"{points}", "label": known[name].label, "expected": f"{most}"}
                    yield Problem("E491", dataset.place(result, "scores", name), values)
            if result.level is not None and result.level not in levels:
                yield unknown_part(dataset, result, ("level",), "等级", result.level, levels)
            yield from _missing_scores(dataset, edition, row)
            yield from _deductions(dataset, edition, row)
            yield from _vetoes(dataset, edition, row)


def _asked(scheme: AssessmentScheme) -> set[str]:
    """Dimensions by which ties are broken or lists decided: none given would count as nothing, for or against."""
    named = {condition.dimension for _, condition in schema.parts(scheme, Condition) if condition.dimension}
    return named | {*scheme.tie_break}


def _missing_scores(dataset: Dataset, edition: Edition, row: Row) -> Iterator[Problem]:
    """What an edition says it publishes is there, once collecting is over: the score of each dimension, or a total."""
    known = {dimension.id for dimension in edition.scheme.dimensions}
    if edition.record.phase not in _JUDGED or edition.record.detail is Detail.LISTS or row.result.scores.keys() - known:
        return
    asked = _asked(edition.scheme)
    scored = {d.id: d.label for d in edition.scheme.dimensions if d.kind is DimensionKind.SCORE or d.id in asked}
    missing: dict[tuple[str, ...], str] = {
        ("scores", name): label for name, label in scored.items() if name not in row.result.scores
    }
    if not row.result.scores and (edition.record.detail is Detail.TOTALS or not scored):
        total = schema.label(AssessmentResult, ("total",))
        missing = {("total",): total} if row.result.total is None else {}
    if missing:
        place = dataset.place(row.result, *next(iter(missing)))
        yield Problem("E490", place, {"value": "、".join(missing.values()), "first": row.name})


def _deductions(dataset: Dataset, edition: Edition, row: Row) -> Iterator[Problem]:
    """What was taken away is no more than what is missing from full marks."""
    known = {dimension.id: dimension for dimension in edition.scheme.dimensions}
    labels = {name: dimension.label for name, dimension in known.items()}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    last: dict[str, int] = {}
    for position, deduction in enumerate(row.result.deductions):
        name = deduction.dimension
        if name not in known:
            yield unknown_part(dataset, row.result, ("deductions", position, "dimension"), "维度", name, labels)
        sums[name] += deduction.points
        last[name] = position
    for name, taken in sums.items():
        given, most = row.result.scores.get(name), known[name].max if name in known else None
        is_score = name in known and known[name].kind is DimensionKind.SCORE
        if is_score and given is not None and most is not None and given <= most and taken > most - given:
            values = {"value": f"{taken}", "label": known[name].label, "expected": f"{most - given}"}
            yield Problem("E496", dataset.place(row.result, "deductions", last[name], "points"), values)


def _vetoes(dataset: Dataset, edition: Edition, row: Row) -> Iterator[Problem]:
    vetoes = {veto.id: veto.text for veto in edition.scheme.vetoes}
    for position, name in enumerate(row.result.vetoes):
        if name not in vetoes:
            yield unknown_part(dataset, row.result, ("vetoes", position), "一票否决的情形", name, vetoes)
    if bool(row.result.vetoes) != (row.result.veto_reason is not None):
        name = "vetoes" if row.result.vetoes else "veto_reason"
        yield Problem("E493", dataset.place(row.result, name), {"value": row.name})
    lists = {one.id: one.label for one in edition.scheme.lists}
    for position, name in enumerate(row.result.nominated):
        if name not in lists:
            yield unknown_part(dataset, row.result, ("nominated", position), "榜单", name, lists)


def _is_whole(dataset: Dataset, edition: Edition) -> bool:
    """Whether nothing is wrong with a result by itself. One score moves the ranks of others: it is said once."""
    one = {edition.record.id: edition}
    return not any(True for _ in (*subjects_fit_their_scheme(dataset, one), *scores_are_whole(dataset, one)))


def _comparable(dataset: Dataset, editions: Editions) -> Iterator[Edition]:
    """Judged editions right in themselves: what they publish can be held against what the scheme makes of it."""
    short = short_of(dataset, AssessmentResult)
    for edition in _judged(editions):
        is_published = edition.record.detail is not Detail.LISTS and edition.record.id not in short
        if is_published and _is_whole(dataset, edition):
            yield edition


def published_figures_follow_from_scores(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Totals, levels and ranks are what the scheme makes of the scores, or people have said why not.

    The published figure wins: nothing is corrected here. A difference is for the authority to settle (issue C).
    What hangs on a total is not held against one that is itself off.
    """
    for edition in _comparable(dataset, editions):
        off = tuple(_differences(dataset, edition, ("total",)))
        yield from off or _differences(dataset, edition, ("level", "rank", "tied"))
        untold = sorted({name for row in edition.rows for name in edition.recomputed[row.key].untold})
        if untold:
            labels = "、".join(edition.markings[name].label for name in untold)
            values = {"value": edition.record.name, "first": labels}
            yield Problem("E448", dataset.place(edition.record, "period"), values)


def _differences(dataset: Dataset, edition: Edition, names: tuple[str, ...]) -> Iterator[Problem]:
    """Where published figures are not what the scheme makes of the scores and nobody has said why."""
    for row in edition.rows:
        result, found = row.result, edition.recomputed[row.key]
        if result.unscored_reason is not None or result.override_reason is not None:
            continue
        published = {"total": result.total, "level": result.level or "", "rank": result.rank, "tied": bool(result.tied)}
        computed = {"total": found.total, "level": found.level, "rank": found.rank, "tied": found.tied}
        for name in names:
            if published[name] == computed[name] or (name == "level" and found.untold):
                continue
            values = {
                "value": _shown(published[name], edition.markings),
                "label": schema.label(AssessmentResult, (name,)),
                "first": row.name,
                "expected": _shown(computed[name], edition.markings),
            }
            yield Problem("E492", dataset.place(result, name), values)


def _shown(value: object, markings: Mapping[str, Marking]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str) and value in markings:
        return f"{value}（{markings[value].label}）"
    return "空的" if value is None or value == "" else str(value)


def lists_follow_from_scores(dataset: Dataset, editions: Editions) -> Iterator[Problem]:
    """Who is on a list belongs there by the scheme, and who belongs there is on it, or people have said why not."""
    return (problem for _, problem in _misplacements(dataset, editions))


def _misplacements(dataset: Dataset, editions: Editions) -> Iterator[tuple[Edition, Problem]]:
    short = short_of(dataset, ListEntry)
    whole = [edition for edition in editions.values() if edition.record.id not in short]
    for edition in whole:
        yield from ((edition, problem) for problem in _bad_levels_have_entries(dataset, edition))
    for edition in _comparable(dataset, {edition.record.id: edition for edition in whole}):
        if any(True for _ in _differences(dataset, edition, ("total",))):
            continue
        strays = _strays(dataset, edition)
        for row in edition.rows:
            if row.result.override_reason is None and not edition.recomputed[row.key].untold:
                yield from ((edition, problem) for problem in _misplaced(dataset, edition, row, strays))


def _bad_levels_have_entries(dataset: Dataset, edition: Edition) -> Iterator[Problem]:
    """A level that is a warning is published with its procedure like a list, also where nothing is recomputed."""
    is_recomputed = edition.record.phase in _JUDGED and edition.record.detail is not Detail.LISTS
    for row in edition.rows:
        level, marks = edition.markings.get(row.result.level or ""), [edition.markings.get(e.list) for e in row.entries]
        if is_recomputed and row.result.override_reason is None:
            listed = edition.recomputed[row.key].list
            if not listed or not row.entries or any(entry.list != listed for entry in row.entries):
                continue  # said by the rule of lists
        if _is_bad(level) and not any(mark is None or _is_bad(mark) for mark in marks):
            values = {"options": ListEntry.title, "first": level.label if level else ""}
            yield Problem("E497", dataset.place(row.result, "level"), values)


def _is_bad(mark: Marking | None) -> bool:
    return mark is not None and mark.polarity is not Polarity.POSITIVE


def _strays(dataset: Dataset, edition: Edition) -> frozenset[str]:
    """Lists that hold somebody who has no result: perhaps the one who belongs there under a wrong key."""
    subjects = {row.who for row in edition.rows}
    entries = dataset.published(ListEntry).values()
    return frozenset(e.list for e in entries if e.edition == edition.record.id and subject(e) not in subjects)


def _misplaced(dataset: Dataset, edition: Edition, row: Row, strays: frozenset[str]) -> Iterator[Problem]:
    """The list that a row should be on and is not, or the one it is on and should not be; not both."""
    labels = {name: one.label for name, one in edition.markings.items()}
    bad = {level.id for level in edition.scheme.levels if level.polarity is not Polarity.POSITIVE}
    found = edition.recomputed[row.key]
    due = found.list or (found.level if found.level in bad else "")
    standing = [entry for entry in row.entries if stands(entry)]
    is_named = all(entry.list in labels and entry.list != due for entry in row.entries)
    if not standing and due and due not in strays and is_named:
        yield Problem("E457", dataset.place(row.result), {"value": row.name, "first": labels[due]})
    if len(standing) != 1 or any(True for _ in honoured_in_spite(edition, row)):
        return  # two lists, or honoured in spite of a veto: said by the rules of those
    (entry,) = standing
    if entry.list != due and entry.list in labels and entry.override_reason is None:
        values = {"value": row.name, "first": labels[entry.list], "expected": labels.get(due, "不上榜")}
        yield Problem("E458", dataset.place(entry, "list"), values)


def honoured_in_spite(edition: Edition, *rows: Row) -> Iterator[tuple[Row, ListEntry, Marking]]:
    """Who is on a good list in spite of a veto that the scheme has (domain §5.4), among ``rows`` or all."""
    for row in rows or edition.rows:
        for entry in row.entries:
            mark = edition.markings.get(entry.list)
            if row.given.vetoes and mark and mark.polarity is Polarity.POSITIVE and stands(entry):
                yield row, entry, mark


def _judged(editions: Editions) -> Iterator[Edition]:
    return (edition for edition in editions.values() if edition.record.phase in _JUDGED)
