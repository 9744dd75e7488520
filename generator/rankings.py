"""Ranking arithmetic: what a published scheme makes of published scores. Standard library only, no reading or writing.

Numbers are ``Decimal``; sums and quotients are exact (``Fraction``) and rounded once, as the scheme says. The order of
rows, of dictionaries and of hashes never matters. This file is also shipped inside ``verify.py``: it must import
nothing of ours, and what it computes for one ``ENGINE`` number must never change.
"""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

#: Version of the arithmetic, written into every sealed method.
ENGINE = 1

#: Lists are looked at in this order: who is on a bad one is on no good one.
POLARITIES = ("negative", "warning", "positive")
#: Tests that get easier to pass as a score rises, and those that get harder. Others do not look at scores.
UPWARD = frozenset({"rank_top", "share_top", "score_ge", "score_gt", "dimension_ge"})
DOWNWARD = frozenset({"rank_bottom", "share_bottom", "score_le", "score_lt", "dimension_lt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One thing that is scored. ``score`` and ``bonus`` add, ``deduct`` takes away, ``record`` only breaks ties."""

    id: str
    kind: str = "score"
    #: Full marks; None where the scheme sets no limit.
    max: Decimal | None = None
    #: Points of the total for full marks; None: points count as they are.
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One test on one subject. Which of the other fields count follows from ``test``."""

    test: str
    #: Places, or periods in a row.
    n: int = 0
    #: A score, or a share in per cent.
    value: Decimal = Decimal(0)
    #: How a share becomes places: ``down``, ``up`` or ``half_up``.
    rounding: str = "down"
    dimension: str = ""
    #: Levels for ``level_in``; lists and levels for ``consecutive``.
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One band of totals, and conditions besides. The first that fits is the level; best first."""

    id: str
    polarity: str = "positive"
    min: Decimal | None = None
    min_inclusive: bool = True
    max: Decimal | None = None
    max_inclusive: bool = False
    when: tuple[Condition, ...] = ()

    def holds(self, total: Decimal) -> bool:
        """Whether a total lies in the band."""
        above = self.min is None or total > self.min or (self.min_inclusive and total == self.min)
        below = self.max is None or total < self.max or (self.max_inclusive and total == self.max)
        return above and below


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list, and the rules by which one gets on it: any of them, each with all its conditions."""

    id: str
    polarity: str
    rules: tuple[tuple[Condition, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """What overrides a score: ``to_list``, ``cap_level`` (no better than), ``exclude`` (no rank); never a good list."""

    id: str
    effect: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A scheme as arithmetic."""

    dimensions: tuple[Dimension, ...]
    #: The total may not exceed this; None: it may, above full marks too.
    score_cap: Decimal | None = None
    #: The bonuses together may not exceed this.
    bonus_cap: Decimal | None = None
    places: int = 2
    rounding: str = "half_up"
    #: ``skip`` 1, 2, 2, 4 or ``dense`` 1, 2, 2, 3.
    tie_rule: str = "skip"
    #: Dimensions that part equal totals, in this order; ``-`` before one: fewer is better.
    tie_break: tuple[str, ...] = ()
    #: Equal subjects at a cut: ``all_enter`` or ``none_enter``.
    at_cut: str = "all_enter"
    #: A period declared as not held ``breaks`` a row of periods, or the row ``skips`` it.
    gaps: str = "skips"
    vetoes: tuple[Veto, ...] = ()
    levels: tuple[Level, ...] = ()
    lists: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One row of scores."""

    id: str
    stratum: str = ""
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    #: The published total, for where the authority published no scores of dimensions.
    total: Decimal | None = None
    vetoes: tuple[str, ...] = ()
    #: Lists for which somebody put it forward.
    nominated: tuple[str, ...] = ()
    #: Why it was not assessed; empty: it was.
    unscored: str = ""
    #: For each earlier period, newest first, the list and the level it had; empty for one it was not in.
    past: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the arithmetic: the points of a dimension, or ``bonus_cap``, ``score_cap``, ``rounding``."""

    what: str
    given: Decimal
    #: What it does to the total, exact.
    adds: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the scheme makes of one row."""

    id: str
    stratum: str
    total: Decimal | None
    steps: tuple[Step, ...]
    level: str
    #: Within the stratum; None for who has no rank.
    rank: int | None
    #: How many have a rank in the stratum.
    of: int
    tied: bool
    list: str
    #: Lists and levels that hang on a period nobody has declared: they cannot be told.
    untold: tuple[str, ...] = ()


def rounded(value: Fraction, places: int, rounding: str) -> Decimal:
    """``value`` with so many decimals; ``half_up`` is away from zero, as people round by hand."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    is_up = {
        "down": False,
        "up": rest > 0,
        "half_up": twice >= 0,
        "half_even": twice > 0 or (twice == 0 and whole % 2 == 1),
    }[rounding]
    digits = (whole + is_up) * (-1 if value < 0 else 1)
    return Decimal(digits).scaleb(-places)


def total(method: Method, subject: Subject) -> tuple[Decimal, tuple[Step, ...]]:
    """The total of one row with every step towards it. The published one where no scores were published."""
    if not subject.scores:
        return subject.total or Decimal(0), ()
    steps: list[Step] = []
    for dimension in method.dimensions:
        if dimension.kind != "record" and dimension.id in subject.scores:
            given = subject.scores[dimension.id]
            steps.append(Step(what=dimension.id, given=given, adds=_points(dimension, given)))
    if method.bonus_cap is not None:
        bonuses = {dimension.id for dimension in method.dimensions if dimension.kind == "bonus"}
        over = sum((step.adds for step in steps if step.what in bonuses), Fraction(0)) - Fraction(method.bonus_cap)
        if over > 0:
            steps.append(Step(what="bonus_cap", given=method.bonus_cap, adds=-over))
    exact = sum((step.adds for step in steps), Fraction(0))
    if method.score_cap is not None and exact > Fraction(method.score_cap):
        steps.append(Step(what="score_cap", given=method.score_cap, adds=Fraction(method.score_cap) - exact))
        exact = Fraction(method.score_cap)
    result = rounded(exact, method.places, method.rounding)
    if Fraction(result) != exact:
        steps.append(Step(what="rounding", given=result, adds=Fraction(result) - exact))
    return result, tuple(steps)


def _points(dimension: Dimension, given: Decimal) -> Fraction:
    points = Fraction(given)
    if dimension.weight is not None and dimension.max:
        points = points / Fraction(dimension.max) * Fraction(dimension.weight)
    return -points if dimension.kind == "deduct" else points


#: What orders subjects: the total, then what breaks ties; more is better in each.
Key = tuple[Decimal, ...]


class Field:
    """Everybody who is ranked, so that any row, real or supposed, can be placed among the others."""

    def __init__(self, method: Method, subjects: Iterable[Subject], periods: Sequence[str] = ()) -> None:
        """``periods``: for each earlier period, newest first, ``held``, ``skipped`` (declared) or ``missing``."""
        self.method, self.periods = method, tuple(periods)
        self._vetoes = {veto.id: veto for veto in method.vetoes}
        self._keys: dict[str, list[Key]] = {}
        self._own: dict[str, tuple[str, Key]] = {}
        for subject in subjects:
            if self._is_ranked(subject):
                key = self._key(subject, total(method, subject)[0])
                self._own[subject.id] = (subject.stratum, key)
                self._keys.setdefault(subject.stratum, []).append(key)
        for keys in self._keys.values():
            keys.sort()

    def standing(self, subject: Subject) -> Standing:
        """Where a row stands among the others; a row of the field takes its own place, whatever it says now."""
        if subject.unscored:
            return _absent(subject)
        reached, steps = total(self.method, subject)
        if not self._is_ranked(subject):
            return replace(_absent(subject), total=reached, steps=steps)
        case = _Case(subject, reached, self._place(subject, reached))
        case.level = self._level(case)
        listed = self._list(case)
        return Standing(
            id=subject.id,
            stratum=subject.stratum,
            total=reached,
            steps=steps,
            level=case.level,
            rank=case.place.above + 1,
            of=case.place.of,
            tied=case.place.tied > 1,
            list=listed,
            untold=tuple(sorted(case.untold)),
        )

    def verdicts(self, subject: Subject) -> tuple[tuple[str, tuple[tuple[bool | None, ...], ...]], ...]:
        """For each list, for each of its rules, whether each condition holds: what a worked example shows."""
        if not self._is_ranked(subject):
            return ()
        reached = total(self.method, subject)[0]
        case = _Case(subject, reached, self._place(subject, reached))
        case.level = self._level(case)
        return tuple(
            (one.id, tuple(tuple(self._passes(condition, case) for condition in rule) for rule in one.rules))
            for one in self.method.lists
        )

    def _is_ranked(self, subject: Subject) -> bool:
        fired = (self._vetoes[veto].effect for veto in subject.vetoes)
        return not subject.unscored and "exclude" not in fired

    def _key(self, subject: Subject, reached: Decimal) -> Key:
        parts = [reached]
        for name in self.method.tie_break:
            value = subject.scores.get(name.removeprefix("-"), Decimal(0))
            parts.append(-value if name.startswith("-") else value)
        return tuple(parts)

    def _place(self, subject: Subject, reached: Decimal) -> _Place:
        key = self._key(subject, reached)
        keys = self._keys.get(subject.stratum, [])
        stratum, own = self._own.get(subject.id, ("", None))
        mine = own if stratum == subject.stratum else None
        left, right = bisect_left(keys, key), bisect_right(keys, key)
        below, equal, above = left, right - left, len(keys) - right
        if mine is not None:
            below, equal, above = below - (mine < key), equal - (mine == key), above - (mine > key)
        of = below + equal + above + 1
        if self.method.tie_rule == "skip":
            return _Place(above=above, below=below, ahead=above, behind=below, tied=equal + 1, takes=equal + 1, of=of)
        others = [*keys]
        if mine is not None:
            others.remove(mine)
        better, worse = {k for k in others if k > key}, {k for k in others if k < key}
        return _Place(above=len(better), below=len(worse), ahead=above, behind=below, tied=equal + 1, takes=1, of=of)

    def _level(self, case: _Case) -> str:
        names = [level.id for level in self.method.levels]
        fitting = (
            index
            for index, level in enumerate(self.method.levels)
            if level.holds(case.reached) and self._all(level.when, case, level.id)
        )
        position = next(fitting, None)
        if position is None:
            return ""
        fired = (self._vetoes[veto] for veto in case.subject.vetoes)
        capped = [names.index(veto.target) for veto in fired if veto.effect == "cap_level"]
        return names[max([position, *capped])]

    def _list(self, case: _Case) -> str:
        sent = self._sent(case.subject)
        for polarity in POLARITIES[: 2 if case.subject.vetoes else 3]:
            for listing in self.method.lists:
                if listing.polarity == polarity and (listing.id in sent or self._meets(listing, case)):
                    # Another rule of the list may hang on a period nobody declared: the list does not.
                    case.untold.discard(listing.id)
                    return listing.id
        return ""

    def _sent(self, subject: Subject) -> set[str]:
        """Lists on which a veto puts a row."""
        fired = (self._vetoes[veto] for veto in subject.vetoes)
        return {veto.target for veto in fired if veto.effect == "to_list"}

    def _meets(self, listing: Listing, case: _Case) -> bool:
        return any(self._all(rule, case, listing.id) for rule in listing.rules)

    def _all(self, conditions: Iterable[Condition], case: _Case, what: str) -> bool:
        passed = [self._passes(condition, case) for condition in conditions]
        if None in passed and False not in passed:
            case.untold.add(what)
        return all(passed)

    def _passes(self, condition: Condition, case: _Case) -> bool | None:
        """Whether one condition holds; None where that hangs on a period nobody has declared."""
        test, place = condition.test, case.place
        if test in _PLACES:
            outside, takes = place.outside(test), place.takes if test.startswith("rank") else place.tied
            return outside + (takes if self.method.at_cut == "none_enter" else 1) <= _how_many(condition, place.of)
        if test == "level_in":
            return case.level in condition.of
        if test == "veto_any":
            return bool(case.subject.vetoes)
        if test == "nominated":
            return bool({*condition.of} & {*case.subject.nominated})
        if test == "consecutive":
            return self._in_a_row(condition, case)
        score = case.subject.scores.get(condition.dimension, Decimal(0)) if condition.dimension else case.reached
        return _COMPARES[test](score, condition.value)

    def _in_a_row(self, condition: Condition, case: _Case) -> bool | None:
        """Whether this period and the ``n - 1`` before it brought one of ``of``.

        What this period brings is asked of vetoes, and of the lists that do not themselves look back.
        """
        of = {*condition.of}
        lists = (one for one in self.method.lists if one.id in of and not _looks_back(one))
        is_sent = not of.isdisjoint(self._sent(case.subject))
        if case.level not in of and not is_sent and not any(self._meets(one, case) for one in lists):
            return False
        needed = condition.n - 1
        past = (*case.subject.past, *[()] * len(self.periods))
        for period, brought in zip(self.periods, past, strict=False):
            if not needed:
                break
            if period == "missing":
                return None
            if period == "skipped" and self.method.gaps == "skips":
                continue
            if period == "skipped" or not of & {*brought}:
                return False
            needed -= 1
        return needed == 0


_PLACES = frozenset({"rank_top", "rank_bottom", "share_top", "share_bottom"})
_COMPARES: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "score_ge": operator.ge,
    "score_gt": operator.gt,
    "score_le": operator.le,
    "score_lt": operator.lt,
    "dimension_ge": operator.ge,
    "dimension_lt": operator.lt,
}


