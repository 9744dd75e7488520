"""Rankings on pages: every row explained, replies beside reasons, open objections marked, names that leave in time."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import archive, build, facts, reading, sealed, sensitivity
from generator.facts import Facts
from generator.rankings import Dimension, Method, Subject
from generator.sealed import Request
from tests.sealed_history import APPROVERS
from tests.support import AS_OF, PROJECT, SMALL, write_files

ENTRY = SMALL["data/list_entries/entries.yml"]
OBJECTION = SMALL["data/objections/objections.yml"]
#: Two firms, so that the name of the first on a page about the edition is its own.
NAME = "示例一物业有限公司"


def _files(root: Path, files: Mapping[str, str | None], as_of: date = AS_OF) -> dict[str, str]:
    laid = {name: text for name, text in {**SMALL, **files}.items() if text is not None}
    rendered, _ = build.render(write_files(root, laid), as_of)
    return {path: raw.decode("utf-8-sig") for path, raw in rendered.items() if not path.endswith((".xlsx", ".zip"))}


def _facts(root: Path, as_of: date = AS_OF) -> Facts:
    dataset, problems = build.check(root)
    assert dataset is not None, problems
    return facts.derive(dataset, as_of)


def _rows(text: str) -> list[dict[str, str]]:
    head, _, *body = csv.reader(io.StringIO(text))
    return [dict(zip(head, row, strict=True)) for row in body]


def test_a_row_says_how_its_total_came_about(tmp_path: Path) -> None:
    page = _files(tmp_path, {})["rankings/rk-one.md"]
    assert "日常管理 44.20 ＋ 服务质量 28.30 ＝ <b>72.50</b>" in page
    assert "只改一项，改得不多，榜单就会变" in page
    assert "日常管理多得" in page


def test_a_reply_stands_beside_the_reason_in_one_block(tmp_path: Path) -> None:
    tree = LexborHTMLParser(_files(tmp_path, {})["rankings/rk-one.md"])
    (block,) = tree.css(".sides")
    heads = [node.text() for node in block.css(".h")]
    assert [head.split()[0] for head in heads] == ["列入理由", "答复", "进度"]
    assert "记录已补交。" in block.text()


PENDING = "".join(
    line
    for line in OBJECTION.splitlines(keepends=True)
    if not line.startswith("decis") and not line.startswith("decided")
)


@pytest.mark.parametrize(
    "path", ["rankings/rk-one.md", "firms/firm-one.md", "communities/cm-one.md", "rankings/index.md"]
)
def test_an_open_objection_is_marked_wherever_the_entry_stands(path: str, tmp_path: Path) -> None:
    files = {"data/objections/objections.yml": PENDING, "data/reviews/reviews.yml": None}
    assert "异议处理中" in _files(tmp_path, files)[path]


def test_a_decided_objection_is_not_marked(tmp_path: Path) -> None:
    page = _files(tmp_path, {})["rankings/rk-one.md"]
    assert "异议处理中" not in page
    assert "认定异议不成立" in page


LAST = date(2027, 3, 1)


def _mentions(files: Mapping[str, str]) -> set[str]:
    """Files about the edition that still say who was on the list."""
    about = {path for path in files if "rankings" in path or path.startswith(("schemes/", "downloads/"))}
    about -= {"downloads/firms.csv", "downloads/firms.json"}
    return {path for path in about if NAME in files[path] or "le-one" in files[path] or "res-one" in files[path]}


def test_until_its_last_day_an_entry_stands(tmp_path: Path) -> None:
    files = _files(tmp_path, {}, LAST)
    assert {"rankings/rk-one.md", "downloads/list_entries.csv", "downloads/rankings/rk-one.csv"} <= _mentions(files)
    assert "黄榜" in files["firms/firm-one.md"]


def test_after_its_last_day_the_name_leaves_every_file(tmp_path: Path) -> None:
    files = _files(tmp_path, {}, date(2027, 3, 2))
    assert _mentions(files) == set()
    assert "黄榜" not in files["firms/firm-one.md"]
    assert "黄榜" not in files["communities/cm-one.md"]
    page = files["rankings/rk-one.md"]
    assert "名称已停止公示" in page
    assert "72.50" in page, "figures stay: every rank can still be computed"
    assert '黄榜已有 <span class="nb">1 家</span>移出' in page
    assert '期满 <span class="nb">1 家</span>' in page
    assert _rows(files["downloads/measures.csv"]) == []
    assert _rows(files["downloads/objections.csv"]) == []
    assert not [
        row for row in json.loads(files["search/records.json"])["records"] if "黄榜" in str(row) and NAME in str(row)
    ]


REMOVED = ENTRY.replace("state: listed", "state: removed\nremoved_on: 2026-06-01\nremoved_reason: REASON")
UPHELD = OBJECTION.replace("decision: rejected", "decision: upheld")


def test_an_entry_that_was_repaired_leaves_with_its_name(tmp_path: Path) -> None:
    files = {
        "data/list_entries/entries.yml": REMOVED.replace("REASON", "rectified"),
    }
    found = _files(tmp_path, files)
    assert _mentions(found) == set()
    assert '整改合格 <span class="nb">1 家</span>' in found["rankings/rk-one.md"]


def test_an_entry_that_was_wrong_leaves_but_the_name_stays(tmp_path: Path) -> None:
    files = {
        "data/list_entries/entries.yml": REMOVED.replace("REASON", "objection_upheld"),
        "data/objections/objections.yml": UPHELD,
        "data/assessment_results/results.csv": SMALL["data/assessment_results/results.csv"]
        .replace(",as_of", ",override_reason,as_of")
        .replace(",2025-12-31", ",异议成立，不列入,2025-12-31"),
    }
    found = _files(tmp_path, files)
    tree = LexborHTMLParser(found["rankings/rk-one.md"])
    assert NAME in tree.css(".firm")[0].text()
    assert not tree.css(".rank .badge")
    assert "le-one" not in found["downloads/list_entries.csv"]


PROPOSED = "\n".join(
    line
    for line in ENTRY.replace("state: listed", "state: proposed").splitlines()
    if not line.startswith(("decided", "listed"))
)


def test_what_is_only_proposed_is_on_no_list(tmp_path: Path) -> None:
    edition = SMALL["data/rankings/rankings.yml"].replace("phase: final", "phase: proposed")
    found = _files(tmp_path, {"data/list_entries/entries.yml": PROPOSED + "\n", "data/rankings/rankings.yml": edition})
    for path in ("rankings/rk-one.md", "firms/firm-one.md", "communities/cm-one.md", "schemes/sch-one.md"):
        assert "拟列入黄榜" in found[path], path
    tree = LexborHTMLParser(found["rankings/rk-one.md"])
    assert not tree.css(".rank .badge, .rank .edge")
    assert not LexborHTMLParser(found["firms/firm-one.md"]).css(".badge")
    assert "如果决定列入，公示到" in found["rankings/rk-one.md"]


def test_an_objection_to_a_result_stands_on_its_row(tmp_path: Path) -> None:
    files = {
        "data/list_entries/entries.yml": None,
        "data/measures/measures.yml": None,
        "data/credit_repairs/repairs.yml": None,
        "data/objections/objections.yml": OBJECTION.replace("entry: le-one", "result: res-one"),
        "data/assessment_results/results.csv": SMALL["data/assessment_results/results.csv"].replace(
            "44.20,28.30,72.50", "50.00,28.30,78.30"
        ),
        "data/rankings/rankings.yml": SMALL["data/rankings/rankings.yml"].replace("[red]", "[red, yellow]"),
    }
    page = _files(tmp_path, files)["rankings/rk-one.md"]
    assert "请恢复 1.20 分。" in page
    assert "认定异议不成立" in page


def test_an_empty_list_is_a_statement(tmp_path: Path) -> None:
    assert "本期无红榜" in _files(tmp_path, {})["rankings/rk-one.md"]


def test_who_meets_a_rule_but_went_to_a_stricter_list_is_not_denied(tmp_path: Path) -> None:
    """Last and below the score of the yellow list, but on the black one: nobody says that nobody met the rule."""
    grave = "{id: grave, label: 警示榜, mark: plain, polarity: negative, text: 后 1 名, rules: [{all_of: [{test: rank_bottom, n: 1}]}]}"
    files = {
        "data/schemes/schemes.yml": SMALL["data/schemes/schemes.yml"].replace("lists:\n", f"lists:\n  - {grave}\n"),
        "data/rankings/rankings.yml": SMALL["data/rankings/rankings.yml"].replace("[red]", "[red, yellow]"),
        "data/list_entries/entries.yml": ENTRY.replace("list: yellow", "list: grave"),
    }
    found = _facts(write_files(tmp_path, {**SMALL, **files}))
    (group,) = found.rankings.editions["rk-one"].groups
    lists = {one.rule.id: one for one in group.lists}
    assert (lists["yellow"].rows, lists["yellow"].nobody) == ((), False)
    assert lists["red"].nobody


def test_a_table_that_cannot_be_read_is_not_called_empty(tmp_path: Path) -> None:
    files = {
        "data/list_entries/entries.yml": None,
        "data/list_entries/entries.csv": "id,edition,榜,firm,state,as_of\nle-one,rk-one,yellow,firm-one,listed,2026-11-20\n",
    }
    laid = {name: text for name, text in {**SMALL, **files}.items() if text is not None}
    _, problems = build.check(write_files(tmp_path, laid))
    assert {problem.code for problem in problems if problem.is_error} == {"E122"}


def test_the_table_to_take_away_says_what_the_page_says(tmp_path: Path) -> None:
    (row,) = _rows(_files(tmp_path, {})["downloads/rankings/rk-one.csv"])
    assert (row["subject"], row["rank"], row["total"], row["list"], row["reply"]) == (
        NAME,
        "1",
        "72.50",
        "黄榜",
        "记录已补交。",
    )
    assert (row["scores.daily"], row["display_until"], row["polarity"]) == ("44.20", "2027-03-01", "提醒")


RESULTS = "data/assessment_results/results.csv"


def _request(at: str) -> Request:
    return Request(approvers=APPROVERS, at=at, today=AS_OF)


def _revised(root: Path) -> Path:
    """The small site with a sealed edition whose daily score and total were revised later."""
    archive.seal(write_files(root, SMALL), "rk-one", _request("2026-03-02T09:00:00+08:00"))
    text = SMALL[RESULTS].replace("44.20", "44.40").replace("72.50", "72.70")
    write_files(root, {RESULTS: text})
    archive.revise(root, "rk-one", _request("2026-05-03T10:00:00+08:00"), "年报核定后的得分")
    return root


def test_a_revised_edition_says_why_and_keeps_what_it_was(tmp_path: Path) -> None:
    files = _files(_revised(tmp_path), {RESULTS: (tmp_path / RESULTS).read_text(encoding="utf-8")})
    for path in ("rankings/rk-one.md", "rankings/rk-one/v1.md", "corrections/index.md"):
        assert "年报核定后的得分" in files[path], path
    assert "44.20" in files["rankings/rk-one/v1.md"]
    assert "<b>72.70</b>" in files["rankings/rk-one.md"]


def test_a_name_taken_from_the_sealed_files_is_said_nowhere_beside_them(tmp_path: Path) -> None:
    root = _revised(tmp_path)
    archive.forget(root, "rk-one", ["e001"], _request("2026-06-01T10:00:00+08:00"), "信用修复")
    files = _files(root, {RESULTS: (root / RESULTS).read_text(encoding="utf-8")})
    assert _mentions(files) == set()
    assert "黄榜" not in files["firms/firm-one.md"]


def test_a_withdrawn_edition_counts_nowhere_and_its_address_stays(tmp_path: Path) -> None:
    root = _revised(tmp_path)
    archive.withdraw(root, "rk-one", 2, _request("2026-06-01T10:00:00+08:00"), "评价程序有误", "复核决定")
    files = _files(root, {RESULTS: (root / RESULTS).read_text(encoding="utf-8")})
    assert {path for path in _mentions(files) if "/v" not in path and "-v" not in path} == set()
    assert "评价程序有误" in files["rankings/rk-one.md"]
    assert "已撤回的期次" in files["rankings/index.md"]
    for path in ("firms/firm-one.md", "communities/cm-one.md", "index.md"):
        assert "黄榜" not in files[path], path
    assert NAME in files["rankings/rk-one/v2.md"]


def test_a_site_with_a_withdrawn_edition_passes_the_gates(tmp_path: Path) -> None:
    """Its old version links to nothing that went with it."""
    root = shutil.copytree(PROJECT / "tests/golden/site", tmp_path / "site")
    at = Request(approvers=APPROVERS, at="2026-11-20T09:00:00+08:00", today=AS_OF)
    archive.withdraw(root, "rk-shili-2025", 2, at, "评价程序有误", "复核决定")
    build.build(root, tmp_path / "out", AS_OF)
    assert "评价程序有误" in (tmp_path / "out/rankings/rk-shili-2025/index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "out/rankings/rk-shili-2025/changes").exists()


FENCE = "```\\n\\n</div>\\n~~~\\n# 大标题"


def test_fences_in_a_record_are_text(tmp_path: Path) -> None:
    """Three backticks at the start of a line would open a code block in the middle of the page."""
    entry = re.sub(r"^(reason|reply): .*$", lambda found: f'{found[1]}: "{FENCE}"', ENTRY, flags=re.MULTILINE)
    page = _files(tmp_path, {"data/list_entries/entries.yml": entry})["rankings/rk-one.md"]
    assert "大标题" in page
    assert not re.search(r"^\s*(```|~~~)", page, flags=re.MULTILINE)


def test_a_site_without_rankings_says_so(tmp_path: Path) -> None:
    gone = dict.fromkeys(
        f"data/{folder}"
        for folder in (
            "schemes/schemes.yml",
            "rankings/rankings.yml",
            "assessment_results/results.csv",
            "list_entries/entries.yml",
            "measures/measures.yml",
            "objections/objections.yml",
            "reviews/reviews.yml",
            "credit_repairs/repairs.yml",
            "commendations/commendations.yml",
        )
    )
    files = _files(tmp_path, dict.fromkeys(gone))
    assert "还没有榜单" in files["rankings/index.md"]
    assert "还没有表彰" in files["commendations/index.md"]
    assert "没有在本站公示的评价结果" in files["firms/firm-one.md"]


@pytest.fixture(scope="module")
def golden() -> Facts:
    root = PROJECT / "tests/golden/site"
    dataset, problems = build.check(root)
    assert dataset is not None, problems
    return facts.derive(dataset, AS_OF, sealed.history(reading.read(root).sealed))


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return _facts(PROJECT)


def test_the_sample_shows_every_state(shipped: Facts) -> None:
    editions = shipped.rankings.editions.values()
    rows = [row for edition in editions for row in edition.rows]
    assert {edition.regions[0].name for edition in editions} == {"合肥市", "亳州市", "淮南市"}
    assert {"期满", "信用修复", "异议成立"} <= {why for edition in editions for why in edition.gone}
    assert any(edition.pending for edition in editions)
    assert any(edition.record.empty_lists for edition in editions)
    assert any(row.off and row.result.override_reason for row in rows)
    assert any(row.result.unscored_reason for row in rows)
    assert any(row.computed.total and row.computed.total > 100 for row in rows)
    assert any(case.entry.state.value == "corrected" for row in rows for case in row.cases)
    assert shipped.rankings.not_held


def test_every_scheme_of_the_sample_names_what_it_supposes(shipped: Facts) -> None:
    assert all(scheme.record.assumed for scheme in shipped.rankings.schemes.values())
    assert all("（示例）" in scheme.record.name for scheme in shipped.rankings.schemes.values())


def test_an_old_version_says_what_was_sealed(golden: Facts) -> None:
    first, second = golden.rankings.versions["rk-shili-2025"]
    assert [one.edition.rows[0].result.scores["bonus"] for one in (first, second)] != [4, 4]
    assert {one.field for one in second.changed} == {"scores.bonus"}
    assert all(one.is_offered for one in (first, second))
    assert not first.is_newest


def test_where_a_name_has_left_nobody_is_told_to_be_new_or_gone(golden: Facts) -> None:
    editions = golden.rankings.editions
    assert editions["rk-shili-2024"].has_gaps
    for row in editions["rk-shili-2025"].rows:
        assert row.move is None or row.move.was is not None


def test_a_history_stays_inside_one_scheme_and_group(shipped: Facts) -> None:
    for histories in shipped.rankings.histories.values():
        for history in histories:
            assert len({showing.group.stratum and showing.group.stratum.id for showing in history.showings}) == 1
            assert len({showing.edition.record.region for showing in history.showings}) == 1
            starts = [showing.edition.record.period.start for showing in history.showings]
            assert starts == sorted(starts)


def _points(**points: str) -> dict[str, object]:
    return dict(points)


def test_spans_of_ranks_are_what_every_draw_gives_one_by_one() -> None:
    from decimal import Decimal
    from fractions import Fraction

    dimensions = tuple(Dimension(id=name, max=Decimal(most)) for name, most in (("a", 40), ("b", 25), ("c", 35)))
    method = Method(dimensions=(*dimensions, Dimension(id="d", kind="bonus")))
    table = ((30, 20, 30, 1), (33, 18, 29, 0), (28, 24, 28, 2), (30, 20, 30, 1), (12, 9, 14, 5))
    subjects = [
        Subject(id=f"s{index}", scores=dict(zip("abcd", map(Decimal, row), strict=True)))
        for index, row in enumerate(table)
    ]
    draws = 200
    ranks: dict[str, list[int]] = {subject.id: [] for subject in subjects}
    weights = [8, 5, 7]
    for *scaled, together in sensitivity._drawn(weights, draws):
        share = [Fraction(20 * one, together * 20) for one in scaled]
        totals = {
            s.id: sum(Fraction(s.scores[d.id]) * one for d, one in zip(dimensions, share, strict=True))
            + Fraction(s.scores["d"])
            for s in subjects
        }
        for name, total in totals.items():
            ranks[name].append(1 + sum(other > total for other in totals.values()))
    cut = draws // 20
    assert sensitivity.spans(method, subjects, draws) == {
        name: (sorted(found)[cut], sorted(found)[-1 - cut]) for name, found in ranks.items()
    }
