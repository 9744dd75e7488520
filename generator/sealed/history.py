"""Sealed bytes read back: every version of every edition, and the log. Only for bytes that ``verify`` has passed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.editions import Edition
from generator.sealed.sheets import Cells, Sheet, edition_of
from generator.verifying import versions
from generator.verifying.fingerprints import cells_of, grouped, log_files, sha256

Entry = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One sealed version of an edition: what was published on one day, for ever."""

    number: int
    #: Rows by entry: ``Row.key`` is the entry; ``names`` and ``who`` are empty where the row has left.
    edition: Edition
    #: Lines of the three tables by entry, in published order; the cells are text as published.
    sheets: Mapping[str, Sheet]
    notice: Entry
    manifest_sha256: str
    #: The log entry that made it (``seal``, ``correct``, ``revise``), and later ones about it.
    log: Entry
    later: tuple[Entry, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The first 16 digits of the manifest's SHA-256 in groups of four, as people read it out."""
        return grouped(self.manifest_sha256)

    @property
    def sealed_at(self) -> str:
        """When it was sealed, such as ``2026-03-02T09:00:00+08:00``."""
        return str(self.notice["sealed_at"])

    @property
    def kind(self) -> str:
        """``seal``, ``correct`` or ``revise``."""
        return str(self.log["kind"])

    @cached_property
    def withdrawal(self) -> Entry | None:
        """The log entry that withdrew it."""
        return next((entry for entry in self.later if entry["kind"] == "withdraw"), None)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn."""
        return self.withdrawal is not None

    @property
    def reason(self) -> str:
        """Why it was withdrawn; empty where it was not."""
        return str(self.withdrawal["reason"]) if self.withdrawal else ""

    @cached_property
    def left(self) -> frozenset[str]:
        """Entries whose names have left."""
        return frozenset(name for name, sheet in self.sheets.items() if sheet.subject is None)

    @cached_property
    def lists(self) -> Mapping[str, str]:
        """The list, or the level that warns, that each entry was put on; who is on none is not there."""
        return {name: sheet.ranking["list"] for name, sheet in self.sheets.items() if sheet.ranking["list"]}

    def text(self, entry: str, name: str) -> str:
        """A cell of ``subjects.csv``, such as ``reason``; empty once the row has left."""
        subject = self.sheets[entry].subject
        return subject[name] if subject else ""


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything that was ever sealed."""

    #: Versions of each edition by its id, oldest first.
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    #: Every log entry, oldest first.
    log: tuple[Entry, ...] = ()
    #: The five lines of ``head.txt``: origin, size, root, day, short fingerprint; empty before anything was sealed.
    head: tuple[str, ...] = ()

    def newest(self, edition: str) -> Version | None:
        """The newest version of an edition, withdrawn or not."""
        return next(reversed(self.versions.get(edition, ())), None)


def history(files: Mapping[str, bytes]) -> History:
    """The history that lies in ``files`` (paths relative to ``data/``)."""
    log = tuple(json.loads(raw) for _, _, raw in log_files(files))
    found = defaultdict[str, list[Version]](list)
    for (edition, number), held in versions(files)[0].items():
        own = [entry for entry in log if (entry["edition"], entry["version"]) == (edition, number)]
        found[edition].append(_version(number, held, own))
    return History(
        versions={edition: tuple(of_edition) for edition, of_edition in sorted(found.items())},
        log=log,
        head=tuple(files.get("log/head.txt", b"").decode().splitlines()),
    )


def _version(number: int, held: Mapping[str, bytes], own: list[Entry]) -> Version:
    notice = json.loads(held["notice.json"])
    scores, ranking, subjects = (cells_of(held[f"{name}.csv"]) for name in ("scores", "ranking", "subjects"))
    sheets = {name: _sheet(name, line, ranking[name], subjects.get(name)) for name, line in scores.items()}
    return Version(
        number=number,
        edition=edition_of(notice, sheets.values()),
        sheets=sheets,
        notice=notice,
        manifest_sha256=sha256(held["manifest.txt"]),
        log=own[0],
        later=tuple(own[1:]),
    )


def _sheet(name: str, scores: Cells, ranking: Cells, subject: Cells | None) -> Sheet:
    return Sheet(entry=name, scores=scores, ranking=ranking, subject=subject)
