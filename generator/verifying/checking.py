"""Whether sealed editions are still what was sealed: every byte, every rank, and nothing gone without leave.

Pure functions over ``{path: bytes}``, paths relative to ``data/``. A log on the publisher's own machine stops accidents
and lazy edits. Who rewrites a version, its manifest, the log and the head consistently is found only by somebody who
kept an older head: that is what ``since`` is for. Standard library only: also shipped inside ``verify.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from generator.verifying.findings import Finding
from generator.verifying.fingerprints import MAKING, cells_of, filled, grouped, rows_of, sha256, table
from generator.verifying.inspecting import Content, content
from generator.verifying.logbook import Entry, Log, about, log, older

#: An edition and the number of one of its sealed versions.
Which = tuple[str, int]


def verify(files: Mapping[str, bytes], as_of: date | None = None, since: bytes | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong, the log first, then version by version; nothing: all is as it was sealed.

    ``as_of``: entries whose display ended before this day may have left; None: whatever the day.
    ``since``: an older ``head.txt`` that somebody kept. Raises ValueError where it is none.
    ``state.json``, in an archive, says which versions are in it; without it every version has to be there.
    """
    entries, found = log(files)
    sealed, strays = versions(files)
    found += older(files, since) if since is not None else ()
    return (
        *found,
        *strays,
        *_numbering(sealed, entries),
        *_missing(files, sealed, entries),
        *_contents(sealed, entries, as_of),
    )


def redacted(files: Mapping[str, bytes], edition: str, version: int, entries: Iterable[str]) -> dict[str, bytes]:
    """The two files that change when rows leave a version, by path: the subjects and the page."""
    folder, gone = f"sealed/{edition}/v{version}/", {*entries}
    header, *rows = rows_of(files[f"{folder}subjects.csv"])
    subjects = table([header, *(row for row in rows if row[0] not in gone)])
    page = filled(files[f"{folder}page.html"], cells_of(subjects))
    return {f"{folder}page.html": page, f"{folder}subjects.csv": subjects}


def present(files: Mapping[str, bytes]) -> Iterator[tuple[str, int, str, int]]:
    """Rows that still have a name: edition, version, entry and line in ``subjects.csv``."""
    for key, held in versions(files)[0].items():
        checked = content(*key, tuple(sorted(held.items())))
        yield from ((*key, name, line) for line, name in checked.present)


def may_leave(files: Mapping[str, bytes], as_of: date) -> Iterator[tuple[str, int, str]]:
    """Rows that still have a name and need not any more, by the seal and the log: edition, version and entry."""
    entries = log(files)[0]
    for key, held in versions(files)[0].items():
        checked = content(*key, tuple(sorted(held.items())))
        free = _free(checked, _own(entries, key), as_of)
        yield from ((*key, name) for _, name in checked.present if name in free)


def versions(files: Mapping[str, bytes]) -> tuple[dict[Which, dict[str, bytes]], list[Finding]]:
    """The files of every sealed version by name, in order; and what lies where no version can be."""
    found: dict[Which, dict[str, bytes]] = {}
    strays = []
    for path in sorted(files):
        if place := re.fullmatch(r"sealed/([^/]+)/v([1-9]\d{0,4})/([^/]+)", path, re.ASCII):
            found.setdefault((place[1], int(place[2])), {})[place[3]] = files[path]
        elif path.startswith("sealed/"):
            _, edition, number, *_ = (*path.split("/"), "", "")
            version = int(number[1:]) if re.fullmatch(r"v\d{1,5}", number, re.ASCII) else 0
            strays.append(Finding(code="E604", edition=edition, version=version, file=path, says="多出来的文件"))
    return dict(sorted(found.items())), strays


def _own(entries: Log, key: Which) -> list[Entry]:
    return [entry for entry in entries if (entry["edition"], entry["version"]) == key]


def _numbering(sealed: Iterable[Which], entries: Log) -> Iterator[Finding]:
    """Versions are numbered from 1, sealed once, and in the log before anything else is said about them."""
    made: dict[str, int] = {}
    for entry in entries:
        edition, version, path = entry["edition"], entry["version"], f"log/{entry['seq']:06}.json"
        last = made.get(edition, 0)
        if entry["kind"] in MAKING:
            if version != last + 1 or (entry["kind"] == "seal") != (version == 1):
                yield about(entry, path, "version", "版次不连续，或同一版封存了两次", "E603")
            made[edition] = max(version, last)
        elif version > last:
            yield about(entry, path, "version", "说的是还没有封存的一版", "E603")
    for edition, version in sealed:
        if version > made.get(edition, 0):
            yield Finding(code="E603", edition=edition, version=version, says="日志里没有这一版的记录")


