"""What runs in a browser, in a real one: policy, requests, accessibility, keyboard, search, phones, print, no script."""

from __future__ import annotations

import contextlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from generator import build
from tests.support import AS_OF, SMALL, served, write_files

pytestmark = pytest.mark.xdist_group("browser")

#: One address of every kind of page.
PAGES = (
    "/",
    "/communities/",
    "/communities/cm-340104-huayuan2/",
    "/communities/cm-340104-xincun/",
    "/communities/cm-340111-heyuan/",
    "/communities/cm-340111-linong/",
    "/communities/cm-340111-xiqu/",
    "/firms/",
    "/firms/firm-shili-huifeng-shushan/",
    "/firms/firm-shili-lvzhou/",
    "/regions/",
    "/regions/340100/",
    "/regions/340104/",
    "/regions/340104-shili/",
    "/fees/",
    "/fees/340104/",
    "/fees/340111/",
    "/az/",
    "/az/s/",
    "/az/a/",
    "/quality/",
    "/quality/340111/",
    "/sources/",
    "/complaints/",
    "/complaints/340104/",
    "/organizations/",
    "/organizations/org-shili-jiedao/",
    "/policies/",
    "/policies/doc-yanshi-banfa/",
    "/disclosure/",
    "/systems/",
    "/systems/340100/",
    "/systems/map/",
    "/disclosure/340104/",
    "/disclosure/340104-shili/",
    "/disclosure/calendar/",
    "/communities/cm-340104-huayuan2/notices/",
    "/communities/cm-340104-huayuan2/matters/",
    "/communities/cm-340104-jiayuan/money/",
    "/accounts/",
    "/accounts/by/340104/",
    "/deliberation/",
    "/backstop/",
    "/places/",
    "/exposures/",
    "/stories/",
    "/sitemap/",
    "/guides/",
    "/guides/change-firm/",
    "/guides/what-may-be-charged/",
    "/guides/no-firm/",
    "/rankings/",
    "/rankings/by/2025/",
    "/rankings/by/margin/",
    "/rankings/rk-shili-2025/",
    "/rankings/rk-shili-2025/v1/",
    "/rankings/rk-shili-2025/changes/",
    "/schemes/sch-shili-2025/",
    "/commendations/",
    "/corrections/",
    "/verify/",
    "/guides/rankings/",
    "/guides/listed-firm/",
    "/downloads/",
    "/dictionary/",
    "/dictionary/firms/",
    "/dictionary/fee_standards/",
    "/about/",
    "/accessibility/",
    "/404.html",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@contextlib.contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page, and everything it complained about or asked of others."""
    options.setdefault("viewport", {"width": 1280, "height": 900})
    context = browser.new_context(**options)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console {message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: _note_foreign(request.url, said))
    yield page, said
    context.close()


def _note_foreign(url: str, said: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
        said.append(f"foreign request: {url}")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "light"),
        (1280, "dark"),
        pytest.param(360, "dark", marks=pytest.mark.long),
        pytest.param(1280, "light", marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing_and_nothing_complains(browser: Browser, address: str, width: int, scheme: str) -> None:
    """Every page at both widths and in both schemes; the other two pairings in the long suite."""
    with opened(browser, viewport={"width": width, "height": 900}, color_scheme=scheme) as (page, said):
        for path in PAGES:
            page.goto(address + path)
            found = Axe().run(page, options=RULES)
            violations = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found.response["violations"]]
            assert violations == [], path
    assert said == []


def test_axe_finds_nothing_in_the_open_search(browser: Browser, address: str) -> None:
    for path in ("/", "/firms/"):
        with opened(browser) as (page, said):
            page.goto(address + path)
            _type(page, "示例")
            assert Axe().run(page, options=RULES).response["violations"] == []
        assert said == []


def test_no_page_scrolls_sideways_at_any_width_or_type_size(browser: Browser, address: str) -> None:
    with opened(browser) as (page, _):
        for path in PAGES:
            page.goto(address + path)
            for width, size in (
                (320, "125%"),
                (360, "125%"),
                (768, "125%"),
                (1920, "125%"),
                (360, "250%"),
                (1280, "250%"),
            ):
                page.set_viewport_size({"width": width, "height": 900})
                page.evaluate("size => document.documentElement.style.fontSize = size", size)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width, size)


def test_the_policy_blocks_what_it_should(browser: Browser, address: str) -> None:
    with opened(browser) as (page, said):
        page.goto(address + "/about/")
        page.evaluate(
            "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')"
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.ran") is None
        assert any("Content Security Policy" in line for line in said)


def _type(page: Page, text: str) -> None:
    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.press_sequentially(text)
    expect(page.locator(".md-search-result__meta")).not_to_contain_text("输入")


def _titles(page: Page) -> list[str]:
    found: list[str] = page.locator(".md-search-result__list > .md-search-result__item h1").evaluate_all(
        "nodes => nodes.map(n => [...n.childNodes].filter(c => c.nodeName !== 'SMALL').map(c => c.textContent).join('').trim())"
    )
    return found


def test_search_from_home_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    with opened(browser) as (page, said):
        page.goto(address + "/")
        page.keyboard.press("/")
        page.keyboard.type("花园")
        page.wait_for_selector(".md-search-result__item")
        assert _titles(page)[0] == "示例花园（二期）"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/communities/cm-340104-huayuan2/")
    assert said == []


def test_the_index_is_fetched_on_focus_and_not_before(browser: Browser, address: str) -> None:
    with opened(browser) as (page, _):
        asked: list[str] = []
        page.context.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.goto(address + "/firms/")
        page.wait_for_timeout(500)
        assert not any(path.endswith(".json") for path in asked)
        with page.context.expect_event("request", lambda r: r.url.endswith("/search/records.json")):
            page.locator("[data-md-component=search-query]").focus()


@pytest.mark.parametrize("width", [360, 1280])
def test_pasted_and_spoken_text_is_found(browser: Browser, address: str, width: int) -> None:
    with opened(browser, viewport={"width": width, "height": 800}) as (page, said):
        page.goto(address + "/firms/")
        if width < 800:
            page.locator("[data-open=search]").click()
        box = page.locator("[data-md-component=search-query]")
        box.focus()
        page.keyboard.insert_text("徽风蜀山")  # an input event without any key, as from an input method
        page.wait_for_selector(".md-search-result__item")
        assert _titles(page) == ["示例徽风城市服务运营管理集团有限公司蜀山分公司"]
    assert said == []


def test_escape_closes_the_search_of_a_phone(browser: Browser, address: str) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as (page, _):
        page.goto(address + "/about/")
        page.locator("[data-open=search]").click()
        expect(page.locator(".md-search[role=dialog][aria-modal=true]")).to_have_count(1)
        expect(page.locator("[data-md-component=search-query]")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".md-search[role=dialog]")).to_have_count(0)
        expect(page.locator("[data-open=search]")).to_be_focused()


def test_a_missing_page_at_any_depth_is_whole(browser: Browser, address: str) -> None:
    with opened(browser) as (page, _):
        page.goto(address + "/no/such/page/")
        expect(page.get_by_role("heading", name="找不到这个页面")).to_be_visible()
        assert page.locator("main h1").evaluate("n => parseFloat(getComputedStyle(n).fontSize)") > 30
        _type(page, "花园")
        page.wait_for_selector(".md-search-result__item")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/communities/cm-340104-huayuan2/**")


def test_nothing_found_says_so(browser: Browser, address: str) -> None:
    with opened(browser) as (page, _):
        page.goto(address + "/")
        _type(page, "没有这个小区")
        expect(page.locator(".md-search-result__meta")).to_contain_text("没有找到")


def ask(page: Page, queries: list[str]) -> list[list[str]]:
    """What the worker answers to each query: addresses, best first."""
    found: list[list[str]] = page.evaluate(
        """async queries => {
            const worker = new Worker(new URL('/assets/gongshi/search-worker.js', location))
            const ask = text => new Promise(done => {
                worker.onmessage = ({data}) => data.type === 3 && done(data.data.items.map(([hit]) => hit.location))
                worker.postMessage({type: 2, data: text})
            })
            const found = []
            for (const text of queries) found.push(await ask(text))
            worker.terminate()
            return found
        }""",
        queries,
    )
    return found


def substrings(records: list[list[Any]], number: int, seed: int) -> list[str]:
    """Random substrings of two or more characters of names, aliases and addresses, as people type them."""
    choose = random.Random(seed)
    texts = [text for row in records for text in (row[2], *row[3], row[4]) if len(text) > 1]
    found = []
    for _ in range(number):
        text = choose.choice(texts)
        length = choose.randint(2, min(len(text), 6))
        start = choose.randint(0, len(text) - length)
        found.append(text[start : start + length])
    return [text for text in found if text.split() == [text]]


def scan(records: list[list[Any]], query: str) -> set[str]:
    """The oracle: a plain look through every name, alias and address."""
    import unicodedata

    def fold(text: str) -> str:
        return re.sub(r"[\s()\[\]{}〔〕【】《》“”\"'·,，、.。:：-]+", "", unicodedata.normalize("NFKC", text).lower())

    return {row[1] for row in records if any(fold(query) in fold(text) for text in (row[2], *row[3], row[4]))}


def test_search_is_exact(browser: Browser, address: str, sample: Path) -> None:
    records = json.loads((sample / "search/records.json").read_text(encoding="utf-8"))["records"]
    queries = substrings(records, 200, seed=1)
    with opened(browser) as (page, _):
        page.goto(address + "/about/")
        for query, found in zip(queries, ask(page, queries), strict=True):
            assert len(found) == len(set(found))
            assert set(found) == scan(records, query), query


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("示例花园二期", "communities/cm-340104-huayuan2/"),
        ("示例花园 (二期)", "communities/cm-340104-huayuan2/"),
        ("望示例路88号", "communities/cm-340104-huayuan2/"),
        ("蜀山区示例街道", "regions/340104-shili/"),
        ("行业党委", "systems/340100/#mechanism-h01"),
    ],
)
def test_what_people_type_is_found(query: str, found: str, browser: Browser, address: str) -> None:
    with opened(browser) as (page, _):
        page.goto(address + "/about/")
        assert found in ask(page, [query])[0]


HOSTILE = (
    "示例<script>window.ran=1</script>",
    "示例<img src=x onerror=window.ran=1>",
    "示例</title><script>window.ran=1</script>",
    "示例{{ 7*7 }}{% raw %}",
    "示例*粗*_斜_`码`[链](javascript:x)",
    "示例|表|格 # 标题",
    "示例&lt;b&gt;&amp;",
    "示例\"引号'单引号",
    "示例{: onclick=x }{#id}",
    "示例\\反斜杠~~删~~^上^",
    "示例[ref]: x *[abbr]: y [^1]",
    '示例--8<-- "/etc/passwd"',
)


def test_hostile_names_are_text_everywhere(browser: Browser, tmp_path: Path) -> None:
    quoted = [json.dumps(name, ensure_ascii=False) for name in HOSTILE]
    files = dict(SMALL) | {
        "mkdocs.yml": (Path(__file__).parent / "golden/site/mkdocs.yml").read_text(encoding="utf-8"),
        "content/about.md": "# 关于 {#about}\n\n## 报告 {#report}\n",
        "content/accessibility.md": "# 无障碍 {#a11y}\n",
        "data/communities/x.yml": "".join(
            f"- {{id: cm-x{n}, name: {name}, region: '340104', address: {name}, developer: {name}, note: {name}}}\n"
            for n, name in enumerate(quoted)
        ),
        "data/firms/x.yml": "".join(f"- {{id: firm-x{n}, name: {name}}}\n" for n, name in enumerate(quoted)),
    }
    root = write_files(tmp_path, files)
    build.build(root, root / "site", AS_OF)
    with served(root / "site") as address, opened(browser, bypass_csp=True) as (page, said):
        for number, name in enumerate(HOSTILE):
            for path in (f"/communities/cm-x{number}/", f"/firms/firm-x{number}/"):
                page.goto(address + path)
                assert page.locator("h1").inner_text() == name
                assert page.title() == f"{name} · 示例公示栏"
        page.goto(address + "/")
        _type(page, "示例")
        assert set(HOSTILE) <= set(_titles(page)) or page.locator(".md-search-result__item").count() >= 10
        for path in ("/regions/340104/", "/az/s/", "/firms/", "/communities/"):
            page.goto(address + path)
            for name in HOSTILE:
                if path != "/communities/":
                    assert page.get_by_text(name, exact=True).count() >= 1, (path, name)
            assert page.evaluate("window.ran") is None
        assert said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_there_without_script(browser: Browser, address: str, scheme: str) -> None:
    with opened(browser, java_script_enabled=False, color_scheme=scheme) as (page, _):
        page.goto(address + "/communities/cm-340104-huayuan2/")
        expect(page.get_by_role("link", name="0551-20001234").first).to_be_visible()
        expect(page.get_by_role("cell", name="1.45")).to_be_visible()
        page.goto(address + "/")
        page.get_by_role("link", name="S", exact=True).click()
        expect(page.get_by_role("link", name="示例花园（二期）")).to_be_visible()


def test_the_scheme_follows_the_system_without_script(browser: Browser, address: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        with opened(browser, java_script_enabled=False, color_scheme=scheme) as (page, _):
            page.goto(address + "/about/")
            page.screenshot()
            grounds.append(page.locator("body").evaluate("n => getComputedStyle(n).backgroundColor"))
    assert grounds[0] != grounds[1]


def test_print_hides_what_paper_cannot_use(browser: Browser, address: str) -> None:
    with opened(browser) as (page, _):
        page.goto(address + "/communities/cm-340104-huayuan2/")
        page.emulate_media(media="print")
        for selector in (".md-search", ".md-tabs", ".jump", ".md-footer", ".more"):
            expect(page.locator(selector).first).to_be_hidden()
        assert page.locator("article .crumb a").first.evaluate("n => getComputedStyle(n).textDecorationLine") == "none"
        expect(page.get_by_text("网址：https://gongshi.example/communities/cm-340104-huayuan2/")).to_be_visible()
        expect(page.locator("[data-printed]")).to_be_hidden()
        assert page.pdf(format="A4").startswith(b"%PDF")
        expect(page.locator("[data-printed]")).to_have_text(
            re.compile(r"^打印时间：\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}$")
        )
        expect(page.get_by_role("button", name="打印本页")).to_be_hidden()


def test_forced_colours_keep_states_visible(browser: Browser, address: str) -> None:
    with opened(browser, forced_colors="active") as (page, _):
        page.goto(address + "/communities/cm-340111-linong/")
        assert page.locator(".chip.none").first.evaluate("n => getComputedStyle(n).borderTopStyle") == "dashed"


def test_every_control_is_reached_by_tab_and_shows_it(browser: Browser, address: str) -> None:
    with opened(browser) as (page, _):
        page.goto(address + "/communities/cm-340104-huayuan2/")
        seen = set()
        for _step in range(80):
            page.keyboard.press("Tab")
            state = page.evaluate(
                "(() => { const n = document.activeElement, s = getComputedStyle(n);"
                "return [n.tagName + (n.getAttribute('href') || n.name || n.id || ''), s.outlineStyle, s.outlineWidth] })()"
            )
            if state[0] == "BODY":
                break
            seen.add(state[0])
            assert state[1] != "none", state
        assert "Atel:+8655120001234" in seen
        assert "A#fees" in seen
