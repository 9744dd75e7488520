"""Rankings as pages need them: the shapes. What fills them is ``ranked``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from generator import rankings
from generator.editions import Subject
from generator.facts.provenance import Origin
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    CreditRepair,
    Firm,
    ListEntry,
    Measure,
    Objection,
    Organization,
    RankingEdition,
    Record,
    Region,
    Review,
)
from generator.records.assessment_result import Deduction
from generator.records.assessment_scheme import Dimension, Level, ListRule, Stratum, Veto
from generator.records.list_entry import EntryState
from generator.records.ranking import Marking, Polarity
from generator.sealed import Difference, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFacts:
    """One measure with the name of whoever took it, and of the firm that follows."""

    record: Measure
    actor: str
    successor: Firm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFacts:
    """One objection with what came after it."""

    record: Objection
    reviews: tuple[Review, ...]

    @property
    def is_pending(self) -> bool:
        """Accepted, or not refused yet, and not decided; or under review."""
        undecided = self.record.decision is None and self.record.accepted is not False
        return undecided or any(review.decision is None for review in self.reviews)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """One entry with its procedure and what followed from it. Only for entries that are still shown."""

    entry: ListEntry
    marking: Marking
    objections: tuple[ObjectionFacts, ...]
    measures: tuple[MeasureFacts, ...]
    repairs: tuple[CreditRepair, ...]
    origin: Origin

    @property
    def says_more(self) -> bool:
        """Whether there is more to say than that the rule was met: always, for a mark that is not good."""
        followed = self.objections or self.measures or self.repairs or self.entry.correction
        return bool(followed) or self.marking.polarity is not Polarity.POSITIVE

    @property
    def is_pending(self) -> bool:
        """Whether the page must say 「异议处理中」 (credit rules; domain §3.14)."""
        return any(objection.is_pending for objection in self.objections)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFacts:
    """One score that alone would change the outcome: ``by`` so many points it would be ``score``."""

    label: str
    given: Decimal
    score: Decimal
    #: The list or level it would then be given, and the list it would leave.
    enters: Marking | None
    leaves: Marking | None
    #: How far the total would move, and which way.
    moves: Decimal

    @property
    def by(self) -> Decimal:
        """The change of the score, without its sign."""
        return abs(self.score - self.given)

    @property
    def is_raise(self) -> bool:
        """Whether the score would have to be higher."""
        return self.score > self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """One step of the arithmetic in words: what was given, full marks and weight where they matter, what it adds."""

    label: str
    given: Decimal
    max: Decimal | None
    weight: Decimal | None
    adds: Decimal
    is_exact: bool
    #: A cap or the rounding, not something that was scored.
    is_rule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts:
    """The rank before, in the same group; None where there was none."""

    rank: int
    was: int | None
    #: Assessed in the edition before, but in another group.
    changed_group: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OffFacts:
    """One item that was published otherwise than the scheme makes it."""

    label: str
    published: str
    computed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """One row of an edition's table."""

    key: str
    #: Whom it is about, as a key.
    who: Subject
    name: str
    #: The record whose page says more, if it is on the site.
    record: Record | None
    #: Who served a community or project in the period.
    served_by: str
    served_record: Firm | None
    #: The name has left; the figures stay.
    is_hidden: bool
    result: AssessmentResult
    vetoes: tuple[Veto, ...]
    #: What cost points, with the name of the dimension; empty while the name is hidden: facts tell who is meant.
    lost: tuple[tuple[str, Deduction], ...]
    computed: rankings.Standing
    level: Level | None
    marking: ListRule | None
    #: Whether it was rightly on a list once, and is not any more.
    has_ended: bool
    #: What was published otherwise than the scheme makes it; empty where nothing can be recomputed.
    off: tuple[OffFacts, ...]
    #: Whether the published outcome is what the scheme makes of the scores: only then is it told what would change it.
    speaks: bool
    #: Whether it was tried what would change it: not in editions too long to read.
    is_tried: bool
    cases: tuple[CaseFacts, ...]
    #: Objections to the result, where no entry speaks of the subject.
    objections: tuple[ObjectionFacts, ...]
    steps: tuple[StepFacts, ...]
    move: MoveFacts | None
    #: Best and worst rank that the stated margin cannot tell from its own.
    band: tuple[int, int] | None
    #: Best and worst rank when weights differ a little.
    span: tuple[int, int] | None
    turns: tuple[TurnFacts, ...]
    #: For each list, for each of its rules, whether each condition holds.
    verdicts: tuple[tuple[str, tuple[tuple[bool | None, ...], ...]], ...]
    near: TurnFacts | None
    #: How many of the group have the same total, itself included.
    alike: int

    @property
    def is_pending(self) -> bool:
        """Whether an objection is open."""
        return any(case.is_pending for case in self.cases) or any(one.is_pending for one in self.objections)

    @property
    def proposed(self) -> Marking | None:
        """The list it is proposed for; nothing is decided yet."""
        return next((case.marking for case in self.cases if case.entry.state is EntryState.PROPOSED), None)

    @property
    def is_close(self) -> bool:
        """Whether others, not just those it is tied with, stand within the margin."""
        return self.band is not None and self.band[1] - self.band[0] + 1 > self.alike


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """One list in one group: who is on it, and how many have left and why."""

    rule: ListRule
    rows: tuple[RowFacts, ...]
    gone: Mapping[str, int]
    #: Nobody is on it, and nobody's scores meet the rule.
    nobody: bool
    #: The row after which the line is drawn (good lists) or before which (others); None where it would not be true.
    cut: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """One stratum: its ranked rows by rank, then those that were not assessed."""

    stratum: Stratum | None
    #: Those that somebody in the group was scored on.
    dimensions: tuple[Dimension, ...]
    rows: tuple[RowFacts, ...]
    unscored: tuple[RowFacts, ...]
    lists: tuple[ListFacts, ...]
    #: Rows whose level was a mark that has ended, by why.
    gone_levels: Mapping[str, int]


