"""One sealed version by itself, whatever the log says. Standard library only: also shipped inside ``verify.py``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from generator.verifying.findings import Finding
from generator.verifying.fingerprints import (
    FILES,
    HASHED,
    RANKING_COLUMNS,
    SKELETON,
    STOPPED,
    SUBJECT_COLUMNS,
    digests,
    escaped,
    names_of,
    rows_of,
    salted,
    sha256,
    skeleton,
    slots,
    subject_line,
    table,
    text_of,
)
from generator.verifying.locating import changes, unlike
from generator.verifying.recomputing import recomputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the files of one version say by themselves, whatever the log says."""

    findings: tuple[Finding, ...]
    #: SHA-256 of the manifest.
    manifest: str = ""
    notice: Mapping[str, Any] = field(default_factory=dict)
    #: Until when each entry is shown; empty without end.
    until: Mapping[str, str] = field(default_factory=dict)
    #: Line in ``subjects.csv`` and name of the rows that are there; names of those that are not.
    present: tuple[tuple[int, str], ...] = ()
    gone: tuple[str, ...] = ()


@lru_cache(maxsize=512)
def content(edition: str, version: int, held: tuple[tuple[str, bytes], ...]) -> Content:
    """One version checked. Remembered by its bytes: a site has many versions and one of them changes."""
    files, folder = dict(held), f"sealed/{edition}/v{version}/"
    found = [Finding(code="E604", file=name, says="缺这个文件") for name in sorted(FILES - files.keys())]
    found += [Finding(code="E604", file=name, says="多出来的文件") for name in sorted(files.keys() - FILES)]
    if files.keys() >= FILES:
        checked = _Version(files)
        found += checked.findings()
        here = Content(
            findings=(),
            manifest=sha256(files["manifest.txt"]),
            notice=_parsed(files["notice.json"]),
            until=checked.until,
            present=checked.present,
            gone=checked.gone,
        )
    else:
        here = Content(findings=(), manifest=sha256(files.get("manifest.txt", b"")))
    placed = (replace(one, edition=edition, version=version, file=folder + one.file) for one in found)
    return replace(here, findings=tuple(placed))


