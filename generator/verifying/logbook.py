"""Whether the log of seals is whole: every entry, their order, the head. Also shipped inside ``verify.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from generator.verifying.findings import Finding
from generator.verifying.fingerprints import KINDS, dumps, head, log_files, marked, read_head, root, sha256

Entry = Mapping[str, Any]
Log = Sequence[Entry]

#: What the lines of ``head.txt`` are.
_HEAD = ("来源", "条数", "根", "日期", "短指纹")
_TEXTS = ("at", "edition", "manifest_sha256", "origin", "prev")


def log(files: Mapping[str, bytes]) -> tuple[Log, list[Finding]]:
    """The entries that can be read, in order, and what is wrong with the log itself."""
    read: list[Entry] = []
    found: list[Finding] = []
    before, blamed = "", ""
    for position, (number, path, raw) in enumerate(log_files(files), 1):
        entry, wrong = _entry(path, raw)
        found += wrong
        if number != position and number != 1 + (read[-1]["seq"] if read else 0):
            found.append(Finding(code="E602", file=path, says="日志在这一条之前缺了一条"))
        if entry and entry["seq"] != number:
            found.append(about(entry, path, "seq", "序号和文件名对不上"))
        if entry and entry["prev"] != before and not wrong:
            says = f"记着的上一条指纹和 {blamed} 对不上，其中一条被改动" if blamed else "日志缺开头"
            found.append(about(entry, path, "prev", says))
        read += [entry] if entry else []
        before, blamed = sha256(raw), path
    return read, [*found, *_head(files, read), *_strays(files)]


def about(entry: Entry, path: str, name: str, says: str, code: str = "E602") -> Finding:
    """A finding in the edition and version that a log entry is about."""
    return Finding(code=code, edition=entry["edition"], version=entry["version"], file=path, field=name, says=says)


@lru_cache(maxsize=4096)
def _entry(path: str, raw: bytes) -> tuple[Entry | None, tuple[Finding, ...]]:
    """One log entry, and which of its fields do not fit the digests beside them."""
    try:
        entry = json.loads(raw)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        return None, (Finding(code="E602", file=path, line=line, says="日志的这一条被改动，读不出来"),)
    wrong = _misshapen(entry)
    if wrong is not None:
        edition = entry.get("edition") if isinstance(entry, dict) else ""
        return None, (
            Finding(
                code="E602",
                edition=edition if isinstance(edition, str) else "",
                file=path,
                field=wrong,
                says="日志的这一条被改动，不合格式",
            ),
        )
    held, due = entry["digests"], marked(entry)["digests"]
    names = [name for name in sorted({*held, *due}) if held.get(name) != due.get(name)]
    found = [about(entry, path, name, "日志的这一项被改动") for name in names]
    if not names and dumps(entry) != raw:
        found.append(about(entry, path, "", "日志的这一条不是封存时的写法"))
    return entry, tuple(found)


def _misshapen(entry: Any) -> str | None:
    """The first field of a log entry that is not of its kind; None: all are."""
    if not isinstance(entry, dict):
        return ""
    if entry.get("kind") not in KINDS:
        return "kind"
    for name in ("seq", "version"):
        if type(entry.get(name)) is not int or entry[name] < 1:
            return name
    names = entry.get("entries", [])
    checks = {name: isinstance(entry.get(name), str) for name in _TEXTS}
    checks["digests"] = isinstance(entry.get("digests"), dict)
    checks["entries"] = isinstance(names, list) and all(isinstance(name, str) for name in names)
    return next((name for name, is_right in checks.items() if not is_right), None)


def _head(files: Mapping[str, bytes], read: Log) -> Iterator[Finding]:
    held, path = files.get("log/head.txt"), "log/head.txt"
    raws = [raw for _, _, raw in log_files(files)]
    if not raws:
        if held is not None:
            yield Finding(code="E602", file=path, says="有日志头，没有日志")
        return
    if len(read) != len(raws):  # said already: an entry cannot be read
        return
    due = head(raws)
    if held is None:
        yield about(read[-1], path, "", "缺这个文件")
    elif held != due:
        pairs = zip_longest(held.splitlines(keepends=True), due.splitlines(keepends=True))
        line = next(line for line, (one, other) in enumerate(pairs) if one != other)
        name = _HEAD[line] if line < len(_HEAD) else ""
        says = "日志头和日志对不上：日志被截短、改动，或日志头被改动"
        yield replace(about(read[-1], path, name, says), line=line + 1)
    if len({entry["origin"] for entry in read}) > 1:
        yield Finding(code="E602", file=path, field="来源", says="日志各条的来源不一样")


def _strays(files: Mapping[str, bytes]) -> Iterator[Finding]:
    known = {"log/head.txt", "log/head.txt.sig", "log/signers.txt", "state.json"}
    known |= {path for _, path, _ in log_files(files)}
    for path in sorted(files):
        if not path.startswith("sealed/") and path not in known:
            yield Finding(code="E604", file=path, says="多出来的文件")


def older(files: Mapping[str, bytes], kept: bytes) -> Iterator[Finding]:
    """Whether the log still begins with what an older head stands for. Raises ValueError where that is no head."""
    origin, size, top = read_head(kept)
    raws = [raw for _, _, raw in log_files(files)]
    now = files.get("log/head.txt", b"").decode("utf-8", "replace").partition("\n")[0]
    if size > len(raws):
        says = f"保存下来的日志头有 {size} 条，现在只有 {len(raws)} 条：日志被截短"
        yield Finding(code="E602", file="log/head.txt", field="条数", says=says)
    elif root(raws[:size]) != top:
        says = f"前 {size} 条和保存下来的日志头对不上：历史被整体改写过"
        yield Finding(code="E602", file="log/head.txt", field="根", says=says)
    elif now != origin:
        says = "来源和保存下来的日志头不一样"
        yield Finding(code="E602", file="log/head.txt", field="来源", expected=origin, found=now, says=says)
