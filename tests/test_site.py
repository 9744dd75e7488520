"""The real MkDocs: what gongshi build promises, what mkdocs build and serve do from a clean clone."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator import build, writing
from generator.emit.hosting import CONTENT_SECURITY_POLICY
from generator.problems import CheckFailed, GateRefused, MachineFailed, UnsafeOutput
from tests.support import AS_OF, PROJECT, tree, write_files

GOLDEN = Path(__file__).parent / "golden" / "site"
#: What holds in every city.
NATIONAL = ("data/policies/national.yml", "data/disclosure_policies/national.csv")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "site-root")
    return tmp_path / "site-root"


@pytest.fixture
def built(root: Path) -> Path:
    build.build(root, root / "site", AS_OF)
    return root


def test_every_markdown_file_becomes_a_page(built: Path) -> None:
    pages = {path for path in tree(built / "site") if path.endswith(".html")}
    sealed = {path for path in pages if path.endswith("/sealed.html")}
    assert len(pages - sealed) == len([p for p in tree(built / "build/docs") if p.endswith(".md")]) + 1  # and 404.html
    assert "communities/cm-340104-huayuan2/index.html" in pages


def test_building_twice_gives_the_same_bytes(built: Path) -> None:
    first = tree(built / "site")
    build.build(built, built / "again", AS_OF)
    assert tree(built / "again") == first


def test_the_day_is_an_argument_and_is_printed(built: Path) -> None:
    build.build(built, built / "other", date(2030, 1, 2))
    assert "2030年1月2日" in (built / "other/index.html").read_text(encoding="utf-8")


def test_wrong_data_leaves_the_old_site_whole(built: Path) -> None:
    before = tree(built / "site")
    write_files(built, {"data/firms/x.yml": "id: X\n"})
    with pytest.raises(CheckFailed):
        build.build(built, built / "site", AS_OF)
    assert tree(built / "site") == before


@pytest.mark.parametrize(
    ("page", "finding"),
    [
        ("content/accessibility.md", "一级标题（# 开头的一行）有 2 个，应当有 1 个"),
        ("content/new.md", "new.md：页面不在 mkdocs.yml 的导航里；在 nav 里加一行，或写进 not_in_nav"),
    ],
)
def test_a_page_that_breaks_a_promise_leaves_the_old_site_whole(built: Path, page: str, finding: str) -> None:
    before = tree(built / "site")
    write_files(built, {page: "# 标题\n\n# 又一个标题\n"})
    with pytest.raises(GateRefused) as refused:
        build.build(built, built / "site", AS_OF)
    assert any(finding in one for one in refused.value.findings)
    assert all(re.search(r"[\u4e00-\u9fff]", one) for one in refused.value.findings)
    assert tree(built / "site") == before
    assert not list(built.glob(".site*"))


@pytest.mark.parametrize("path", ["firms/index.md", "firms/firm-shili/index.md", "Firms/firm-shili.md"])
def test_two_files_at_one_address_are_refused(root: Path, path: str) -> None:
    write_files(root, {f"content/{path}": "# 我的企业页\n"})
    with pytest.raises(CheckFailed) as failed:
        build.render(root, AS_OF)
    assert [problem.code for problem in failed.value.problems] == ["E601"]


@pytest.mark.parametrize("out", [".", "..", "data", "content", "build/x", "data/firms", "other"])
def test_a_folder_that_is_not_ours_is_never_replaced(root: Path, out: str) -> None:
    write_files(root, {"other/letter.txt": "别删我"})
    before = tree(root)
    with pytest.raises(UnsafeOutput):
        build.build(root, root / out, AS_OF)
    assert tree(root) == before


def test_a_second_build_at_the_same_time_is_told_so(root: Path) -> None:
    with writing.locked(root), pytest.raises(MachineFailed):
        build.build(root, root / "site", AS_OF)


def test_a_killed_build_leaves_the_old_site_whole(built: Path) -> None:
    before = tree(built / "site")
    command = [sys.executable, "-m", "generator", "--root", str(built), "build", "--as-of", "2027-01-01"]
    for wait in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.kill()
        process.wait()
        found = tree(built / "site")
        assert found == before or b"2027" in found["index.html"]
        before = found


def test_the_policy_of_the_header_stands_in_every_page(built: Path) -> None:
    headers = (built / "site/_headers").read_text()
    assert CONTENT_SECURITY_POLICY in headers
    assert "unsafe" not in headers
    for path, raw in tree(built / "site").items():
        if path.endswith(".html"):
            found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', raw.decode())
            assert found, path
            assert found.group(1) == (
                "default-src 'none'" if path.endswith("/sealed.html") else CONTENT_SECURITY_POLICY
            )


def test_no_page_names_a_foreign_host(built: Path) -> None:
    """Our own files name only themselves; what the theme's bundle does is seen in test_browser.py."""
    allowed = {"gongshi.example", "www.w3.org", "example.gov.cn"}  # the last is how the dictionary writes an address
    for path, raw in tree(built / "site").items():
        if path.endswith((".html", ".css", ".js", ".json", ".xml")) and not path.startswith(
            ("assets/javascripts/", "assets/stylesheets/", "schemas/", "downloads/")
        ):
            hosts = set(re.findall(r"https?://([\w.-]+)", raw.decode()))
            assert hosts <= allowed | {"www.sitemaps.org"}, (path, hosts)


