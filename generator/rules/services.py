"""Rules for service items."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import FeeStandard, ServiceItem
from generator.records.base import Status
from generator.records.service_item import Per

#: States that come after publication: a record in one of them was on the site once.
_TAKEN_DOWN = frozenset({Status.SUPERSEDED, Status.WITHDRAWN, Status.EXPIRED})


def what_costs_extra_has_a_price(dataset: Dataset) -> Iterator[Problem]:
    """No charge that is not shown (明码标价和禁止价格欺诈规定 第八条; domain §3.6)."""
    for item in dataset.of(ServiceItem).values():
        if item.included_in_fee is False and item.fee_standard is None:
            yield Problem("E431", dataset.place(item, "included_in_fee"), {"value": item.name})
        if item.included_in_fee and item.fee_standard is not None:
            yield Problem("E433", dataset.place(item, "fee_standard"), {"value": item.fee_standard})
        elif item.fee_standard is not None:
            fee = dataset.of(FeeStandard)[item.fee_standard]
            if fee.community != item.community:
                values = {"value": fee.id, "first": fee.community}
                yield Problem("E432", dataset.place(item, "fee_standard"), values)


def promises_do_not_disappear(dataset: Dataset) -> Iterator[Problem]:
    """A public promise became part of the contract (民法典 938): where it ends, a correction says why."""
    for item in dataset.of(ServiceItem).values():
        ends = next((n for n in ("valid_to", "display_until") if getattr(item, n)), None)
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
