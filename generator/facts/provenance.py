"""Where a record on a page comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.kinds import PartialDay
from generator.problems import Source
from generator.records.base import Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one record on a page comes from, and what was put right in it."""

    title: str
    content_source: str | None
    publisher: str | None
    as_of: PartialDay | None
    generated_on: date | None
    published_on: date | None
    url: str | None
    #: The source's own wording of an approximate figure.
    display: str | None
    corrections: tuple[Correction, ...]
    source: Source
    #: Where the public can see that line, if the site says.
    link: str | None

    @property
    def says(self) -> tuple[object, ...]:
        """All but the place: records that say the same share a line of the page."""
        stated = (self.title, self.content_source, self.publisher, self.as_of, self.generated_on, self.published_on)
        return *stated, self.url, self.display, self.corrections


def gathered(origins: Iterable[Origin]) -> tuple[tuple[Origin, ...], ...]:
    """Origins that say the same, together, in the order of the first of each."""
    found: dict[object, list[Origin]] = {}
    for origin in origins:
        found.setdefault(origin.says, []).append(origin)
    return tuple(map(tuple, found.values()))
