"""Two further ways to judge a table by a scheme, to hold ``generator.rankings`` against.

``enumerated`` follows each definition literally, in plain Python: ranks by comparing everybody with everybody, places
by handing them out one class of equals after the other. ``framed`` works on whole columns of pandas with whole
numbers. Neither uses any arithmetic of the engine; both were written from domain §3.11, §5.4 and the docstrings.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from generator.rankings import Condition, Dimension, Level, Listing, Method, Subject

#: Rows, and for each earlier period, newest first, whether it was held.
Table = tuple[tuple[Subject, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What every way of judging must agree on."""

    total: Decimal | None
    rank: int | None = None
    of: int = 0
    tied: bool = False
    level: str = ""
    list: str = ""
    untold: tuple[str, ...] = ()


def enumerated(method: Method, subjects: Iterable[Subject], periods: Sequence[str] = ()) -> dict[str, Outcome]:
    """Every row judged by itself, by the words of the definitions."""
    assessed: dict[bool, list[Subject]] = {True: [], False: []}
    for subject in subjects:
        assessed[not subject.unscored].append(subject)
    found = {subject.id: Outcome(None) for subject in assessed[False]}
    found |= {subject.id: Outcome(_sum(method, subject)) for subject in assessed[True]}
    ranked = [subject for subject in assessed[True] if "exclude" not in _effects(method, subject)]
    for stratum in {subject.stratum for subject in ranked}:
        group = _Group(method, [subject for subject in ranked if subject.stratum == stratum], periods)
        found |= {subject.id: group.outcome(subject) for subject in group.members}
    return found


def _effects(method: Method, subject: Subject) -> dict[str, set[str]]:
    """What the vetoes of a row do: effect -> targets."""
    found: dict[str, set[str]] = {}
    for veto in method.vetoes:
        if veto.id in subject.vetoes:
            found.setdefault(veto.effect, set()).add(veto.target)
    return found


def _sum(method: Method, subject: Subject) -> Decimal:
    if not subject.scores:
        return subject.total if subject.total is not None else Decimal(0)
    parts: dict[str, Fraction] = {"score": Fraction(0), "bonus": Fraction(0), "deduct": Fraction(0)}
    for dimension in method.dimensions:
        if dimension.kind in parts:
            given = Fraction(subject.scores.get(dimension.id, Decimal(0)))
            scale = Fraction(dimension.weight or 0) / Fraction(dimension.max or 1)
            weighs = dimension.weight is not None and dimension.max not in (None, 0)
            parts[dimension.kind] += given * scale if weighs else given
    if method.bonus_cap is not None:
        parts["bonus"] = min(parts["bonus"], Fraction(method.bonus_cap))
    exact = parts["score"] + parts["bonus"] - parts["deduct"]
    if method.score_cap is not None:
        exact = min(exact, Fraction(method.score_cap))
    unit = Fraction(1, 10**method.places)
    return Decimal(_nearest(exact / unit, method.rounding)).scaleb(-method.places)


def _nearest(value: Fraction, rounding: str) -> int:
    sign = -1 if value < 0 else 1
    size = value * sign
    if rounding == "down":
        return sign * math.floor(size)
    if rounding == "up":
        return sign * math.ceil(size)
    # Python rounds fractions half to even.
    return round(value) if rounding == "half_even" else sign * math.floor(size + Fraction(1, 2))


