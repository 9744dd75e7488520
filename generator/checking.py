"""The first half of every recipe: read everything, check it, verify the seals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import dataset, reading, rules, sealed
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
    if read.site is None:
        return Checked(None, read, in_order(read.problems))
    held, found = dataset.build(read.raws, read.site, read.unread, read.stories)
    problems = [*read.problems, *found, *rules.check(held, read.content)]
    is_right = not any(problem.is_error for problem in problems)
    problems += sealed.check(read.sealed, held if is_right else None, as_of)
    return Checked(held, read, in_order(problems))
