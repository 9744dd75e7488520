"""Seals: their written form, what may be done to them, and the program that a reader checks them with."""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from generator import archive, build, checking, editions, messages, reading, sealed, sealing, verifying
from generator.editions import Edition
from generator.problems import CheckFailed, Problem, RequestRefused, RequestWrong
from generator.sealed import Request
from generator.verifying.command import NAMESPACE, files_of, run, signature
from generator.verifying.fingerprints import head, log_files, marked, names_of, read_head, root
from tests.sealed_history import APPROVERS, NAMED, ORIGIN, history
from tests.support import AS_OF, SMALL, tree, write_files
from tests.test_cli import run as gongshi

GOLDEN = Path(__file__).parent / "golden" / "sealed"
RESULTS = "data/assessment_results/results.csv"
SAID = {
    "what": "e001 的日常管理 44.20",
    "right": "44.40",
    "cause": "录入看错一行",
    "found_by": "企业",
    "found_on": "2026-04-02",
}


def _request(at: str = "2026-03-02T09:00:00+08:00", today: date = AS_OF) -> Request:
    return Request(approvers=APPROVERS, at=at, today=today)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "site", SMALL)


@pytest.fixture
def sealed_site(site: Path) -> Path:
    archive.seal(site, "rk-one", _request())
    return site


