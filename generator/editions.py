"""An edition as a whole: its records gathered, put into the engine's terms, and judged again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator import rankings
from generator.dataset import Dataset
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    Community,
    Firm,
    ListEntry,
    Organization,
    RankingEdition,
)
from generator.records.assessment_scheme import Cadence, Condition, Gaps
from generator.records.list_entry import EntryState, RemovedReason
from generator.records.ranking import Marking
from generator.records.ranking_edition import Phase

#: Who is meant, whatever the type: keys of firm, community and organisation, and the post.
Subject = tuple[str, str, str, str]

#: An edition looks back over so many earlier periods.
_LOOK_BACK = 12
#: Why an entry is as if it had never been.
_VOID = frozenset({RemovedReason.OBJECTION_UPHELD, RemovedReason.REVOKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One subject of one edition with what was published about it. ``key`` is that of the result's record."""

    key: str
    who: Subject
    #: What it was called when it was assessed: firm, community, organisation; empty where not named.
    names: tuple[str, str, str]
    given: rankings.Subject
    result: AssessmentResult
    #: Lists it was put on, those left again included.
    entries: tuple[ListEntry, ...]

    @property
    def name(self) -> str:
        """What is ranked, in words: the community where one is, else the firm or organisation; a post after it."""
        firm, community, organization = self.names
        return "".join(filter(None, (community or firm or organization, self.result.post)))

    @property
    def list(self) -> str:
        """The list the authority put it on; one it was wrongly put on does not count."""
        return next((entry.list for entry in self.entries if counts(entry)), "")


@dataclass(frozen=True)
class Edition:
    """One edition: its record, its scheme and its rows, in order of key."""

    record: RankingEdition
    scheme: AssessmentScheme
    rows: tuple[Row, ...]
    #: For each earlier period, newest first: ``held``, ``skipped`` or ``missing``.
    periods: tuple[str, ...]
    #: The edition before, if any was held.
    previous: RankingEdition | None

    @cached_property
    def markings(self) -> Mapping[str, Marking]:
        """Every list and level of the scheme by id, lists first."""
        return {one.id: one for one in (*self.scheme.lists, *self.scheme.levels)}

    @cached_property
    def method(self) -> rankings.Method:
        """The scheme as arithmetic."""
        return method(self.scheme)

    @cached_property
    def field(self) -> rankings.Field:
        """Everybody who is ranked."""
        return rankings.Field(self.method, (row.given for row in self.rows), self.periods)

    @cached_property
    def recomputed(self) -> Mapping[str, rankings.Standing]:
        """What the scheme makes of the published scores, by key of the row."""
        return {row.key: self.field.standing(row.given) for row in self.rows}


def counts(entry: ListEntry) -> bool:
    """Whether an entry stood: it was decided, and was not found wrong afterwards."""
    return entry.state is not EntryState.PROPOSED and entry.removed_reason not in _VOID


def method(scheme: AssessmentScheme) -> rankings.Method:
    """A scheme's record as arithmetic. The record must have passed the rules of schemes."""
    return rankings.Method(
        dimensions=tuple(
            rankings.Dimension(id=d.id, kind=d.kind.value, max=d.max, weight=d.weight_pct) for d in scheme.dimensions
        ),
        score_cap=scheme.score_cap,
        bonus_cap=scheme.bonus_cap,
        places=scheme.places,
        rounding=scheme.rounding.value,
        tie_rule=scheme.tie_rule.value,
        tie_break=tuple(_compared(scheme, name) for name in scheme.tie_break),
        at_cut=scheme.at_cut.value,
        gaps=(scheme.gaps or Gaps.SKIPS).value,
        vetoes=tuple(rankings.Veto(id=v.id, effect=v.effect.value, target=v.target or "") for v in scheme.vetoes),
        levels=tuple(
            rankings.Level(
                id=level.id,
                polarity=level.polarity.value,
                min=level.min,
                min_inclusive=level.min_inclusive is not False,
                max=level.max,
                max_inclusive=level.max_inclusive is True,
                when=tuple(map(_condition, level.when)),
            )
            for level in scheme.levels
        ),
        lists=tuple(
            rankings.Listing(
                id=one.id,
                polarity=one.polarity.value,
                rules=tuple(tuple(map(_condition, rule.all_of)) for rule in one.rules),
            )
            for one in scheme.lists
        ),
    )


def _compared(scheme: AssessmentScheme, name: str) -> str:
    """What only breaks ties, such as complaints, and what takes points away is better when there is less of it."""
    kinds = {dimension.id: dimension.kind.value for dimension in scheme.dimensions}
    return f"-{name}" if kinds.get(name) in {"record", "deduct"} else name


def _condition(record: Condition) -> rankings.Condition:
    value = record.points if record.points is not None else record.share_pct
    return rankings.Condition(
        test=record.test.value,
        n=record.n or 0,
        **({"value": value} if value is not None else {}),
        rounding=record.rounding.value if record.rounding else "down",
        dimension=record.dimension or "",
        of=record.of,
    )


