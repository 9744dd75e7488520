"""Published figures: standard library, exact decimals, one stated method each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a histogram: values in [low, high); the last bar also takes everything above when ``is_open``."""

    low: Decimal
    high: Decimal
    count: int
    is_open: bool = False


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value of a sorted sequence, or the mean of the two middle ones. Empty input is an error."""
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2


def quartiles(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Medians of the lower and upper half of a sorted sequence, the middle value left out (Moore and McCabe)."""
    half = len(values) // 2
    return median(values[:half]), median(values[-half:])


_STEPS = tuple(Decimal(step) for step in ("0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50", "100"))
_MOST_BARS = 18


def histogram(values: Sequence[Decimal]) -> tuple[Bin, ...]:
    """Equal bars over a sorted sequence, at most eighteen.

    Where a few values lie far out (above the upper quartile plus one and a half times the middle half, Tukey's
    fence), they share one open bar at the end, so that the shape of the rest can be seen.
    """
    lower, upper = quartiles(values)
    fence = upper + Decimal("1.5") * max(upper - lower, _STEPS[0])
    inside = [value for value in values if value <= fence]
    step = next(s for s in _STEPS if (inside[-1] - inside[0]) / s < _MOST_BARS - 2 or s == _STEPS[-1])
    first = (inside[0] / step).to_integral_value(ROUND_FLOOR)
    last = (inside[-1] / step).to_integral_value(ROUND_FLOOR)
    bars = [
        Bin(index * step, (index + 1) * step, sum(index * step <= v < (index + 1) * step for v in inside))
        for index in (first + n for n in range(int(last - first) + 1))
    ]
    beyond = len(values) - len(inside)
    if beyond:
        top = (values[-1] / step).to_integral_value(ROUND_CEILING) * step
        bars.append(Bin(bars[-1].high, top, beyond, is_open=True))
    return tuple(bars)
