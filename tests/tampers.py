"""Ways to tamper with a history, each with what a finding about it has to name."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.verifying.fingerprints import digests, dumps, head, log_files, manifest, marked, sha256, table

Files = Mapping[str, bytes]
VERSION = re.compile(r"sealed/([^/]+)/v(\d+)/(.+)")


@dataclass(frozen=True)
class Tamper:
    """One change of some files; None: the file is gone."""

    what: str
    changes: Mapping[str, bytes | None]
    edition: str = ""
    version: int = 0
    file: str = ""
    row: str = ""
    field: str = ""

    def applied(self, files: Files) -> dict[str, bytes]:
        fresh = {**files, **self.changes}
        return {path: raw for path, raw in fresh.items() if raw is not None}


def _at(path: str, **more: object) -> dict[str, object]:
    found = VERSION.fullmatch(path)
    return {"edition": found[1], "version": int(found[2]), **more} if found else more


def _tamper(what: str, path: str, raw: bytes | None, **more: str) -> Tamper:
    return Tamper(what, {path: raw}, **_at(path, **more))  # type: ignore[arg-type]


def _other(cell: str) -> str:
    """Another text of the same kind."""
    if cell[-1:].isdigit():
        return cell[:-1] + str((int(cell[-1]) + 1) % 10)
    return f"{cell}x" if cell else "1"


def rows_of(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode(), newline="")))


def cells(files: Files) -> Iterator[Tamper]:
    """Every cell of every table, the salts too."""
    for path, raw in files.items():
        if path.endswith(".csv"):
            header, *rows = rows_of(raw)
            for line, row in enumerate(rows):
                for at, name in enumerate(header):
                    changed = [*rows[:line], [*row[:at], _other(row[at]), *row[at + 1 :]], *rows[line + 1 :]]
                    named = {"row": row[0], "field": name} if at else {}
                    yield _tamper(f"cell {name}", path, table([header, *changed]), **named)


def headers(files: Files) -> Iterator[Tamper]:
    for path, raw in files.items():
        if path.endswith(".csv"):
            header, *rows = rows_of(raw)
            for at, name in enumerate(header):
                yield _tamper("header", path, table([[*header[:at], f"{name}x", *header[at + 1 :]], *rows]))


def rows(files: Files) -> Iterator[Tamper]:
    """Rows removed, doubled, swapped and made up. A row of subjects that may leave is not among the removed."""
    for path, raw in files.items():
        if not path.endswith(".csv"):
            continue
        header, *held = rows_of(raw)
        for at, row in enumerate(held):
            rest = [*held[:at], *held[at + 1 :]]
            yield _tamper("row doubled", path, table([header, *held, row]))
            yield _tamper("row made up", path, table([header, *held, ["e999", *row[1:]]]))
            if not path.endswith("subjects.csv") or not _may_leave(files, path, row[0]):
                yield _tamper("row removed", path, table([header, *rest]), row=row[0])
            if at:
                swapped = [*held[: at - 1], row, held[at - 1], *held[at + 1 :]]
                yield _tamper("rows swapped", path, table([header, *swapped]))
                exchanged = [*held[: at - 1], [held[at - 1][0], *row[1:]], [row[0], *held[at - 1][1:]], *held[at + 1 :]]
                if held[at - 1][1:] != row[1:]:
                    yield _tamper("subjects exchanged", path, table([header, *exchanged]))


def _may_leave(files: Files, path: str, entry: str) -> bool:
    found = VERSION.fullmatch(path)
    assert found
    withdrawn = any(
        (said["kind"], said["edition"], said["version"]) == ("withdraw", found[1], int(found[2]))
        for said in (json.loads(raw) for _, _, raw in log_files(files))
    )
    ranking = rows_of(files[path.replace("subjects", "ranking")])
    until = next(row[10] for row in ranking if row[0] == entry)
    return withdrawn or bool(until and until < "2026-06-20")


def lines(files: Files) -> Iterator[Tamper]:
    """Every line of the JSON files, the page and the manifest: changed, removed, doubled, swapped with the next."""
    for path, raw in files.items():
        if not path.endswith((".json", ".txt", ".html")) or not path.startswith("sealed/"):
            continue
        held = raw.splitlines(keepends=True)
        for at, line in enumerate(held):
            key = re.match(rb' *"([a-z_]+)": ("|\d)', line)
            name = key[1].decode() if key and "/fields.json" not in path else ""
            cut = max(1, len(line) - 3)
            changed = line[:cut] + bytes([line[cut] ^ 1 if cut < len(line) else 65]) + line[cut + 1 :]
            if changed != line:
                yield _tamper("line changed", path, b"".join([*held[:at], changed, *held[at + 1 :]]), field=name)
            yield _tamper("line removed", path, b"".join([*held[:at], *held[at + 1 :]]))
            yield _tamper("line doubled", path, b"".join([*held[:at], line, line, *held[at + 1 :]]))
            if at and held[at - 1] != line:
                yield _tamper("lines swapped", path, b"".join([*held[: at - 1], line, held[at - 1], *held[at + 1 :]]))


def flips(files: Files, draw: random.Random, each: int) -> Iterator[Tamper]:
    """Bytes turned into others, cut out and put in, at random places of every file."""
    for path, raw in files.items():
        for _ in range(each):
            at = draw.randrange(len(raw))
            other = draw.choice([one for one in (draw.randrange(256), raw[at] ^ 1, 10, 34, 44, 60) if one != raw[at]])
            yield _tamper("byte flipped", path, raw[:at] + bytes([other]) + raw[at + 1 :])
            yield _tamper("byte cut", path, raw[:at] + raw[at + 1 :])
            yield _tamper("byte put in", path, raw[:at] + bytes([other]) + raw[at:])
        yield _tamper("file emptied", path, b"")
        yield _tamper("end cut", path, raw[:-1])
        yield _tamper("end added", path, raw + b"\n")
        yield _tamper("mark put in", path, b"\xef\xbb\xbf" + raw)
        yield _tamper("line ends", path, raw.replace(b"\n", b"\r\n"))


def slots(files: Files) -> Iterator[Tamper]:
    """What the page says of somebody; above all a name where one has been taken down."""
    for path, raw in files.items():
        if path.endswith("page.html"):
            for found in re.finditer(rb'data-entry="(e\d+)" data-field="(\w+)">([^<]*)<', raw):
                row, name = found[1].decode(), found[2].decode()
                for text in (b"", "别的".encode(), b"<b>x</b>", "已停止公示".encode(), found[3] + b" "):
                    if text != found[3]:
                        changed = raw[: found.start(3)] + text + raw[found.end(3) :]
                        named = {} if b"<" in text else {"row": row, "field": name}
                        yield _tamper("slot", path, changed, **named)
                for piece, other in ((found.start(1), b"e010"), (found.start(2), b"firm")):
                    end = raw.index(b'"', piece)
                    if raw[piece:end] != other:
                        yield _tamper("slot turned", path, raw[:piece] + other + raw[end:])


def files_moved(files: Files) -> Iterator[Tamper]:
    """Files added, removed, renamed; whole versions too."""
    folders: dict[str, list[str]] = {}
    for path, raw in files.items():
        folders.setdefault(path.rpartition("/")[0], []).append(path)
        yield _tamper("file removed", path, None)
        yield Tamper("file renamed", {path: None, f"{path}.bak": raw}, **_at(path))  # type: ignore[arg-type]
    for folder, held in folders.items():
        if folder == "log":
            continue
        yield _tamper("file added", f"{folder}/notes.txt", b"x")
        yield _tamper("folder added", f"{folder}/more/notes.txt", b"x")
        stem, _, number = folder.rpartition("/v")
        for other in (f"{stem}/v{int(number) + 7}", f"{stem}x/v1", f"{stem}/v0{number}"):
            moved: dict[str, bytes | None] = {f"{other}/{path.rpartition('/')[2]}": files[path] for path in held}
            at = _at(held[0])
            yield Tamper("version copied", moved)
            yield Tamper("version moved", moved | dict.fromkeys(held), **at)  # type: ignore[arg-type]
        yield Tamper("version removed", dict.fromkeys(held), **_at(held[0]))  # type: ignore[arg-type]


def log(files: Files) -> Iterator[Tamper]:
    """Entries edited, removed, reordered, cut off, made up."""
    entries = list(log_files(files))
    for position, (number, path, raw) in enumerate(entries):
        said = json.loads(raw)
        where = {"edition": said["edition"], "version": said["version"]}
        for name, value in said.items():
            if name == "digests":
                continue
            other = value + 1 if isinstance(value, int) else _other(value) if isinstance(value, str) else [*value, "x"]
            named = {"edition": other if name == "edition" else said["edition"], "field": name}
            yield Tamper("entry edited", {path: dumps({**said, name: other})}, **named)
            yield Tamper("field removed", {path: dumps({key: held for key, held in said.items() if key != name})})
            if name not in {"kind", "prev", "seq"}:
                yield Tamper("entry edited with its digests", {path: dumps(marked({**said, name: other}))})
        yield Tamper("entry respelled", {path: json.dumps(said).encode()}, **where)
        later = dict.fromkeys((other for _, other, _ in entries[position:]), None)
        yield Tamper("log cut off", later)
        if position:
            before = entries[position - 1]
            yield Tamper("entries swapped", {path: before[2], before[1]: raw})
        shifted = itertools.pairwise(entries)
        closed: dict[str, bytes | None] = {here[1]: after[2] for here, after in shifted if here[0] >= number}
        yield Tamper("entry taken out and the gap closed", closed | {entries[-1][1]: None})
    last = json.loads(entries[-1][2])
    fresh = dumps(marked({**last, "seq": len(entries) + 1, "prev": sha256(entries[-1][2])}))
    yield Tamper("entry made up", {f"log/{len(entries) + 1:06}.json": fresh})


def heads(files: Files) -> Iterator[Tamper]:
    raw = files["log/head.txt"]
    held = raw.decode().splitlines(keepends=True)
    for at, line in enumerate(held):
        for other in (f"x{line}", _other(line.rstrip("\n")) + "\n", "", line + line):
            yield Tamper("head edited", {"log/head.txt": "".join([*held[:at], other, *held[at + 1 :]]).encode()})
    raws = [entry for _, _, entry in log_files(files)]
    yield from (Tamper("older head", {"log/head.txt": head(raws[:size])}) for size in range(1, len(raws)))
    yield Tamper("head removed", {"log/head.txt": None})


def remade(files: Files, path: str, raw: bytes, depth: str) -> dict[str, bytes]:
    """A sealed file exchanged and everything that hangs on it made again, as far as ``depth``.

    ``fields``, ``manifest``, ``log`` (the entries about the version), ``chain`` (every later ``prev`` too), ``head``.
    """
    found = VERSION.fullmatch(path)
    assert found
    folder = path.removesuffix(found[3])
    fresh = {**files, path: raw}
    own = {name.removeprefix(folder): held for name, held in fresh.items() if name.startswith(folder)}
    own["fields.json"] = dumps(digests(own))
    own["manifest.txt"] = manifest(own) if depth != "fields" else own["manifest.txt"]
    fresh |= {folder + name: held for name, held in own.items()}
    if depth in {"fields", "manifest"}:
        return fresh
    before = ""
    for _, name, held in log_files(files):
        said = json.loads(held)
        is_own = (said["edition"], said["version"]) == (found[1], int(found[2]))
        said |= {"manifest_sha256": sha256(own["manifest.txt"])} if is_own else {}
        said |= {"prev": before} if depth != "log" else {}
        fresh[name] = dumps(marked(said)) if is_own or depth != "log" else held
        before = sha256(fresh[name])
    if depth == "head":
        fresh["log/head.txt"] = head([held for _, _, held in log_files(fresh)])
    return fresh


def consistent(files: Files, draw: random.Random, number: int) -> Iterator[Tamper]:
    """One cell changed and what hangs on it made again, but not all of it."""
    paths = sorted(path for path in files if path.endswith(("scores.csv", "ranking.csv", "notice.json", "method.json")))
    for _ in range(number):
        path = draw.choice(paths)
        raw = files[path]
        at = draw.choice([found.start() for found in re.finditer(rb"\d", raw)])
        changed = raw[:at] + str((int(raw[at : at + 1]) + 1) % 10).encode() + raw[at + 1 :]
        folder = path.rpartition("/")[0]
        if len(rows_of(files[f"{folder}/subjects.csv"])) < len(rows_of(files[f"{folder}/ranking.csv"])):
            continue  # names have left: their digests cannot be made again
        for depth in ("fields", "manifest", "log", "chain"):
            try:
                made = remade(files, path, changed, depth)
            except (ValueError, KeyError):  # the change has broken a table: nothing can be made of it again
                continue
            yield Tamper(f"remade to {depth}", {name: raw for name, raw in made.items() if files.get(name) != raw})


Kind = Callable[[Files], Iterator[Tamper]]
KINDS: tuple[Kind, ...] = (
    cells,
    headers,
    rows,
    lines,
    slots,
    files_moved,
    log,
    heads,
    lambda files: flips(files, random.Random(7), 4),
    lambda files: consistent(files, random.Random(7), 200),
)
NAMES = ("cells", "headers", "rows", "lines", "slots", "files", "log", "heads", "bytes", "consistent")
