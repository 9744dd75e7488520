"""Rules for periodic accounts: sums to the 分, chains of periods, small cells (domain §3.9).

Only what is on the site is held against them: a report that was withdrawn may have been withdrawn because it was wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TypeVar

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import (
    Collection,
    Community,
    ElevatorMaintenance,
    Firm,
    Fulfilment,
    MaintenanceFund,
    PeriodicReport,
    PublicRevenue,
    SharedUtilities,
    WaterTest,
)
from generator.records.shared_utilities import ShareUnit, UtilityItem
from generator.records.water_test import Verdict
from generator.rules.communities import served_by, services_are_known
from generator.rules.shared import FEWEST, is_after

P = TypeVar("P", bound=PeriodicReport)

#: Every type of periodic report, in the order in which a page shows them.
REPORTS: tuple[type[PeriodicReport], ...] = (
    PublicRevenue,
    Collection,
    SharedUtilities,
    MaintenanceFund,
    ElevatorMaintenance,
    WaterTest,
    Fulfilment,
)
#: Types whose periods follow one another; a test of water speaks of one day.
_CHAINED = tuple(model for model in REPORTS if model is not WaterTest)
#: Fewer households than this, and a total says what somebody paid (domain §3.9b).
FEWEST_HOUSEHOLDS = 10
_CENT = Decimal("0.01")
_DAY = timedelta(days=1)


def _in_order(dataset: Dataset, model: type[P]) -> dict[str, list[P]]:
    """The published reports of one type by community, oldest first; of one period, as they were written."""
    found = defaultdict[str, list[P]](list)
    for report in dataset.published(model).values():
        found[report.community].append(report)
    return {
        key: sorted(group, key=lambda r: (r.period.start, r.period.end, dataset.source(r)))
        for key, group in found.items()
    }


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def periods_have_ended(dataset: Dataset) -> Iterator[Problem]:
    """An account is of a period that is over by the day its data is of; water may be tested before that."""
    for model in _CHAINED:
        for report in dataset.published(model).values():
            if report.as_of and is_after(report.period.end, report.as_of):
                values = {"label": "期间的止", "value": f"{report.period.end}", "first": str(report.as_of)}
                yield Problem("E726", dataset.place(report, "period", "end"), values)


def periods_follow_one_another(dataset: Dataset) -> Iterator[Problem]:
    """One report a period; periods do not overlap; one that is missing between two is named."""
    for model in _CHAINED:
        for group in _in_order(dataset, model).values():
            for older, newer in pairwise(report for report in group if report.period.start <= report.period.end):
                at = dataset.source(older)
                values = {"value": newer.period.label, "first": f"{older.id}，{at.path}:{at.line}", "type": model.title}
                before, after = older.period, newer.period
                if (before.start, before.end) == (after.start, after.end):
                    yield Problem("E706", dataset.place(newer, "period"), values)
                elif after.start <= before.end:
                    yield Problem("E705", dataset.place(newer, "period", "start"), values)
                elif after.start > before.end + _DAY:
                    values |= {"value": f"{before.end + _DAY} 至 {after.start - _DAY}"}
                    yield Problem("N701", dataset.place(newer, "period", "start"), values)


def _follow(older: PeriodicReport, newer: PeriodicReport) -> bool:
    return newer.period.start == older.period.end + _DAY


def net_of(report: PublicRevenue) -> Decimal:
    """Income − costs − share (民法典 282)."""
    share = report.manager_share.amount if report.manager_share else Decimal(0)
    return sum((part.gross for part in report.income), Decimal(0)) - sum((c.amount for c in report.costs), share)


def revenues_add_up(dataset: Dataset) -> Iterator[Problem]:
    """net = income − costs − share; closing = opening + net − uses; opening = closing of the period before.

    Each to the 分, and each named where it breaks: a balance that fits the right net or the right opening is not blamed
    for the wrong one.
    """
    for group in _in_order(dataset, PublicRevenue).values():
        older: PublicRevenue | None = None
        owed: Decimal | None = None
        for report in group:
            used = sum((use.amount for use in report.uses), Decimal(0))
            net = net_of(report)
            if report.net != net:
                income = sum((part.gross for part in report.income), Decimal(0))
                costs = sum((cost.amount for cost in report.costs), Decimal(0))
                values = {
                    "reckoned": f"收入 {_yuan(income)} − 成本 {_yuan(costs)} − 管理费 {_yuan(income - costs - net)}"
                }
                yield Problem("E702", dataset.place(report, "net"), values | _difference(report.net, net))
            openings = [report.opening_balance]
            if older and owed is not None and _follow(older, report):
                openings += [older.closing_balance, owed]
                yield from _chain(dataset, older, report, owed)
            owed = report.opening_balance + report.net - used
            if report.closing_balance not in {begin + n - used for begin in openings for n in (report.net, net)}:
                words = f"期初结余 {_yuan(report.opening_balance)} + 净收益 {_yuan(report.net)} − 支出 {_yuan(used)}"
                values = {"reckoned": words, "label": "期末结余"}
                place = dataset.place(report, "closing_balance")
                yield Problem("E703", place, values | _difference(report.closing_balance, owed))
            older = report


def funds_add_up(dataset: Dataset) -> Iterator[Problem]:
    """closing = opening + deposited + interest − projects; opening = closing of the period before (民法典 281)."""
    for group in _in_order(dataset, MaintenanceFund).values():
        older: MaintenanceFund | None = None
        owed: Decimal | None = None
        for report in group:
            used = sum((project.amount for project in report.projects), Decimal(0))
            change = report.deposited + report.interest - used
            openings = [report.opening_balance]
            if older and owed is not None and _follow(older, report):
                openings += [older.closing_balance, owed]
                yield from _chain(dataset, older, report, owed)
            owed = report.opening_balance + change
            if report.closing_balance not in {begin + change for begin in openings}:
                words = (
                    f"期初余额 {_yuan(report.opening_balance)} + 交存 {_yuan(report.deposited)}"
                    f" + 增值收益 {_yuan(report.interest)} − 使用 {_yuan(used)}"
                )
                values = {"reckoned": words, "label": "期末余额"}
                place = dataset.place(report, "closing_balance")
                yield Problem("E703", place, values | _difference(report.closing_balance, owed))
            older = report


def _chain(
    dataset: Dataset, older: PublicRevenue | MaintenanceFund, newer: PublicRevenue | MaintenanceFund, owed: Decimal
) -> Iterator[Problem]:
    """``owed``: what the older report should have closed with; where it is wrong, the newer may be right."""
    if newer.opening_balance not in {older.closing_balance, owed}:
        at = dataset.source(older)
        values = {
            "value": older.period.label,
            "label": schema.label(type(newer), ("opening_balance",)),
            "first": f"{older.id}，{at.path}:{at.line}",
        }
        place = dataset.place(newer, "opening_balance")
        yield Problem("E704", place, values | _difference(newer.opening_balance, older.closing_balance))


def _difference(stated: Decimal, expected: Decimal) -> dict[str, str]:
    word = "多" if stated > expected else "少"
    difference = f"{word} {_yuan(abs(stated - expected))}"
    return {"number": _yuan(stated), "expected": _yuan(expected), "difference": difference}


def uses_are_decided(dataset: Dataset) -> Iterator[Problem]:
    """What the common parts earned is the owners': who decided a use is told (民法典 278, 282)."""
    for report in dataset.published(PublicRevenue).values():
        for position, use in enumerate(report.uses):
            if use.decision is None:
                values = {"value": use.what or use.kind.label}
                yield Problem("E707", dataset.place(report, "uses", position), values)


