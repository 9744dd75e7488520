"""A real city, from its spreadsheets to a searchable site. The files are read where they lie and never shipped."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support import REAL_DATA, SKIPS_REAL, served, tree
from tests.test_browser import _titles, _type, ask, opened, scan, substrings

CSV, WORKBOOK = REAL_DATA / "hefei-communities.csv", REAL_DATA / "hefei-summary.xlsx"

pytestmark = [
    pytest.mark.xdist_group("real"),
    pytest.mark.skipif(SKIPS_REAL, reason=f"the real files are not at {REAL_DATA} (GONGSHI_REAL_DATA)"),
]


def _gongshi(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "generator", "--root", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def _city(folder: Path, file: Path) -> Path:
    root = folder / "hefei"
    _gongshi(folder, "init", str(root), "--region", "340100")
    _gongshi(root, "import", str(file), "--as", "communities", "--yes")
    return root


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The csv, imported and built."""
    root = _city(tmp_path_factory.mktemp("csv"), CSV)
    assert _gongshi(root, "check").splitlines()[-1].startswith("0 个错误")
    _gongshi(root, "build")
    return root


@pytest.fixture(scope="module")
def city_address(city: Path) -> Iterator[str]:
    with served(city / "site") as found:
        yield found


def _names() -> list[str]:
    """Names as the file writes them, in half-width: the site writes brackets in full width, the search folds both."""
    with CSV.open(encoding="gb18030", newline="") as file:
        return [unicodedata.normalize("NFKC", row["小区名称"]) for row in csv.DictReader(file)]


def test_every_community_and_firm_has_a_page(city: Path) -> None:
    assert len([p for p in (city / "site/communities").iterdir() if p.is_dir()]) == len(_names()) == 4168
    assert len([p for p in (city / "site/firms").iterdir() if p.is_dir()]) > 600


def test_importing_twice_changes_nothing(city: Path) -> None:
    before = tree(city / "data")
    assert "无变化 4168" in _gongshi(city, "import", str(CSV), "--as", "communities", "--yes")
    assert tree(city / "data") == before


@pytest.mark.parametrize("query", ["望湖城", "城桂", "宿舍"])
def test_typing_finds_what_a_plain_scan_of_the_file_finds(
    browser: Browser, city: Path, city_address: str, query: str
) -> None:
    with opened(browser) as (page, said):
        page.goto(city_address + "/")
        _type(page, query)
        page.wait_for_selector(".md-search-result__item")
        meta = page.locator(".md-search-result__meta")
        expect(meta).to_contain_text("找到")
        promised = int("".join(filter(str.isdigit, meta.inner_text())))
        hits = page.locator(".md-search-result__item")
        for _ in range(400):  # the list grows as it is scrolled
            if hits.count() == promised:
                break
            page.locator(".md-search__scrollwrap").evaluate("n => n.scrollTo(0, n.scrollHeight)")
            page.wait_for_timeout(100)
        found = [unicodedata.normalize("NFKC", title) for title in _titles(page)]
        assert {name for name in _names() if query in name} <= set(found)
        assert all(query in title for title in found)
        assert said == []


def test_search_is_exact_over_the_whole_city(browser: Browser, city: Path, city_address: str) -> None:
    records = json.loads((city / "site/search/records.json").read_text(encoding="utf-8"))["records"]
    queries = ["望湖城", "城桂", "宿舍", *substrings(records, 1000, seed=2)]
    with opened(browser) as (page, _):
        page.goto(city_address + "/about/")
        for query, found in zip(queries, ask(page, queries), strict=True):
            assert set(found) == scan(records, query), query
            exact = [row[1] for row in records if row[2] == query]
            assert set(found[: len(exact)]) == set(exact), query


def test_the_workbook_alone_makes_a_site(tmp_path: Path) -> None:
    root = _city(tmp_path, WORKBOOK)
    _gongshi(root, "build")
    assert len([p for p in (root / "site/communities").iterdir() if p.is_dir()]) == 2804


def test_the_workbook_after_the_csv_reports_each_conflict_and_keeps_old_values(city: Path, tmp_path: Path) -> None:
    root = _city(tmp_path, CSV)
    before = tree(root / "data")
    said = _gongshi(root, "import", str(WORKBOOK), "--as", "communities", "--yes")
    assert "2799" in said
    assert "102" in said
    after = tree(root / "data")
    for path, content in before.items():
        assert after[path].startswith(content), f"{path}: rows may be added, never changed"
    assert _gongshi(root, "check").splitlines()[-1].startswith("0 个错误")