def _parsed(raw: bytes) -> dict[str, Any]:
    """A JSON object; empty where it is none."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


class _Version:
    """The files of one version, all of them there."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.listed = _listed(files["manifest.txt"])
        self.marks = _parsed(files["fields.json"])
        self.is_marked = self._fits("fields.json", files["fields.json"])
        ranking = _table(files["ranking.csv"])
        self.until = {row[0]: _cell(row, "display_until") for row in ranking[1:] if row}
        self.names = names_of(sum(name.startswith("subjects.csv#") for name in self.listed))
        subjects = _table(files["subjects.csv"])
        self.rows = {row[0]: row for row in subjects[1:] if row}
        line, present = 1, []
        for row in subjects:
            present.append((line, row[0] if row else ""))
            line += 1 + sum(cell.count("\n") for cell in row)
        self.lines = {name: line for line, name in present}
        self.present = tuple((line, name) for line, name in present[1:] if name in self.names)
        self.gone = tuple(name for name in self.names if name not in self.rows)

    def _fits(self, name: str, raw: bytes) -> bool:
        return self.listed.get(name, ("", "", 0))[:2] == (sha256(raw), str(len(raw)))

    def findings(self) -> list[Finding]:
        """All that is wrong inside the version."""
        found = [*self._manifest(), *self._marks()]
        for name in HASHED[1:]:
            found += self._file(name, name, self.files[name])
        found += self._file("page.html", SKELETON, skeleton(self.files["page.html"]))
        found += self._subjects()
        found += self._slots()
        return found if found else list(recomputed(self.files))

    def _manifest(self) -> Iterator[Finding]:
        """The manifest lists what it has to, once, in order, in its one written form."""
        due = sorted((*HASHED, SKELETON, *(f"subjects.csv#{name}" for name in self.names)))
        raw = self.files["manifest.txt"]
        lines = {name: f"{digest}  {size}  {name}\n" for name, (digest, size, _) in self.listed.items()}
        if text_of(raw) != "".join(lines.get(name, "") for name in due) or due != sorted(lines):
            here = [text_of(line) for line in raw.splitlines(keepends=True)]
            wrong = (line for line, text in enumerate(here) if line >= len(due) or text != lines.get(due[line]))
            line = next(wrong, len(here) - 1) + 1
            yield Finding(code="E605", file="manifest.txt", line=line, says="清单不是封存时的写法，或缺了行、多了行")

    def _marks(self) -> Iterator[Finding]:
        if self.is_marked:
            return
        due: dict[str, Any] = {}
        with suppress(ValueError, KeyError):
            due = digests(self.files)
        places = list(unlike(self.marks, due, ()))[:20]
        says = "和封存时不一样"
        for place in places or [()]:
            yield Finding(code="E605", file="fields.json", field=".".join(place), says=says)

    def _file(self, name: str, listed: str, raw: bytes) -> Iterator[Finding]:
        """Whether one file is what was sealed, and if not, where it differs."""
        is_sealed, marks = self._fits(listed, raw), self.marks.get(name)
        found = list(changes(name, raw, marks)) if self.is_marked and isinstance(marks, dict) else []
        if is_sealed and not found:
            return
        if not found and self.is_marked:
            line = self.listed.get(listed, ("", "", 0))[2]
            says = f"清单里 {listed} 的指纹被改动，文件本身和封存时一样"
            yield Finding(code="E605", file="manifest.txt", line=line, field=listed, says=says)
        elif not found:
            yield Finding(code="E605", file=name, says="和封存时不一样")
        yield from found

    def _subjects(self) -> Iterator[Finding]:
        """Each row by itself: what is there must be what was sealed. What is not is for the log to say."""
        raw, name = self.files["subjects.csv"], "subjects.csv"
        rows = _table(raw)
        keys = [row[0] if row else "" for row in rows[1:]]
        if not rows or tuple(rows[0]) != SUBJECT_COLUMNS or keys != sorted(set(keys)) or table(rows) != raw:
            yield Finding(code="E605", file=name, line=1, says="表头、写法或行的次序和封存时不一样")
        for key, row in self.rows.items():
            digest, _, listed = self.listed.get(f"{name}#{key}", ("", "", 0))
            changed = self._cells(key, row)
            if digest and digest == sha256(subject_line(row)) and not changed:
                continue
            at = self.lines.get(key, 0)
            if not digest:
                yield Finding(code="E605", file=name, line=at, row=key, says="多出来的行")
            elif changed is None or changed:
                yield Finding(
                    code="E605", file=name, line=at, row=key, field="、".join(changed or ()), says="和封存时不一样"
                )
            else:
                says = "清单里这一行的指纹被改动，行本身和封存时一样"
                yield Finding(code="E605", file="manifest.txt", line=listed, row=key, says=says)

    def _cells(self, key: str, row: Sequence[str]) -> list[str] | None:
        """Which cells of a subject are not what was sealed; None where that cannot be told."""
        marks = self.marks.get("subjects.csv")
        held = marks.get(key) if isinstance(marks, dict) else None
        if not self.is_marked or not isinstance(held, dict) or len(row) != len(SUBJECT_COLUMNS):
            return None
        due = salted(dict(zip(SUBJECT_COLUMNS, row, strict=True)))
        changed = [name for name in SUBJECT_COLUMNS if name in due and due[name] != held.get(name)]
        return ["salt"] if len(changed) == len(due) else changed

    def _slots(self) -> Iterator[Finding]:
        """Every slot of the page says what the subject's cell says, or that the row has left."""
        for line, entry, name, text in slots(self.files["page.html"]):
            row = self.rows.get(entry)
            cells = dict(zip(SUBJECT_COLUMNS, row, strict=False)) if row else {}
            due = escaped(cells.get(name, "")) if row else STOPPED
            if text != due:
                says = "页面上写的和 subjects.csv 不一样"
                yield Finding(
                    code="E608",
                    file="page.html",
                    line=line,
                    row=entry,
                    field=name,
                    expected=due[:60],
                    found=text[:60],
                    says=says,
                )


def _table(raw: bytes) -> list[list[str]]:
    try:
        return rows_of(raw)
    except ValueError:
        return []


def _cell(row: Sequence[str], name: str) -> str:
    at = RANKING_COLUMNS.index(name)
    return row[at] if at < len(row) else ""


def _listed(raw: bytes) -> dict[str, tuple[str, str, int]]:
    """What a manifest lists: name -> digest, size, line."""
    found: dict[str, tuple[str, str, int]] = {}
    for line, text in enumerate(raw.splitlines(), 1):
        if entry := re.fullmatch(r"([0-9a-f]{64})  (\d+|-)  (\S+)", text_of(text), re.ASCII):
            found.setdefault(entry[3], (entry[1], entry[2], line))
    return found