def _how_many(condition: Condition, of: int) -> int:
    """Places that a count, or a share of so many, stands for."""
    if condition.test.startswith("rank"):
        return condition.n
    return int(rounded(Fraction(condition.value) * of / 100, 0, condition.rounding))


def _looks_back(listing: Listing) -> bool:
    return any(condition.test == "consecutive" for rule in listing.rules for condition in rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """How many stand above and below; distinct totals where the tie rule counts those."""

    above: int
    below: int
    #: The same in subjects, whatever the tie rule: shares are of subjects.
    ahead: int
    behind: int
    #: How many are equal, oneself included, and how many places they take.
    tied: int
    takes: int
    of: int

    def outside(self, test: str) -> int:
        """How many stand nearer the end that a test counts from, in what it counts."""
        if test.startswith("share"):
            return self.ahead if test.endswith("top") else self.behind
        return self.above if test.endswith("top") else self.below


@dataclass(slots=True)
class _Case:
    """One row while it is being judged."""

    subject: Subject
    reached: Decimal
    place: _Place
    level: str = ""
    untold: set[str] = field(default_factory=set)


def _absent(subject: Subject) -> Standing:
    return Standing(
        id=subject.id, stratum=subject.stratum, total=None, steps=(), level="", rank=None, of=0, tied=False, list=""
    )


def standings(method: Method, subjects: Iterable[Subject], periods: Sequence[str] = ()) -> tuple[Standing, ...]:
    """Everybody's standing: by stratum, then rank, then id; who has no rank comes last in the stratum."""
    subjects = tuple(subjects)
    placed = Field(method, subjects, periods)
    found = (placed.standing(subject) for subject in subjects)
    return tuple(sorted(found, key=lambda s: (s.stratum, s.rank is None, s.rank or 0, s.id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The least change of one score that changes the outcome: the score it would have to be, list and level then."""

    dimension: str
    score: Decimal
    list: str
    level: str


def turns(placed: Field, subject: Subject, *, places: int = 2, levels: bool = False) -> tuple[Turn, ...]:
    """What single score, raised or lowered by how little, would bring another list; with ``levels``, another level too.

    Scores move in steps of so many decimals between nothing and full marks. Lists follow scores one way only
    (``UPWARD`` on good ones, ``DOWNWARD`` on bad ones), so halving the span finds the least change.
    """
    if subject.unscored or not subject.scores:
        return ()
    outcome = _list_and_level if levels else _list_alone
    now, found = outcome(placed.standing(subject)), []
    step = Decimal(1).scaleb(-places)
    for dimension in placed.method.dimensions:
        given = subject.scores.get(dimension.id)
        if given is None or dimension.kind == "record":
            continue
        for sign, room in ((1, dimension.max - given if dimension.max is not None else None), (-1, given)):
            if room is None or room < step:
                continue
            least, most = 0, int(room / step)
            if outcome(placed.standing(_with(subject, dimension.id, given + sign * most * step))) == now:
                continue
            while most - least > 1:
                middle = (least + most) // 2
                moved = placed.standing(_with(subject, dimension.id, given + sign * middle * step))
                least, most = (middle, most) if outcome(moved) == now else (least, middle)
            score = given + sign * most * step
            turned = placed.standing(_with(subject, dimension.id, score))
            found.append(Turn(dimension=dimension.id, score=score, list=turned.list, level=turned.level))
    return tuple(found)


def _list_alone(standing: Standing) -> tuple[str, str]:
    return standing.list, ""


def _list_and_level(standing: Standing) -> tuple[str, str]:
    return standing.list, standing.level


def _with(subject: Subject, dimension: str, score: Decimal) -> Subject:
    return replace(subject, scores={**subject.scores, dimension: score})


def bands(found: Iterable[Standing], margin: Decimal) -> dict[str, tuple[int, int]]:
    """Best and worst rank of each ranked row if totals less than ``margin`` apart cannot be told apart."""
    groups: dict[str, list[Standing]] = {}
    for standing in found:
        if standing.rank is not None and standing.total is not None:
            groups.setdefault(standing.stratum, []).append(standing)
    spans = {}
    for group in groups.values():
        totals = sorted(standing.total for standing in group if standing.total is not None)
        for one in group:
            reached = one.total or Decimal(0)
            better = len(totals) - bisect_left(totals, reached + margin)
            worse = bisect_right(totals, reached - margin)
            spans[one.id] = (min(better + 1, one.rank or 1), max(len(totals) - worse, one.rank or 1))
    return spans


def to_json(method: Method) -> dict[str, Any]:
    """The method as plain data: numbers as decimal strings, what is at its default left out."""
    return {"engine": ENGINE, **_plain(method)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, Decimal):
        return str(value)
    fields = getattr(type(value), "__dataclass_fields__", None)
    if fields is None:
        return value
    said = {name: getattr(value, name) for name in fields}
    return {name: _plain(held) for name, held in said.items() if held != fields[name].default}


def from_json(data: Mapping[str, Any]) -> Method:
    """The method that ``to_json`` wrote. Raises ValueError for another engine or an unknown word."""
    if data.get("engine") != ENGINE:
        raise ValueError(f"engine {data.get('engine')!r}")
    if unknown := {*data} - {"engine", "dimensions", "vetoes", "levels", "lists", "tie_break", *_SIMPLE}:
        raise ValueError(f"{sorted(unknown)}")
    try:
        _check_words(data)
        return Method(
            dimensions=tuple(Dimension(**_decimals(one, "max", "weight")) for one in data["dimensions"]),
            vetoes=tuple(Veto(**one) for one in data.get("vetoes", ())),
            levels=tuple(
                Level(**{**_decimals(one, "min", "max"), "when": _conditions(one.get("when", ()))})
                for one in data.get("levels", ())
            ),
            lists=tuple(
                Listing(id=one["id"], polarity=one["polarity"], rules=tuple(map(_conditions, one.get("rules", ()))))
                for one in data.get("lists", ())
            ),
            tie_break=tuple(data.get("tie_break", ())),
            **_decimals({name: data[name] for name in _SIMPLE if name in data}, "score_cap", "bonus_cap"),
        )
    except (TypeError, KeyError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


_SIMPLE = ("score_cap", "bonus_cap", "places", "rounding", "tie_rule", "at_cut", "gaps")
#: Every word that stands for something else than itself, by the field it stands in.
_WORDS = {
    "kind": ("score", "bonus", "deduct", "record"),
    "rounding": ("down", "up", "half_up", "half_even"),
    "tie_rule": ("skip", "dense"),
    "at_cut": ("all_enter", "none_enter"),
    "gaps": ("skips", "breaks"),
    "effect": ("to_list", "cap_level", "exclude"),
    "polarity": POLARITIES,
    "test": (*_PLACES, *_COMPARES, "level_in", "veto_any", "nominated", "consecutive"),
}


def _check_words(data: Any) -> None:
    """Raise ValueError for a word that is none of those its field may hold, at any depth."""
    if isinstance(data, Mapping):
        for name, held in data.items():
            if name in _WORDS and held not in _WORDS[name]:
                raise ValueError(f"{name} {held!r}")
            _check_words(held)
    elif isinstance(data, list | tuple):
        for one in data:
            _check_words(one)


def _decimals(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: Decimal(held) if name in names else held for name, held in data.items()}


def _conditions(data: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    return tuple(Condition(**{**_decimals(one, "value"), "of": tuple(one.get("of", ()))}) for one in data)