def shares_follow_their_rate(dataset: Dataset) -> Iterator[Problem]:
    """The manager's share is its per cent of the income, to the 分."""
    for report in dataset.published(PublicRevenue).values():
        share = report.manager_share
        if share is None or share.pct is None:
            continue
        income = sum((part.gross for part in report.income), Decimal(0))
        expected = (income * share.pct / 100).quantize(_CENT, ROUND_HALF_UP)
        if share.amount != expected:
            values = {"pct": f"{share.pct}%", "value": _yuan(income)} | _difference(share.amount, expected)
            yield Problem("E708", dataset.place(report, "manager_share", "amount"), values)


#: What a report of collection says in figures.
_FIGURES = ("receivable", "received_current", "received_prior", "households_total", "households_paid")


def collections_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """Both bases or ``too_few``; nobody pays more than is due; none paid and money came in is no account."""
    for report in dataset.published(Collection).values():
        if report.too_few:
            continue
        owed = [name for name in _FIGURES if name != "received_prior" and getattr(report, name) is None]
        if owed:
            labels = "、".join(f"{schema.label(Collection, (name,))}（{name}）" for name in owed)
            yield Problem("E717", dataset.place(report), {"label": labels})
            continue
        due, came = report.receivable or Decimal(0), report.received_current or Decimal(0)
        total, paid = report.households_total or 0, report.households_paid or 0
        if paid > total:
            values = {"value": f"{paid:,}", "first": f"{total:,}"}
            yield Problem("E709", dataset.place(report, "households_paid"), values)
        if came > due:
            values = {"value": _yuan(came), "first": _yuan(due)}
            yield Problem("E710", dataset.place(report, "received_current"), values)
        if (paid == 0) != (came == 0):
            values = {"value": f"{paid:,}", "first": _yuan(came)}
            yield Problem("E711", dataset.place(report, "households_paid"), values)


