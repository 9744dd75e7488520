"""The contract other people's scripts rely on: exit codes, formats, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import gongshi
from tests.support import AS_OF, SMALL, tree, write_files


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "城 市", SMALL)


@pytest.fixture
def wrong(root: Path) -> Path:
    return write_files(root, {"data/firms/x.yml": 'id: firm-x\nname: "::error::示例"\nuscc: "1%2"\n'})


def test_check_is_clean(root: Path) -> None:
    done = run("--root", str(root), "check", "--as-of", AS_OF.isoformat())
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 个错误，1 条提示，50 条记录" in done.stdout  # its edition is not sealed


def test_check_is_for_a_day(root: Path) -> None:
    firm = "id: firm-x\nname: 示例三物业有限公司\nentity_kind: company\nas_of: 2026-11-22\n"
    write_files(root, {"data/firms/x.yml": firm})
    days = {
        day: run("--root", str(root), "check", "data/firms/x.yml", "--as-of", day)
        for day in ("2026-11-21", "2026-11-22")
    }
    assert [done.returncode for done in days.values()] == [0, 0]
    assert ["N760" in done.stdout for done in days.values()] == [True, False]


def test_check_text(wrong: Path) -> None:
    done = run("check", cwd=wrong)
    assert done.returncode == 1
    assert "data/firms/x.yml:3:7: 错误 E214" in done.stdout


def test_check_in_english(wrong: Path) -> None:
    done = run("--root", str(wrong), "check", "--lang", "en")
    assert "data/firms/x.yml:3:7: error E214 a credit code has 18 characters" in done.stdout


def test_check_json(wrong: Path) -> None:
    found = json.loads(run("--root", str(wrong), "check", "--format", "json").stdout)
    errors = [problem for problem in found if problem["level"] == "error"]
    assert [(p["code"], p["path"], p["line"], p["column"], p["value"]) for p in errors] == [
        ("E214", "data/firms/x.yml", 3, 7, "1%2")
    ]
    assert all(problem["message"] and problem["fix"] for problem in found)


def test_check_github_cannot_be_made_to_say_commands(wrong: Path) -> None:
    done = run("--root", str(wrong), "check", "--format", "github")
    assert done.returncode == 1
    for line in done.stdout.splitlines():
        assert line.startswith(("::error file=data/", "::notice file=data/"))
        assert line.count("::") == 2
    assert "1%252" in done.stdout


def test_check_of_one_path(wrong: Path) -> None:
    assert run("--root", str(wrong), "check", "data/communities").returncode == 0
    assert run("--root", str(wrong), "check", "data/firms/x.yml").returncode == 1
    assert run("--root", str(wrong), "check", "/etc").returncode == 2
    assert run("--root", str(wrong), "check", "data/nothing").returncode == 2


def test_check_writes_nothing(wrong: Path) -> None:
    before = tree(wrong)
    run("--root", str(wrong), "check")
    assert tree(wrong) == before


def test_build_of_wrong_data(wrong: Path) -> None:
    done = run("--root", str(wrong), "build")
    assert done.returncode == 1
    assert "E214" in done.stdout
    assert "Traceback" not in done.stderr
    assert not (wrong / "site").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check", "--format", "x"],
        ["build", "--as-of", "2026-13-01"],
        ["init"],
        ["init", "x", "--region", "1"],
    ],
)
def test_wrong_usage(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    done = run("--root", str(tmp_path), "check")
    assert done.returncode == 1
    assert "E131" in done.stdout


def test_init_makes_a_city_that_checks(tmp_path: Path) -> None:
    done = run("init", "bozhou", "--region", "341600", cwd=tmp_path)
    assert done.returncode == 0
    assert "341621" in (tmp_path / "bozhou/data/regions/341600.csv").read_text(encoding="utf-8")
    assert run("--root", "bozhou", "check", cwd=tmp_path).returncode == 0
    again = run("init", "bozhou", "--region", "341600", cwd=tmp_path)
    assert again.returncode == 2


@pytest.mark.parametrize("name", sorted(gongshi.commands))
def test_every_command_has_an_example(name: str) -> None:
    assert f"例：gongshi {name}" in (gongshi.commands[name].help or "")


TABLE = (
    "小区名称,所在区,物业公司,物业费用\n"
    "示例甲苑,蜀山,安徽省示例物业管理有限公司,1.2元/平米/月\n"
    "示例乙苑,蜀山,安徽示例物业管理有限公司,1.3元/平米/月\n"
    "示例丙苑,蜀山,示例物业,1.4元/平米/月\n"
)


def _imported(tmp_path: Path, answers: str | None, *options: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    root = tmp_path / "hefei"
    run("init", str(root), "--region", "340100")
    (tmp_path / "表.csv").write_text(TABLE, encoding="gb18030")
    command = [sys.executable, "-m", "generator", "--root", str(root), "import", str(tmp_path / "表.csv")]
    command += ["--as", "communities", *options]
    done = subprocess.run(command, input=answers, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done, root


def _firms(root: Path) -> str:
    return (root / "data/firms/340100.csv").read_text(encoding="utf-8")


def test_import_with_yes_merges_nothing_and_accounts_for_all(tmp_path: Path) -> None:
    done, root = _imported(tmp_path, None, "--yes")
    assert done.returncode == 0
    assert _firms(root).count("firm-") == 3
    assert "读到 4 行" in done.stdout
    assert (root / "build/import/表.csv").read_text(encoding="utf-8-sig").count("\n") == 5


def test_import_asks_which_firms_are_one(tmp_path: Path) -> None:
    done, root = _imported(tmp_path, "y\n1,2\n")
    assert done.returncode == 0
    assert _firms(root).count("firm-") == 2
    assert "安徽省示例物业管理有限公司" in _firms(root)
    assert run("--root", str(root), "check").returncode == 0


@pytest.mark.parametrize("answers", ["", "n\n", "y\n"])
def test_import_that_is_not_answered_writes_nothing(tmp_path: Path, answers: str) -> None:
    done, root = _imported(tmp_path, answers)
    assert done.returncode == 2
    assert not list((root / "data/communities").iterdir())


def test_import_that_is_answered_q_merges_nothing(tmp_path: Path) -> None:
    _, root = _imported(tmp_path, "y\nq\n")
    assert _firms(root).count("firm-") == 3


def test_an_answer_that_nobody_understands_is_asked_again(tmp_path: Path) -> None:
    done, root = _imported(tmp_path, "y\n好的\n1,9\n1、2\n")
    assert done.returncode == 0
    assert (done.stdout + done.stderr).count("看不懂") == 2
    assert _firms(root).count("firm-") == 2


@pytest.mark.parametrize(
    "text", [None, "theme: {name: material}\n", "site_name: [\n", "site_name: x\nplugins: [nothing]\n"]
)
def test_settings_of_mkdocs_that_will_not_do(text: str | None, root: Path) -> None:
    if text is not None:
        (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    done = run("--root", str(root), "build")
    assert done.returncode == 1
    assert "mkdocs.yml" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    for command in (["check"], ["build"]):
        done = run("--root", str(tmp_path / "nothing"), *command)
        assert done.returncode == 2
        assert "没有这个文件夹" in done.stderr


@pytest.mark.parametrize("code", ["500200", "110100"])
def test_init_refuses_a_code_that_is_no_place(code: str, tmp_path: Path) -> None:
    done = run("init", "x", "--region", code, cwd=tmp_path)
    assert done.returncode == 2
    assert f"{code[:2]}0000" in done.stderr
    assert not (tmp_path / "x").exists()
