"""Bad input gets the exact place and a sentence a clerk can act on. One case file a family, one case a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import build, messages
from tests.message_cases import Case, cases, codes, lay, problems
from tests.support import SMALL, tree, write_files


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in cases().items()])
def test_problem_lines(case: Case, tmp_path: Path) -> None:
    root = lay(tmp_path, case)
    before = tree(root)
    dataset, checked = build.check(root)
    assert (dataset is None) is any(problem.is_error for problem in checked)
    wanted = codes(case) if case.get("notices") else set()
    ignored = {"N601"} - wanted  # the small site's edition is not sealed
    shown = (one for one in problems(root, case) if one.is_error or (wanted and one.code not in ignored))
    lines = [messages.line(problem, "zh") for problem in shown]
    assert lines == case["expect"]
    assert tree(root) == before, "check writes nothing"


def test_the_small_site_is_right(tmp_path: Path) -> None:
    dataset, found = build.check(write_files(tmp_path, SMALL))
    assert dataset is not None
    assert [problem.code for problem in found] == ["N601"]


def test_every_code_that_the_package_uses_is_in_the_catalogue() -> None:
    package = Path(build.__file__).parent
    used = {code for path in package.rglob("*.py") for code in re.findall(r'"([EN]\d{3})"', path.read_text("utf-8"))}
    assert used == set(messages.MESSAGES)


def test_every_code_has_a_case() -> None:
    assert set(messages.MESSAGES) == set().union(*map(codes, cases().values()))


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
