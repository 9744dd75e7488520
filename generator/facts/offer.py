"""What the fee buys: the services of one community as they stand on a day, and the promises that ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.facts import names
from generator.lasting import holds, is_in_force
from generator.records import FeeStandard, ServiceItem
from generator.records.base import Status
from generator.records.service_item import ServiceCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One service; ``fee`` is what it costs on the day where it is not in the property fee."""

    item: ServiceItem
    fee: FeeStandard | None
    #: What it is going to cost, where nothing holds yet.
    later: FeeStandard | None

    @property
    def costs_extra(self) -> bool:
        """It is charged for besides the property fee."""
        return self.item.included_in_fee is False or self.item.fee_standard is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The services of one community, by category and name."""

    groups: Mapping[ServiceCategory, tuple[Offered, ...]]
    #: Public promises that were taken back, with the correction that says why (民法典 938).
    ended: tuple[ServiceItem, ...]

    @property
    def count(self) -> int:
        """How many services there are."""
        return sum(map(len, self.groups.values()))

    @property
    def extra(self) -> int:
        """How many of them are charged for besides the property fee."""
        return sum(found.costs_extra for group in self.groups.values() for found in group)


def offer(items: Sequence[ServiceItem], fees: Mapping[str, FeeStandard], as_of: date) -> Offer:
    """``items``: every service item of one community, those taken down included; ``fees``: those on the site."""
    holding = [item for item in items if is_in_force(item, as_of)]
    groups = {}
    for category in ServiceCategory:
        of_category = [item for item in holding if item.category is category]
        of_category.sort(key=lambda item: (names.sort_key(item.name), item.id))
        if of_category:
            groups[category] = tuple(_offered(i, fees.get(i.fee_standard or ""), as_of) for i in of_category)
    goes_on = {item.name for item in holding}
    return Offer(groups=groups, ended=tuple(i for i in items if _ended(i, as_of) and i.name not in goes_on))


def _offered(item: ServiceItem, fee: FeeStandard | None, as_of: date) -> Offered:
    is_current = fee is not None and holds(fee.effective_from, fee.effective_to, as_of)
    is_to_come = fee is not None and not holds(fee.effective_from, None, as_of)
    return Offered(item=item, fee=fee if is_current else None, later=fee if is_to_come else None)


def _ended(item: ServiceItem, as_of: date) -> bool:
    """A promise that was public and is no more; drafts never were."""
    has_begun = holds(item.valid_from, None, as_of)
    was_public = item.status not in {Status.DRAFT, Status.REVIEW}
    return bool(
        item.is_public_promise and item.correction and was_public and has_begun and not is_in_force(item, as_of)
    )
