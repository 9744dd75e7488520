"""``verify.py``: a folder or an archive of sealed editions, checked where it lies. Standard library only.

Exit code: 0 all is as it was sealed, 3 something differs, 4 it could not be checked.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from generator.verifying.checking import summary, verify

#: A file larger than this is none of ours.
_LIMIT = 64 * 1024 * 1024
#: What operating systems leave in folders.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_SAME, _DIFFERS, _UNCHECKED = 0, 3, 4
#: Namespace of the signature of ``head.txt``.
NAMESPACE = "gongshi"


class CannotCheck(Exception):
    """There is nothing that could be checked; carries a Chinese sentence."""


def main(arguments: Sequence[str]) -> int:
    """Check what the command line names, by default the folder of this file, and say so."""
    parser = argparse.ArgumentParser(description="核对封存的榜单：每个字节、每个名次，以及什么都没有悄悄不见。")
    parser.add_argument("path", nargs="?", type=Path, default=Path(__file__).parent, help="文件夹或 zip")
    parser.add_argument("--since", type=Path, help="自己以前保存的 head.txt")
    parser.add_argument("--as-of", type=date.fromisoformat, help="按哪一天核对，如 2026-01-05")
    given = parser.parse_args(arguments)
    if "utf" not in (sys.stdout.encoding or "").lower():
        getattr(sys.stdout, "reconfigure", lambda **_: None)(encoding="utf-8")
    try:
        kept = _read(given.since) if given.since else None
        lines, code = run(files_of(given.path), given.as_of, kept, date.today())  # noqa: DTZ011
    except (CannotCheck, OSError) as error:
        lines, code = [f"没有办法核对：{error}"], _UNCHECKED
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotCheck(f"找不到或打不开 {path}") from error


def run(files: Mapping[str, bytes], as_of: date | None, kept: bytes | None, today: date) -> tuple[list[str], int]:
    """What to say of these files, and the exit code. ``as_of``: else the day of the archive, else today."""
    if not any(path.startswith("sealed/") for path in files):
        raise CannotCheck("这里没有封存的榜单（sealed/、log/）")
    try:
        state = json.loads(files.get("state.json", b"{}"))
        day = as_of or (date.fromisoformat(state["as_of"]) if "as_of" in state else today)
        found = verify(files, day, kept)
    except (ValueError, TypeError) as error:
        raise CannotCheck("state.json 或 --since 的 head.txt 读不出来，可能不是原来的文件") from error
    lines = list(summary(files, found))
    is_right, said = signature(files)
    is_same = not found and is_right is not False
    head = files.get("log/head.txt", b"").decode("utf-8", "replace").splitlines()
    lines.append(f"日志共 {head[1]} 条，指纹 {head[4]}；{said}" if len(head) > 4 else said)
    lines.append("结论：一致" if is_same else "结论：不一致")
    if kept is None:
        lines.append("没有用 --since 和以前保存的 head.txt 比：整体改写过的历史，只有比过才看得出来")
    return lines, _SAME if is_same else _DIFFERS


def files_of(path: Path) -> dict[str, bytes]:
    """The sealed files and the log below a site, its ``data/``, an unpacked archive, or in an archive."""
    if path.is_file():
        return _from_archive(path)
    if not path.is_dir():
        raise CannotCheck(f"找不到 {path}")
    for folder in (path / "data", path):
        if (folder / "sealed").is_dir() or (folder / "log").is_dir():
            return _from_folder(folder)
    archives = sorted(found.name for found in path.glob("*.zip"))
    hint = f"；先解开 {archives[0]}，或者运行 python verify.py {archives[0]}" if archives else ""
    raise CannotCheck(f"{path} 里没有 sealed/ 和 log/{hint}")


def _from_folder(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not _is_ours(name) or path.is_dir() or path.name in _LITTER:
            continue
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LIMIT:
            raise CannotCheck(f"{name} 不是普通文件")
        found[name] = path.read_bytes()
    return found


def _from_archive(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if _is_ours(member.filename) and not member.is_dir()]
            names = [member.filename for member in members]
            if len({*names}) != len(names) or any(member.file_size > _LIMIT for member in members):
                raise CannotCheck(f"{path} 里有重名或过大的文件")
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise CannotCheck(f"{path} 不是 zip，或已损坏") from error


def _is_ours(name: str) -> bool:
    return name.startswith(("sealed/", "log/")) or name == "state.json"


def signature(files: Mapping[str, bytes]) -> tuple[bool | None, str]:
    """Whether the head is signed by one of the allowed keys, and that in words; None: there is nothing to check."""
    names = ("log/head.txt", "log/head.txt.sig", "log/signers.txt")
    if any(name not in files for name in names):
        return None, "日志头没有签名"
    program = shutil.which("ssh-keygen")
    if program is None:
        return None, "日志头有签名；这台电脑没有 ssh-keygen，没有核对签名"
    with tempfile.TemporaryDirectory() as folder:
        head, signed, signers = (Path(folder) / name.rpartition("/")[2] for name in names)
        for path, name in zip((head, signed, signers), names, strict=True):
            path.write_bytes(files[name])
        find = [program, "-Y", "find-principals", "-s", os.fspath(signed), "-f", os.fspath(signers)]
        found = subprocess.run(find, capture_output=True, text=True, check=False).stdout.splitlines()
        if not found:
            return False, "日志头的签名不是公布的钥匙签的"
        check = [program, "-Y", "verify", "-n", NAMESPACE, "-I", found[0], "-s", os.fspath(signed)]
        with head.open("rb") as text:
            done = subprocess.run([*check, "-f", os.fspath(signers)], stdin=text, capture_output=True, check=False)
    name = "".join(char if char.isprintable() else "?" for char in found[0])
    return (True, f"日志头的签名无误（{name}）") if done.returncode == 0 else (False, "日志头的签名和内容对不上")
