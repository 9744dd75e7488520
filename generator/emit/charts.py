"""Where the marks of a chart stand, in per cent of its width and pixels of its height. No drawing happens here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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
