"""The cases of the message catalogue, as data: ``cases/messages/*.yml``, one file a family, one case a rule.

``files`` or ``replace`` spoil the small site, ``expect`` holds the lines a clerk reads. On one case a code, ``why`` says
what is wrong with that and ``good`` holds the same files put right; a ``replace`` put right is the small site itself.
``words`` says both where text cannot show them. ``ERRORS.md`` is made from these.

With ``sealed`` the small site's edition has been sealed; ``unsealed`` is what it is without. ``gone`` names entries
that have left the seal, ``remade`` a sealed file exchanged with everything that hangs on it, ``withdrawn`` that the
version was withdrawn. ``as_of`` is the day.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from generator import build, sealing
from generator.problems import CheckFailed, Problem
from generator.sealing import Act
from generator.verifying import redacted
from tests.sealed_history import APPROVERS
from tests.support import AS_OF, SMALL, tree, write_files
from tests.tampers import remade

Case = dict[str, Any]

FOLDER = Path(__file__).parent / "cases" / "messages"
SEALS = Path(__file__).parent / "golden" / "sealed"


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


def seals() -> dict[str, str]:
    """The small site's edition as ``test_sealing`` holds it to be sealed."""
    return {f"data/{path}": raw.decode() for path, raw in tree(SEALS).items()}


def base(case: Case) -> Mapping[str, str]:
    """The site that a case spoils."""
    return {**SMALL, **seals()} if case.get("sealed") else SMALL


def spoilt(case: Case) -> dict[str, str | bytes | None]:
    """The files of the small site that a case changes or adds."""
    files: dict[str, str | bytes | None] = dict.fromkeys(seals()) if case.get("unsealed") else {}
    for name, (old, new) in case.get("replace", {}).items():
        assert str(old) in base(case)[name], f"the case's own precondition: {old!r} is in {name}"
        files[name] = base(case)[name].replace(str(old), str(new), 1)
    for name, (old, new) in case.get("remade", {}).items():
        held = tree(SEALS)
        files |= _below_data(remade(held, name, held[name].replace(old.encode(), new.encode(), 1), "head"))
    if case.get("withdrawn"):
        files |= _below_data(_withdrawn(tree(SEALS)))
    return files | _gone(case, "bad") | {name: content(value) for name, value in case.get("files", {}).items()}


def right(case: Case) -> dict[str, str | bytes | None]:
    """The same files put right; None for one that should not be there."""
    restored = seals() if case.get("sealed") else {}
    replaced = {name: base(case)[name] for name in case.get("replace", {})}
    return {**replaced, **restored, **_gone(case, "good"), **case.get("good", {})}


def _gone(case: Case, form: str) -> dict[str, str | bytes | None]:
    entries = case.get("gone", {}).get(form)
    return _below_data(redacted(tree(SEALS), "rk-one", 1, entries)) if entries else {}


def _withdrawn(files: Mapping[str, bytes]) -> dict[str, bytes]:
    act = Act(
        kind="withdraw", at="2026-03-09T09:00:00+08:00", approvers=APPROVERS, reason="有误", more={"basis": "决定"}
    )
    return sealing.log_entry(files, "rk-one", 1, act, "")


def _below_data(files: Mapping[str, bytes]) -> dict[str, str | bytes | None]:
    return {f"data/{name}": raw for name, raw in files.items()}


def lay(root: Path, case: Case) -> Path:
    """The small site with what is wrong in it."""
    write_files(write_files(root, base(case)), spoilt(case))
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
    files = {**base(case), **{name: content(value) for name, value in case.get("files", {}).items()}, **right(case)}
    return write_files(root, {name: text for name, text in files.items() if text is not None})


def problems(root: Path, case: Case) -> tuple[Problem, ...]:
    """What ``check`` reports, or what only shows when the site is put together (``publish``)."""
    if not case.get("publish"):
        return build.check(root, case.get("as_of"))[1]
    try:
        return build.render(root, AS_OF)[1]
    except CheckFailed as failed:
        return failed.problems
