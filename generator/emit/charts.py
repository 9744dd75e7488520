"""Where the marks of a chart stand, in per cent of its width and pixels of its height. No drawing happens here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.facts import HistoryFacts
from generator.facts.fees import Comparison

#: Height of the tallest bar and of the space below the axis, in CSS pixels.
TALLEST = 120
BELOW = 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with its count; ``x`` and ``width`` in per cent, ``height`` in pixels."""

    x: str
    width: str
    middle: str
    height: str
    top: str
    count: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One figure under the axis."""

    x: str
    text: str
    align: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Marks of a histogram of fees, with the median's place."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    median: str
    below: str
    step: Decimal


def _percent(value: Decimal | float) -> str:
    return f"{value:.3f}%"


def histogram(comparison: Comparison) -> Histogram | None:
    """The marks of one comparison, or None where too few prices would make a misleading picture."""
    bins, median = comparison.bins, comparison.median
    if not bins or median is None:
        return None
    width = Decimal(100) / len(bins)
    most = max(b.count for b in bins)
    bars = tuple(
        Bar(
            x=_percent(width * index),
            width=_percent(width),
            middle=_percent(width * index + width / 2),
            height=str(max(TALLEST * b.count // most, 2 if b.count else 0)),
            top=str(-(BELOW + max(TALLEST * b.count // most, 2 if b.count else 0))),
            count=str(b.count) if b.count else "",
            is_open=b.is_open,
        )
        for index, b in enumerate(bins)
    )
    every = 1 if len(bins) <= 8 else 2
    ticks = [
        Tick(x=_percent(width * index), text=f"{b.low.normalize():f}", align="start" if index == 0 else "middle")
        for index, b in enumerate(bins)
        if index % every == 0 or b.is_open
    ]
    if not bins[-1].is_open:
        ticks.append(Tick(x=_percent(100), text=f"{bins[-1].high.normalize():f}", align="end"))
    place = next(
        (
            width * index + width * (median - b.low) / (b.high - b.low)
            for index, b in enumerate(bins)
            if median < b.high
        ),
        Decimal(100),
    )
    return Histogram(
        bars=bars, ticks=tuple(ticks), median=_percent(place), below=str(BELOW), step=bins[0].high - bins[0].low
    )


#: Pixels from the top of a chart of ranks to its best and worst place.
_BEST, _WORST = 22, 74


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One edition on a chart of ranks: ``x`` in per cent, ``y`` in pixels."""

    x: str
    y: str
    text: str
    period: str


def ranks(history: HistoryFacts) -> tuple[Point, ...]:
    """Where a subject stood, edition by edition, best at the top; nothing where one rank makes no line."""
    placed = [(s, s.row.result.rank) for s in history.showings if s.row.result.rank]
    if len(placed) < 2:
        return ()
    width = Decimal(100) / len(placed)
    found = []
    for index, (showing, rank) in enumerate(placed):
        of = max(showing.row.computed.of - 1, 1)
        found.append(
            Point(
                x=_percent(width * index + width / 2),
                y=str(_BEST + (_WORST - _BEST) * (rank - 1) // of),
                text=f"{rank}/{showing.row.computed.of}",
                period=showing.edition.record.period.label,
            )
        )
    return tuple(found)