def is_graded(scheme: AssessmentScheme) -> bool:
    """Whether levels are what a scheme is about: stars, or no lists at all."""
    return not scheme.lists or any(level.stars for level in scheme.levels)


@dataclass(frozen=True)
class EditionFacts:
    """One edition, as its records stand or as one of its versions was sealed."""

    record: RankingEdition
    scheme: AssessmentScheme
    regions: tuple[Region, ...]
    publisher: str
    office: Organization | None
    groups: tuple[GroupFacts, ...]
    #: The edition before, of the same series.
    previous: RankingEdition | None
    margin: Decimal
    #: True where the scheme itself states the margin.
    margin_is_stated: bool
    origins: tuple[Origin, ...]

    @property
    def rows(self) -> tuple[RowFacts, ...]:
        """Every row, group by group."""
        return tuple(row for group in self.groups for row in (*group.rows, *group.unscored))

    @property
    def has_gaps(self) -> bool:
        """Whether some name has left: then nobody is told to be new in it, or gone from it."""
        return any(row.is_hidden for row in self.rows)

    @property
    def holds_until(self) -> date | None:
        """The last day of its results, where the scheme says for how long they hold and it was published."""
        validity, published = self.scheme.result_validity, self.record.published_on
        return validity.last_day(published) if validity and published else None

    @property
    def is_graded(self) -> bool:
        """Whether levels are what the edition is about."""
        return is_graded(self.scheme)

    @property
    def most_stars(self) -> int:
        """How many stars the best level has; 0 where levels have none."""
        return max((level.stars or 0 for level in self.scheme.levels), default=0)

    @property
    def scored(self) -> int:
        """How many were assessed."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def pending(self) -> int:
        """How many entries are under objection."""
        return sum(row.is_pending for row in self.rows)

    @property
    def is_told_each(self) -> bool:
        """Whether those on bad lists were given notice one by one."""
        return any(case.entry.prior_notice_on for row in self.rows for case in row.cases)

    @property
    def gone(self) -> Mapping[str, int]:
        """How many entries have left this edition, by why."""
        found: Counter[str] = Counter()
        for group in self.groups:
            for one in group.lists:
                found.update(one.gone)
        return found

    @cached_property
    def by_list(self) -> Mapping[str, tuple[RowFacts, ...]]:
        """Rows on each list of the scheme, over all groups."""
        good_first = sorted(self.scheme.lists, key=lambda rule: rule.polarity is not Polarity.POSITIVE)
        lists: dict[str, list[RowFacts]] = {rule.id: [] for rule in good_first}
        for group in self.groups:
            for one in group.lists:
                lists[one.rule.id] += one.rows
        return {name: tuple(rows) for name, rows in lists.items()}


@dataclass(frozen=True)
class VersionFacts:
    """One sealed version of an edition, as it was sealed, with what is said about it now."""

    sealed: Version
    #: Figures and lists as sealed; replies, objections and names that have left as they are today.
    edition: EditionFacts
    #: What it changed in the version before; empty for the first.
    changed: tuple[Difference, ...]
    #: The newest version of the edition is this one.
    is_newest: bool
    #: Whether its files may be handed out: no name in them has left without the log saying so.
    is_offered: bool

    @property
    def number(self) -> int:
        """1, 2, …"""
        return self.sealed.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One subject in one edition, for the subject's own page."""

    edition: EditionFacts
    group: GroupFacts
    row: RowFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFacts:
    """What one subject was given inside one series and group, oldest first. Series are never mixed (issue C)."""

    scheme: AssessmentScheme
    region: Region
    stratum: Stratum | None
    showings: tuple[Showing, ...]

    @property
    def latest(self) -> Showing:
        """The newest."""
        return self.showings[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeFacts:
    """One scheme with its versions and editions, newest first."""

    record: AssessmentScheme
    region: Region
    issuer: Organization | None
    #: Every version of the line, newest first.
    versions: tuple[AssessmentScheme, ...]
    editions: tuple[EditionFacts, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingFacts:
    """Everything about rankings on one day."""

    #: As records stand; by id. Those whose newest sealed version was withdrawn count nowhere.
    editions: Mapping[str, EditionFacts]
    withdrawn: Mapping[str, EditionFacts]
    #: Sealed versions of each edition by its id, oldest first.
    versions: Mapping[str, tuple[VersionFacts, ...]]
    #: Every entry of the log, oldest first, and the lines of its head.
    log: tuple[Mapping[str, Any], ...]
    head: tuple[str, ...]
    #: Not held, with a reason; newest first.
    not_held: tuple[RankingEdition, ...]
    schemes: Mapping[str, SchemeFacts]
    #: By type and key of the firm, community or organisation.
    histories: Mapping[tuple[str, str], tuple[HistoryFacts, ...]]
    #: Communities that were ranked while a firm served them, by the firm's key; newest first.
    served: Mapping[str, tuple[Showing, ...]]
    #: Records that nobody may have any more: (type, key).
    withheld: frozenset[tuple[str, str]]

    @property
    def pending(self) -> frozenset[str]:
        """Ids of the entries under objection, in any edition."""
        rows = (row for edition in self.editions.values() for row in edition.rows)
        return frozenset(case.entry.id for row in rows for case in row.cases if case.is_pending)
