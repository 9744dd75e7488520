"""IO in: the files under ``data/`` and ``content/``, as text with places. No value is typed here."""

from __future__ import annotations

import difflib
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator import parse_csv, parse_yaml, schema, stories
from generator.dataset import RawRecord
from generator.problems import MachineFailed, Problem, Source
from generator.records import Community, Record

YAML_LIMIT = 2 * 1024 * 1024
CSV_LIMIT = 64 * 1024 * 1024
CONTENT_LIMIT = 16 * 1024 * 1024
#: Under ``data/`` but never records.
RESERVED = frozenset({"site.yml", "sealed", "log", "ledger"})
#: Those of them that are written once and then only verified.
SEALED = frozenset({"sealed", "log"})
CONTENT_SUFFIXES = frozenset({".md", ".png", ".jpg", ".webp", ".pdf"})


@dataclass
class Reading:
    """What was read, and what was wrong with the files themselves."""

    raws: list[RawRecord] = field(default_factory=list)
    site: RawRecord | None = None
    #: Hand-written pages: path below ``content/`` -> bytes.
    content: dict[str, bytes] = field(default_factory=dict)
    #: The front matter of the pages in ``content/stories/``, by path below ``content/``.
    stories: dict[str, RawRecord] = field(default_factory=dict)
    #: Sealed editions and the log: path below ``data/`` -> bytes.
    sealed: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def unread(self) -> frozenset[str]:
        """Folders of ``data/`` in which something could not be read."""
        places = (problem.source.path.split("/") for problem in self.problems)
        return frozenset(parts[1] for parts in places if len(parts) > 2 and parts[0] == "data")


def read(root: Path) -> Reading:
    """Read everything people wrote, in order of path."""
    reading = Reading()
    _read_data(root, reading)
    content = root / "content"
    if content.is_symlink() or (content.exists() and not content.is_dir()):
        reading.problems.append(Problem("E105", Source("content")))
    elif content.is_dir():
        _read_content(root, "content", reading)
    wrong = {problem.source.path for problem in reading.problems}
    for path in reading.content:
        if path.startswith(stories.FOLDER) and path.endswith(".md") and f"content/{path}" not in wrong:
            _read_story(path, reading)
    return reading


def _read_data(root: Path, reading: Reading) -> None:
    data = root / "data"
    if not data.is_dir() or data.is_symlink():
        reading.problems.append(Problem("E131", Source("data/site.yml"), {}))
        return
    for entry in _entries(data, "data", reading):
        path = f"data/{entry.name}"
        if entry.is_symlink():
            reading.problems.append(Problem("E105", Source(path)))
        elif entry.name in RESERVED:
            if entry.name == "site.yml":
                _read_site(root, path, reading)
            elif entry.name in SEALED and entry.is_dir():
                _read_sealed(root, path, reading)
            elif entry.name in SEALED:
                reading.problems.append(Problem("E105", Source(path)))
        elif entry.is_dir() and entry.name in schema.BY_FOLDER:
            _read_folder(root, path, schema.BY_FOLDER[entry.name], reading)
        else:
            reading.problems.append(_unknown_entry(entry, path))
    if reading.site is None and not any(p.source.path == "data/site.yml" for p in reading.problems):
        reading.problems.append(Problem("E131", Source("data/site.yml"), {}))


def read_site(root: Path) -> Reading:
    """Read ``data/site.yml`` alone."""
    reading = Reading()
    if (root / "data" / "site.yml").exists():
        _read_site(root, "data/site.yml", reading)
    return reading


def _read_content(root: Path, folder: str, reading: Reading) -> None:
    for entry in _entries(root / folder, folder, reading):
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            reading.problems.append(Problem("E105", Source(path)))
        elif entry.is_dir():
            _read_content(root, path, reading)
        elif Path(entry.name).suffix not in CONTENT_SUFFIXES or entry.name.startswith((".", "~")):
            values = {"value": entry.name, "allowed": " ".join(sorted(CONTENT_SUFFIXES))}
            reading.problems.append(Problem("E103", Source(path), values))
        elif (content := _read_bytes(root, path, CONTENT_LIMIT, reading.problems)) is not None:
            reading.content[path.removeprefix("content/")] = content
            if path.endswith(".md"):
                _decoded(path, content, reading.problems)


def _read_story(path: str, reading: Reading) -> None:
    """The front matter of one story; a story without any says nothing yet."""
    text = reading.content[path].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = stories.FRONT.match(text)
    document = parse_yaml.YamlDocument(f"content/{path}", f"\n{found[1]}" if found else "")
    reading.problems += document.problems
    if not document.problems:
        values = document.value if isinstance(document.value, dict) else {}
        reading.stories[path] = RawRecord(path, values, document.places(()))


def read_sealed(root: Path) -> Reading:
    """Read the sealed editions and the log alone."""
    reading = Reading()
    for name in sorted(SEALED):
        if (root / "data" / name).is_dir():
            _read_sealed(root, f"data/{name}", reading)
    return reading


def _read_sealed(root: Path, folder: str, reading: Reading) -> None:
    """Every file, whatever its name: what does not belong there is for ``verifying`` to say."""
    for entry in _entries(root / folder, folder, reading):
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            reading.problems.append(Problem("E105", Source(path)))
        elif entry.is_dir():
            _read_sealed(root, path, reading)
        elif (content := _read_bytes(root, path, CSV_LIMIT, reading.problems)) is not None:
            reading.sealed[path.removeprefix("data/")] = content


def in_git(root: Path) -> bool:
    """Whether the root is in a git checkout."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def unclean(root: Path) -> tuple[str, ...]:
    """Records that differ from the last commit; none where the root is in no git checkout."""
    if not in_git(root):
        return ()
    where = ["data", *(f":(exclude)data/{name}" for name in sorted(SEALED))]
    command = ["git", "-C", os.fspath(root), "status", "--porcelain", "--", *where]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise MachineFailed(f"git: {error.strerror}") from error
    if done.returncode:
        raise MachineFailed(f"git status: {done.stderr.strip()}")
    return tuple(line[3:] for line in done.stdout.splitlines())


def _entries(folder: Path, path: str, reading: Reading) -> list[os.DirEntry[str]]:
    """What is in a folder, by name; a name that is no text is refused here, since nothing could print it."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                entry.name.encode()
            except UnicodeEncodeError:
                name = entry.name.encode("utf-8", "backslashreplace").decode()
                reading.problems.append(Problem("E134", Source(f"{path}/{name}"), {"value": name}))
            else:
                found.append(entry)
    return sorted(found, key=lambda entry: entry.name)


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
    for entry in _entries(root / folder, folder, reading):
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
        reading.problems.append(Problem("E131", Source(path, 1, 1)))


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
    return None if raw is None else _decoded(path, raw, problems)


def _decoded(path: str, raw: bytes, problems: list[Problem]) -> str | None:
    """The text of a file, or a problem where some of it is none."""
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode("utf-8", "replace")) + 1
        values = {"value": f"0x{raw[error.start]:02X}", "guess": _guess_encoding(raw), "name": path}
        code = "E101" if path.startswith(f"data/{Community.folder}/") else "E135"
        problems.append(Problem(code, Source(path, line, column), values))
        return None
    found = list(_bad_characters(path, text))
    problems += found
    return None if found else text.replace("\r\n", "\n")


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