def small_cells_stay_closed(dataset: Dataset) -> Iterator[Problem]:
    """Under ten households no total is published: it would tell what somebody paid (domain §3.9b, §6.3 PII-SMALL)."""
    communities = dataset.of(Community)
    for report in dataset.published(Collection).values():
        known = [n for n in (report.households_total, communities[report.community].households) if n is not None]
        given = [name for name in _FIGURES if getattr(report, name) is not None]
        if given and (report.too_few or min(known, default=FEWEST_HOUSEHOLDS) < FEWEST_HOUSEHOLDS):
            labels = "、".join(schema.label(Collection, (name,)) for name in given)
            yield Problem("E716", dataset.place(report, given[0]), {"label": labels})
        total, paid = report.households_total, report.households_paid
        for word, number in (("交了的", paid), ("没有交的", total - paid)) if total and paid else ():
            if 0 < number < FEWEST:
                values = {"value": word, "number": f"{number} 户"}
                yield Problem("N704", dataset.place(report, "households_paid"), values)
    for fund in dataset.published(MaintenanceFund).values():
        for position, project in enumerate(fund.projects):
            if project.households is not None and project.households < FEWEST_HOUSEHOLDS:
                values = {"value": project.name, "number": f"{project.households} 户"}
                yield Problem("N703", dataset.place(fund, "projects", position, "households"), values)


def utilities_can_be_reckoned(dataset: Dataset) -> Iterator[Problem]:
    """amount = usage × price to the 分; share = amount ÷ what it is shared by, to the places printed (民法典 283)."""
    for report in dataset.published(SharedUtilities).values():
        for position, item in enumerate(report.items):
            expected = (item.usage * item.price).quantize(_CENT, ROUND_HALF_UP)
            if item.amount != expected:
                values = {"label": item.item, "value": f"{item.usage} {item.usage_unit.label} × {item.price} 元"}
                place = dataset.place(report, "items", position, "amount")
                yield Problem("E712", place, values | _difference(item.amount, expected))
            if item.share is None and item.share_unit is None and not (item.households or item.area_m2):
                continue
            divisor = _divisor(item)
            if divisor is None or item.share is None:
                yield Problem("E714", dataset.place(report, "items", position), {"label": item.item})
                continue
            share = (item.amount / divisor).quantize(item.share, ROUND_HALF_UP)
            if item.share != share:
                values = {
                    "label": item.item,
                    "value": f"{_yuan(item.amount)} ÷ {divisor:,}",
                    "number": f"{item.share}",
                    "expected": f"{share}",
                }
                yield Problem("E713", dataset.place(report, "items", position, "share"), values)


