"""Assemble: run every emitter and make one list of files. Two files at one path are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator import templating
from generator.emit import hosting, pages, search
from generator.facts import Facts
from generator.problems import Problem, Source


def assemble(facts: Facts, content: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    """Path below the site's root -> bytes, sorted by path; and every path that two wanted."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    generated: tuple[Iterable[tuple[str, str]], ...] = (
        pages.emit(facts, templating.environment()),
        search.emit(facts),
        hosting.emit(),
    )
    for emitted in generated:
        for path, text in emitted:
            if path in files:
                problems.append(Problem("E601", Source(path), {"value": path}))
            files[path] = text.encode()
    for path, raw in content.items():
        if path in files:
            problems.append(Problem("E601", Source(f"content/{path}"), {"value": path}))
        files[path] = raw
    return dict(sorted(files.items())), problems
