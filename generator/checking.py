"""The first half of every recipe: read everything, check it, verify the seals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import dataset, facts, links, reading, rules, sealed, site
from generator.dataset import Dataset, RawRecord
from generator.problems import Problem, in_order
from generator.records import RECORD_TYPES, Record


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read and found. ``dataset`` holds what is right, whatever else is wrong; None without settings."""

    dataset: Dataset | None
    read: reading.Reading
    problems: tuple[Problem, ...]

    @property
    def is_right(self) -> bool:
        """Whether nothing keeps the site from being built."""
        return self.dataset is not None and not any(problem.is_error for problem in self.problems)


def inspect(root: Path, as_of: date | None) -> Checked:
    """Read and check a site.

    ``as_of``: the day by which names may have left the seals, and of which or before which all data is; None: any day.
    """
    read = reading.read(root)
    problems = [*read.problems, *links.check(read.content)]
    if read.site is None:
        return Checked(None, read, in_order(problems))
    held, found = dataset.build(read.raws, read.site, read.unread, read.stories)
    problems += [*found, *rules.check(held, read.content)]
    problems += _to_come(held, read.site, as_of) if as_of else ()
    is_right = not any(problem.is_error for problem in problems)
    problems += sealed.check(read.sealed, held if is_right else None, as_of)
    return Checked(held, read, in_order(problems))


def _to_come(held: Dataset, settings: RawRecord, as_of: date) -> Iterator[Problem]:
    """Data of a day to come. A notice, since a site may be built for a day that has gone; settings speak for all."""
    stated = [(held.place(r, "as_of"), r.as_of) for model in RECORD_TYPES for r in _stating(held, model)]
    if held.site.as_of:
        stated.append((settings.places.at(("as_of",)), held.site.as_of))
    for place, day in stated:
        if day and day.text > as_of.isoformat()[: len(day.text)]:
            yield Problem("N760", place, {"value": day.text, "first": as_of.isoformat()})


def _stating(held: Dataset, model: type[Record]) -> Iterator[Record]:
    """The published records that say themselves of which day they are."""
    return (r for r in held.published(model).values() if "as_of" in held.raws[model, r.key].values)


def assembled(checked: Checked, as_of: date) -> tuple[Problem, ...]:
    """What keeps right data and hand-written pages from becoming one site on a day; nothing where that is certain."""
    if checked.dataset is None or not checked.is_right or links.is_certain(checked.read.content):
        return ()
    derived = facts.derive(checked.dataset, as_of, sealed.history(checked.read.sealed))
    return tuple(site.refused(derived, checked.read.content, checked.read.sealed))
