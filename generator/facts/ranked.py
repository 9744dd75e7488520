"""Rankings derived: every row with its arithmetic, its neighbours, its marks and what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from generator import rankings, sensitivity
from generator.dataset import Dataset
from generator.editions import Edition, Row, Subject, counts, lineage, subject
from generator.facts.lasting import is_visible, visible
from generator.facts.origins import chain, origin
from generator.facts.standing import (
    CaseFacts,
    EditionFacts,
    GroupFacts,
    HistoryFacts,
    ListFacts,
    MeasureFacts,
    MoveFacts,
    ObjectionFacts,
    RankingFacts,
    RowFacts,
    SchemeFacts,
    Showing,
    StepFacts,
    TurnFacts,
    VersionFacts,
    is_graded,
)
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    Community,
    CreditRepair,
    Firm,
    ListEntry,
    Measure,
    Objection,
    Organization,
    Record,
    Region,
    Review,
)
from generator.records.assessment_scheme import ListRule, Stratum
from generator.records.base import Status
from generator.records.credit_repair import RepairDecision
from generator.records.list_entry import EntryState, RemovedReason
from generator.records.ranking import Marking, Polarity
from generator.records.ranking_edition import Phase
from generator.sealed import Difference, History, Version, differences

#: Where a scheme states no margin, ranks less than this share of full marks apart are called close.
_NEAR_SHARE = Decimal("0.005")
_FULL = Decimal(100)
#: Changes of more than so many margins are no news.
_FAR = 10
#: Groups larger than this get no "what would change it": the question is asked of a page that people read.
_MOST_TURNS = 400


def ranked(dataset: Dataset, editions: Mapping[str, Edition], past: History, as_of: date) -> RankingFacts:
    """Every edition that is on the site, and every version that was sealed. ``editions``: from ``editions.gather``."""
    book = _Book(dataset, as_of)
    shown = {key: edition for key, edition in editions.items() if is_visible(edition.record, as_of)}
    held = {key: one for key, one in shown.items() if one.record.phase is not Phase.NOT_HELD}
    found = {key: _edition(book, one, held) for key, one in held.items()}
    return RankingFacts(
        editions=found,
        versions={
            key: tuple(_versions(book, past.versions[key], held[key], held)) for key in past.versions if key in held
        },
        log=past.log,
        head=past.head,
        not_held=tuple(
            sorted(
                (one.record for one in shown.values() if one.record.phase is Phase.NOT_HELD),
                key=lambda record: (record.period.start, record.id),
                reverse=True,
            )
        ),
        schemes=_schemes(book, found),
        histories=_histories(dataset, found),
        served=_served(found),
        withheld=book.withheld(editions),
    )


class _Book:
    """Records of one day, looked up by what they belong to."""

    def __init__(self, dataset: Dataset, as_of: date) -> None:
        self.dataset, self.as_of = dataset, as_of
        self.firms = visible(dataset, Firm, as_of)
        self.communities = visible(dataset, Community, as_of)
        self.organizations = visible(dataset, Organization, as_of)
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

    def left(self, entry: ListEntry) -> str | None:
        """Why an entry is not shown any more, in words; None while it is."""
        if entry.status is not Status.PUBLISHED:
            return "撤回"
        if entry.removed_on is not None and entry.removed_on <= self.as_of:
            return entry.removed_reason.label if entry.removed_reason else "移出"
        ends = (r.stop_display_on for r in self._repairs[entry.id] if r.decision is RepairDecision.GRANTED)
        if any(day is not None and day <= self.as_of for day in ends):
            return RemovedReason.REPAIRED.label
        if entry.display_until is not None and entry.display_until < self.as_of:
            return "期满"
        return None

    def hides(self, edition: Edition, row: Row) -> bool:
        """Whether the name must leave the row: a bad mark of it has ended, and was no mistake.

        An entry that was wrong leaves no trace on the row but the row itself: its name was never rightly marked.
        """
        bad = (entry for entry in row.entries if _is_bad(edition, entry) and counts(entry))
        return any(self.left(entry) for entry in bad)

    def objections(self, key: str) -> tuple[ObjectionFacts, ...]:
        """Objections to one entry; to one result where no entry speaks of its subject."""
        found = sorted(self._objections[key], key=lambda one: (one.filed_on, one.id))
        return tuple(ObjectionFacts(record=one, reviews=tuple(self._reviews[one.id])) for one in found)

    def was_wrong(self, edition: Edition, row: Row, listed: str) -> bool:
        """Whether a sealed version puts a bad mark on a row that was taken off as a mistake: there the name goes."""
        marking = edition.markings.get(listed)
        if marking is None or marking.polarity is Polarity.POSITIVE:
            return False
        return any(entry.list == listed and self.left(entry) and not counts(entry) for entry in row.entries)

    def names(self, row: Row) -> bool:
        """Whether the name may stand: it is known, and the record behind it is on the site."""
        firm, community, organization, _ = row.who
        known = (not community or community in self.communities) and (not firm or firm in self.firms)
        return any(row.names) and known and (not organization or organization in self.organizations)

    def serves(self, row: Row) -> bool:
        """Whether the firm beside a community may be named."""
        return row.result.firm in self.firms

    def case(self, edition: Edition, entry: ListEntry) -> CaseFacts | None:
        """An entry that is still shown, with everything about it."""
        marking = edition.markings.get(entry.list)
        if marking is None or self.left(entry):
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
        actor = self.organizations.get(measure.actor or "")
        name = actor.name if actor else measure.actor_name or ""
        return MeasureFacts(record=measure, actor=name, successor=self.firms.get(measure.successor or ""))

    def withheld(self, editions: Mapping[str, Edition]) -> frozenset[tuple[str, str]]:
        """What leaves downloads with a name: the entry, the result beside it, and all that speaks of the entry."""
        found: set[tuple[str, str]] = set()
        for edition in editions.values():
            for row in edition.rows:
                ended = [entry for entry in row.entries if self.left(entry)]
                found |= {(ListEntry.type_name, entry.id) for entry in ended}
                if self.hides(edition, row):
                    found.add((AssessmentResult.type_name, row.key))
        entries = {key for type_name, key in found if type_name == ListEntry.type_name}
        results = {key for type_name, key in found if type_name == AssessmentResult.type_name}
        objections = {
            one.id for one in self.dataset.of(Objection).values() if one.entry in entries or one.result in results
        }
        found |= {(Objection.type_name, key) for key in objections}
        found |= {(Review.type_name, r.id) for r in self.dataset.of(Review).values() if r.objection in objections}
        found |= {(Measure.type_name, m.id) for m in self.dataset.of(Measure).values() if m.entry in entries}
        found |= {(CreditRepair.type_name, r.id) for r in self.dataset.of(CreditRepair).values() if r.entry in entries}
        return frozenset(found)


def _is_bad(edition: Edition, entry: ListEntry) -> bool:
    marking = edition.markings.get(entry.list)
    return marking is not None and marking.polarity is not Polarity.POSITIVE


def _versions(
    book: _Book, versions: Sequence[Version], present: Edition, held: Mapping[str, Edition]
) -> Iterator[VersionFacts]:
    """Each sealed version with the entries of today beside its rows: what is said and answered goes with the name."""
    entries = {row.who: row.entries for row in present.rows}
    for before, version in zip((None, *versions), versions, strict=False):
        one = version.edition
        beside = Edition(
            record=one.record,
            scheme=one.scheme,
            rows=tuple(
                replace(row, entries=tuple(_as_sealed(version, row, entry) for entry in entries.get(row.who, ())))
                if any(row.who)
                else row
                for row in one.rows
            ),
            periods=one.periods,
            previous=present.previous,
        )
        overdue = {row.key for row in beside.rows if _has_ended(version, row, book.as_of)}
        wrong = {row.key for row in beside.rows if book.was_wrong(beside, row, version.lists.get(row.key, ""))}
        hidden = {row.key for row in beside.rows if book.hides(beside, row)} | overdue | wrong
        yield VersionFacts(
            sealed=version,
            edition=_edition(book, beside, held, listed=version.lists, ended=hidden),
            changed=_changed(before, version, beside),
            is_newest=version is versions[-1],
            is_offered=hidden <= overdue | version.left,
        )


def _as_sealed(version: Version, row: Row, entry: ListEntry) -> ListEntry:
    """The entry of today with the words that were sealed; what came of it later goes with it."""
    if version.lists.get(row.key) != entry.list:
        return entry
    said = {name: version.text(row.key, name) or None for name in ("reason", "reply")}
    state = EntryState.LISTED if entry.state is EntryState.CORRECTED else entry.state
    return entry.model_copy(update={**said, "state": state, "correction": ()})


def _changed(before: Version | None, version: Version, edition: Edition) -> tuple[Difference, ...]:
    """What a version changed. A row that seems new because its old one was forgotten is not told: it would name it."""
    if before is None:
        return ()
    found = differences(before, version)
    told = (one for one in found if one.field or not (before.left or version.left))
    return tuple(_in_words(one, edition) for one in told)


def _in_words(found: Difference, edition: Edition) -> Difference:
    """A difference with the labels of lists and levels in place of their ids."""
    words = {"yes": "是", **{name: one.label for name, one in edition.markings.items()}}
    if found.field not in {"list", "level", "tied"}:
        return found
    return replace(found, old=words.get(found.old, found.old), new=words.get(found.new, found.new))


def _has_ended(version: Version, row: Row, as_of: date) -> bool:
    """Whether the end that was sealed with a mark has passed."""
    end = version.sheets[row.key].ranking["display_until"]
    return bool(end) and date.fromisoformat(end) < as_of


def _edition(
    book: _Book,
    edition: Edition,
    held: Mapping[str, Edition],
    *,
    listed: Mapping[str, str] | None = None,
    ended: Container[str] = frozenset(),
) -> EditionFacts:
    """``listed``: the list of each row where that is sealed and does not follow from the entries of today."""
    record, scheme = edition.record, edition.scheme
    stated = scheme.near_points
    margin = stated if stated is not None else (scheme.full_marks or _FULL) * _NEAR_SHARE
    before = held.get(edition.previous.id) if edition.previous else None
    after = next((one.record for one in held.values() if one.previous and one.previous.id == record.id), None)
    rows = _rows(book, edition, before, margin, listed, ended)
    publisher = book.organizations.get(record.publisher or scheme.issuer)
    strata: tuple[Stratum | None, ...] = scheme.strata or (None,)
    return EditionFacts(
        record=record,
        scheme=scheme,
        regions=chain(book.dataset, record.region),
        publisher=publisher.name if publisher else record.content_source or "",
        office=publisher,
        groups=tuple(_group(book, edition, stratum, rows) for stratum in strata),
        previous=before.record if before else None,
        next=after,
        margin=margin,
        margin_is_stated=stated is not None,
        origins=(origin(book.dataset, record), origin(book.dataset, scheme)),
    )


def _group(book: _Book, edition: Edition, stratum: Stratum | None, rows: Mapping[str, RowFacts]) -> GroupFacts:
    here = [row for row in edition.rows if row.given.stratum == (stratum.id if stratum else "")]
    facts = [rows[row.key] for row in here]
    ranked_rows = sorted(
        (row for row in facts if row.result.unscored_reason is None),
        key=lambda row: (row.result.rank is None, row.result.rank or 0, row.key),
    )
    scored = {name for row in ranked_rows for name in row.result.scores}
    return GroupFacts(
        stratum=stratum,
        dimensions=tuple(d for d in edition.scheme.dimensions if d.id in scored),
        rows=tuple(ranked_rows),
        unscored=tuple(row for row in facts if row.result.unscored_reason is not None),
        lists=tuple(_list(book, edition, rule, here, ranked_rows) for rule in edition.scheme.lists),
    )


def _list(book: _Book, edition: Edition, rule: ListRule, here: Sequence[Row], ordered: Sequence[RowFacts]) -> ListFacts:
    gone: Counter[str] = Counter()
    for row in here:
        gone.update(why for entry in row.entries if entry.list == rule.id and (why := book.left(entry)))
    on = [row for row in ordered if rule in {row.marking, row.proposed}]
    members = {row.key for row in here if any(entry.list == rule.id and counts(entry) for entry in row.entries)}
    return ListFacts(rule=rule, rows=tuple(on), gone=gone, cut=_cut(rule, [row.key for row in ordered], members))


def _cut(rule: ListRule, ordered: Sequence[str], members: set[str]) -> str | None:
    """Where the line of a list runs, if all who stand on one side of it are on the list and nobody else."""
    number = len(members)
    looks_at_scores = any(c.test.value in rankings.UPWARD | rankings.DOWNWARD for way in rule.rules for c in way.all_of)
    if not number or number == len(ordered) or not looks_at_scores:
        return None
    if rule.polarity is Polarity.POSITIVE:
        return ordered[number - 1] if {*ordered[:number]} == members else None
    return ordered[-number] if {*ordered[-number:]} == members else None


def _rows(
    book: _Book,
    edition: Edition,
    before: Edition | None,
    margin: Decimal,
    listed: Mapping[str, str] | None,
    ended: Container[str],
) -> dict[str, RowFacts]:
    bands = rankings.bands(edition.recomputed.values(), margin)
    spans = sensitivity.spans(edition.method, [row.given for row in edition.rows])
    earlier = {row.who: row for row in before.rows} if before else {}
    labels = {dimension.id: dimension.label for dimension in edition.scheme.dimensions}
    alike = Counter((one.stratum, one.total) for one in edition.recomputed.values())
    found = {}
    for row in edition.rows:
        hidden = row.key in ended or book.hides(edition, row) or not book.names(row)
        cases = () if hidden else tuple(filter(None, (book.case(edition, entry) for entry in row.entries)))
        was = earlier.get(row.who)
        turns = tuple(_turns(edition, row)) if not hidden and len(edition.rows) <= _MOST_TURNS else ()
        close = min(turns, key=lambda turn: turn.moves, default=None)
        within = tuple(turn for turn in turns if turn.moves <= margin * _FAR)
        computed = edition.recomputed[row.key]
        found[row.key] = RowFacts(
            key=row.key,
            name="" if hidden else row.name,
            record=None if hidden else _page_of(book, row),
            served_by=row.names[0] if not hidden and row.names[1] and book.serves(row) else "",
            served_record=None if hidden or not row.names[1] else book.firms.get(row.result.firm or ""),
            is_hidden=hidden,
            result=row.result,
            vetoes=tuple(veto for veto in edition.scheme.vetoes if veto.id in row.result.vetoes),
            lost=()
            if hidden
            else tuple((labels.get(one.dimension, one.dimension), one) for one in row.result.deductions),
            computed=computed,
            level=next((level for level in edition.scheme.levels if level.id == row.result.level), None),
            marking=None if hidden else _marking(book, edition, row, cases, listed),
            cases=cases,
            objections=() if hidden or cases else book.objections(row.result.id),
            steps=tuple(_steps(edition, computed)),
            move=_move(book, row, was, before) if before and not hidden else None,
            band=bands.get(row.key),
            span=spans.get(row.key),
            turns=within,
            verdicts=edition.field.verdicts(row.given),
            near=close if close and close.moves < margin else None,
            alike=alike[row.given.stratum, computed.total],
        )
    return found


def _marking(
    book: _Book, edition: Edition, row: Row, cases: Iterable[CaseFacts], listed: Mapping[str, str] | None
) -> ListRule | None:
    """The list a row is shown on: that of its entry; in a sealed version the sealed one, unless it was a mistake."""
    if any(entry.state is EntryState.PROPOSED for entry in row.entries):
        return None
    if listed is None or any(book.left(entry) and not counts(entry) for entry in row.entries):
        found: Iterable[Marking | None] = (case.marking for case in cases)
    else:
        found = (edition.markings.get(listed.get(row.key, "")),)
    return next((one for one in found if isinstance(one, ListRule)), None)


def _page_of(book: _Book, row: Row) -> Record | None:
    firm, community, organization, _ = row.who
    if community:
        return book.communities.get(community)
    return book.firms.get(firm) if firm else book.organizations.get(organization)


def _move(book: _Book, row: Row, was: Row | None, before: Edition) -> MoveFacts | None:
    if row.result.rank is None:
        return None
    if was is None and any(book.hides(before, one) for one in before.rows):
        return None  # whether it is new, or its name has left the edition before, is nobody's business
    if was is None or was.result.rank is None:
        return MoveFacts(rank=row.result.rank, was=None, changed_group=False, was_marking=None)
    if book.hides(before, was):
        return None
    same = was.given.stratum == row.given.stratum
    marking = before.markings.get(was.list) if was.list and not any(map(book.left, was.entries)) else None
    return MoveFacts(
        rank=row.result.rank,
        was=was.result.rank if same else None,
        changed_group=not same,
        was_marking=marking,
    )


def _turns(edition: Edition, row: Row) -> Iterator[TurnFacts]:
    dimensions = {dimension.id: dimension for dimension in edition.scheme.dimensions}
    now = edition.recomputed[row.key]
    if (now.total, now.rank) != (row.result.total, row.result.rank):
        return  # the published figure counts, and what would change it cannot be told from the scores
    for turn in rankings.turns(
        edition.field, row.given, places=edition.scheme.places, levels=is_graded(edition.scheme)
    ):
        given = row.given.scores[turn.dimension]
        supposed = rankings.Subject(
            id=row.given.id,
            stratum=row.given.stratum,
            scores={**row.given.scores, turn.dimension: turn.score},
            vetoes=row.given.vetoes,
            nominated=row.given.nominated,
            past=row.given.past,
        )
        then = edition.field.standing(supposed)
        yield TurnFacts(
            label=dimensions[turn.dimension].label,
            given=given,
            score=turn.score,
            enters=edition.markings.get(then.list if then.list != now.list else then.level),
            leaves=edition.markings.get(now.list) if then.list != now.list else None,
            moves=abs((then.total or Decimal(0)) - (now.total or Decimal(0))),
        )


_STEPS = {"bonus_cap": "加分超过上限，只算到", "score_cap": "总分超过上限，只算到", "rounding": "修约为"}


def _steps(edition: Edition, computed: rankings.Standing) -> Iterator[StepFacts]:
    dimensions = {dimension.id: dimension for dimension in edition.scheme.dimensions}
    for step in computed.steps:
        dimension = dimensions.get(step.what)
        adds = rankings.rounded(step.adds, 4, "half_up")
        yield StepFacts(
            label=dimension.label if dimension else _STEPS[step.what],
            given=step.given,
            max=dimension.max if dimension else None,
            weight=dimension.weight_pct if dimension else None,
            adds=adds,
            is_exact=adds == step.adds,
            is_rule=dimension is None,
        )


def _schemes(book: _Book, editions: Mapping[str, EditionFacts]) -> dict[str, SchemeFacts]:
    schemes = visible(book.dataset, AssessmentScheme, book.as_of)
    newer = {one.supersedes: one.id for one in schemes.values() if one.supersedes}
    found = {}
    for scheme in schemes.values():
        head = scheme.id
        seen = {head}
        while (above := newer.get(head)) is not None and above not in seen:
            head = above
            seen.add(head)
        under = [one for one in editions.values() if one.scheme.id == scheme.id]
        found[scheme.id] = SchemeFacts(
            record=scheme,
            region=book.dataset.of(Region)[scheme.region],
            issuer=book.organizations.get(scheme.issuer),
            versions=tuple(schemes[key] for key in lineage(schemes, head)),
            editions=tuple(sorted(under, key=newest, reverse=True)),
            origins=(origin(book.dataset, scheme),),
        )
    return found


def newest(edition: EditionFacts) -> tuple[date, str]:
    """Sort key: by period, then id."""
    return edition.record.period.start, edition.record.id


def _histories(
    dataset: Dataset, editions: Mapping[str, EditionFacts]
) -> dict[tuple[str, str], tuple[HistoryFacts, ...]]:
    """Where each firm, community and organisation was ranked, one history a series and group."""
    schemes = dataset.of(AssessmentScheme)
    lines = defaultdict[tuple[str, str, str, str, str], list[Showing]](list)
    for edition in sorted(editions.values(), key=newest):
        root = lineage(schemes, edition.scheme.id)[-1]
        for group in edition.groups:
            for row in (*group.rows, *group.unscored):
                if row.record is not None:
                    owner = (row.record.type_name, row.record.key)
                    key = (*owner, root, edition.record.region, group.stratum.id if group.stratum else "")
                    lines[key].append(Showing(edition=edition, group=group, row=row))
    found = defaultdict[tuple[str, str], list[HistoryFacts]](list)
    for (type_name, owner_key, _, region, _), showings in lines.items():
        history = HistoryFacts(
            scheme=showings[-1].edition.scheme,
            region=dataset.of(Region)[region],
            stratum=showings[-1].group.stratum,
            showings=tuple(showings),
        )
        found[type_name, owner_key].append(history)
    return {owner: tuple(histories) for owner, histories in found.items()}


def _served(editions: Mapping[str, EditionFacts]) -> dict[str, tuple[Showing, ...]]:
    found = defaultdict[str, list[Showing]](list)
    for edition in sorted(editions.values(), key=newest, reverse=True):
        for group in edition.groups:
            for row in group.rows:
                if row.served_record is not None and (row.marking or row.cases):
                    found[row.served_record.id].append(Showing(edition=edition, group=group, row=row))
    return {firm: tuple(showings) for firm, showings in found.items()}