def _missing(files: Mapping[str, bytes], sealed: Mapping[Which, object], entries: Log) -> Iterator[Finding]:
    held = _held(files)
    for entry in entries:
        key = entry["edition"], entry["version"]
        if entry["kind"] in MAKING and key not in sealed and (held is None or key in held):
            yield about(entry, f"sealed/{key[0]}/v{key[1]}/", "", "日志里有这一版，文件却不在", "E603")


def _held(files: Mapping[str, bytes]) -> set[Which] | None:
    """The versions an archive says it holds; None outside archives: all of them. Raises ValueError."""
    if "state.json" not in files:
        return None
    try:
        return {(str(edition), int(version)) for edition, version in json.loads(files["state.json"])["holds"]}
    except (KeyError, TypeError) as error:
        raise ValueError("state.json") from error


def _contents(sealed: Mapping[Which, Mapping[str, bytes]], entries: Log, as_of: date | None) -> Iterator[Finding]:
    for key, held in sealed.items():
        checked, own = content(*key, tuple(sorted(held.items()))), _own(entries, key)
        yield from checked.findings
        yield from _as_logged(checked, own, key)
        free = _free(checked, own, as_of)
        file = f"sealed/{key[0]}/v{key[1]}/subjects.csv"
        for name in checked.gone:
            if name not in free:
                says = "这一行不在了：公示期没有满，日志里也没有撤下的记录"
                yield Finding(code="E606", edition=key[0], version=key[1], file=file, row=name, says=says)


def _as_logged(checked: Content, own: Sequence[Entry], key: Which) -> Iterator[Finding]:
    """What the log and the version's own files say of one sealing is the same."""
    folder = f"sealed/{key[0]}/v{key[1]}/"
    for entry in own:
        if entry["manifest_sha256"] != checked.manifest:
            says = f"清单和日志第 {entry['seq']} 条记着的指纹对不上"
            yield about(entry, f"{folder}manifest.txt", "", says, "E603")
        elif entry["kind"] in MAKING and checked.notice:
            for logged, noted in (("at", "sealed_at"), ("approvers", "approvers"), ("version", "version")):
                if entry.get(logged) != checked.notice.get(noted):
                    says = f"和日志第 {entry['seq']} 条不一样"
                    yield about(entry, f"{folder}notice.json", noted, says, "E603")


def _free(checked: Content, own: Iterable[Entry], as_of: date | None) -> set[str]:
    """The entries of a version that may be absent: display ended, named by a ``forget``, or all of it withdrawn."""
    free = {name for name, day in checked.until.items() if day and (as_of is None or day < as_of.isoformat())}
    for entry in own:
        if entry["kind"] == "withdraw":
            free |= {*checked.until}
        elif entry["kind"] == "forget":
            free |= {*entry.get("entries", ())}
    return free


def _overridden(files: Mapping[str, bytes], edition: str, version: int) -> int:
    """How many rows the publisher has said something about: there a recomputed figure may differ."""
    raw = files.get(f"sealed/{edition}/v{version}/ranking.csv", b"")
    return sum(cells.get("overridden") == "yes" for cells in cells_of(raw).values()) if raw else 0


def summary(files: Mapping[str, bytes], found: Sequence[Finding]) -> Iterator[str]:
    """One line an edition: 一致, or what differs where; first what concerns no edition that is here."""
    numbers: dict[str, int] = {}
    for edition, version in versions(files)[0]:
        numbers[edition] = max(version, numbers.get(edition, 0))
    yield from (one.sentence for one in found if one.edition not in numbers)
    for edition, newest in numbers.items():
        wrong = [one for one in found if one.edition == edition]
        digest = sha256(files.get(f"sealed/{edition}/v{newest}/manifest.txt", b""))
        yield f"{edition} 到第 {newest} 版（指纹 {grouped(digest)}）：{'不一致' if wrong else '一致'}"
        if (told := _overridden(files, edition, newest)) and not wrong:
            yield f"  第 {newest} 版有 {told} 行不要求和重算一致：发布机关另有说明，或者列入已经撤销"
        yield from (f"  {one.sentence}" for one in wrong)
