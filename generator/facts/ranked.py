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
    OffFacts,
    RankingFacts,
    RowFacts,
    SchemeFacts,
    Showing,
    StepFacts,
    TurnFacts,
    VersionFacts,
    is_graded,
)
from generator.facts.visibility import Visibility
from generator.lasting import is_visible, visible
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    CreditRepair,
    ListEntry,
    Measure,
    Objection,
    Record,
    Region,
    Review,
)
from generator.records.assessment_scheme import ListRule, Stratum
from generator.records.list_entry import EntryState
from generator.records.ranking import Marking, Polarity
from generator.records.ranking_edition import Detail, Phase
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
    book = _Book(dataset, past, as_of)
    shown = {key: edition for key, edition in editions.items() if is_visible(edition.record, as_of)}
    held = {key: one for key, one in shown.items() if one.record.phase is not Phase.NOT_HELD}
    standing = {key: one for key, one in held.items() if book.sees.stands(one)}
    found = {key: _edition(book, one, standing, book.sees.hidden(one)) for key, one in standing.items()}
    return RankingFacts(
        editions=found,
        withdrawn={
            key: _edition(book, one, standing, book.sees.hidden(one))
            for key, one in held.items()
            if key not in standing
        },
        versions={
            key: tuple(_versions(book, past.versions[key], held[key], standing)) for key in past.versions if key in held
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
        withheld=book.sees.withheld(editions),
    )


class _Book:
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


def _versions(
    book: _Book, versions: Sequence[Version], present: Edition, held: Mapping[str, Edition]
) -> Iterator[VersionFacts]:
    """Each sealed version with the entries of today beside its rows: what is said and answered goes with the name."""
    entries = {row.who: row.entries for row in present.rows}
    hidden_before: frozenset[str] = frozenset()
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
        hidden = book.sees.hidden_in(version, beside)
        yield VersionFacts(
            sealed=version,
            edition=_edition(book, beside, held, hidden, listed=version.lists),
            changed=_changed(before, version, hidden_before, hidden) if before else (),
            is_newest=version is versions[-1],
            is_offered=book.sees.may_be_handed_out(version, beside),
        )
        hidden_before = hidden


def _as_sealed(version: Version, row: Row, entry: ListEntry) -> ListEntry:
    """The entry of today with the words that were sealed; what came of it later goes with it."""
    if version.lists.get(row.key) != entry.list:
        return entry
    said = {name: version.text(row.key, name) or None for name in ("reason", "reply")}
    state = EntryState.LISTED if entry.state is EntryState.CORRECTED else entry.state
    return entry.model_copy(update={**said, "state": state, "correction": ()})


def _changed(
    before: Version, version: Version, hidden_before: Container[str], hidden: Container[str]
) -> tuple[Difference, ...]:
    """What a version changed, without what would name who has left either of the two.

    A row that seems new because its old one was forgotten is not told either.
    """
    return tuple(
        one
        for one in differences(before, version)
        if one.entries[0] not in hidden_before
        and one.entries[1] not in hidden
        and (one.field or not (before.left or version.left))
    )


def _edition(
    book: _Book,
    edition: Edition,
    held: Mapping[str, Edition],
    hidden: Container[str],
    *,
    listed: Mapping[str, str] | None = None,
) -> EditionFacts:
    """``listed``: the list of each row where that is sealed and does not follow from the entries of today."""
    record, scheme = edition.record, edition.scheme
    stated = scheme.near_points
    margin = stated if stated is not None else (scheme.full_marks or _FULL) * _NEAR_SHARE
    before = held.get(edition.previous.id) if edition.previous else None
    rows = _rows(book, edition, before, margin, listed, hidden)
    publisher = book.sees.organizations.get(record.publisher or scheme.issuer)
    strata: tuple[Stratum | None, ...] = scheme.strata or (None,)
    return EditionFacts(
        record=record,
        scheme=scheme,
        regions=chain(book.dataset, record.region),
        publisher=publisher.name if publisher else record.content_source or "",
        office=publisher,
        groups=tuple(_group(book, edition, stratum, rows) for stratum in strata),
        previous=before.record if before else None,
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
        gone_levels=Counter(
            why
            for row in here
            for entry in row.entries
            if entry.list in {level.id for level in edition.scheme.levels} and (why := book.sees.left(entry))
        ),
    )


def _list(book: _Book, edition: Edition, rule: ListRule, here: Sequence[Row], ordered: Sequence[RowFacts]) -> ListFacts:
    gone: Counter[str] = Counter()
    for row in here:
        gone.update(why for entry in row.entries if entry.list == rule.id and (why := book.sees.left(entry)))
    on = [row for row in ordered if rule in {row.marking, row.proposed}]
    members = {row.key for row in here if any(entry.list == rule.id and counts(entry) for entry in row.entries)}
    return ListFacts(
        rule=rule,
        rows=tuple(on),
        gone=gone,
        nobody=not on and not any(_may_meet(edition, row, rule) for row in here),
        cut=_cut(rule, [row.key for row in ordered], members),
    )


def _may_meet(edition: Edition, row: Row, rule: ListRule) -> bool:
    """Whether a row is not known to miss a list's rules, also where it went to another list, which came first."""
    named = rule.id in row.given.nominated or edition.recomputed[row.key].list == rule.id
    ways = dict(edition.field.verdicts(row.given)).get(rule.id, ())
    return named or any(all(holds is not False for holds in way) for way in ways)


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
    gone: Container[str],
) -> dict[str, RowFacts]:
    counts_places = edition.method.tie_rule == "skip"  # dense ranks are no places, and no span of places fits them
    bands = rankings.bands(edition.recomputed.values(), margin) if counts_places else {}
    spans = sensitivity.spans(edition.method, [row.given for row in edition.rows]) if counts_places else {}
    gone_before = book.sees.hidden(before) if before else frozenset()
    is_tried = len(edition.rows) <= _MOST_TURNS
    earlier = {row.who: row for row in before.rows} if before else {}
    labels = {dimension.id: dimension.label for dimension in edition.scheme.dimensions}
    alike = Counter((one.stratum, one.total) for one in edition.recomputed.values())
    found = {}
    for row in edition.rows:
        hidden = row.key in gone
        cases = () if hidden else tuple(filter(None, (book.case(edition, entry) for entry in row.entries)))
        was = earlier.get(row.who)
        computed = edition.recomputed[row.key]
        marking = None if hidden else _marking(book, edition, row, cases, listed)
        off = () if hidden else tuple(_off(edition, row, marking, cases))
        speaks = not hidden and not off and row.result.override_reason is None
        turns = tuple(_turns(edition, row)) if speaks and is_tried else ()
        close = min(turns, key=lambda turn: abs(turn.moves), default=None)
        within = tuple(turn for turn in turns if abs(turn.moves) <= margin * _FAR)
        found[row.key] = RowFacts(
            key=row.key,
            who=row.who,
            name="" if hidden else row.name,
            record=None if hidden else _page_of(book, row),
            served_by=row.names[0] if not hidden and row.names[1] and book.sees.serves(row) else "",
            served_record=None if hidden or not row.names[1] else book.sees.firms.get(row.result.firm or ""),
            is_hidden=hidden,
            result=row.result,
            vetoes=tuple(veto for veto in edition.scheme.vetoes if veto.id in row.result.vetoes),
            lost=()
            if hidden
            else tuple((labels.get(one.dimension, one.dimension), one) for one in row.result.deductions),
            computed=computed,
            level=next((level for level in edition.scheme.levels if level.id == row.result.level), None),
            marking=marking,
            has_ended=any(counts(entry) and book.sees.left(entry) for entry in row.entries),
            off=off,
            speaks=speaks,
            is_tried=is_tried,
            cases=cases,
            objections=() if hidden or cases else book.objections(row.result.id),
            steps=tuple(_steps(edition, computed)),
            move=_move(book, row, was, before, gone_before) if before and not hidden else None,
            band=bands.get(row.key),
            span=spans.get(row.key),
            turns=within,
            verdicts=edition.field.verdicts(row.given) if speaks else (),
            near=close if close and abs(close.moves) < margin else None,
            alike=alike[row.given.stratum, computed.total],
        )
    return found


