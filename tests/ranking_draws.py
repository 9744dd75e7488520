"""Random schemes and tables with few different scores, so that ties, cuts and bounds are hit all the time.

Everything follows from the seed, not from hashes. ``python -m tests.ranking_draws N`` writes what the engine makes of
N schemes as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from generator import rankings
from generator.rankings import Condition, Dimension, Level, Listing, Method, Subject, Veto
from tests.ranking_oracles import Table

_LEVELS = ("excellent", "good", "fair", "poor")
_LISTS = ("black", "yellow", "red", "pink")
_PLAIN = ("rank_top", "rank_bottom", "share_top", "share_bottom", "score_ge", "score_gt", "score_le", "score_lt")
_OTHERS = ("dimension_ge", "dimension_lt", "veto_any", "nominated")
_EVERY = (*_PLAIN, *_OTHERS, "level_in", "consecutive", "consecutive")


def scheme(source: Random) -> Method:
    """Any scheme that can be computed, sensible or not."""
    drawn = _Drawn(source)
    names = source.sample(_LISTS, source.randint(0, 4))
    levels = _LEVELS[: source.randint(0, 4)]
    lists = tuple(drawn.listing(name, levels, names) for name in names)
    #: What a level asks of lists must not ask for the level again.
    plain = [one.id for one in lists if not any(c.test == "level_in" for rule in one.rules for c in rule)]
    bad = [one.id for one in lists if one.polarity != "positive"]
    return drawn.method(
        levels=tuple(drawn.level(name, plain) for name in levels),
        lists=lists,
        vetoes=tuple(drawn.vetoes(bad, levels)),
        tie_break=tuple(
            source.choice(("", "-")) + d.id for d in source.sample(drawn.dimensions, _few(source, 2, drawn))
        ),
    )


def one_way_scheme(source: Random) -> Method:
    """A scheme whose good lists take more points and whose bad ones take fewer, as the rules of the site demand."""
    drawn = _Drawn(source, kinds=("score", "score", "bonus", "deduct", "record"))
    levels = drawn.tiles(source.randint(0, 4))
    names = source.sample(_LISTS, source.randint(1, 4))
    polarities = {name: source.choice(rankings.POLARITIES) for name in names}
    lists = tuple(drawn.one_way_listing(name, polarities, levels) for name in names)
    bad = [name for name in names if polarities[name] != "positive"]
    tie_break = tuple(
        ("-" if d.kind in {"deduct", "record"} else "") + d.id
        for d in source.sample(drawn.dimensions, _few(source, 2, drawn))
    )
    return drawn.method(
        levels=levels, lists=lists, vetoes=tuple(drawn.vetoes(bad, [one.id for one in levels])), tie_break=tie_break
    )


def table(source: Random, method: Method) -> Table:
    """Rows under a scheme, and the earlier periods."""
    marks = [*(one.id for one in method.lists), *(level.id for level in method.levels)]
    periods = tuple(source.choices(("held", "skipped", "missing"), (6, 2, 2), k=source.randint(0, 4)))
    strata = source.choice((("",), ("",), ("old", "new"), ("old", "new", "")))
    rows = source.randint(0, 10)
    return tuple(_subject(source, method, f"c{n:02d}", strata, marks) for n in range(rows)), periods


def _subject(source: Random, method: Method, key: str, strata: Sequence[str], marks: Sequence[str]) -> Subject:
    scores = _scores(source, method.dimensions) if source.random() > 0.08 else {}
    return Subject(
        id=key,
        stratum=source.choice(strata),
        scores=scores,
        total=source.choice((None, Decimal("60"), Decimal("59.95"))) if source.random() < 0.1 or not scores else None,
        vetoes=tuple(veto.id for veto in method.vetoes if source.random() < 0.12),
        nominated=tuple(one.id for one in method.lists if source.random() < 0.4),
        unscored="停业" if source.random() < 0.06 else "",
        past=tuple(
            tuple(source.sample(marks, min(len(marks), source.choice((0, 2, 3))))) for _ in range(source.randint(0, 5))
        ),
    )


def _scores(source: Random, dimensions: Sequence[Dimension]) -> dict[str, Decimal]:
    return {one.id: _score(source, one) for one in dimensions if source.random() > 0.06}


def _score(source: Random, dimension: Dimension) -> Decimal:
    most = dimension.max or Decimal(8)
    share = source.choice(("0", "0.5", "0.5", "0.75", "1", "1", "1.05"))
    return most * Decimal(share) + Decimal(source.choice(("0", "0", "0", "0.05", "0.5")))


def _few(source: Random, most: int, drawn: _Drawn) -> int:
    return min(len(drawn.dimensions), source.randint(0, most))


class _Drawn:
    """One scheme while it is being drawn."""

    def __init__(self, source: Random, kinds: Sequence[str] = ("score", "bonus", "deduct", "record")) -> None:
        self.source = source
        full = (Decimal(10), Decimal(20), Decimal(30), Decimal(70))
        weighs = source.random() < 0.5
        self.dimensions = tuple(
            Dimension(
                id=f"d{number}",
                kind="score" if number == 0 else source.choice(kinds),
                max=source.choice(full) if number == 0 or source.random() < 0.8 else None,
                weight=Decimal(source.choice(("10", "50", "33.5", "100")))
                if weighs and source.random() < 0.8
                else None,
            )
            for number in range(source.randint(1, 4))
        )
        self.caps = {
            "score_cap": self._maybe("20", "60", "100", "100"),
            "bonus_cap": self._maybe("0", "5", "10.5"),
        }
        self.places, self.rounding = source.randint(0, 2), source.choice(("half_up", "half_even", "down", "up"))
        #: Totals that rows really reach: thresholds lie on them.
        self.reached = [self._sample() for _ in range(4)]

    def _maybe(self, *values: str) -> Decimal | None:
        return Decimal(self.source.choice(values)) if self.source.random() < 0.25 else None

    def _sample(self) -> Decimal:
        return rankings.total(self.method(), Subject(id="x", scores=_scores(self.source, self.dimensions)))[0]

    def method(
        self,
        levels: tuple[Level, ...] = (),
        lists: tuple[Listing, ...] = (),
        vetoes: tuple[Veto, ...] = (),
        tie_break: tuple[str, ...] = (),
    ) -> Method:
        is_bare = not levels and not lists and not vetoes
        return Method(
            dimensions=self.dimensions,
            **self.caps,
            places=self.places,
            rounding=self.rounding,
            tie_rule="skip" if is_bare else self.source.choice(("skip", "skip", "dense")),
            tie_break=tie_break,
            at_cut="all_enter" if is_bare else self.source.choice(("all_enter", "none_enter")),
            gaps="skips" if is_bare else self.source.choice(("skips", "breaks")),
            vetoes=vetoes,
            levels=levels,
            lists=lists,
        )

    def threshold(self) -> Decimal:
        return self.source.choice(self.reached) + Decimal(self.source.choice(("0", "0", "0", "0.01", "-0.01")))

    def condition(self, test: str, of: Sequence[str]) -> Condition:
        """One condition. ``of`` only counts for tests that name lists or levels."""
        source = self.source
        names: tuple[str, ...] = ()
        if test in {"level_in", "nominated", "consecutive"} and of:
            names = tuple(source.sample(of, source.randint(1, len(of))))
        is_share, dimension = test.startswith("share"), source.choice(self.dimensions)
        value = self.threshold()
        if test.startswith("dimension"):
            value = _score(source, dimension)
        return Condition(
            test=test,
            n=source.randint(1, 4) if test in {"rank_top", "rank_bottom", "consecutive"} else 0,
            value=Decimal(source.choice(("10", "25", "30", "50", "12.5"))) if is_share else value,
            rounding=source.choice(("down", "up", "half_up")) if is_share else "down",
            dimension=dimension.id if test.startswith("dimension") else "",
            of=names,
        )

    def level(self, name: str, lists: Sequence[str]) -> Level:
        low, high = sorted((self.threshold(), self.threshold()))
        tests = (*_PLAIN, *_OTHERS, "consecutive")
        return Level(
            id=name,
            min=low if self.source.random() < 0.5 else None,
            min_inclusive=self.source.random() < 0.6,
            max=high if self.source.random() < 0.5 else None,
            max_inclusive=self.source.random() < 0.4,
            when=tuple(
                self.condition(self.source.choice(tests), lists) for _ in range(self.source.choice((0, 0, 1, 2)))
            ),
        )

    def listing(self, name: str, levels: Sequence[str], lists: Sequence[str]) -> Listing:
        return Listing(
            id=name,
            polarity=self.source.choice(rankings.POLARITIES),
            rules=tuple(self._rule(_EVERY, levels, [*levels, *lists], lists) for _ in range(self.source.randint(0, 2))),
        )

    def _rule(
        self, tests: Sequence[str], levels: Sequence[str], marks: Sequence[str], lists: Sequence[str]
    ) -> tuple[Condition, ...]:
        of = {"level_in": levels, "consecutive": marks, "nominated": lists}
        chosen = (self.source.choice(tests) for _ in range(self.source.choice((1, 1, 2, 3))))
        return tuple(self.condition(test, of.get(test, ())) for test in chosen)

    def tiles(self, count: int) -> tuple[Level, ...]:
        """Levels without gap or overlap, best first."""
        edges = sorted({self.threshold() for _ in range(count - 1)}, reverse=True) if count else []
        highs, lows = [None, *edges], [*edges, None]
        names = _LEVELS[: len(highs)] if count else ()
        return tuple(
            Level(id=name, min=low, max=high, polarity="positive" if number == 0 else "warning")
            for number, (name, high, low) in enumerate(zip(names, highs, lows, strict=False))
        )

    def one_way_listing(self, name: str, polarities: dict[str, str], levels: Sequence[Level]) -> Listing:
        is_good = polarities[name] == "positive"
        ids = [level.id for level in levels]
        cut = self.source.randint(1, len(ids)) if ids else 0
        fitting = ids[:cut] if is_good else ids[cut - 1 :] if ids else []
        lists = [one for one, polarity in polarities.items() if (polarity == "positive") is is_good]
        added = {one.id for one in self.dimensions if one.kind in {"score", "bonus"}}
        plain = sorted(rankings.UPWARD if is_good else rankings.DOWNWARD)
        rules = tuple(
            self._rule((*plain, "level_in", "nominated", "consecutive", "veto_any"), fitting, [*lists, *fitting], lists)
            for _ in range(self.source.randint(0, 2))
        )
        #: Every level named, not some of them: a level in between must not fall out.
        whole = tuple(
            tuple(
                dataclasses.replace(c, of=tuple(fitting))
                if c.test == "level_in"
                else dataclasses.replace(c, of=(*lists, *fitting))
                if c.test == "consecutive"
                else c
                for c in rule
                if not c.dimension or c.dimension in added
            )
            for rule in rules
        )
        return Listing(id=name, polarity=polarities[name], rules=tuple(rule for rule in whole if rule))

    def vetoes(self, bad: Sequence[str], levels: Sequence[str]) -> list[Veto]:
        targets = {"to_list": bad, "cap_level": levels, "exclude": ("",)}
        effects = [effect for effect in targets if targets[effect]]
        chosen = [self.source.choice(effects) for _ in range(self.source.randint(0, 3))]
        return [
            Veto(id=f"v{number}", effect=effect, target=self.source.choice(targets[effect]))
            for number, effect in enumerate(chosen)
        ]


def main() -> None:
    """Judge some tables and write everything as JSON."""
    source, found = Random(1), []
    for _ in range(int(sys.argv[1])):
        method = scheme(source)
        found.append(rankings.to_json(method))
        judged = rankings.standings(method, *table(source, method))
        found.append({"standings": [dataclasses.asdict(one) for one in judged]})
    sys.stdout.write(json.dumps(found, default=str, ensure_ascii=False))


if __name__ == "__main__":
    main()
