"""Assemble: run every emitter and make one list of files. Two files at one path are refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from generator import addresses, links, templating
from generator.emit import archives, downloads, hosting, pages, places, schemas, search
from generator.facts import Facts
from generator.problems import Problem, Source


def assemble(
    facts: Facts, content: Mapping[str, bytes], sealed: Mapping[str, bytes] | None = None
) -> tuple[dict[str, bytes], list[Problem]]:
    """Path below the site's root -> bytes, sorted by path; every path that two wanted, every link that leads nowhere.

    ``sealed``: verified bytes of sealed editions, by path below ``data/``.
    """
    return _assembled(facts, content, sealed, None)


def refused(facts: Facts, content: Mapping[str, bytes], sealed: Mapping[str, bytes] | None = None) -> list[Problem]:
    """What ``assemble`` would refuse, without rendering more than hand-written pages point into."""
    return _assembled(facts, content, sealed, links.pointed_into(content))[1]


def _assembled(
    facts: Facts, content: Mapping[str, bytes], sealed: Mapping[str, bytes] | None, only: Collection[str] | None
) -> tuple[dict[str, bytes], list[Problem]]:
    """``only``: the pages to be rendered; others stay empty."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    problems: list[Problem] = []

    def add(path: str, raw: bytes, source: str) -> None:
        """Two files at one address are refused, on any file system and however MkDocs spells it."""
        address = addresses.published(path).casefold()
        if address in taken:
            problems.append(Problem("E601", Source(source), {"value": address}))
        taken.add(address)
        files[path] = raw

    env = templating.environment()
    offered = downloads.emit(facts, archives.emit(facts, sealed or {}))
    made = tuple(pages.pages(facts, offered))
    generated: tuple[Iterable[tuple[str, str]], ...] = (
        pages.emit(facts, made, env, content, only),
        search.emit(facts, made, content),
        schemas.emit(),
        hosting.emit(),
    )
    for emitted in generated:
        for path, text in emitted:
            add(path, text.encode(), path)
    for path, raw in offered.items():
        add(path, raw, path)
    endings = dict(places.endings(facts, env))
    for path, raw in content.items():
        add(path, raw + endings.get(path, "").encode(), f"content/{path}")
    problems += links.missing(content, files)
    return dict(sorted(files.items())), problems