def _divisor(item: UtilityItem) -> Decimal | None:
    """What the amount is divided by, as the unit of the share says; None unless exactly that is given."""
    given = {ShareUnit.HOUSEHOLD: item.households, ShareUnit.M2: item.area_m2}
    named = [unit for unit, value in given.items() if value is not None]
    value = given[item.share_unit] if item.share_unit and named == [item.share_unit] else None
    return Decimal(value) if value else None


def firms_served_in_the_period(dataset: Dataset) -> Iterator[Problem]:
    """The firm of a report served the community in its period; where services are not told, it is not judged."""
    if not services_are_known(dataset):
        return
    served = served_by(dataset)
    for model in REPORTS:
        for report in dataset.published(model).values():
            spans = (span for span in served[report.firm or ""] if span[0] == report.community)
            period = report.period
            if report.firm and not any(begins <= period.end and period.start < ends for _, begins, ends in spans):
                values = {"value": dataset.of(Firm)[report.firm].name, "first": period.label}
                yield Problem("E715", dataset.place(report, "firm"), values)


def audits_name_their_auditor(dataset: Dataset) -> Iterator[Problem]:
    """Audited by whom; an auditor without an audit is a slip."""
    for model in REPORTS:
        for report in dataset.published(model).values():
            if bool(report.audited) != (report.auditor is not None):
                place = dataset.place(report, "auditor" if report.auditor else "audited")
                yield Problem("E719", place, {"value": report.auditor or "没有写"})


def tests_of_water_agree(dataset: Dataset) -> Iterator[Problem]:
    """Water with one item that fails has failed."""
    for test in dataset.published(WaterTest).values():
        failed = [item.name for item in test.items if item.result is Verdict.FAIL]
        if failed and test.result is Verdict.PASS:
            yield Problem("E720", dataset.place(test, "result"), {"value": "、".join(failed)})


def works_lie_in_the_account(dataset: Dataset) -> Iterator[Problem]:
    """A job on a lift lies in the period, and all jobs in the cost."""
    for report in dataset.published(ElevatorMaintenance).values():
        for position, work in enumerate(report.works):
            if not report.period.start <= work.date <= report.period.end:
                values = {"value": f"{work.date}", "first": f"{report.period.start} 至 {report.period.end}"}
                yield Problem("E721", dataset.place(report, "works", position, "date"), values)
        parts = sum((work.amount or Decimal(0) for work in report.works), Decimal(0))
        if parts > report.cost:
            values = {"value": _yuan(parts), "first": _yuan(report.cost), "difference": _yuan(parts - report.cost)}
            yield Problem("E722", dataset.place(report, "cost"), values)


def counts_hold(dataset: Dataset) -> Iterator[Problem]:
    """No more is finished than came in; a survey says how and how many it asked."""
    pairs = (("repairs_received", "repairs_finished"), ("complaints_received", "complaints_in_time"))
    for report in dataset.published(Fulfilment).values():
        for whole, part in pairs:
            whole_number, part_number = getattr(report, whole), getattr(report, part)
            if part_number is not None and (whole_number is None or part_number > whole_number):
                labels = {"label": schema.label(Fulfilment, (part,)), "first": schema.label(Fulfilment, (whole,))}
                values = {"value": f"{part_number}", "number": "没有填" if whole_number is None else f"{whole_number}"}
                yield Problem("E723", dataset.place(report, part), labels | values)
        survey = report.satisfaction
        if survey is None:
            continue
        if survey.method is None or not survey.sample:
            yield Problem("E718", dataset.place(report, "satisfaction"), {"value": f"{survey.result_pct}%"})
        elif survey.sample < FEWEST_HOUSEHOLDS:
            values = {"value": f"{survey.result_pct}%", "number": f"{survey.sample} 户"}
            yield Problem("N705", dataset.place(report, "satisfaction", "sample"), values)