class _Group:
    """One stratum; everybody in it has a rank."""

    def __init__(self, method: Method, members: list[Subject], periods: Sequence[str]) -> None:
        self.method, self.members, self.periods = method, members, periods
        self.totals = {subject.id: _sum(method, subject) for subject in members}
        self.classes = self._classes()

    def beats(self, one: Subject, other: Subject) -> bool:
        """Whether one stands before the other."""
        if self.totals[one.id] != self.totals[other.id]:
            return self.totals[one.id] > self.totals[other.id]
        for name in self.method.tie_break:
            dimension = name.lstrip("-")
            mine, theirs = (who.scores.get(dimension, Decimal(0)) for who in (one, other))
            if mine != theirs:
                return mine < theirs if name.startswith("-") else mine > theirs
        return False

    def _classes(self) -> list[list[str]]:
        """Ids of equals together, best class first."""
        left, found = list(self.members), []
        while left:
            first = [one for one in left if not any(self.beats(other, one) for other in left)]
            found.append([one.id for one in first])
            left = [one for one in left if one not in first]
        return found

    def outcome(self, subject: Subject) -> Outcome:
        before = [other for other in self.members if self.beats(other, subject)]
        own = next(place for place, equals in enumerate(self.classes) if subject.id in equals)
        level, untold = self._level(subject)
        listed, untold_lists = self._list(subject, level)
        return Outcome(
            total=self.totals[subject.id],
            rank=1 + (own if self.method.tie_rule == "dense" else len(before)),
            of=len(self.members),
            tied=len(self.classes[own]) > 1,
            level=level,
            list=listed,
            untold=tuple(sorted({*untold, *untold_lists})),
        )

    def _level(self, subject: Subject) -> tuple[str, list[str]]:
        untold, reached = [], self.totals[subject.id]
        for position, level in enumerate(self.method.levels):
            if not _in_band(level, reached):
                continue
            answer = self._every(level.when, subject, "")
            if answer is None:
                untold.append(level.id)
            if answer:
                caps = _effects(self.method, subject).get("cap_level", set())
                below = [place for place, one in enumerate(self.method.levels) if one.id in caps]
                return self.method.levels[max([position, *below])].id, untold
        return "", untold

    def _list(self, subject: Subject, level: str) -> tuple[str, list[str]]:
        untold: list[str] = []
        good = [one for one in self.method.lists if one.polarity == "positive" and not subject.vetoes]
        warning = [one for one in self.method.lists if one.polarity == "warning"]
        negative = [one for one in self.method.lists if one.polarity == "negative"]
        for one in (*negative, *warning, *good):
            answers = [self._every(rule, subject, level) for rule in one.rules]
            if True in answers or one.id in _effects(self.method, subject).get("to_list", set()):
                return one.id, untold
            if None in answers:
                untold.append(one.id)
        return "", untold

    def _every(self, conditions: Sequence[Condition], subject: Subject, level: str) -> bool | None:
        """All three of logic: one No is enough for No, else one Unknown for Unknown."""
        answers = [self._holds(condition, subject, level) for condition in conditions]
        return False if False in answers else None if None in answers else True

    def _holds(self, condition: Condition, subject: Subject, level: str) -> bool | None:
        if condition.test == "veto_any":
            return len(subject.vetoes) > 0
        if condition.test == "nominated":
            return any(name in subject.nominated for name in condition.of)
        if condition.test == "level_in":
            return any(name == level for name in condition.of)
        if condition.test == "consecutive":
            return self._consecutive(condition, subject, level)
        if condition.test.startswith(("rank", "share")):
            return subject.id in self._handed_out(condition)
        score = subject.scores.get(condition.dimension, Decimal(0)) if condition.dimension else self.totals[subject.id]
        more, same = score > condition.value, score == condition.value
        ending = condition.test.rpartition("_")[2]
        return {"ge": more or same, "gt": more, "le": not more, "lt": not more and not same}[ending]

    def _handed_out(self, condition: Condition) -> set[str]:
        """Who gets one of the places, handed out from the top or from the bottom."""
        left = condition.n
        if condition.test.startswith("share"):
            left = _nearest(Fraction(condition.value) * len(self.members) / 100, condition.rounding)
        taken: set[str] = set()
        for equals in self.classes if condition.test.endswith("top") else reversed(self.classes):
            wants = 1 if self.method.tie_rule == "dense" and condition.test.startswith("rank") else len(equals)
            if left < (wants if self.method.at_cut == "none_enter" else 1):
                break
            taken.update(equals)
            left -= wants
        return taken

    def _consecutive(self, condition: Condition, subject: Subject, level: str) -> bool | None:
        if not self._brings_now(condition, subject, level):
            return False
        past = dict(enumerate(subject.past))
        counting = [
            (state, past.get(place, ()))
            for place, state in enumerate(self.periods)
            if state != "skipped" or self.method.gaps == "breaks"
        ][: condition.n - 1]
        for state, brought in counting:
            if state == "missing":
                return None
            if state == "skipped" or not any(name in condition.of for name in brought):
                return False
        return len(counting) == condition.n - 1

    def _brings_now(self, condition: Condition, subject: Subject, level: str) -> bool:
        if level in condition.of or any(
            name in condition.of for name in _effects(self.method, subject).get("to_list", set())
        ):
            return True
        return any(
            self._every(rule, subject, level)
            for one in self.method.lists
            if one.id in condition.of and not looks_back(one)
            for rule in one.rules
        )


