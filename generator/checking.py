"""The first half of every recipe: read everything, check it, verify the seals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import dataset, facts, links, reading, rules, sealed, site
from generator.dataset import Dataset
from generator.problems import Problem, in_order


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
    """Read and check a site. ``as_of``: the day by which sealed names may have left; None: whatever the day."""
    read = reading.read(root)
    problems = [*read.problems, *links.check(read.content)]
    if read.site is None:
        return Checked(None, read, in_order(problems))
    held, found = dataset.build(read.raws, read.site, read.unread, read.stories)
    problems += [*found, *rules.check(held, read.content)]
    is_right = not any(problem.is_error for problem in problems)
    problems += sealed.check(read.sealed, held if is_right else None, as_of)
    return Checked(held, read, in_order(problems))


def assembled(checked: Checked, as_of: date) -> tuple[Problem, ...]:
    """What keeps right data and hand-written pages from becoming one site on a day; nothing where that is certain."""
    if checked.dataset is None or not checked.is_right or links.is_certain(checked.read.content):
        return ()
    derived = facts.derive(checked.dataset, as_of, sealed.history(checked.read.sealed))
    return tuple(site.refused(derived, checked.read.content, checked.read.sealed))