def gather(dataset: Dataset) -> dict[str, Edition]:
    """Every published edition by id, with the published results and entries that belong to it."""
    editions = dataset.published(RankingEdition)
    schemes = dataset.of(AssessmentScheme)
    results, entries = defaultdict[str, list[AssessmentResult]](list), defaultdict[str, list[ListEntry]](list)
    for result in dataset.published(AssessmentResult).values():
        results[result.edition].append(result)
    for entry in dataset.published(ListEntry).values():
        entries[entry.edition].append(entry)
    series = _series(editions.values(), schemes)
    found = {}
    for edition in editions.values():
        periods, before = _periods(edition, schemes[edition.scheme], series[_line(edition, schemes)])
        marks = [_marks(results[one.id], entries[one.id]) if one else {} for one in before]
        listed = defaultdict[Subject, list[ListEntry]](list)
        for entry in entries[edition.id]:
            listed[subject(entry)].append(entry)
        found[edition.id] = Edition(
            record=edition,
            scheme=schemes[edition.scheme],
            rows=tuple(
                _row(dataset, schemes[edition.scheme], result, listed[subject(result)], marks)
                for result in results[edition.id]
            ),
            periods=periods,
            previous=next((one for one, period in zip(before, periods, strict=True) if period == "held"), None),
        )
    return found


def subject(record: AssessmentResult | ListEntry) -> Subject:
    """Whom a result or an entry is about. The firm beside a community says who served it, not who is meant."""
    is_place = record.community is not None
    firm = "" if is_place and not record.post else record.firm or ""
    return firm, record.community or "", record.organization or "", record.post or ""


def _row(
    dataset: Dataset,
    scheme: AssessmentScheme,
    result: AssessmentResult,
    entries: Sequence[ListEntry],
    marks: Sequence[Mapping[Subject, tuple[str, ...]]],
) -> Row:
    who, known = subject(result), {veto.id for veto in scheme.vetoes}
    firm, community = dataset.of(Firm).get(result.firm or ""), dataset.of(Community).get(result.community or "")
    organization = dataset.of(Organization).get(result.organization or "")
    return Row(
        key=result.id,
        who=who,
        names=(
            firm.name if firm else "",
            community.name if community else "",
            organization.name if organization else "",
        ),
        given=rankings.Subject(
            id=result.id,
            stratum=result.stratum or "",
            scores=result.scores,
            total=result.total,
            vetoes=tuple(name for name in result.vetoes if name in known),
            nominated=result.nominated,
            unscored=result.unscored_reason or "",
            past=tuple(mark.get(who, ()) for mark in marks),
        ),
        result=result,
        entries=tuple(entries),
    )


def _marks(results: Iterable[AssessmentResult], entries: Iterable[ListEntry]) -> dict[Subject, tuple[str, ...]]:
    """What an earlier edition brought each subject: its list and its level."""
    found = defaultdict[Subject, set[str]](set)
    for result in results:
        found[subject(result)] |= {result.level} if result.level else set()
    for entry in entries:
        if counts(entry):
            found[subject(entry)].add(entry.list)
    return {who: tuple(sorted(marks)) for who, marks in found.items()}


def _line(edition: RankingEdition, schemes: Mapping[str, AssessmentScheme]) -> tuple[str, str]:
    """What makes editions one series: the first version of their scheme, and the region."""
    return lineage(schemes, edition.scheme)[-1], edition.region


def lineage(schemes: Mapping[str, AssessmentScheme], key: str) -> tuple[str, ...]:
    """A scheme and those it superseded, newest first; a circle ends where it closes."""
    found: list[str] = []
    here: str | None = key
    while here is not None and here not in found and here in schemes:
        found.append(here)
        here = schemes[here].supersedes
    return tuple(found)


def _series(
    editions: Iterable[RankingEdition], schemes: Mapping[str, AssessmentScheme]
) -> dict[tuple[str, str], list[RankingEdition]]:
    found = defaultdict[tuple[str, str], list[RankingEdition]](list)
    for edition in sorted(editions, key=lambda e: (e.period.start, e.id)):
        found[_line(edition, schemes)].append(edition)
    return found


def _periods(
    edition: RankingEdition, scheme: AssessmentScheme, series: Sequence[RankingEdition]
) -> tuple[tuple[str, ...], tuple[RankingEdition | None, ...]]:
    """The earlier periods, newest first, and the edition of each; None where there is none."""
    earlier = [one for one in reversed(series) if one.period.start < edition.period.start]
    found = list(_steps(edition, scheme.cadence, earlier))[:_LOOK_BACK]
    return tuple(state for state, _ in found), tuple(one for _, one in found)


def _steps(
    edition: RankingEdition, cadence: Cadence, earlier: Sequence[RankingEdition]
) -> Iterator[tuple[str, RankingEdition | None]]:
    expected = number(edition.period.start, cadence)
    for one in earlier:
        here = number(one.period.start, cadence)
        if expected is not None and here is not None:
            yield from (("missing", None) for _ in range(expected - here - 1))
        state = {Phase.NOT_HELD: "skipped", Phase.COLLECTING: "missing"}.get(one.phase, "held")
        yield state, one
        expected = here


_MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.SEMIANNUAL: 6, Cadence.ANNUAL: 12}


def number(start: date, cadence: Cadence) -> int | None:
    """The running number of a period; None where editions come as they come."""
    months = _MONTHS.get(cadence)
    return None if months is None else (start.year * 12 + start.month - 1) // months
