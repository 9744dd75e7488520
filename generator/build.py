"""The recipe. Data flows one way: read, check, derive, assemble, write, MkDocs, gates, swap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import addresses, checking, dataset, engine, facts, gates, reading, sealed, site, writing
from generator.dataset import Dataset
from generator.problems import CheckFailed, GateRefused, Problem, in_order
from generator.records import Site

DOCS = Path("build/docs")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: ``pages`` in the site, ``notices`` in the data."""

    pages: int
    notices: int


def check(root: Path, as_of: date | None = None) -> tuple[Dataset | None, tuple[Problem, ...]]:
    """Read and check a site's data, pages and seals. No dataset when anything is wrong; writes nothing.

    ``as_of``: the day by which names may have left the seals and records the site; None: whatever the day.
    """
    checked = checking.inspect(root, as_of)
    unfit = checking.assembled(checked, as_of) if as_of else ()
    return (checked.dataset if checked.is_right and not unfit else None), in_order((*checked.problems, *unfit))


def site_of(root: Path) -> Site | None:
    """The site's own settings, or None while they are wrong; ``check`` says what is."""
    read = reading.read_site(root)
    return dataset.settings(read.site) if read.site else None


def render(root: Path, as_of: date) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The whole Markdown tree, in memory. Raises CheckFailed when the data is wrong."""
    checked = checking.inspect(root, as_of)
    if checked.dataset is None or not checked.is_right:
        raise CheckFailed(checked.problems)
    read = checked.read
    derived = facts.derive(checked.dataset, as_of, sealed.history(read.sealed))
    files, clashes = site.assemble(derived, read.content, read.sealed)
    if clashes:
        raise CheckFailed(clashes)
    return files, checked.problems


def report(root: Path, tables: Mapping[str, Iterable[Sequence[str]]]) -> tuple[str, ...]:
    """Write what an import accounts for below ``build/import/``, as tables that Excel opens; returns their paths."""
    folder = root / "build" / "import"
    return tuple(writing.write_table(folder / name, rows).relative_to(root).as_posix() for name, rows in tables.items())


def build(root: Path, out: Path, as_of: date, tell: Callable[[str], None] = lambda step: None) -> Built:
    """Check, render, build aside, look at every page, and only then take the old site's place."""
    writing.refuse_unsafe(out, root)
    with writing.locked(root):
        tell("核对数据")
        files, problems = render(root, as_of)
        writing.write_tree(root / DOCS, files)
        expected = {addresses.published(path): _origin(root, path) for path in files if path.endswith(".md")}
        with writing.aside(out) as fresh:
            tell(f"生成 {len(expected):,} 页")
            engine.run(root / "mkdocs.yml", root / DOCS, fresh, as_of)
            tell("逐页把关")
            finished = frozenset(path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file())
            findings = list(gates.check(engine.pages(fresh), finished, expected))
            if findings:
                raise GateRefused(findings)
    return Built(pages=len(expected), notices=sum(not problem.is_error for problem in problems))


def _origin(root: Path, path: str) -> str:
    """Where a person finds the Markdown of a page: what was written by hand, else what was generated from the data."""
    return next(f"{folder}/{path}" for folder in ("content", DOCS) if (root / folder / path).exists())
