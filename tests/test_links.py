"""Hand-written pages lead somewhere: what is certain without the data, and what only a day's pages can tell."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator import addresses, build, checking, engine, facts, links, site
from generator.problems import CheckFailed
from tests.conftest import GOLDEN
from tests.support import AS_OF, PROJECT, SMALL, tree, write_files


def _codes(root: Path, as_of: date | None) -> list[str]:
    return [problem.code for problem in build.check(root, as_of)[1] if problem.is_error]


def test_every_column_is_there_whatever_the_data(tmp_path: Path) -> None:
    files, _ = build.render(write_files(tmp_path, {"data/site.yml": "name: 空的公示栏\n"}), AS_OF)
    assert {addresses.page_file(uri) for uri in addresses.COLUMNS} <= files.keys()


def test_our_own_pages_need_no_data_to_be_checked() -> None:
    content = {path: raw for path, raw in tree(PROJECT / "content").items() if not path.startswith("stories/")}
    assert list(links.check(content)) == []
    assert links.is_certain(content)


def test_check_sees_what_a_build_sees_without_rendering(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(GOLDEN, root)
    page = "# 标题\n\n[一](communities/cm-340104-huayuan2.md#fees)，[二](communities/nope.md)，[三](firms/index.md#x)\n"
    write_files(root, {"content/x.md": page})
    with pytest.raises(CheckFailed) as failed:
        build.render(root, AS_OF)
    checked = checking.inspect(root, AS_OF)
    assert checked.dataset
    assert checking.assembled(checked, AS_OF) == failed.value.problems
    assert _codes(root, AS_OF) == ["E136", "E137"]
    assert _codes(root, None) == [], "whatever the day, the page may be there"
    named = site.assemble(facts.derive(checked.dataset, AS_OF), checked.read.content)[0]
    assert {"communities/cm-340104-huayuan2.md", "firms/index.md"} <= links.pointed_into(
        checked.read.content
    ) & named.keys()


def test_a_page_that_leaves_the_site_takes_its_links_along(tmp_path: Path) -> None:
    lines = "id: cm-x\nname: 示例三小区\nregion: '340104'\ndisplay_until: 2026-12-01\nas_of: 2026-11-20\n"
    files = {"data/communities/x.yml": lines, "content/x.md": "# 标题\n\n[三小区](communities/cm-x.md)\n"}
    root = write_files(tmp_path, dict(SMALL) | files)
    assert _codes(root, date(2026, 12, 1)) == []
    assert _codes(root, date(2026, 12, 2)) == ["E136"]


@pytest.mark.parametrize(
    "link",
    [
        "[甲](communities/cm-one.md)",
        "[甲](communities/cm-one.md#fees)",
        "[甲](/communities/cm-one/)",
        "[甲](downloads/firms.csv)",
        "[甲](about.md?x=1#top)",
        "[甲](#b)",
        "![甲](%E7%94%B2.png)",
        "![甲](<甲.png>)",
        "[甲](tel:12345), <a@example.cn>, <https://example.cn>, [乙](mailto:a@example.cn)",
        "`[甲](nowhere.md)`",
        "    [甲](nowhere.md)",
        "```\n[甲](nowhere.md)\n<iframe>\n```",
        "<!-- [甲](nowhere.md) <iframe> -->",
        '<img src="../甲.png" alt="甲">',
        "<div markdown>\n![甲](甲.png)\n</div>",
        "甲 {#b2}",
    ],
)
def test_what_leads_somewhere(link: str, tmp_path: Path) -> None:
    files: Mapping[str, str | bytes | None] = {
        **SMALL,
        "content/about.md": "# 关于 {#top}\n",
        "content/x.md": f"# 标题 {{#b}}\n\n{link}\n",
        "content/甲.png": _PNG,
    }
    assert _codes(write_files(tmp_path, files), AS_OF) == []


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200014898a5d80000"
    "000049454e44ae426082"
)


def test_mkdocs_is_heard_in_chinese() -> None:
    said = {
        "Doc file 'a.md' contains a link 'b.md#c', but the doc 'b.md' does not contain an anchor '#c'.": (
            "a.md：链接 b.md#c 指向的小标题不存在"
        ),
        "Doc file 'a.md' contains a link '#c', but there is no such anchor on this page.": (
            "a.md：链接 #c 指向的小标题不存在"
        ),
        "Doc file 'a.md' contains a link 'b.md', but the target is not found among documentation files.": (
            "a.md：链接 b.md 指向的文件不存在"
        ),
        "Doc file 'a.md' contains an unrecognized relative link 'b/', it was left as is. Did you mean 'b.md'?": (
            "a.md：链接 b/ 指向的文件不存在"
        ),
        'The following pages exist in the docs directory, but are not included in the "nav" configuration:'
        "\n  - a.md\n  - b.md": "a.md、b.md：页面不在 mkdocs.yml 的导航里；在 nav 里加一行，或写进 not_in_nav",
        "A reference to 'a.md' is included in the 'nav' configuration, which is not found in the documentation files.": (
            "mkdocs.yml：导航 nav 里的 a.md 不存在；改正文件名，或删掉这一行"
        ),
        "Something new": "MkDocs：Something new",
    }
    assert {warning: engine.in_chinese(warning) for warning in said} == said
