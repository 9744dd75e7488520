"""What helps people who edit data by hand: ``gongshi new`` and ``gongshi schema``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from generator import build, editing
from generator.records import RECORD_TYPES, Record
from generator.records.base import IdentifiedRecord
from tests.support import SMALL, tree, write_files
from tests.test_cli import run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "城 市", SMALL)


def _refused(root: Path, *arguments: str) -> str:
    """What ``new`` says where it refuses; and nothing was written."""
    before = tree(root)
    done = run("--root", str(root), "new", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert tree(root) == before
    return done.stderr


def _key(model: type[Record]) -> str:
    return "example-1" if issubclass(model, IdentifiedRecord) else "340199"


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_every_type_has_an_example_that_is_read_and_not_published(model: type[Record], root: Path) -> None:
    key = _key(model)
    path = editing.draft(root, editing.record_type(model.title), key)
    assert path == f"data/{model.folder}/{key}.yml"
    text = (root / path).read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema=../../.vscode/schemas/{model.type_name}.json\n#")
    assert "status: draft  # 改好以后删掉这一行，记录才会上站\n" in text
    found = yaml.load(text, yaml.BaseLoader)
    assert (found["status"], found[model.key_field]) == ("draft", key)
    _, problems = build.check(root)
    of_file = {problem.code for problem in problems if problem.source.path == path and problem.is_error}
    assert of_file <= {"E301", "E430"}, "only what it refers to is missing; a region is refused for being a draft"


def test_new_says_where_and_what_next(root: Path) -> None:
    done = run("--root", str(root), "new", "firms", "firm-three")
    assert done.returncode == 0
    assert done.stdout.startswith("写入 data/firms/firm-three.yml\n接着：")
    assert "gongshi schema" in done.stdout
    assert run("--root", str(root), "check").returncode == 0


def test_new_refuses_what_is_no_type(root: Path) -> None:
    assert "是不是 firm？" in _refused(root, "frim", "firm-x")
    assert "fee_standard（收费标准）" in _refused(root, "???", "firm-x")


def test_new_refuses_what_is_no_key(root: Path) -> None:
    assert "是不是 firm-x？" in _refused(root, "firm", "Firm_X")
    assert "网站保留" in _refused(root, "firm", "index")
    assert "3–40 个字符" in _refused(root, "firm", "../../x")
    assert "不是区划代码" in _refused(root, "region", "34")
    assert "改为 340199" in _refused(root, "region", "３４０１９９")


def test_new_refuses_a_key_that_is_taken(root: Path) -> None:
    assert "data/firms/firms.csv 第 2 行" in _refused(root, "firm", "firm-one")
    assert "data/regions/regions.csv 第 3 行" in _refused(root, "region", "340104")
    write_files(root, {"data/firms/wrong.yml": "id: firm-wrong\nnmae: x\n", "data/firms/firm-file.yml": "id: firm-y\n"})
    assert "data/firms/wrong.yml 第 1 行" in _refused(root, "firm", "firm-wrong")
    assert "已经有 data/firms/firm-file.yml" in _refused(root, "firm", "firm-file")


def test_new_outside_a_site(tmp_path: Path) -> None:
    assert "不是站点文件夹" in _refused(tmp_path, "firm", "firm-x")


def _settings(root: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    return found


def test_schema_tells_the_editor_which_file_follows_which(root: Path) -> None:
    done = run("--root", str(root), "schema")
    assert done.returncode == 0
    for path, follows in _settings(root)["yaml.schemas"].items():
        assert json.loads((root / path).read_text(encoding="utf-8"))["title"]
        assert follows == "data/site.yml" or list(root.glob(follows.replace("*.yml", "*")))
    assert len(_settings(root)["yaml.schemas"]) == len(RECORD_TYPES) + 1
    before = tree(root)
    assert run("--root", str(root), "schema").returncode == 0
    assert tree(root) == before


def test_schema_keeps_what_else_the_settings_say(root: Path) -> None:
    theirs = {"editor.tabSize": 2, "yaml.schemas": {"./own.json": "own/*.yml"}, "标题": [1, None]}
    write_files(root, {".vscode/settings.json": json.dumps(theirs)})
    run("--root", str(root), "schema")
    found = _settings(root)
    ours = found["yaml.schemas"]
    assert ours.pop("./own.json") == "own/*.yml"
    assert ours == editing.mapping()
    assert {**found, "yaml.schemas": theirs["yaml.schemas"]} == theirs


@pytest.mark.parametrize("text", ['{\n  // 我的设置\n  "a": 1\n}\n', "[]", '{"yaml.schemas": 1}', "", b"\xff"])
def test_schema_leaves_alone_what_it_cannot_keep(text: str | bytes, root: Path) -> None:
    write_files(root, {".vscode/settings.json": text})
    done = run("--root", str(root), "schema")
    assert done.returncode == 0
    assert '"./.vscode/schemas/firm.json": "data/firms/*.yml"' in done.stdout
    assert "没有动它" in done.stdout
    assert tree(root)[".vscode/settings.json"] == (text if isinstance(text, bytes) else text.encode())
    assert (root / ".vscode/schemas/firm.json").exists()
