"""IO out: write what changed, delete what is gone, exchange whole folders."""

from __future__ import annotations

import contextlib
import csv
import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.problems import MachineFailed, UnsafeOutput


def write_tree(folder: Path, files: Mapping[str, bytes]) -> int:
    """Make ``folder`` hold exactly ``files``; returns how many were written. Unchanged files are not touched."""
    existing = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    written = 0
    try:
        for name in existing.keys() - files.keys():
            existing[name].unlink()
        for name, content in files.items():
            path = folder / name
            if name in existing and path.read_bytes() == content:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written += 1
        for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
            with contextlib.suppress(OSError):
                path.rmdir()
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error
    return written


def write_text(path: Path, text: str) -> None:
    """Write one file whole or not at all; one that says so already is not touched."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, raw: bytes) -> None:
    """The same for bytes."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        if path.exists() and path.read_bytes() == raw:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(raw)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error


def add_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """A new folder with its files, whole or not at all. One that is there already is never touched."""
    fresh = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        try:
            for name, raw in files.items():
                (fresh / name).write_bytes(raw)
            if folder.exists():
                raise MachineFailed(f"{folder} is sealed already")
            fresh.rename(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error


def add_file(path: Path, raw: bytes) -> None:
    """A new file, whole or not at all. One that is there already is never touched."""
    if path.exists():
        raise MachineFailed(f"{path} is there already")
    write_bytes(path, raw)


def remove_file(path: Path) -> None:
    """A file gone, whether it was there or not."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error


def write_table(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """A CSV that Excel opens as it is: UTF-8 with BOM."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error
    return path


def refuse_unsafe(out: Path, root: Path) -> None:
    """The output folder is replaced whole: it must be ours, and must not hold what people wrote."""
    out, root = out.resolve(), root.resolve()
    if root.is_relative_to(out) or any(
        out.is_relative_to(root / name) for name in ("data", "content", "build", ".git")
    ):
        raise UnsafeOutput(f"{out} 里有数据，不能用作输出文件夹；用 --out site")
    is_ours = (out / "search" / "records.json").exists()
    if out.exists() and not is_ours and (not out.is_dir() or any(out.iterdir())):
        raise UnsafeOutput(f"{out} 不是公示栏生成的文件夹，不敢替换；换一个名字，或先清空它")


@contextlib.contextmanager
def aside(final: Path) -> Iterator[Path]:
    """A fresh folder beside ``final`` that takes its place when the block succeeds.

    Whoever reads ``final`` sees the old folder whole or the new one whole. When the block fails, the old stays.
    """
    fresh = final.with_name(f".{final.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(parents=True)
        yield fresh
        _exchange(fresh, final)
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


def _exchange(fresh: Path, final: Path) -> None:
    if not final.exists():
        fresh.rename(final)
        return
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename and not rename(_HERE, os.fsencode(fresh), _HERE, os.fsencode(final), _EXCHANGE):
        return
    # No atomic exchange here (not Linux, or an old file system): two renames, the old folder kept until both are done.
    old = final.with_name(f".{final.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    final.rename(old)
    fresh.rename(final)
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """One build of a site at a time; a second one is told so at once."""
    path = root / "build" / ".lock"
    try:
        path.parent.mkdir(exist_ok=True)
        file = path.open("w")
    except OSError as error:
        raise MachineFailed(f"{error.strerror}: {error.filename}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise MachineFailed("another build of this site is running") from error
        yield
