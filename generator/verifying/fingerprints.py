"""The written form of a seal: canonical JSON and CSV, the manifest, digests that locate a change, the log and its root.

Standard library only: also shipped inside ``verify.py``. What it computes for sealed bytes must never change.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

#: Files of a sealed version that are hashed whole.
HASHED = ("fields.json", "method.json", "notice.json", "ranking.csv", "scores.csv")
#: The page is hashed without what stands in its slots.
SKELETON = "page.html#skeleton"
#: Every file of a sealed version.
FILES = frozenset({*HASHED, "manifest.txt", "page.html", "subjects.csv"})
RANKING_COLUMNS = (
    *("entry", "stratum", "total", "level", "rank", "of", "tied"),
    *("list", "polarity", "listed_on", "display_until", "overridden"),
)
#: ``subjects.csv`` is the only file that names or describes anybody.
SUBJECT_COLUMNS = (
    *("entry", "salt", "firm", "firm_name", "community", "community_name", "organization", "organization_name", "post"),
    *("unscored_reason", "override_reason", "reason", "evidence", "basis_docs", "prior_notice_on", "reply_due"),
    *("reply", "reply_on", "no_reply_by", "decided_by", "decided_on", "veto_reason", "deductions"),
)
#: Joins several ids in one cell.
JOINER = "+"
#: What a slot of the page says once its row has left.
STOPPED = "已停止公示"
#: Kinds of log entry that make a version, and all kinds.
MAKING = ("seal", "correct", "revise")
KINDS = (*MAKING, "withdraw", "forget")

_SLOT = re.compile(r'<span data-entry="(e\d{3,})" data-field="([a-z_]+)">([^<]*)</span>')
#: So many hexadecimal digits locate a change; whole digests prove it.
_SHORT = 16


def sha256(raw: bytes) -> str:
    """The digest in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def grouped(digest: str) -> str:
    """A digest as people read it out: its first 16 digits in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, _SHORT, 4))


def text_of(raw: bytes) -> str:
    """UTF-8 text; bytes that are none are kept, so that what was changed can still be told."""
    return raw.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """The bytes that ``text_of`` read."""
    return text.encode("utf-8", "surrogateescape")


def dumps(data: Any) -> bytes:
    """Canonical JSON: keys sorted, indented by one, UTF-8, one LF at the end."""
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Canonical CSV: UTF-8 without BOM, LF, quotes only where needed."""
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\n").writerows(rows)
    return bytes_of(held.getvalue())


def rows_of(raw: bytes) -> list[list[str]]:
    """The rows of a CSV, header first. Raises ValueError where it is none."""
    try:
        return list(csv.reader(io.StringIO(text_of(raw), newline="")))
    except csv.Error as error:
        raise ValueError(str(error)) from error


def cells_of(raw: bytes) -> dict[str, dict[str, str]]:
    """A table by its first column. Raises ValueError where rows are ragged or a key stands twice."""
    header, *rows = rows_of(raw) or [[]]
    found = {row[0]: dict(zip(header, row, strict=True)) for row in rows if row}
    if len(found) != len(rows) or not header:
        raise ValueError("rows")
    return found


def names_of(count: int) -> list[str]:
    """Names of so many entries in published order, opaque and of one length: ``e001`` …"""
    width = max(3, len(str(count)))
    return [f"e{number:0{width}d}" for number in range(1, count + 1)]


def escaped(text: str) -> str:
    """Text as the page's template escapes it."""
    for plain, entity in (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ("'", "&#39;"), ('"', "&#34;")):
        text = text.replace(plain, entity)
    return text


def slots(page: bytes) -> Iterator[tuple[int, str, str, str]]:
    """Line, entry, field and escaped text of every slot of a page, in order."""
    text, line, here = text_of(page), 1, 0
    for slot in _SLOT.finditer(text):
        line, here = line + text.count("\n", here, slot.start()), slot.start()
        yield line, slot[1], slot[2], slot[3]


def skeleton(page: bytes) -> bytes:
    """The page with nothing in its slots."""
    return bytes_of(_SLOT.sub(r'<span data-entry="\1" data-field="\2"></span>', text_of(page)))


