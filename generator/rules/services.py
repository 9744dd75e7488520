"""Rules for service items."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import FeeStandard, ServiceItem
from generator.records.base import Status
from generator.records.fee_standard import FeeItem
from generator.records.service_item import Per, ServiceCategory

#: States in which a record was on the site once and is not any more.
_TAKEN_DOWN = frozenset({Status.SUPERSEDED, Status.WITHDRAWN, Status.EXPIRED})


def what_costs_extra_has_a_price(dataset: Dataset) -> Iterator[Problem]:
    """No charge that is not shown (明码标价和禁止价格欺诈规定 第八条; domain §3.6)."""
    for item in dataset.of(ServiceItem).values():
        if item.included_in_fee is False and item.fee_standard is None:
            yield Problem("E431", dataset.place(item, "included_in_fee"), {"value": item.name})
        if item.fee_standard is None:
            continue
        fee = dataset.of(FeeStandard)[item.fee_standard]
        if item.included_in_fee:
            yield Problem("E433", dataset.place(item, "fee_standard"), {"value": fee.id})
        elif fee.community != item.community:
            yield Problem("E432", dataset.place(item, "fee_standard"), {"value": fee.id, "first": fee.community})
        elif item.status is Status.PUBLISHED and fee.status is not Status.PUBLISHED:
            yield Problem("N416", dataset.place(item, "fee_standard"), {"value": fee.id, "first": fee.status.label})


#: What is charged for apart is not in the property fee as well: the same work would be paid twice.
_TWICE = {ServiceCategory.ELEVATOR: FeeItem.ELEVATOR, ServiceCategory.FIRE: FeeItem.FIRE_FACILITY}


def nothing_is_paid_twice(dataset: Dataset) -> Iterator[Problem]:
    """A service in the fee whose item is charged for as well: owners may refuse it (物业纠纷解释 第二条)."""
    charged = {
        (fee.community, fee.item): fee for fee in dataset.published(FeeStandard).values() if fee.effective_to is None
    }
    for item in dataset.published(ServiceItem).values():
        fee = charged.get((item.community, _TWICE[item.category])) if item.category in _TWICE else None
        begins_later = fee and item.valid_to and fee.effective_from and fee.effective_from > item.valid_to
        if item.included_in_fee and fee and not begins_later:
            yield Problem("N414", dataset.place(item, "included_in_fee"), {"value": item.name, "first": fee.id})
    for fee in dataset.published(FeeStandard).values():
        lift = charged.get((fee.community, FeeItem.ELEVATOR))
        if fee.includes_lift and fee.effective_to is None and lift and lift is not fee:
            yield Problem("N414", dataset.place(fee, "includes_lift"), {"value": "电梯运行", "first": lift.id})


def promises_do_not_disappear(dataset: Dataset) -> Iterator[Problem]:
    """A public promise became part of the contract (民法典 938): where it ends, a correction says why."""
    for item in dataset.of(ServiceItem).values():
        ends = next((name for name in ("valid_to", "display_until") if getattr(item, name)), None)
        ends = "status" if item.status in _TAKEN_DOWN else ends
        if item.is_public_promise and ends and not item.correction:
            yield Problem("E434", dataset.place(item, ends), {"value": item.name})


def frequencies_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """So many times a span; on demand has no number."""
    for item in dataset.of(ServiceItem).values():
        often = item.frequency
        if often and (often.n is None) != (often.per is Per.ON_DEMAND):
            values = {"value": "没有次数" if often.n is None else f"{often.n} 次", "per": often.per.label}
            yield Problem("E435", dataset.place(item, "frequency"), values)