def _edit(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text(encoding="utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new), encoding="utf-8")


def _better(site: Path) -> None:
    """Another score, and the total that follows; the list does not change."""
    _edit(site, RESULTS, "44.20", "44.40")
    _edit(site, RESULTS, "72.50", "72.70")


def _edition(site: Path) -> Edition:
    dataset = build.check(site)[0]
    assert dataset is not None
    return editions.gather(dataset)["rk-one"]


def _files(site: Path) -> dict[str, bytes]:
    return reading.read_sealed(site).sealed


def _codes(site: Path, as_of: date = AS_OF) -> list[str]:
    return [problem.code for problem in build.check(site, as_of)[1]]


def test_the_written_form(site: Path) -> None:
    """After a change: GOLDEN=write pytest, and an engine number or a format of its own for what is sealed already."""
    act = sealing.Act(kind="seal", at="2026-03-02T09:00:00+08:00", approvers=APPROVERS, reason="正式结果", more={})
    files = sealing.sealed({}, _edition(site), 1, ["ab" * 16], act, NAMED, ORIGIN)
    if os.environ.get("GOLDEN") == "write":
        shutil.rmtree(GOLDEN, ignore_errors=True)
        write_files(GOLDEN, files)
    assert tree(GOLDEN) == files
    assert verifying.verify(files, AS_OF) == ()


def test_rfc_6962_vectors() -> None:
    """The test vectors of Certificate Transparency: leaves of the reference tree and its roots at every size."""
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    roots = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    for size, digest in roots.items():
        assert root([bytes.fromhex(leaf) for leaf in leaves[:size]]).hex() == digest


def test_a_head_says_what_it_stands_for(sealed_site: Path) -> None:
    files = _files(sealed_site)
    raws = [raw for _, _, raw in log_files(files)]
    assert read_head(files["log/head.txt"]) == ("gongshi/340100", 1, root(raws))
    assert read_head(files["log/head.txt"].replace(b"\n", b"\r\n"))[1] == 1
    assert head(raws) == files["log/head.txt"]


def test_names_of_entries_sort_as_they_count() -> None:
    assert names_of(2) == ["e001", "e002"]
    assert names_of(1200) == sorted(names_of(1200))


def test_a_sealed_site_checks_and_reads_back(sealed_site: Path) -> None:
    assert _codes(sealed_site) == []
    edition, version = _edition(sealed_site), sealed.history(_files(sealed_site)).newest("rk-one")
    assert version is not None
    assert sealed.records_differ(edition, version) == ()
    (was,), (now,) = edition.rows, version.edition.rows
    assert (now.who, now.names, now.given.scores, now.given.total) == (
        was.who,
        was.names,
        was.given.scores,
        was.given.total,
    )
    assert version.edition.record == edition.record
    assert version.edition.scheme == edition.scheme
    assert version.edition.method == edition.method
    assert (version.number, version.kind, version.is_withdrawn, version.left) == (1, "seal", False, frozenset())
    assert version.lists == {"e001": "yellow"}
    assert version.text("e001", "reply") == "记录已补交。"
    assert version.manifest_sha256.startswith(version.fingerprint.replace(" ", ""))


def test_every_row_reads_back() -> None:
    made = history(14)
    past = sealed.history(made.files)
    for edition in made.editions:
        version = past.newest(edition.record.id)
        assert version is not None
        assert sealed.records_differ(edition, version) == ()
        for row, old in zip(version.edition.rows, sealed.published(edition), strict=True):
            assert row.result.scores == old.result.scores
            assert row.given.past == old.given.past
            assert version.edition.recomputed[row.key].rank == edition.recomputed[old.key].rank
            if row.key not in version.left:
                assert (row.who, row.names, row.result.deductions) == (old.who, old.names, old.result.deductions)
            else:
                assert (row.who, row.names) == (("", "", "", ""), ("", "", ""))


def test_a_final_edition_that_is_not_sealed_is_a_notice(site: Path) -> None:
    assert _codes(site) == ["N601"]


def test_only_two_posts_can_seal(site: Path) -> None:
    for approvers in (
        (),
        ("区住建局科长",),
        ("区住建局科长", "区住建局科长"),
        ("张三", "李四"),
        ("科长\u200b", "局长"),
    ):
        with pytest.raises(RequestWrong):
            archive.seal(site, "rk-one", Request(approvers=approvers, at="2026-03-02T09:00:00+08:00", today=AS_OF))
    assert not (site / "data/sealed").exists()


def test_what_cannot_be_sealed(site: Path) -> None:
    with pytest.raises(RequestWrong):
        archive.seal(site, "rk-none", _request())
    with pytest.raises(RequestWrong):
        archive.revise(site, "rk-one", _request(), "年报核定")
    _edit(site, "data/rankings/rankings.yml", "phase: final", "phase: proposed")
    with pytest.raises(RequestRefused):
        archive.seal(site, "rk-one", _request())
    _edit(site, "data/rankings/rankings.yml", "phase: proposed", "phase: nothing")
    with pytest.raises(CheckFailed):
        archive.seal(site, "rk-one", _request())
    assert not (site / "data/sealed").exists()


def test_nothing_is_sealed_twice_or_corrected_into_the_same(sealed_site: Path) -> None:
    before = tree(sealed_site / "data")
    with pytest.raises(RequestRefused):
        archive.seal(sealed_site, "rk-one", _request())
    with pytest.raises(RequestRefused):
        archive.correct(sealed_site, "rk-one", _request("2026-04-03T10:00:00+08:00"), SAID)
    with pytest.raises(RequestRefused):
        archive.revise(sealed_site, "rk-one", _request(), "年报核定")
    assert tree(sealed_site / "data") == before


def test_records_that_change_under_a_seal_are_refused(sealed_site: Path) -> None:
    _better(sealed_site)
    (problem,) = build.check(sealed_site, AS_OF)[1]
    assert problem.code == "E611"
    assert "日常管理 44.20 → 44.40" in messages.line(problem, "zh")


@pytest.mark.parametrize(
    ("path", "old", "new", "grade"),
    [
        ("data/rankings/rankings.yml", "前 1 名红，后 1 名黄", "前一名红，后一名黄", "C"),
        ("data/list_entries/entries.yml", "记录已补交", "记录已经补交", "C"),
        ("data/list_entries/entries.yml", "2027-03-01", "2027-02-01", "B"),
        ("data/list_entries/entries.yml", "what: 检查记录", "what: 现场照片", "C"),
        ("data/list_entries/entries.yml", "document: doc-one", "title: 合同", "C"),
        ("data/list_entries/entries.yml", "prior_notice_on: 2026-02-09", "prior_notice_on: 2026-02-10", "B"),
        ("data/list_entries/entries.yml", "decided_by: 办公会", "decided_by: 局长办公会", "C"),
        ("data/schemes/schemes.yml", "label: 服务质量", "label: 服务", "C"),
        ("data/firms/firms.csv", "示例一物业有限公司", "示例甲物业有限公司", ""),
        ("data/rankings/rankings.yml", "phase: final", "phase: archived", ""),
    ],
)
def test_what_counts_as_a_change(sealed_site: Path, path: str, old: str, new: str, grade: str) -> None:
    """A firm that is renamed and an edition that goes to the archive were not published wrongly."""
    _edit(sealed_site, path, old, new)
    version = sealed.history(_files(sealed_site)).newest("rk-one")
    assert version is not None
    dataset = checking.inspect(sealed_site, AS_OF).dataset
    assert dataset is not None
    found = sealed.records_differ(editions.gather(dataset)["rk-one"], version)
    assert (sealed.grade(found) if found else "") == grade


def _corrected(site: Path) -> Path:
    _better(site)
    archive.correct(site, "rk-one", _request("2026-04-03T10:00:00+08:00"), SAID)
    return site


def test_a_correction_is_a_new_version_with_its_table(sealed_site: Path) -> None:
    first = {path: raw for path, raw in _files(sealed_site).items() if "/v1/" in path}
    old, new = sealed.history(_files(_corrected(sealed_site))).versions["rk-one"]
    assert _codes(sealed_site) == []
    assert {path: raw for path, raw in _files(sealed_site).items() if "/v1/" in path} == first
    assert [(one.name, one.label, one.old, one.new, one.grade) for one in sealed.differences(old, new)] == [
        ("示例一物业有限公司", "日常管理", "44.20", "44.40", "B"),
        ("示例一物业有限公司", "总分", "72.50", "72.70", "B"),
    ]
    said = {name: new.log[name] for name in ("kind", "number", "class", *SAID)}
    assert said == {"kind": "correct", "number": "E-2026-001", "class": "B", **SAID}
    assert new.notice["approvers"] == list(APPROVERS)


def test_a_changed_list_is_of_class_a() -> None:
    made = history(3)
    made.correct(1)
    old, new = sealed.history(made.files).versions["rk-202402"]
    found = sealed.differences(old, new)
    assert {one.grade for one in found} >= {"B"}
    assert sealed.grade(found) == min(one.grade for one in found)
    assert {one.field for one in found if one.grade == "A"} <= {"rank", "level", "list"}


def test_a_revision_has_a_number_of_the_same_row(sealed_site: Path) -> None:
    _corrected(sealed_site)
    _edit(sealed_site, RESULTS, "44.40", "44.60")
    _edit(sealed_site, RESULTS, "72.70", "72.90")
    archive.revise(sealed_site, "rk-one", _request("2026-05-03T10:00:00+08:00"), "年报核定后的得分")
    newest = sealed.history(_files(sealed_site)).newest("rk-one")
    assert newest is not None
    assert (newest.kind, newest.number, newest.log["number"], newest.log["reason"]) == (
        "revise",
        3,
        "E-2026-002",
        "年报核定后的得分",
    )
    assert _codes(sealed_site) == []


def test_the_log_names_nobody_and_runs_forward(sealed_site: Path) -> None:
    _better(sealed_site)
    later = _request("2026-04-03T10:00:00+08:00")
    with pytest.raises(RequestWrong, match="代号"):
        archive.correct(sealed_site, "rk-one", later, {**SAID, "what": "示例一物业有限公司的得分"})
    with pytest.raises(RequestWrong, match="晚于"):
        archive.correct(sealed_site, "rk-one", later, {**SAID, "found_on": "2026-04-04"})
    with pytest.raises(RequestWrong, match="早于日志"):
        archive.revise(sealed_site, "rk-one", _request("2026-03-01T10:00:00+08:00"), "年报核定")
    archive.forget(sealed_site, "rk-one", ["e001"], later, "信用修复")
    with pytest.raises(RequestWrong, match="代号"):  # nor the name of who has been forgotten
        archive.withdraw(sealed_site, "rk-one", 1, later, "示例一物业有限公司列错", "决定")


def test_nothing_is_sealed_before_it_was_decided(site: Path) -> None:
    with pytest.raises(RequestWrong, match="早于决定日期"):
        archive.seal(site, "rk-one", _request("2026-02-26T09:00:00+08:00"))


def test_forgetting_asks_with_the_names(sealed_site: Path) -> None:
    before, told = tree(sealed_site), list[str]()

    def refuse(lines: Sequence[str]) -> bool:
        told.extend(lines)
        return False

    with pytest.raises(RequestRefused):
        archive.forget(sealed_site, "rk-one", ["e001"], _request(), "信用修复", None, refuse)
    assert told == ["第 1 版 e001：示例一物业有限公司"]
    assert tree(sealed_site) == before


def test_a_withdrawn_version_stays_and_says_so(sealed_site: Path) -> None:
    archive.withdraw(sealed_site, "rk-one", 1, _request(), "程序有误", "区住建局复核决定")
    version = sealed.history(_files(sealed_site)).newest("rk-one")
    assert version is not None
    assert (version.is_withdrawn, version.reason) == (True, "程序有误")
    with pytest.raises(RequestRefused):
        archive.withdraw(sealed_site, "rk-one", 1, _request(), "程序有误", "区住建局复核决定")
    with pytest.raises(RequestWrong):
        archive.withdraw(sealed_site, "rk-one", 2, _request(), "程序有误", "区住建局复核决定")
    assert set(_codes(sealed_site)) == {"N602", "N603"}
    with pytest.raises(RequestRefused, match="没有不同"):
        archive.revise(sealed_site, "rk-one", _request(), "再封一次")


def test_a_name_taken_down_leaves_every_version_and_ranks_still_recompute(sealed_site: Path) -> None:
    _corrected(sealed_site)
    archive.forget(sealed_site, "rk-one", ["e001"], _request("2026-06-01T10:00:00+08:00"), "信用修复")
    files = _files(sealed_site)
    assert verifying.verify(files, AS_OF) == ()
    assert _codes(sealed_site) == []
    assert not any("示例一物业".encode() in raw for raw in files.values())
    assert files["sealed/rk-one/v1/page.html"].count("已停止公示".encode()) == 13
    for version in sealed.history(files).versions["rk-one"]:
        assert version.left == {"e001"}
        (row,) = version.edition.rows
        assert version.edition.recomputed[row.key].total == row.result.total


def test_a_correction_brings_nobody_back(sealed_site: Path) -> None:
    archive.forget(sealed_site, "rk-one", ["e001"], _request(), "信用修复")
    _corrected(sealed_site)
    assert not any("示例一物业".encode() in raw for raw in _files(sealed_site).values())
    assert [one.log["kind"] for one in sealed.history(_files(sealed_site)).versions["rk-one"]] == ["seal", "correct"]
    assert _codes(sealed_site) == []


def test_forgetting_that_was_interrupted_is_finished(sealed_site: Path) -> None:
    before = tree(sealed_site)
    archive.forget(sealed_site, "rk-one", ["e001"], _request(), "信用修复")
    done = tree(sealed_site)
    for name in ("page.html", "subjects.csv"):
        path = f"data/sealed/rk-one/v1/{name}"
        (sealed_site / path).write_bytes(before[path])
        archive.forget(sealed_site, "rk-one", ["e001"], _request(), "信用修复")
        assert tree(sealed_site) == done


def test_who_is_no_longer_shown_may_be_forgotten(sealed_site: Path) -> None:
    assert _codes(sealed_site, date(2027, 3, 1)) == []
    assert _codes(sealed_site, date(2027, 3, 2)) == ["N602"]
    (problem,) = build.check(sealed_site, date(2027, 3, 2))[1]
    assert (problem.source.path, problem.source.line) == ("data/sealed/rk-one/v1/subjects.csv", 2)


def test_a_row_that_is_gone_without_leave_is_refused(sealed_site: Path) -> None:
    write_files(sealed_site, _data(verifying.redacted(_files(sealed_site), "rk-one", 1, ["e001"])))
    assert _codes(sealed_site) == ["E606"]
    assert _codes(sealed_site, date(2027, 3, 2)) == []


def _data(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"data/{path}": raw for path, raw in files.items()}


def test_problems_stand_where_the_change_is(sealed_site: Path) -> None:
    path = "data/sealed/rk-one/v1/scores.csv"
    _edit(sealed_site, path, "44.20", "45.20")
    problem: Problem = build.check(sealed_site, AS_OF)[1][0]
    assert (problem.code, problem.source.path, problem.source.line) == ("E605", path, 2)
    assert "rk-one 第 1 版 scores.csv 第 2 行 e001 scores.daily" in messages.line(problem, "zh")
    with pytest.raises(CheckFailed):
        build.render(sealed_site, AS_OF)


def test_an_edition_without_records_is_refused_even_when_withdrawn(sealed_site: Path) -> None:
    for path in ("rankings/rankings.yml", "list_entries/entries.yml", "assessment_results/results.csv"):
        _edit(sealed_site, f"data/{path}", "rk-one", "rk-two")
    assert _codes(sealed_site) == ["N601", "E612"]
    archive.withdraw(sealed_site, "rk-one", 1, _request(), "另立一期", "区住建局决定")
    assert {*_codes(sealed_site)} == {"N601", "N602", "E612"}


def test_the_archive_checks_itself_anywhere(sealed_site: Path, tmp_path: Path) -> None:
    """With an isolated Python that has nothing but the standard library, packed and unpacked."""
    _corrected(sealed_site)
    files = _files(sealed_site)
    raw = verifying.archive(files, "rk-one", 2, AS_OF)
    assert raw == verifying.archive(dict(reversed(files.items())), "rk-one", 2, AS_OF)
    packed, empty = tmp_path / "榜单.zip", tmp_path / "empty"
    packed.write_bytes(raw)
    empty.mkdir()
    with zipfile.ZipFile(io.BytesIO(raw)) as zipped:
        zipped.extractall(tmp_path / "unpacked")
    assert not any("/v1/" in str(path) for path in (tmp_path / "unpacked").rglob("*"))
    program = str(tmp_path / "unpacked" / "verify.py")
    kept = tmp_path / "head.txt"
    kept.write_bytes(files["log/head.txt"])
    for arguments in ((str(packed),), (), (str(packed), "--since", str(kept))):
        done = _alone(program, *arguments, cwd=empty)
        assert (done.returncode, done.stderr) == (0, "")
        assert "rk-one 到第 2 版" in done.stdout
        assert "一致" in done.stdout
    path = tmp_path / "unpacked/sealed/rk-one/v2/ranking.csv"
    path.write_bytes(path.read_bytes().replace(b"72.70", b"82.70"))
    done = _alone(program, cwd=empty)
    assert done.returncode == 3
    assert "rk-one 第 2 版 ranking.csv 第 2 行 e001 total" in done.stdout
    assert _alone(program, str(empty), cwd=empty).returncode == 4
    packed.write_bytes(raw[:500])
    assert _alone(program, str(packed), cwd=empty).returncode == 4


def _alone(program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", program, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def test_the_program_defines_nothing_twice() -> None:
    """It joins modules: a name that two of them use would be one."""
    names: list[str] = []
    for node in ast.parse(verifying.program()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [target.id for target in targets if isinstance(target, ast.Name)]
    assert len(names) == len(set(names))
    assert "generator" not in {name.split(".")[0] for name in _imported(verifying.program())}
    assert _imported(verifying.program()) <= sys.stdlib_module_names
    ast.parse(verifying.program(), feature_version=(3, 10))


def _imported(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_what_is_not_in_the_archive_is_not_missed_but_the_log_is(sealed_site: Path) -> None:
    _corrected(sealed_site)
    files = {path: raw for path, raw in _files(sealed_site).items() if "/v1/" not in path}
    assert {one.code for one in verifying.verify(files, AS_OF)} == {"E603"}
    state = json.dumps({"as_of": "2026-11-24", "holds": [["rk-one", 2]]}).encode()
    assert verifying.verify({**files, "state.json": state}, AS_OF) == ()
    assert verifying.verify({**files, "state.json": state.replace(b"2]]", b'2], ["rk-one", 1]]')}, AS_OF)


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen on this machine")
def test_a_signed_head(sealed_site: Path, tmp_path: Path) -> None:
    assert signature(_files(sealed_site)) == (None, "日志头没有签名")
    key, log = tmp_path / "key", sealed_site / "data/log"
    _ssh("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key))
    (log / "signers.txt").write_text(f"gongshi {key.with_suffix('.pub').read_text()}")
    _ssh("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), str(log / "head.txt"))
    assert signature(_files(sealed_site)) == (True, "日志头的签名无误（gongshi）")
    assert _codes(sealed_site) == []
    files = _files(sealed_site)
    assert run(files, None, None, AS_OF)[1] == 0
    turned = files | {"log/head.txt.sig": files["log/head.txt.sig"].replace(b"A", b"B")}
    assert run(turned, None, None, AS_OF)[1] == 3
    other = tmp_path / "other"
    _ssh("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(other))
    stolen = files | {"log/signers.txt": f"gongshi {other.with_suffix('.pub').read_text()}".encode()}
    assert signature(stolen)[0] is False
    _corrected(sealed_site)
    assert not (log / "head.txt.sig").exists(), "a signature is of one head"


def _ssh(*arguments: str) -> None:
    subprocess.run(["ssh-keygen", *arguments], check=True, capture_output=True)


def test_sealing_wants_what_is_committed(site: Path) -> None:
    git = ["git", "-C", str(site), "-c", "user.name=x", "-c", "user.email=x@example.cn"]
    subprocess.run([*git, "init", "-q"], check=True)
    with pytest.raises(RequestRefused, match="git commit"):
        archive.seal(site, "rk-one", _request())
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "data"], check=True)
    archive.seal(site, "rk-one", _request())
    assert _codes(site) == []


def test_links_among_sealed_files_are_refused(sealed_site: Path) -> None:
    path = sealed_site / "data/sealed/rk-one/v1/page.html"
    path.unlink()
    path.symlink_to("/etc/passwd")
    assert _codes(sealed_site) == ["E105", "E604"]
    shutil.rmtree(sealed_site / "data/log")
    (sealed_site / "data/log").write_text("x")
    assert "E105" in _codes(sealed_site)


def test_a_log_entry_says_which_of_its_fields_was_changed() -> None:
    entry = {"seq": 1, "reason": "x"}
    assert marked(entry)["digests"].keys() == entry.keys()
    assert marked(marked(entry)) == marked(entry)
    assert hashlib.sha256(b"1\n").hexdigest().startswith(marked(entry)["digests"]["seq"])


def test_the_command_line(site: Path, tmp_path: Path) -> None:
    approved = ("--approver", APPROVERS[0], "--approver", APPROVERS[1])
    place = ("--root", str(site))
    assert gongshi(*place, "seal", "rk-one", "--approver", "科长").returncode == 2
    assert gongshi(*place, "verify").returncode == 4
    done = gongshi(*place, "seal", "rk-one", *approved, "--at", "2026-03-02T09:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"at": "2026-03-02T09:00:00+08:00"' in (site / "data/log/000001.json").read_text()
    assert gongshi(*place, "seal", "rk-one", *approved).returncode == 3
    kept = shutil.copy(site / "data/log/head.txt", tmp_path)
    assert gongshi(*place, "forget", "rk-one", "e009", "--ground", "公示期满", *approved, "--yes").returncode == 2
    assert gongshi(*place, "forget", "rk-one", "e001", "--ground", "公示期满", *approved).returncode == 2, (
        "nobody agreed"
    )
    done = gongshi(*place, "forget", "rk-one", "e001", "--ground", "公示期满", *approved, "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    for arguments in ((), (str(site),), (str(site / "data"), "--since", str(kept)), ("--as-of", "2026-01-01")):
        assert gongshi(*place, "verify", *arguments).returncode == 0
    _edit(site, "data/sealed/rk-one/v1/notice.json", "办公会", "班子会")
    for verb in ("verify", "check", "build"):
        done = gongshi(*place, verb)
        assert done.returncode == 3
        assert "notice.json 第 10 行 edition.decided_by" in done.stdout
    assert gongshi(*place, "withdraw", "rk-one", "1", "--reason", "有误", "--basis", "决定", *approved).returncode == 3


def test_files_of_finds_a_site_and_its_data(sealed_site: Path) -> None:
    assert files_of(sealed_site) == files_of(sealed_site / "data") == _files(sealed_site)
