"""IO in: the files under ``data/`` and ``content/``, as text with places. No value is typed here."""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator import parse_csv, parse_yaml, schema
from generator.dataset import RawRecord
from generator.problems import Problem, Source
from generator.records import Record, Site

YAML_LIMIT = 2 * 1024 * 1024
CSV_LIMIT = 64 * 1024 * 1024
CONTENT_LIMIT = 16 * 1024 * 1024
#: Under ``data/`` but never records.
RESERVED = frozenset({"site.yml", "sealed", "log", "ledger"})
CONTENT_SUFFIXES = frozenset({".md", ".png", ".jpg", ".webp", ".pdf"})


@dataclass
class Reading:
    """What was read, and what was wrong with the files themselves."""

    raws: list[RawRecord] = field(default_factory=list)
    site: RawRecord | None = None
    problems: list[Problem] = field(default_factory=list)


def read_data(root: Path) -> Reading:
    """Read everything under ``data/``, in order of path."""
    reading = Reading()
    data = root / "data"
    if not data.is_dir() or data.is_symlink():
        reading.problems.append(Problem("E131", Source("data/site.yml"), {}))
        return reading
    for entry in _entries(data):
        path = f"data/{entry.name}"
        if entry.is_symlink():
            reading.problems.append(Problem("E105", Source(path)))
        elif entry.name in RESERVED:
            if entry.name == "site.yml":
                _read_site(root, path, reading)
        elif entry.is_dir() and entry.name in schema.BY_FOLDER:
            _read_folder(root, path, schema.BY_FOLDER[entry.name], reading)
        else:
            reading.problems.append(_unknown_entry(entry, path))
    if reading.site is None and not any(p.source.path == "data/site.yml" for p in reading.problems):
        reading.problems.append(Problem("E131", Source("data/site.yml"), {}))
    return reading


def read_site(root: Path) -> Reading:
    """Read ``data/site.yml`` alone."""
    reading = Reading()
    if (root / "data" / "site.yml").exists():
        _read_site(root, "data/site.yml", reading)
    return reading


def read_content(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Read the hand-written pages: path below ``content/`` -> bytes."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []

    def walk(folder: Path, prefix: str) -> None:
        for entry in _entries(folder):
            path = f"content/{prefix}{entry.name}"
            if entry.is_symlink():
                problems.append(Problem("E105", Source(path)))
            elif entry.is_dir():
                walk(Path(entry.path), f"{prefix}{entry.name}/")
            elif Path(entry.name).suffix not in CONTENT_SUFFIXES or entry.name.startswith((".", "~")):
                problems.append(
                    Problem("E103", Source(path), {"value": entry.name, "allowed": " ".join(sorted(CONTENT_SUFFIXES))})
                )
            elif (content := _read_bytes(root, path, CONTENT_LIMIT, problems)) is not None:
                files[prefix + entry.name] = content

    if (root / "content").is_dir():
        walk(root / "content", "")
    return files, problems


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _unknown_entry(entry: os.DirEntry[str], path: str) -> Problem:
    if not entry.is_dir():
        return Problem(
            "E103", Source(path), {"value": entry.name, "allowed": "data/ 下只放 site.yml 和各类数据的文件夹"}
        )
    near = difflib.get_close_matches(entry.name.lower(), [*schema.BY_FOLDER, *schema.BY_NAME], n=1)
    folder = schema.BY_NAME[near[0]].folder if near and near[0] in schema.BY_NAME else near[0] if near else ""
    known = "、".join(f"{name}（{model.title}）" for name, model in schema.BY_FOLDER.items())
    return Problem("E104", Source(path), {"value": entry.name, "known": known, **({"near": folder} if folder else {})})


def _read_folder(root: Path, folder: str, model: type[Record], reading: Reading) -> None:
    for entry in _entries(root / folder):
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            reading.problems.append(Problem("E105", Source(path)))
        elif entry.is_dir() or not entry.name.endswith((".yml", ".csv")) or entry.name.startswith((".", "~")):
            reading.problems.append(
                Problem("E103", Source(path), {"value": entry.name, "allowed": "这个文件夹里只放 .yml 和 .csv 文件"})
            )
        elif entry.name.endswith(".yml"):
            if (text := _read_text(root, path, YAML_LIMIT, reading.problems)) is not None:
                reading.raws += parse_yaml.records(path, text, model, reading.problems)
        elif (text := _read_text(root, path, CSV_LIMIT, reading.problems)) is not None:
            reading.raws += parse_csv.records(path, text, model, reading.problems)


def _read_site(root: Path, path: str, reading: Reading) -> None:
    text = _read_text(root, path, YAML_LIMIT, reading.problems)
    if text is None:
        return
    document = parse_yaml.YamlDocument(path, text)
    reading.problems += document.problems
    if isinstance(document.value, dict):
        reading.site = RawRecord("site", document.value, document.places(()))
    elif not document.problems:
        reading.problems.append(Problem("E118", Source(path, 1, 1), {"type": Site.model_fields["name"].title or ""}))


# ── bytes and text ──────────────────────────────────────────────────────────────────────────────


def _read_bytes(root: Path, path: str, limit: int, problems: list[Problem]) -> bytes | None:
    """The bytes of a regular file inside the root, or a problem. Never follows a link."""
    try:
        handle = os.open(root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        problems.append(Problem("E106", Source(path), {"value": error.strerror or ""}))
        return None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            problems.append(Problem("E105", Source(path)))
            return None
        if status.st_size > limit:
            values = {"value": f"{status.st_size:,}", "limit": f"{limit:,}"}
            problems.append(Problem("E102", Source(path), values))
            return None
        return file.read()


def _read_text(root: Path, path: str, limit: int, problems: list[Problem]) -> str | None:
    raw = _read_bytes(root, path, limit, problems)
    if raw is None:
        return None
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode("utf-8", "replace")) + 1
        values = {"value": f"0x{raw[error.start]:02X}", "guess": _guess_encoding(raw), "name": path}
        problems.append(Problem("E101", Source(path, line, column), values))
        return None
    found = list(_bad_characters(path, text))
    problems += found
    return None if found else text


def _guess_encoding(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "未知编码"
    return "GB18030（GBK）"


_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ufeff]|\r(?!\n)")
_CONFLICT = re.compile(r"^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)(?: |$|\r)", re.MULTILINE)


def _bad_characters(path: str, text: str) -> Iterator[Problem]:
    if markers := [found for found in _CONFLICT.finditer(text) if found.group(1) != "======="]:
        yield Problem("E107", _position(path, text, markers[0].start()), {"value": markers[0].group(1)})
        return
    if found := _BAD.search(text):
        yield Problem("E108", _position(path, text, found.start()), {"value": f"U+{ord(found.group()):04X}"})


def _position(path: str, text: str, index: int) -> Source:
    return Source(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
