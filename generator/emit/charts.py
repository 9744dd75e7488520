"""Where the marks of a chart stand, in per cent of its width and pixels of its height. No drawing happens here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.facts import HistoryFacts
from generator.facts.accounts import Revenue
from generator.facts.fees import Comparison
from generator.records.public_revenue import Use

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of an account with its bar: ``x`` and ``width`` in per cent of lowest to highest balance."""

    name: str
    note: str
    sign: str
    #: 元, never below nothing but in a balance.
    amount: Decimal
    #: ``bal``, ``in`` or ``out``: solid grey, solid colour, hatched.
    kind: str
    is_total: bool
    x: str
    width: str


def flow(revenue: Revenue) -> tuple[Step, ...]:
    """An account as bars that hang on one another: what was there, what came, what went, what is left."""
    report = revenue.report
    share = report.manager_share
    lines = [(part.source.label, part.note or "", part.gross) for part in report.income]
    lines += [(cost.kind, "成本", -cost.amount) for cost in report.costs]
    if share:
        rate = f"收入的 {share.pct.normalize():f}%，" if share.pct is not None else ""
        lines.append(("物业管理费", f"{rate}依据：{share.basis}", -share.amount))
    spent = [(use.what or use.kind.label, _said(use), -use.amount) for use in report.uses]
    levels = [Decimal(0), report.opening_balance]
    for _, _, change in (*lines, *spent):
        levels.append(levels[-1] + change)
    low, span = min(levels), (max(levels) - min(levels)) or Decimal(1)

    def step(name: str, note: str, sign: str, ends: tuple[Decimal, Decimal], kind: str, amount: Decimal) -> Step:
        return Step(
            name=name,
            note=note,
            sign=sign,
            amount=amount,
            kind=kind,
            is_total=kind == "bal",
            x=_percent((min(ends) - low) / span * 100),
            width=_percent(abs(ends[1] - ends[0]) / span * 100),
        )

    def moved(rows: Sequence[tuple[str, str, Decimal]], at: Decimal) -> Iterator[Step]:
        for name, note, change in rows:
            sign, kind = ("+", "in") if change >= 0 else ("−", "out")
            yield step(name, note, sign, (at, at + change), kind, abs(change))
            at += change

    opening, closing, earned = report.opening_balance, report.closing_balance, report.opening_balance + report.net
    return (
        step("期初结余", "", "", (Decimal(0), opening), "bal", opening),
        *moved(lines, opening),
        step("净收益", "收入 − 成本 − 管理费", "", (opening, earned), "bal", report.net),
        *moved(spent, earned),
        step("期末结余", "期初 + 净收益 − 支出", "", (Decimal(0), closing), "bal", closing),
    )


def _said(use: Use) -> str:
    """What sort of use it is where that is not its name, and who decided it."""
    return "，".join(filter(None, (use.kind.label if use.what else "", use.decision)))
