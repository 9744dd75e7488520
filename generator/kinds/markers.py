"""What a field is for: a reference, owed to the public, a day that has passed, or for the office alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ref:
    """Annotation: the value is the id of a record of this type."""

    type_name: str


@dataclass(frozen=True)
class Public:
    """Annotation: the rules require this to be public; absent, it is a notice and prints 「未提供」.

    ``where`` narrows it to records with one value in another field, such as ``("basis", "area_month")``.
    """

    where: tuple[str, str] | None = None


@dataclass(frozen=True)
class Happened:
    """Annotation: a day on which something has happened, so never after the day the record's data is of."""


@dataclass(frozen=True)
class Internal:
    """Annotation: kept for the office's own work; never on a page, in a download or in the search index."""
