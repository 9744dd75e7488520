"""What the fee buys: the services of one community as they stand on a day, and the promises that ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.facts import names
from generator.records import FeeStandard, ServiceItem
from generator.records.base import Status
from generator.records.service_item import ServiceCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One service; ``fee`` is what it costs where it is not in the property fee."""

    item: ServiceItem
    fee: FeeStandard | None


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
        return sum(found.item.included_in_fee is False for group in self.groups.values() for found in group)


def offer(items: Sequence[ServiceItem], fees: Mapping[str, FeeStandard], as_of: date) -> Offer:
    """``items``: every service item of one community, those taken down included."""
    groups = {}
    for category in ServiceCategory:
        of_category = [item for item in items if item.category is category and _holds(item, as_of)]
        of_category.sort(key=lambda item: (names.sort_key(item.name), item.id))
        if of_category:
            groups[category] = tuple(Offered(item=i, fee=fees.get(i.fee_standard or "")) for i in of_category)
    return Offer(groups=groups, ended=tuple(_ended(items, as_of)))


def _holds(item: ServiceItem, as_of: date) -> bool:
    return item.status is Status.PUBLISHED and (item.valid_from or as_of) <= as_of <= (item.valid_to or as_of)


def _ended(items: Iterable[ServiceItem], as_of: date) -> Iterable[ServiceItem]:
    for item in items:
        was_public = item.status not in {Status.DRAFT, Status.REVIEW}
        has_begun = (item.valid_from or as_of) <= as_of
        if item.is_public_promise and item.correction and was_public and has_begun and not _holds(item, as_of):
            yield item