def looks_back(listing: Listing) -> bool:
    """Whether any rule of a list asks for earlier periods."""
    return any(condition.test == "consecutive" for rule in listing.rules for condition in rule)


def _in_band(level: Level, reached: Decimal) -> bool:
    if level.min is not None and (reached < level.min or (reached == level.min and not level.min_inclusive)):
        return False
    return level.max is None or reached < level.max or (reached == level.max and level.max_inclusive)


# Whole columns

Flags = pd.Series  # of bool
Whole = pd.Series  # of int
#: Scores are counted in hundredths, totals and thresholds in ten-thousandths.
_HUNDREDTHS, _UNITS = 2, 4


def framed(method: Method, tables: Sequence[Table]) -> list[dict[str, Outcome]]:
    """Several tables of one scheme at once: columns, group by table and stratum."""
    found: list[dict[str, Outcome]] = []
    for subjects, _ in tables:
        found.append({subject.id: Outcome(None) for subject in subjects if subject.unscored})
    rows = [(number, one) for number, (subjects, _) in enumerate(tables) for one in subjects if not one.unscored]
    if not rows:
        return found
    frame = pd.DataFrame({"table": [number for number, _ in rows], "subject": [one for _, one in rows]})
    frame["total"] = _totals(method, frame["subject"])
    excluding = {veto.id for veto in method.vetoes if veto.effect == "exclude"}
    out = _flags(frame, lambda one: bool(excluding.intersection(one.vetoes)))
    for number, subject, units in frame.loc[out, ["table", "subject", "total"]].itertuples(index=False):
        found[number][subject.id] = Outcome(_decimal(units))
    ranked = frame.loc[~out].reset_index(drop=True)
    if len(ranked):
        states = [tables[number][1] for number in ranked["table"]]
        for number, key, outcome in _Columns(method, ranked, states).outcomes():
            found[number][key] = outcome
    return found


def _flags(frame: pd.DataFrame, test: Callable[[Subject], bool]) -> Flags:
    return pd.Series([test(one) for one in frame["subject"]], index=frame.index, dtype=bool)


def _whole(value: Decimal, places: int) -> int:
    scaled = value.scaleb(places)
    assert scaled == int(scaled), f"{value} is too fine for {places} places"
    return int(scaled)


def _decimal(units: int) -> Decimal:
    return Decimal(int(units)).scaleb(-_UNITS)


def _column(subjects: pd.Series, dimension: str, places: int) -> Whole:
    found = [_whole(one.scores.get(dimension, Decimal(0)), places) for one in subjects]
    return pd.Series(found, index=subjects.index, dtype="int64")


def _totals(method: Method, subjects: pd.Series) -> Whole:
    """Totals in units: everything over one common denominator, divided once."""
    weighed = [d for d in method.dimensions if d.weight is not None and d.max]
    over = math.lcm(*(_whole(d.max or Decimal(1), _HUNDREDTHS) for d in weighed))
    sums: dict[str, Whole] = {}
    for dimension in method.dimensions:
        points = _column(subjects, dimension.id, _HUNDREDTHS) * _factor(dimension, over)
        sums[dimension.kind] = sums.get(dimension.kind, 0) + points
    nothing = pd.Series(0, index=subjects.index, dtype="int64")
    bonus = sums.get("bonus", nothing)
    if method.bonus_cap is not None:
        bonus = bonus.clip(upper=_whole(method.bonus_cap, _HUNDREDTHS) * over)
    exact = sums.get("score", nothing) + bonus - sums.get("deduct", nothing)
    if method.score_cap is not None:
        exact = exact.clip(upper=_whole(method.score_cap, _HUNDREDTHS) * over)
    digits = _divided(exact.abs() * 10**method.places, 10**_HUNDREDTHS * over, method.rounding)
    computed = digits * 10 ** (_UNITS - method.places) * exact.map(lambda value: -1 if value < 0 else 1)
    given = pd.Series([_whole(one.total or Decimal(0), _UNITS) for one in subjects], index=subjects.index)
    found: Whole = computed.where([bool(one.scores) for one in subjects], given)
    return found


