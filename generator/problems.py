"""What can be wrong, and where: the vocabulary that every other module reports in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in an input file, as an editor or Excel would name it."""

    #: Relative to the site's root, always '/'-separated.
    path: str
    #: 1-based; 0 when the place is the file as a whole.
    line: int = 0
    #: 1-based, in characters, not bytes.
    column: int = 0
    #: The cell as Excel calls it, such as ``C7``; empty outside tables.
    cell: str = ""
    #: The header of that cell's column, as written in the file.
    header: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cause, one problem: a permanent code, a place, and the values its message needs."""

    code: str
    source: Source
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """True for ``E…``, which stops a build; False for a notice ``N…``, which does not."""
        return self.code.startswith("E")

    @property
    def order(self) -> tuple[Source, str, str]:
        """Sort key: by place, then code, then what was found."""
        return self.source, self.code, str(sorted(self.values.items()))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by place, each once."""
    return tuple({problem.order: problem for problem in sorted(problems, key=lambda p: p.order)}.values())


class GeneratorError(Exception):
    """Base of everything this package raises on purpose."""


class CheckFailed(GeneratorError):
    """The data is wrong; nothing was written. Raised by the recipe, shown by the command line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(f"{sum(p.is_error for p in self.problems)} errors")


class GateRefused(GeneratorError):
    """The finished pages break a promise; the old site stays. Carries one line per finding."""

    def __init__(self, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(self.findings[:3]))


class UnsafeOutput(GeneratorError):
    """The output folder is not ours to replace; nothing was written."""


class RequestWrong(GeneratorError):
    """The command line does not say what it has to; nothing was written. Carries a Chinese sentence."""


class RequestRefused(GeneratorError):
    """What was asked for would break a promise, or change nothing; nothing was written. Carries a Chinese sentence."""


class SettingsWrong(GeneratorError):
    """``mkdocs.yml`` is absent or wrong; nothing was built. Carries a Chinese sentence and what MkDocs said."""


class MachineFailed(GeneratorError):
    """The machine, not the data, stopped us: disk, permission, another build running."""
