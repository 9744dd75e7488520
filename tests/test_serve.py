"""The preview: what is wrong stands above the last good pages, and goes away by itself when it is put right."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator import preview
from generator.problems import CheckFailed, Problem, Source
from tests.conftest import GOLDEN
from tests.support import AS_OF, PROJECT, tree

pytestmark = pytest.mark.xdist_group("serve")

#: A slow machine builds the sample in half a minute; nobody waits for it longer than this.
PATIENCE = 120.0
FEES = "data/fee_standards/fee_standards.csv"
ALERT = 'role="alert"'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOLDEN, tmp_path / "城 市"))


@contextlib.contextmanager
def _preview(command: list[str], port: int) -> Iterator[str]:
    """A preview in a process of its own; yields its address once a page comes back."""
    environment = {**os.environ, "PYTHONUTF8": "1", "GONGSHI_AS_OF": AS_OF.isoformat()}
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=PROJECT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}/"
        _until(lambda: process.poll() is not None or _get(address) is not None)
        assert process.poll() is None, "the preview ended"
        yield address
        assert process.poll() is None, "the preview ended"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _gongshi(root: Path) -> contextlib.AbstractContextManager[str]:
    port = _free_port()
    return _preview(["generator", "--root", str(root), "serve", "--port", str(port)], port)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _get(address: str) -> str | None:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            return str(response.read().decode())
    except urllib.error.HTTPError as error:
        return str(error.read().decode())
    except OSError:
        return None


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def _shows(address: str, *texts: str) -> None:
    """Wait until a page says all of this above its content."""

    def all_there() -> bool:
        page = _get(address) or ""
        return ALERT in page and all(text in page for text in texts)

    _until(all_there)


def _is_right_again(address: str) -> None:
    _until(lambda: ALERT not in (_get(address) or ALERT))


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_wrong_cell_in_a_browser(root: Path, browser: Browser) -> None:
    """Nobody reloads here: what appears and goes away does so by live reload, under the policy of the pages."""
    with _gongshi(root) as address, contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{address}communities/cm-340104-huayuan2/")
        alert = page.get_by_role("alert")
        expect(alert).to_have_count(0)

        _change(root / FEES, "area_month,1.45", "<img src=x>,1.45元")
        expect(alert).to_contain_text("数据有错误，下面是改之前的页面", timeout=PATIENCE * 1000)
        expect(alert).to_contain_text(f"{FEES} 第 3 行，I3 格（amount）")
        expect(alert).to_contain_text("收费标准应是金额，最多四位小数（1.45元）")
        expect(alert).to_contain_text("怎么改：只写阿拉伯数字")
        expect(alert).to_contain_text("<img src=x>")
        expect(alert.locator("img")).to_have_count(0)
        expect(page.locator("h1")).to_have_text("示例花园（二期）")
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
        assert "unsafe" not in policy

        _change(root / FEES, "<img src=x>,1.45元", "area_month,1.50")
        expect(alert).to_have_count(0, timeout=PATIENCE * 1000)
        expect(page.locator("main")).to_contain_text("1.50")
        assert said == []


def test_data_that_is_wrong_from_the_first_start(root: Path) -> None:
    _change(root / FEES, "area_month,1.45", "area_month,1.45元")
    with _gongshi(root) as address:
        _shows(address, "数据有错误，还没有页面", "1.45元", "<h1")
        _change(root / FEES, "1.45元", "1.45")
        _is_right_again(address)
        assert "示例花园" in (_get(f"{address}communities/cm-340104-huayuan2/") or "")
        before = tree(root / "build/docs")
    _change(root / FEES, "area_month,1.45", "area_month,1.45元")
    with _gongshi(root) as address:
        _shows(f"{address}communities/cm-340104-huayuan2/", "数据有错误，下面是改之前的页面", "示例花园")
    assert tree(root / "build/docs") == before


SETTINGS = (
    ("data/site.yml", "name:", "nmae: x\nname:", "nmae"),
    ("data/site.yml", "0551-20000000", "20000000", "20000000"),
    ("mkdocs.yml", "  - gongshi", "  - gongshi\n  - nothing", "nothing"),
    ("mkdocs.yml", "site_name:", "site_name: [\nx:", "mkdocs.yml"),
)


def test_settings_that_go_wrong_and_come_right(root: Path) -> None:
    with _gongshi(root) as address:
        for path, old, new, said in SETTINGS:
            _change(root / path, old, new)
            _shows(f"{address}firms/", "下面是改之前的页面", said, "示例")
            _shows(f"{address}nothing/", "下面是改之前的页面", "找不到这个页面")
            _change(root / path, new, old)
            _is_right_again(f"{address}firms/")


def test_a_page_that_cannot_be_made_leaves_the_others_whole(root: Path) -> None:
    """MkDocs gives up in the middle of its work here, after it has cleared the folder it builds into."""
    page = root / "content/about.md"
    right = page.read_bytes()
    with _gongshi(root) as address:
        page.write_bytes(right.replace(b"---\n", b"---\ntemplate: nothing.html\n", 1))
        _shows(f"{address}firms/", "页面生成不了，下面是改之前的页面", "nothing.html", "示例")
        page.write_bytes(right)
        _is_right_again(f"{address}firms/")


def test_mkdocs_serve_shows_the_same(root: Path) -> None:
    port = _free_port()
    with _preview(["mkdocs", "serve", "-f", str(root / "mkdocs.yml"), "-a", f"127.0.0.1:{port}"], port) as address:
        _change(root / FEES, "area_month,1.45", "area_month,1.45元")
        _shows(address, "数据有错误，下面是改之前的页面", "1.45元")
        _change(root / FEES, "1.45元", "1.45")
        _is_right_again(address)


def _serve(root: Path, port: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "--root", str(root), "serve", "--port", str(port)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)


def test_what_keeps_a_preview_from_beginning(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = _serve(root, server.getsockname()[1])
    assert taken.returncode == 4
    assert "--port" in taken.stderr
    (root / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    assert _serve(root, _free_port()).returncode == 1
    (root / "mkdocs.yml").unlink()
    absent = _serve(root, _free_port())
    assert absent.returncode == 1
    assert "gongshi init" in absent.stderr


def test_the_first_problems_are_spelled_out_and_the_rest_counted() -> None:
    problems = [Problem("E202", Source("data/firms/x.yml", line), {"value": f"field{line}"}) for line in range(1, 31)]
    block = preview.block(CheckFailed(problems), (), has_pages=True)
    assert block.count("<li>") == 10
    assert "另有 20 处" in block


def test_only_the_script_of_live_reload_may_run() -> None:
    policy = b"<meta content=\"script-src 'self'; style-src 'self'\">"
    page = policy + b"<body class=x><p>text</p><script>reload()</script></body>"
    shown = preview.shown(page, "<i>above</i>")
    assert b"<body class=x><i>above</i><p>" in shown
    assert b"script-src 'self' 'sha256-" in shown
    assert preview.shown(policy + b"<body></body>", "") == policy + b"<body></body>"
