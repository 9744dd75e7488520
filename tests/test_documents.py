"""What people copy from the documents and from ``examples/ci``: every command exists, every file is what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from generator.cli import gongshi
from tests.support import PROJECT

CI = PROJECT / "generator/samples/site/examples/ci"
DOCUMENTS = ("README.md", "GUIDE.md", "CONTRIBUTING.md")
_COMMAND = re.compile(r"\bgongshi (?=[a-z-])(?P<rest>.*)")


def _code(text: str) -> Iterator[str]:
    """Lines of code blocks and inline code; in a block, what the program prints stands on lines of its own."""
    for number, part in enumerate(re.split(r"^\s*```\w*$", text, flags=re.MULTILINE)):
        yield from part.splitlines() if number % 2 else re.findall(r"`([^`\n]+)`", part)


def _strings(of: Any) -> Iterator[str]:
    if isinstance(of, str):
        yield of
    for inside in of.values() if isinstance(of, dict) else of if isinstance(of, list) else ():
        yield from _strings(inside)


def _commands(line: str) -> Iterator[list[str]]:
    """The arguments of every ``gongshi …`` in a line of shell."""
    for part in re.split(r"&&|，再 |，", line):
        if found := _COMMAND.search(part):
            yield shlex.split(found["rest"], comments=True)


def _wrong(arguments: list[str]) -> str:
    """What the program would say against these arguments; nothing is run. A bare verb stands for the command as such."""
    if arguments[0] == "--version":
        return ""
    verb, *rest = arguments[2:] if arguments[0] == "--root" else arguments
    if verb not in gongshi.commands:
        return f"no command {verb}"
    try:
        if rest:
            gongshi.commands[verb].make_context(verb, rest)
    except click.UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize(
    "path", [*DOCUMENTS, *(f"{CI.relative_to(PROJECT)}/{file.name}" for file in sorted(CI.iterdir()))]
)
def test_every_command_that_people_copy_exists(path: str) -> None:
    text = (PROJECT / path).read_text(encoding="utf-8")
    lines = _code(text) if path.endswith(".md") else _strings(yaml.safe_load(text))
    found = [arguments for line in lines for arguments in _commands(line)]
    assert found
    assert [(shlex.join(arguments), _wrong(arguments)) for arguments in found if _wrong(arguments)] == []


@pytest.mark.parametrize("file", sorted(CI.iterdir()), ids=lambda file: file.name)
def test_files_for_code_hosts_are_short_and_say_where_they_go(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    content = [line for line in lines if not line.startswith("#")]
    assert len(content) <= 10
    assert lines[0].startswith("#")
    assert "GONGSHI" in file.read_text(encoding="utf-8")


def _ci(name: str) -> Any:
    return yaml.safe_load((CI / name).read_text(encoding="utf-8"))


def test_github_publishes_from_main_alone_and_after_the_build() -> None:
    workflow = _ci("github.yml")
    assert set(workflow[True]) == {"push", "pull_request", "schedule"}  # YAML 1.1 reads "on" as true
    publish = workflow["jobs"]["publish"]
    assert (publish["needs"], publish["if"]) == ("site", "github.ref == 'refs/heads/main'")
    assert workflow["permissions"] == {"contents": "read"}, "a pull request may read, and no more"


def test_gitlab_publishes_from_the_default_branch_alone_and_after_the_check() -> None:
    pipeline = _ci("gitlab.yml")
    assert pipeline["pages"]["stage"] == "deploy"
    assert pipeline["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


def test_gitee_publishes_what_was_built_and_nothing_of_a_pull_request() -> None:
    publish, check = _ci("gitee.yml"), _ci("gitee-check.yml")
    assert set(publish["triggers"]) == {"push", "schedule"}
    assert [stage["name"] for stage in publish["stages"]] == ["build", "publish"]
    built = publish["stages"][0]["steps"][0]["artifacts"][0]["name"]
    assert publish["stages"][1]["steps"][0]["deployArtifact"][0]["dependArtifact"] == built
    assert set(check["triggers"]) == {"pr"}
    assert [step["step"] for stage in check["stages"] for step in stage["steps"]] == ["build@python"]
