"""The cases of the message catalogue, as data: ``cases/messages/*.yml``, one file a family, one case a rule.

``files`` or ``replace`` spoil the small site, ``expect`` holds the lines a clerk reads. On one case a code, ``why`` says
what is wrong with that and ``good`` holds the same files put right; a ``replace`` put right is the small site itself.
``words`` says both where text cannot show them. ``ERRORS.md`` is made from these.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
from pathlib import Path
from typing import Any

import yaml

from generator import build
from generator.problems import CheckFailed, Problem
from tests.support import AS_OF, SMALL, write_files

Case = dict[str, Any]

FOLDER = Path(__file__).parent / "cases" / "messages"


def cases() -> dict[str, Case]:
    """Every case by ``family-name``."""
    return {
        f"{path.stem}-{name}": case
        for path in sorted(FOLDER.glob("*.yml"))
        for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }


def codes(case: Case) -> set[str]:
    """The codes that a case's lines carry."""
    return set(re.findall(r"(?:错误|提示) ([EN]\d{3}) ", "\n".join(case["expect"])))


def content(value: Any) -> str | bytes | None:
    """A case's file: text, or {hex: …}, {gb18030: …}, {repeat: [text, times]} where text will not do."""
    if not isinstance(value, dict):
        return None if value is None else str(value)
    if "hex" in value:
        return bytes.fromhex(value["hex"])
    if "repeat" in value:
        before, text, times, after = value["repeat"]
        return f"{before}{text * times}{after}"
    encoding, text = next(iter(value.items()))
    return str(text).encode(encoding)


def spoilt(case: Case) -> dict[str, str | bytes | None]:
    """The files of the small site that a case changes or adds."""
    files: dict[str, str | bytes | None] = {}
    for name, (old, new) in case.get("replace", {}).items():
        assert str(old) in SMALL[name], f"the case's own precondition: {old!r} is in {name}"
        files[name] = SMALL[name].replace(str(old), str(new), 1)
    return files | {name: content(value) for name, value in case.get("files", {}).items()}


def right(case: Case) -> dict[str, str | None]:
    """The same files put right; None for one that should not be there."""
    return {**{name: SMALL[name] for name in case.get("replace", {})}, **case.get("good", {})}


def lay(root: Path, case: Case) -> Path:
    """The small site with what is wrong in it."""
    write_files(write_files(root, SMALL), spoilt(case))
    for link, target in case.get("links", {}).items():
        (root / link).parent.mkdir(parents=True, exist_ok=True)
        (root / link).symlink_to(target)
    for name in case.get("sockets", ()):
        with socket.socket(socket.AF_UNIX) as unix, contextlib.chdir((root / name).parent):
            unix.bind(Path(name).name)
    for name in case.get("names", ()):
        Path(os.fsdecode(os.fsencode(root / "data/firms") + b"/" + bytes.fromhex(name))).write_text("x")
    return root


def lay_right(root: Path, case: Case) -> Path:
    """The small site with the same files put right."""
    files = {**SMALL, **{name: content(value) for name, value in case.get("files", {}).items()}, **right(case)}
    return write_files(root, {name: text for name, text in files.items() if text is not None})


def problems(root: Path, case: Case) -> tuple[Problem, ...]:
    """What ``check`` reports, or what only shows when the site is put together (``publish``)."""
    if not case.get("publish"):
        return build.check(root)[1]
    try:
        return build.render(root, AS_OF)[1]
    except CheckFailed as failed:
        return failed.problems
