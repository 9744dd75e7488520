"""Bad input gets the exact place and a sentence a clerk can act on. One case file a family, one case a rule."""

from __future__ import annotations

import contextlib
import os
import re
import socket
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import build, messages
from tests.support import SMALL, tree, write_files

CASES = Path(__file__).parent / "cases" / "messages"


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yml")):
        for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found.append(pytest.param(case, id=f"{path.stem}-{name}"))
    return found


def _content(value: Any) -> str | bytes | None:
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


def _laid(root: Path, case: dict[str, Any]) -> Path:
    write_files(root, SMALL)
    for name, (old, new) in case.get("replace", {}).items():
        text = (root / name).read_text(encoding="utf-8")
        assert str(old) in text, f"the case's own precondition: {old!r} is in {name}"
        (root / name).write_text(text.replace(str(old), str(new), 1), encoding="utf-8")
    return write_files(root, {name: _content(value) for name, value in case.get("files", {}).items()})


@pytest.mark.parametrize("case", _cases())
def test_problem_lines(case: dict[str, Any], tmp_path: Path) -> None:
    root = _laid(tmp_path, case)
    for link, target in case.get("links", {}).items():
        (root / link).parent.mkdir(parents=True, exist_ok=True)
        (root / link).symlink_to(target)
    for name in case.get("sockets", ()):
        with socket.socket(socket.AF_UNIX) as unix, contextlib.chdir((root / name).parent):
            unix.bind(Path(name).name)
    for name in case.get("names", ()):
        Path(os.fsdecode(os.fsencode(root / "data/firms") + b"/" + bytes.fromhex(name))).write_text("x")
    before = tree(root)
    dataset, problems = build.check(root)
    wanted = case.get("notices", False)
    lines = [messages.line(problem, "zh") for problem in problems if problem.is_error or wanted]
    assert lines == case["expect"]
    assert (dataset is None) is any(problem.is_error for problem in problems)
    assert tree(root) == before, "check writes nothing"


def test_the_small_site_is_right(tmp_path: Path) -> None:
    dataset, problems = build.check(write_files(tmp_path, SMALL))
    assert dataset is not None
    assert [messages.line(problem, "zh") for problem in problems] == []


def test_every_code_that_the_package_uses_is_in_the_catalogue() -> None:
    package = Path(build.__file__).parent
    used = {code for path in package.rglob("*.py") for code in re.findall(r'"([EN]\d{3})"', path.read_text("utf-8"))}
    assert used == set(messages.MESSAGES)


def test_every_code_has_a_case() -> None:
    lines = [line for case in _cases() for line in case.values[0]["expect"]]
    shown = {code for line in lines for code in re.findall(r"(?:错误|提示) ([EN]\d{3})", line)}
    elsewhere = {"E601"}  # two files at one address: test_site.py
    assert set(messages.MESSAGES) - shown - elsewhere == set()


@pytest.mark.parametrize("code", sorted(messages.MESSAGES))
def test_every_message_stands_in_both_languages(code: str) -> None:
    message = messages.MESSAGES[code]
    for text in (message.zh, message.zh_fix):
        assert re.search(r"[\u4e00-\u9fff]", text)
    for text in (message.en, message.en_fix):
        plain = re.sub(r"物业管理条例|未提供|YYYY|〔〕|\{\w+\}", "", text)
        assert plain.strip()
        assert not re.search(r"[\u4e00-\u9fff]", plain)


def test_values_are_shown_safely() -> None:
    assert messages.visible("a\u200bb\x1b[31m") == "a⟨U+200B⟩b⟨U+001B⟩[31m"
    assert "::" not in messages.visible("::error file=x")
    assert len(messages.visible("长" * 500)) == 60
