"""What holds on a day: which records are on the site, which of them are valid, which price or term runs."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from generator.dataset import Dataset
from generator.records import Record
from generator.records.base import Status

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
    """The visible records of one type by key."""
    return {key: record for key, record in dataset.of(model).items() if is_visible(record, as_of)}


def in_force(dataset: Dataset, model: type[R], as_of: date) -> dict[str, R]:
    """Those of one type that are in force, by key."""
    return {key: record for key, record in dataset.of(model).items() if is_in_force(record, as_of)}
