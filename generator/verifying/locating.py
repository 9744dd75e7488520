"""Where a sealed file differs from what was sealed. Standard library only: also shipped inside ``verify.py``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.verifying.findings import Finding
from generator.verifying.fingerprints import columns_of, lines_of, names_of, text_of


def unlike(held: Any, due: Any, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Places at which two trees of JSON differ, as far as both have them; rows that have left are only held."""
    if isinstance(held, dict) and isinstance(due, dict):
        for name in sorted({*held, *due}):
            if place != ("subjects.csv",) or name in due:
                yield from unlike(held.get(name), due.get(name), (*place, name))
    elif isinstance(held, list) and isinstance(due, list) and len(held) == len(due):
        for number, (one, other) in enumerate(zip(held, due, strict=True), 1):
            yield from unlike(one, other, (*place, str(number)))
    elif held != due:
        yield place


def changes(name: str, raw: bytes, marks: Mapping[str, Any]) -> Iterator[Finding]:
    """Where a file differs from what was sealed: lines changed, gone, added or moved; in a table the columns too."""
    want, got = _lines(marks), lines_of(raw)
    if want == got:
        return
    is_table = name.endswith(".csv")
    names = ["", *names_of(len(want) - 1)] if is_table else []
    texts = [text_of(line) for line in raw.splitlines(keepends=True)]
    lost = {at for at, digest in enumerate(want) if digest not in got}
    fresh = {at for at, digest in enumerate(got) if digest not in want}
    columns = "、".join(_columns(raw, marks)) if is_table else ""
    for at in sorted(lost | fresh):
        row = names[at] if at < len(names) else ""
        if at in lost and at in fresh:
            place = columns if is_table else _place(texts, at)
            yield Finding(code="E605", file=name, line=at + 1, row=row, field=place, says="和封存时不一样")
        elif at in lost:
            yield Finding(code="E605", file=name, line=at + 1, row=row, says="这一行不在了")
        else:
            place = "" if is_table else _place(texts, at)
            yield Finding(code="E605", file=name, line=at + 1, field=place, says="多出来的行")
    if not lost | fresh:
        pairs = enumerate(zip((*want, ""), (*got, ""), strict=False))
        at = next((at for at, (one, other) in pairs if one != other), 0)
        row = names[at] if at < len(names) else ""
        yield Finding(code="E605", file=name, line=at + 1, row=row, says="行的次序变了，或有行重复")


def _columns(raw: bytes, marks: Mapping[str, Any]) -> list[str]:
    """The columns in which a table differs; none where its shape has changed."""
    try:
        now = columns_of(raw)
    except ValueError:
        return []
    then = marks.get("columns")
    if not isinstance(then, dict):
        return []
    if now.keys() == then.keys():
        return [name for name in now if now[name] != then[name]]
    return sorted(now.keys() ^ then.keys())


def _place(texts: Sequence[str], at: int) -> str:
    """What stands in a line of canonical JSON, as a path of keys; in a line of the page, its slots."""
    if not texts[at].lstrip().startswith(('"', "{", "}", "[", "]")) or "<" in texts[at][:40]:
        named = re.findall(r'data-entry="([^"]*)" data-field="([^"]*)"', texts[at])
        return "、".join(dict.fromkeys(f"{entry}.{name}" for entry, name in named))
    path: dict[int, str] = {}
    for text in texts[: at + 1]:
        depth = len(text) - len(text.lstrip(" "))
        path = {level: key for level, key in path.items() if level < depth}
        if key := re.match(r' *"((?:[^"\\]|\\.)*)":', text):
            path[depth] = key[1]
    return ".".join(path[level] for level in sorted(path))


def _lines(marks: Mapping[str, Any]) -> list[Any]:
    held = marks.get("lines")
    return held if isinstance(held, list) else []