def _factor(dimension: Dimension, over: int) -> int:
    if dimension.weight is None or not dimension.max:
        return over
    return _whole(dimension.weight, _HUNDREDTHS) * (over // _whole(dimension.max, _HUNDREDTHS))


def _divided(value: Whole, by: int, rounding: str) -> Whole:
    """Quotients of whole numbers that are not negative."""
    whole = value // by
    twice = 2 * (value - whole * by)
    if rounding == "half_even":
        return whole + ((twice > by) | ((twice == by) & (whole % 2 == 1)))
    return whole + {"down": twice < 0, "up": twice > 0, "half_up": twice >= by}[rounding]


class _Columns:
    """Rows of one scheme, one column after the other."""

    def __init__(self, method: Method, frame: pd.DataFrame, states: Sequence[Sequence[str]]) -> None:
        self.method, self.frame, self.states = method, frame, states
        subjects = frame["subject"]
        frame["stratum"] = [one.stratum for one in subjects]
        keys = ["total"]
        for number, name in enumerate(method.tie_break):
            sign = -1 if name[0] == "-" else 1
            frame[f"tie{number}"] = _column(subjects, name.strip("-"), _HUNDREDTHS) * sign
            keys.append(f"tie{number}")
        frame["order"] = frame.groupby(keys).ngroup()
        self.groups = frame.groupby(["table", "stratum"])["order"]
        self.none, self.all = (pd.Series(value, index=frame.index) for value in (False, True))
        self.vetoed = _flags(frame, lambda one: bool(one.vetoes))
        self.of = self.groups.transform("size")
        self.untold: dict[str, Flags] = {}
        self.level = pd.Series("", index=frame.index)

    def fired(self, veto: str) -> Flags:
        return _flags(self.frame, lambda one: veto in one.vetoes)

    def sent(self, names: Iterable[str]) -> Flags:
        """Rows that a veto puts on one of these lists."""
        found = self.none
        for veto in self.method.vetoes:
            if veto.effect == "to_list" and veto.target in names:
                found = found | self.fired(veto.id)
        return found

    def outcomes(self) -> Iterable[tuple[int, str, Outcome]]:
        self.level = self._levels()
        frame = self.frame.assign(
            rank=self.groups.rank(method="dense" if self.method.tie_rule == "dense" else "min", ascending=False),
            of=self.of,
            tied=self.frame.groupby(["table", "stratum", "order"])["order"].transform("size") > 1,
            level=self.level,
            list=self._lists(),
        )
        wanted = ["table", "subject", "total", "rank", "of", "tied", "level", "list"]
        for row, (number, subject, units, rank, of, tied, level, listed) in enumerate(
            frame[wanted].itertuples(index=False)
        ):
            untold = tuple(sorted(name for name, flags in self.untold.items() if flags.iloc[row]))
            yield number, subject.id, Outcome(_decimal(units), int(rank), int(of), bool(tied), level, listed, untold)

    def _levels(self) -> pd.Series:
        names = [level.id for level in self.method.levels]
        place = pd.Series(len(names), index=self.frame.index)
        for number, level in enumerate(self.method.levels):
            yes, unknown = self._rule(level.when)
            within = self._band(level) & (place == len(names))
            self.untold[level.id] = within & unknown
            place = place.mask(within & yes, number)
        for veto in self.method.vetoes:
            if veto.effect == "cap_level":
                worse = (place < names.index(veto.target)) & self.fired(veto.id)
                place = place.mask(worse, names.index(veto.target))
        return place.map(dict(enumerate([*names, ""])))

    def _band(self, level: Level) -> Flags:
        total, found = self.frame["total"], self.all
        if level.min is not None:
            least = _whole(level.min, _UNITS)
            found = found & (total >= least if level.min_inclusive else total > least)
        if level.max is not None:
            most = _whole(level.max, _UNITS)
            found = found & (total <= most if level.max_inclusive else total < most)
        return found

    def _lists(self) -> pd.Series:
        listed, free = pd.Series("", index=self.frame.index), self.all
        order = {"negative": 0, "warning": 1, "positive": 2}
        for one in sorted(self.method.lists, key=lambda one: order[one.polarity]):
            yes, unknown = self._any(one)
            looked_at = free & ~self.vetoed if one.polarity == "positive" else free
            on = looked_at & (yes | self.sent({one.id}))
            self.untold[one.id] = looked_at & unknown & ~on
            listed, free = listed.mask(on, one.id), free & ~on
        return listed

    def _any(self, listing: Listing) -> tuple[Flags, Flags]:
        yes = unknown = self.none
        for rule in listing.rules:
            this, open_ = self._rule(rule)
            yes, unknown = yes | this, unknown | open_
        return yes, unknown

    def _rule(self, conditions: Iterable[Condition]) -> tuple[Flags, Flags]:
        """Where all conditions hold, and where that is unknown."""
        possible, certain = self.all, self.all
        for condition in conditions:
            yes, unknown = self._test(condition)
            possible, certain = possible & (yes | unknown), certain & yes
        return certain, possible & ~certain

    def _test(self, condition: Condition) -> tuple[Flags, Flags]:
        subjects, names = self.frame, set(condition.of)
        match condition.test.split("_"):
            case ["consecutive"]:
                return self._in_a_row(condition.n, names)
            case ["veto", _]:
                return self.vetoed, self.none
            case ["nominated"]:
                return _flags(subjects, lambda one: not names.isdisjoint(one.nominated)), self.none
            case ["level", _]:
                return self.level.isin(list(names)), self.none
            case ["rank" | "share" as kind, side]:
                places = condition.n if kind == "rank" else self._share(condition)
                return self._position(kind, from_top=side == "top") <= places, self.none
            case [what, how]:
                against = _whole(condition.value, _UNITS)
                column = (
                    self.frame["total"]
                    if what == "score"
                    else _column(self.frame["subject"], condition.dimension, _UNITS)
                )
                compared: Mapping[str, Flags] = {
                    "ge": column >= against,
                    "gt": column > against,
                    "le": column <= against,
                    "lt": column < against,
                }
                return compared[how], self.none
        raise AssertionError(condition.test)

    def _share(self, condition: Condition) -> Whole:
        return _divided(self.of * _whole(condition.value, _HUNDREDTHS), 100 * 10**_HUNDREDTHS, condition.rounding)

    def _position(self, kind: str, *, from_top: bool) -> pd.Series:
        """The place that decides about entering: the first of one's equals, or the last where all must fit.

        Ranks are counted as the tie rule counts them, shares in subjects.
        """
        way = "max" if self.method.at_cut == "none_enter" else "min"
        dense = kind == "rank" and self.method.tie_rule == "dense"
        return self.groups.rank(method="dense" if dense else way, ascending=not from_top)

    def _brought(self, back: int, names: set[str]) -> Flags:
        """Rows to which a period so far back brought one of these."""
        return _flags(self.frame, lambda one: back < len(one.past) and not names.isdisjoint(one.past[back]))

    def _in_a_row(self, n: int, names: set[str]) -> tuple[Flags, Flags]:
        now = self.level.isin(list(names)) | self.sent(names)
        for one in self.method.lists:
            if one.id in names and not looks_back(one):
                now = now | self._any(one)[0]
        needed = pd.Series(n - 1, index=self.frame.index)
        broken = unknown = ~self.all
        for back in range(max(map(len, self.states))):
            state = pd.Series([states[back] if back < len(states) else "" for states in self.states])
            hit = self._brought(back, names)
            going = (needed > 0) & ~broken & ~unknown
            unknown = unknown | (going & (state == "missing"))
            stops = (state == "held") & ~hit
            if self.method.gaps == "breaks":
                stops = stops | (state == "skipped")
            broken = broken | (going & stops)
            needed = needed - (going & (state == "held") & hit)
        return now & ~broken & ~unknown & (needed == 0), now & unknown
