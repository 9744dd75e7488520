"""Periodic accounts of one community: sums, rates and changes that pages say and reports do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TypeVar

from generator.dataset import Dataset
from generator.facts.provenance import Origin
from generator.kinds import PartialDay
from generator.lasting import visible
from generator.records import (
    Collection,
    Community,
    ElevatorMaintenance,
    Fulfilment,
    MaintenanceFund,
    PeriodicReport,
    PublicRevenue,
    Record,
    SharedUtilities,
    WaterTest,
)
from generator.records.public_revenue import IncomeSource, Use
from generator.rules import FEWEST_HOUSEHOLDS, REPORTS, months

R = TypeVar("R", bound=PeriodicReport)

_CENT = Decimal("0.01")
_TENTH = Decimal("0.1")
_ALL = Decimal(100)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure beside that of the period before, which is as long: ``by`` in 元, ``pct`` of the one before."""

    before: str
    by: Decimal
    #: None where there was nothing before.
    pct: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """The net income of a period shared out for a picture of its size; nobody was paid so."""

    #: 元 a household, 元 a ㎡; None where the community's record does not give the denominator.
    per_household: Decimal | None
    households: int | None
    per_m2: Decimal | None
    area_m2: Decimal | None
    #: The day of the denominators.
    as_of: PartialDay | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revenue:
    """One report of public revenue with its sums. All amounts in 元."""

    report: PublicRevenue
    income: Decimal
    costs: Decimal
    share: Decimal
    used: Decimal
    #: Of the income: only where the period before is on record and as long.
    change: Change | None
    each: Each

    @property
    def by_source(self) -> Mapping[IncomeSource, Decimal]:
        """Income by source, in the order of the report."""
        found = defaultdict[IncomeSource, Decimal](Decimal)
        for part in self.report.income:
            found[part.source] += part.gross
        return found

    @property
    def parking(self) -> Decimal | None:
        """What parking brought; None where the report has no such line."""
        return self.by_source.get(IncomeSource.PARKING)

    @property
    def uses(self) -> tuple[Use, ...]:
        """What was spent, the largest first."""
        return tuple(sorted(self.report.uses, key=lambda use: -use.amount))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """One report of collection with its two rates, per cent, rounded down so that 100 means all."""

    report: Collection
    #: 金额口径 and 户数口径: two bases, never compared. None where nothing was due, or too few households owe.
    by_amount: Decimal | None
    by_households: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """One report of the maintenance fund with what was spent."""

    report: MaintenanceFund
    used: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The reports of one community by kind, newest first."""

    revenues: tuple[Revenue, ...] = ()
    collections: tuple[Collected, ...] = ()
    utilities: tuple[SharedUtilities, ...] = ()
    funds: tuple[Fund, ...] = ()
    elevators: tuple[ElevatorMaintenance, ...] = ()
    water: tuple[WaterTest, ...] = ()
    fulfilments: tuple[Fulfilment, ...] = ()
    #: Spans between two reports of one type that no report covers: title -> (first day, last day).
    gaps: Mapping[str, tuple[tuple[date, date], ...]]
    origins: tuple[Origin, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any report."""
        return bool(self.origins)

    @property
    def latest(self) -> Revenue | None:
        """The newest report of public revenue."""
        return next(iter(self.revenues), None)

    @property
    def by_source(self) -> Mapping[IncomeSource, Decimal]:
        """Income by source over all periods shown, the largest first."""
        found = defaultdict[IncomeSource, Decimal](Decimal)
        for revenue in self.revenues:
            for source, amount in revenue.by_source.items():
                found[source] += amount
        return dict(sorted(found.items(), key=lambda entry: -entry[1]))


NONE = Accounts(gaps={})


