"""What holds on a day: which records are on the site, which are valid, which price or term runs, which marks stand."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TypeVar

from generator.dataset import Dataset
from generator.records import CreditRepair, ListEntry, Record
from generator.records.base import Status
from generator.records.credit_repair import RepairDecision
from generator.records.list_entry import RemovedReason

R = TypeVar("R", bound=Record)


def holds(begins: date | None, ends: date | None, as_of: date) -> bool:
    """Whether a span holds the day. Both ends are included; one that is not stated is no bound."""
    return (begins or as_of) <= as_of <= (ends or as_of)


def is_visible(record: Record, as_of: date) -> bool:
    """Published, and its display has not ended; all else is as if it were not there."""
    return record.status is Status.PUBLISHED and holds(None, record.display_until, as_of)


def is_in_force(record: Record, as_of: date) -> bool:
    """Visible, and valid (``valid_from`` to ``valid_to``)."""
    return is_visible(record, as_of) and holds(record.valid_from, record.valid_to, as_of)


def visible(dataset: Dataset, model: type[R], as_of: date) -> dict[str, R]:
    """The visible records of one type by key, without what may not be shown any more."""
    return {key: record.as_shown(as_of) for key, record in dataset.of(model).items() if is_visible(record, as_of)}


def in_force(dataset: Dataset, model: type[R], as_of: date) -> dict[str, R]:
    """Those of one type that are in force, by key."""
    return {key: record for key, record in dataset.of(model).items() if is_in_force(record, as_of)}


class Display:
    """How long entries of lists are shown, repairs counted in."""

    def __init__(self, dataset: Dataset, as_of: date) -> None:
        self.as_of = as_of
        self._ends = defaultdict[str, list[date]](list)
        for repair in visible(dataset, CreditRepair, as_of).values():
            if repair.decision is RepairDecision.GRANTED and repair.stop_display_on is not None:
                self._ends[repair.entry].append(repair.stop_display_on)

    def ended(self, entry: ListEntry) -> str | None:
        """Why an entry is not shown any more, in words; None while it is."""
        if entry.status is not Status.PUBLISHED:
            return "撤回"
        if entry.removed_on is not None and entry.removed_on <= self.as_of:
            return entry.removed_reason.label if entry.removed_reason else "移出"
        if any(day <= self.as_of for day in self._ends[entry.id]):
            return RemovedReason.REPAIRED.label
        if entry.display_until is not None and entry.display_until < self.as_of:
            return "期满"
        return None
