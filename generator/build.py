"""The recipe. Data flows one way: read, check, derive, assemble, write, MkDocs, gates, swap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import addresses, dataset, engine, facts, gates, reading, rules, site, writing
from generator.dataset import Dataset
from generator.problems import CheckFailed, GateRefused, Problem, in_order
from generator.records import Site

DOCS = Path("build/docs")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: ``pages`` in the site, ``notices`` in the data."""

    pages: int
    notices: int


def check(root: Path) -> tuple[Dataset | None, tuple[Problem, ...]]:
    """Read and check a site's data. No dataset when anything is wrong; writes nothing."""
    checked, _, problems = _check(root)
    return checked, problems


def _check(root: Path) -> tuple[Dataset | None, Mapping[str, bytes], tuple[Problem, ...]]:
    read = reading.read(root)
    if read.site is None:
        return None, read.content, in_order(read.problems)
    held, found = dataset.build(read.raws, read.site, read.unread)
    problems = in_order([*read.problems, *found, *rules.check(held, read.content)])
    is_right = not any(problem.is_error for problem in problems)
    return (held if is_right else None), read.content, problems


def site_of(root: Path) -> Site | None:
    """The site's own settings, or None while they are wrong; ``check`` says what is."""
    read = reading.read_site(root)
    return dataset.settings(read.site) if read.site else None


def render(root: Path, as_of: date) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The whole Markdown tree, in memory. Raises CheckFailed when the data is wrong."""
    checked, content, problems = _check(root)
    if checked is None:
        raise CheckFailed(problems)
    files, clashes = site.assemble(facts.derive(checked, as_of), content)
    if clashes:
        raise CheckFailed(clashes)
    return files, problems


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
        expected = [addresses.published(path) for path in files if path.endswith(".md")]
        with writing.aside(out) as fresh:
            tell(f"生成 {len(expected):,} 页")
            engine.run(root / "mkdocs.yml", root / DOCS, fresh, as_of)
            tell("逐页把关")
            finished = frozenset(path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file())
            findings = list(gates.check(engine.pages(fresh), finished, expected))
            if findings:
                raise GateRefused(findings)
    return Built(pages=len(expected), notices=sum(not problem.is_error for problem in problems))