def accounts(dataset: Dataset, as_of: date, origin: Callable[[Record], Origin]) -> dict[str, Accounts]:
    """Community -> its accounts, where it has any."""
    found: dict[str, dict[type[PeriodicReport], list[PeriodicReport]]] = {}
    for model in REPORTS:
        for report in visible(dataset, model, as_of).values():
            found.setdefault(report.community, {}).setdefault(model, []).append(report)
    for by_type in found.values():
        for reports in by_type.values():
            reports.sort(key=lambda r: (r.period.end, r.period.start, r.id), reverse=True)
    communities = dataset.of(Community)
    return {key: _accounts(communities[key], by_type, origin) for key, by_type in found.items()}


def _accounts(
    community: Community,
    by_type: Mapping[type[PeriodicReport], Sequence[PeriodicReport]],
    origin: Callable[[Record], Origin],
) -> Accounts:
    def of(model: type[R]) -> tuple[R, ...]:
        return tuple(report for report in by_type.get(model, ()) if isinstance(report, model))

    revenues = of(PublicRevenue)
    older = [*revenues[1:], None]
    return Accounts(
        revenues=tuple(_revenue(community, report, before) for report, before in zip(revenues, older, strict=False)),
        collections=tuple(map(_collected, of(Collection))),
        utilities=of(SharedUtilities),
        funds=tuple(Fund(report=r, used=_sum(p.amount for p in r.projects)) for r in of(MaintenanceFund)),
        elevators=of(ElevatorMaintenance),
        water=of(WaterTest),
        fulfilments=of(Fulfilment),
        gaps={
            model.title: gaps
            for model, reports in by_type.items()
            if model is not WaterTest and (gaps := _gaps(reports))
        },
        origins=tuple(origin(report) for reports in by_type.values() for report in reports),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _revenue(community: Community, report: PublicRevenue, before: PublicRevenue | None) -> Revenue:
    income = _sum(part.gross for part in report.income)
    return Revenue(
        report=report,
        income=income,
        costs=_sum(cost.amount for cost in report.costs),
        share=report.manager_share.amount if report.manager_share else Decimal(0),
        used=_sum(use.amount for use in report.uses),
        change=_change(before, report, income) if before else None,
        each=_each(community, report.net),
    )


def _change(before: PublicRevenue, report: PublicRevenue, income: Decimal) -> Change | None:
    """Only between two periods of whole months that follow one another and are as long."""
    follows = report.period.start == before.period.end + _DAY
    if not follows or months(report.period) is None or months(report.period) != months(before.period):
        return None
    was = _sum(part.gross for part in before.income)
    pct = ((income - was) / was * 100).quantize(_TENTH, ROUND_HALF_UP) if was else None
    return Change(before=before.period.label, by=income - was, pct=pct)


def _each(community: Community, net: Decimal) -> Each:
    households, area = community.households, community.floor_area_m2
    is_told = households is not None and households >= FEWEST_HOUSEHOLDS
    return Each(
        per_household=(net / households).quantize(_CENT, ROUND_HALF_UP) if is_told and households else None,
        households=households,
        per_m2=(net / area).quantize(_CENT, ROUND_HALF_UP) if area else None,
        area_m2=area,
        as_of=community.as_of,
    )


def _collected(report: Collection) -> Collected:
    return Collected(
        report=report,
        by_amount=_rate(report.received_current, report.receivable),
        by_households=_rate(report.households_paid, report.households_total),
    )


def _rate(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """Per cent to one place; 100 only where all is paid."""
    if part is None or not whole:
        return None
    rate = Decimal(part) / Decimal(whole) * 100
    rounded = rate.quantize(_TENTH, ROUND_HALF_UP)
    return rounded if rate >= _ALL or rounded < _ALL else _ALL - _TENTH


def _gaps(newest_first: Sequence[PeriodicReport]) -> tuple[tuple[date, date], ...]:
    spans = ((older.period.end + _DAY, newer.period.start - _DAY) for newer, older in pairwise(newest_first))
    return tuple((first, last) for first, last in spans if first <= last)