def test_record_pages_stay_out_of_the_navigation(built: Path) -> None:
    page = (built / "site/index.html").read_text(encoding="utf-8")
    navigation = page[page.index("md-tabs") : page.index("<main")]
    assert "communities/" in navigation
    assert "cm-340104" not in navigation


def _mkdocs(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GONGSHI_AS_OF": AS_OF.isoformat(), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_mkdocs_build_strict_just_works(root: Path) -> None:
    done = _mkdocs(root, "build", "--strict", "--site-dir", str(root / "out"))
    assert done.returncode == 0, done.stderr
    build.build(root, root / "site", AS_OF)
    assert tree(root / "out").keys() == tree(root / "site").keys()


def test_mkdocs_build_with_wrong_data_says_where_and_keeps_the_site(root: Path) -> None:
    _mkdocs(root, "build")
    before = tree(root / "site")
    write_files(root, {"data/firms/x.yml": "id: X\nname: 示例\n"})
    done = _mkdocs(root, "build")
    assert done.returncode == 1
    assert "data/firms/x.yml:1:5: 错误 E211" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(root / "site") == before


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def serving(root: Path) -> Iterator[tuple[Path, str]]:
    address = f"127.0.0.1:{_port()}"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "-a", address]
    with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.PIPE, text=True) as process:
        yield root, f"http://{address}"
        process.terminate()


def _get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def _wait_for(url: str, text: str) -> bool:
    for _ in range(480):
        if text in _get(url):
            return True
        time.sleep(0.25)
    return False


def test_mkdocs_serve_follows_an_edit_and_survives_a_mistake(serving: tuple[Path, str]) -> None:
    root, address = serving
    url = f"{address}/communities/cm-340104-xincun/"
    assert _wait_for(url, "示例新村")
    path = root / "data/communities/communities.yml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("老示例街 5 号", "老示例街 6 号"), encoding="utf-8")
    assert _wait_for(url, "老示例街 6 号")
    path.write_text(
        good.replace("老示例街 5 号", "老示例街 7 号").replace("code: x", "") + "- id: X\n", encoding="utf-8"
    )
    time.sleep(2)
    assert "老示例街 6 号" in _get(url), "the last good page stays"
    path.write_text(good.replace("老示例街 5 号", "老示例街 8 号"), encoding="utf-8")
    assert _wait_for(url, "老示例街 8 号")


def test_the_projects_own_settings_are_those_of_a_new_site() -> None:
    """init writes the settings, guides and national rules this project uses: one list, not two."""
    from generator import founding

    fresh = founding.new_files("340100")
    ours = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    theirs = fresh["mkdocs.yml"].splitlines()
    assert [line for line in ours if not line.startswith("site_")] == [
        line for line in theirs if not line.startswith("site_")
    ]
    pages = {
        f"content/{path}": raw.decode()
        for path, raw in tree(PROJECT / "content").items()
        if not path.startswith("stories/")
    }
    assert {path: text for path, text in fresh.items() if path.startswith("content/")} == pages
    for path in NATIONAL:
        assert fresh[path] == (PROJECT / path).read_text(encoding="utf-8")