def filled(page: bytes, subjects: Mapping[str, Mapping[str, str]]) -> bytes:
    """The page with every slot saying what the subject's cell says now."""

    def slot(found: re.Match[str]) -> str:
        entry, name = found[1], found[2]
        text = escaped(subjects[entry][name]) if entry in subjects else STOPPED
        return f'<span data-entry="{entry}" data-field="{name}">{text}</span>'

    return bytes_of(_SLOT.sub(slot, text_of(page)))


def lines_of(raw: bytes) -> list[str]:
    """A short digest of every line."""
    return [sha256(line)[:_SHORT] for line in raw.splitlines(keepends=True)]


def columns_of(raw: bytes) -> dict[str, str]:
    """A short digest of every column of a CSV, its header included."""
    rows = rows_of(raw)
    return {
        name: sha256(bytes_of("\n".join(row[at] if at < len(row) else "" for row in rows)))[:_SHORT]
        for at, name in enumerate(rows[0] if rows else ())
    }


def salted(row: Mapping[str, str]) -> dict[str, str]:
    """A short digest of every cell of one subject; without the salt nobody can try names against them."""
    return {
        name: sha256(bytes_of("\0".join((row["salt"], name, cell))))[:_SHORT]
        for name, cell in row.items()
        if name not in {"entry", "salt"}
    }


def digests(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What ``fields.json`` holds: enough to say which row and which field of the other files was changed."""
    found: dict[str, Any] = {
        name: {"columns": columns_of(files[name]), "lines": lines_of(files[name])}
        for name in ("ranking.csv", "scores.csv")
    }
    found |= {name: {"lines": lines_of(files[name])} for name in ("method.json", "notice.json")}
    found["page.html"] = {"lines": lines_of(skeleton(files["page.html"]))}
    found["subjects.csv"] = {entry: salted(row) for entry, row in cells_of(files["subjects.csv"]).items()}
    return found


def subject_line(row: Sequence[str]) -> bytes:
    """The canonical text of one subject, its salt included."""
    return table([row])


def manifest(files: Mapping[str, bytes]) -> bytes:
    """``sha256  size  path``, by path; a line for every subject instead of their file, so that one may leave."""
    hashed = {name: files[name] for name in HASHED} | {SKELETON: skeleton(files["page.html"])}
    lines = {name: f"{sha256(raw)}  {len(raw)}  {name}\n" for name, raw in hashed.items()}
    for row in rows_of(files["subjects.csv"])[1:]:
        name = f"subjects.csv#{row[0]}"
        lines[name] = f"{sha256(subject_line(row))}  -  {name}\n"
    return "".join(lines[name] for name in sorted(lines)).encode()


def root(entries: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte."""
    if not entries:
        return hashlib.sha256().digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(entries[:split]) + root(entries[split:])).digest()


def marked(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A log entry with a short digest of each of its fields."""
    said = {name: value for name, value in entry.items() if name != "digests"}
    return {**said, "digests": {name: sha256(dumps(value))[:_SHORT] for name, value in said.items()}}


def log_files(files: Mapping[str, bytes]) -> Iterator[tuple[int, str, bytes]]:
    """Number, path and bytes of the entries of the log, in order."""
    for path in sorted(files):
        if found := re.fullmatch(r"log/(\d{6})\.json", path, re.ASCII):
            yield int(found[1]), path, files[path]


def head(entries: Sequence[bytes]) -> bytes:
    """The head of a log in five lines: origin, size, root (base64), day of the last entry, short fingerprint.

    The first three are those of a C2SP checkpoint (tlog-checkpoint); everything in it follows from the entries.
    """
    last = json.loads(entries[-1])
    top = root(entries)
    lines = (last["origin"], len(entries), base64.b64encode(top).decode(), last["at"][:10], grouped(top.hex()))
    return "".join(f"{line}\n" for line in lines).encode()


def read_head(raw: bytes) -> tuple[str, int, bytes]:
    """Origin, size and root of a head somebody kept. Raises ValueError where it is none."""
    lines = [line.strip() for line in raw.decode("utf-8").splitlines()]
    if len(lines) < 3 or not re.fullmatch(r"\d{1,6}", lines[1], re.ASCII):
        raise ValueError("no head of a log")
    top = base64.b64decode(lines[2], validate=True)
    if len(top) != hashlib.sha256().digest_size:
        raise ValueError("no head of a log")
    return lines[0], int(lines[1]), top