def _off(edition: Edition, row: Row, marking: ListRule | None, cases: Iterable[CaseFacts]) -> Iterator[OffFacts]:
    """What was published otherwise than the scheme makes it of the scores, item by item."""
    if edition.record.detail is Detail.LISTS or edition.record.phase is Phase.COLLECTING:
        return
    result, computed = row.result, edition.recomputed[row.key]
    if result.unscored_reason is not None:
        return
    labels = {name: one.label for name, one in edition.markings.items()}
    shown = next(
        (case.marking.id for case in cases if isinstance(case.marking, ListRule)), marking.id if marking else ""
    )
    pairs = (
        ("总分", str(result.total or ""), str(computed.total or "")),
        ("等级", labels.get(result.level or "", ""), labels.get(computed.level, "")),
        ("名次", str(result.rank or ""), str(computed.rank or "")),
        ("榜单", labels.get(shown, "不在榜"), labels.get(computed.list, "不在榜")),
    )
    for label, published, made in pairs:
        if published != made:
            yield OffFacts(label=label, published=published or "没有公布", computed=made or "没有")


def _marking(
    book: _Book, edition: Edition, row: Row, cases: Iterable[CaseFacts], listed: Mapping[str, str] | None
) -> ListRule | None:
    """The list a row is shown on: that of its entry; in a sealed version the sealed one, unless it was a mistake."""
    if any(entry.state is EntryState.PROPOSED for entry in row.entries):
        return None
    if listed is None or any(book.sees.left(entry) and not counts(entry) for entry in row.entries):
        found: Iterable[Marking | None] = (case.marking for case in cases)
    else:
        found = (edition.markings.get(listed.get(row.key, "")),)
    return next((one for one in found if isinstance(one, ListRule)), None)


def _page_of(book: _Book, row: Row) -> Record | None:
    firm, community, organization, _ = row.who
    if community:
        return book.sees.communities.get(community)
    return book.sees.firms.get(firm) if firm else book.sees.organizations.get(organization)


def _move(book: _Book, row: Row, was: Row | None, before: Edition, gone_before: Container[str]) -> MoveFacts | None:
    if row.result.rank is None:
        return None
    if was is None and any(one.key in gone_before for one in before.rows):
        return None  # whether it is new, or its name has left the edition before, is nobody's business
    if was is None or was.result.rank is None:
        return MoveFacts(rank=row.result.rank, was=None, changed_group=False)
    if was.key in gone_before:
        return None
    same = was.given.stratum == row.given.stratum
    return MoveFacts(
        rank=row.result.rank,
        was=was.result.rank if same else None,
        changed_group=not same,
    )


def _turns(edition: Edition, row: Row) -> Iterator[TurnFacts]:
    dimensions = {dimension.id: dimension for dimension in edition.scheme.dimensions}
    now = edition.recomputed[row.key]
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
            moves=(then.total or Decimal(0)) - (now.total or Decimal(0)),
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
            issuer=book.sees.organizations.get(scheme.issuer),
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
