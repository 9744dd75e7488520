"""The rows of an edition: each with its arithmetic, its neighbours, its marks and what would change it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal

from generator import rankings, sensitivity
from generator.editions import Edition, Row, counts
from generator.facts.cases import Book
from generator.facts.standing import (
    CaseFacts,
    MoveFacts,
    OffFacts,
    RowFacts,
    StepFacts,
    TurnFacts,
    is_graded,
)
from generator.records import (
    Record,
)
from generator.records.assessment_scheme import ListRule
from generator.records.list_entry import EntryState
from generator.records.ranking import Marking
from generator.records.ranking_edition import Detail, Phase

#: Changes of more than so many margins are no news.
_FAR = 10
#: Groups larger than this get no "what would change it": the question is asked of a page that people read.
_MOST_TURNS = 400


def explained(
    book: Book,
    edition: Edition,
    before: Edition | None,
    margin: Decimal,
    listed: Mapping[str, str] | None,
    gone: Container[str],
) -> dict[str, RowFacts]:
    """Every row by key. ``before``: the edition before it, ``margin``: what counts as close, in points.

    ``listed``: the list of each row where that is sealed; ``gone``: rows that have no name any more.
    """
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
    book: Book, edition: Edition, row: Row, cases: Iterable[CaseFacts], listed: Mapping[str, str] | None
) -> ListRule | None:
    """The list a row is shown on: that of its entry; in a sealed version the sealed one, unless it was a mistake."""
    if any(entry.state is EntryState.PROPOSED for entry in row.entries):
        return None
    if listed is None or any(book.sees.left(entry) and not counts(entry) for entry in row.entries):
        found: Iterable[Marking | None] = (case.marking for case in cases)
    else:
        found = (edition.markings.get(listed.get(row.key, "")),)
    return next((one for one in found if isinstance(one, ListRule)), None)


def _page_of(book: Book, row: Row) -> Record | None:
    firm, community, organization, _ = row.who
    if community:
        return book.sees.communities.get(community)
    return book.sees.firms.get(firm) if firm else book.sees.organizations.get(organization)


def _move(book: Book, row: Row, was: Row | None, before: Edition, gone_before: Container[str]) -> MoveFacts | None:
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
