"""How problems are shown: lines for people, objects for programs, annotations for a code host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator import messages
from generator.problems import Problem

#: So many errors of one file, and so many notices of one kind, are spelled out; the rest is counted.
_MOST_ERRORS, _MOST_NOTICES = 200, 3

SUMMARY = {
    "zh": "{0:,} 个错误，{1:,} 条提示，{2:,} 条记录，{3:.1f} 秒",
    "en": "{0:,} errors, {1:,} notices, {2:,} records, {3:.1f} s",
}
ELSEWHERE = {"zh": "别处还有 {0:,} 个错误，发布前都要改完", "en": "{0:,} more errors elsewhere"}
_MORE = {
    "zh": "{0}：同样的还有 {1:,} 条，--format json 列出全部",
    "en": "{0}: {1:,} more like it; --format json lists all",
}
_LATER = {
    "zh": "另有 {0:,} 条提示，改完错误再看，--format json 列出全部",
    "en": "{0:,} notices, shown when there are no errors; --format json lists all",
}


def text(problems: Sequence[Problem], lang: str) -> Iterator[str]:
    """Errors alone while there are any; else notices, the first few of a kind: most are one cause 4,000 times."""
    errors = [problem for problem in problems if problem.is_error]
    notices = [problem for problem in problems if not problem.is_error]
    yield from _first(errors, _MOST_ERRORS, lambda problem: (problem.source.path,), lang)
    if errors and notices:
        yield _LATER[lang].format(len(notices))
    elif notices:
        yield from _first(notices, _MOST_NOTICES, _kind, lang)


def _first(
    problems: Sequence[Problem], most: int, kind: Callable[[Problem], tuple[str, ...]], lang: str
) -> Iterator[str]:
    shown: Counter[tuple[str, ...]] = Counter()
    for problem in problems:
        shown[kind(problem)] += 1
        if shown[kind(problem)] <= most:
            yield messages.line(problem, lang)
    for of_kind, number in shown.items():
        if number > most:
            yield _MORE[lang].format(messages.visible(" ".join(of_kind)), number - most)


def _kind(problem: Problem) -> tuple[str, ...]:
    return problem.code, *(problem.values[name] for name in ("type", "label") if name in problem.values)


def as_json(problem: Problem, lang: str) -> dict[str, Any]:
    """One problem as an object for programs."""
    text, fix = messages.explain(problem, lang)
    source = problem.source
    return {
        "code": problem.code,
        "level": "error" if problem.is_error else "notice",
        "path": source.path,
        "line": source.line,
        "column": source.column,
        "cell": source.cell,
        "header": source.header,
        "value": problem.values.get("value", ""),
        "message": text,
        "fix": fix,
    }


def as_github(problem: Problem, lang: str) -> str:
    """One problem as an annotation; nothing from the data can start a command of its own."""

    def safe(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    text, fix = messages.explain(problem, lang)
    source, level = problem.source, "error" if problem.is_error else "notice"
    place = f"file={safe(source.path).replace(',', '%2C')},line={source.line},col={source.column}"
    return f"::{level} {place},title={problem.code}::{safe(f'{text} -> {fix}')}"
