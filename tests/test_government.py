"""Conventions of government sites (domain §7.1, §7.2): meta tags, footer, map of the site, head of a document."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import addresses, build, templating
from tests.support import AS_OF, write_files

GOLDEN = Path(__file__).parent / "golden" / "site"
SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}
OPTIONAL = {"Keywords", "Description", "Url"}
#: Folders whose pages below the index are pages of records.
RECORDS = ("communities/", "firms/", "organizations/", "policies/", "regions/", "rankings/rk-", "schemes/sch-")
#: Pages under the page of a record, and filters.
PART = re.compile(r"^accounts/by/|^rankings/(?:by/|[^/]+/(?:v\d+|changes)/)")
SOURCE = "示例\"局'<b>&amp;</b>"
NAME = "示例<i>\"园'&lt;"


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a registered site with a domain, and a name and a source that are hard to write down."""
    root = tmp_path_factory.mktemp("registered") / "root"
    shutil.copytree(GOLDEN, root)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    site = (root / "data/site.yml").read_text(encoding="utf-8")
    files = {
        "mkdocs.yml": settings.replace("https://gongshi.example/", "https://wuye.shili.gov.cn/"),
        "data/site.yml": site + "organizer: 示例中心\nsupport: 示例<技术>公司\nsite_id_code: '3401990017'\n"
        "icp: 皖ICP备20990017号-1\npolice_filing: 皖公网安备 34019902000731号\n",
        "data/communities/x.yml": "id: cm-x\nregion: '340104'\npublished_on: 2026-03-09\n"
        f"name: {json.dumps(NAME)}\ncontent_source: {json.dumps(SOURCE)}\n",
        "content/guide.md": "# 办事<指南> {#guide}\n",
    }
    files["mkdocs.yml"] = files["mkdocs.yml"].replace("not_in_nav: |", "not_in_nav: |\n  /guide.md")
    build.build(write_files(root, files), root / "site", AS_OF)
    return root / "site"


def _pages(site: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """(path, tag -> its values) of every page; the tags of the table begin with a capital."""
    for path in sorted(site.rglob("*.html")):
        if path.name == "sealed.html":
            continue  # sealed as it is, without anything of ours
        found: dict[str, list[str]] = {}
        for node in LexborHTMLParser(path.read_bytes()).css("meta[name]"):
            name = node.attributes["name"] or ""
            if name[0].isupper():
                found.setdefault(name, []).append(node.attributes.get("content") or "")
        yield path.relative_to(site).as_posix(), found


def _is_record(path: str) -> bool:
    return path.startswith(RECORDS) and path.count("/") == 2


def _is_of_a_record(path: str) -> bool:
    """A record's own page, or one below it, to which its own leads."""
    return path.startswith(RECORDS) and path.count("/") >= 2 and not path.startswith("regions/")


def test_citations_of_a_site_with_a_domain_are_whole_addresses(registered: Path) -> None:
    tree = LexborHTMLParser((registered / "rankings/rk-shili-2025/index.html").read_bytes())
    (cited,) = tree.css(".cite")
    assert cited.text().count("https://wuye.shili.gov.cn/rankings/rk-shili-2025/v2/") == 3
    assert "data-host" not in (cited.html or "")


def test_every_page_of_a_registered_site_has_the_tags_of_its_kind(registered: Path) -> None:
    for path, tags in _pages(registered):
        wanted = SITE if path in {"index.html", "404.html"} else SITE | COLUMN
        if _is_record(path):
            wanted = SITE | COLUMN | ARTICLE | OPTIONAL
            told = {"cm-x", "cm-340104-huayuan2", "rk-shili-2024", "rk-shili-2025"}
            if path.split("/")[1] not in told:  # nobody says when the others were published
                wanted = wanted - {"PubDate"}
        assert set(tags) == wanted, path
        for name, values in tags.items():
            assert len(values) == 1, (path, name)
            assert values[0].strip(), (path, name)
        assert [tags["SiteName"], tags["SiteDomain"], tags["SiteIDCode"]] == [
            ["公示栏"],
            ["wuye.shili.gov.cn"],
            ["3401990017"],
        ]


def test_an_article_says_its_column_day_source_and_address(registered: Path) -> None:
    tags = dict(_pages(registered))["communities/cm-x/index.html"]
    assert {name: values[0] for name, values in tags.items() if name not in SITE} == {
        "ColumnName": "查小区",
        "ColumnDescription": "按区县和拼音查找小区",
        "ColumnKeywords": "查小区",
        "ColumnType": "信息公开",
        "ArticleTitle": NAME,
        "PubDate": "2026-03-09 00:00",
        "ContentSource": SOURCE,
        "Keywords": f"{NAME},合肥市,蜀山区",
        "Description": f"合肥市蜀山区{NAME}的物业电话、收费标准和服务期限",
        "Url": "https://wuye.shili.gov.cn/communities/cm-x/",
    }


def test_a_hand_written_page_without_front_matter_is_a_column(registered: Path) -> None:
    tags = dict(_pages(registered))["guide/index.html"]
    assert [tags[name] for name in sorted(COLUMN)] == [["办事<指南>"], ["办事<指南>"], ["办事<指南>"], ["概况信息"]]


def test_the_footer_of_a_registered_site(registered: Path) -> None:
    footer = LexborHTMLParser((registered / "about/index.html").read_bytes()).css_first("footer")
    assert footer is not None
    for line in (
        "主办单位：示例市住房保障和房产管理局",
        "承办单位：示例中心",
        "技术支持：示例<技术>公司",
        "网站标识码：3401990017",
    ):
        assert line in footer.text()
    links = {node.text(): node.attributes["href"] for node in footer.css("a")}
    assert links["皖ICP备20990017号-1"] == "https://beian.miit.gov.cn/"
    assert links["皖公网安备 34019902000731号"] == "https://beian.mps.gov.cn/#/query/webSearch?code=34019902000731"
    assert links["网站地图"] == "../sitemap/"


def test_what_is_not_set_leaves_no_trace(sample: Path) -> None:
    """The sample has neither numbers nor a domain of its own: gongshi.example is nobody's."""
    for path, tags in _pages(sample):
        assert set(tags).isdisjoint({"SiteDomain", "SiteIDCode", "Url"}), path
        text = (sample / path).read_text(encoding="utf-8")
        for word in ("网站标识码", "beian.", "承办单位", "技术支持"):
            assert word not in text, path


@pytest.mark.parametrize(
    ("site_url", "host"),
    [
        ("https://wuye.Hefei.gov.cn/gongshi/", "wuye.hefei.gov.cn"),
        ("https://example.gov.cn:8443/", "example.gov.cn"),
        (None, None),
        ("", None),
        ("https://gongshi.example/", None),
        ("https://www.example.com/", None),
        ("https://example.org/", None),
        ("https://site.test/", None),
        ("http://localhost:8000/", None),
        ("http://127.0.0.1:8000/", None),
        ("http://[::1]:8000/", None),
        ("http://intranet/", None),
    ],
)
def test_a_placeholder_is_no_domain(site_url: str | None, host: str | None) -> None:
    assert addresses.domain(site_url) == host


def test_the_map_leads_to_every_page_that_is_no_record(registered: Path) -> None:
    links = {
        node.attributes["href"]
        for node in LexborHTMLParser((registered / "sitemap/index.html").read_bytes()).css("article a")
    }
    for path, _ in _pages(registered):
        if path in {"index.html", "404.html", "sitemap/index.html"} or PART.search(path) or _is_of_a_record(path):
            continue
        assert f"../{path.removesuffix('index.html')}" in links, path


def test_the_map_takes_titles_and_sentences_of_hand_written_pages(registered: Path) -> None:
    text = _text(registered / "sitemap/index.html", "article")
    assert "办事<指南>" in text
    assert "本站公开什么、数据从哪里来、怎么报告错误" in text


def _text(page: Path, selector: str) -> str:
    return "".join(node.text() for node in LexborHTMLParser(page.read_bytes()).css(selector))


def _index_block(call: str) -> list[tuple[str, str]]:
    source = f'{{% import "macros.md.j2" as m with context %}}{{{{ m.index_block({call}) }}}}'
    tree = LexborHTMLParser(templating.environment().from_string(source).render(day=date(2026, 3, 5)))
    return [(node.text(), node.next.text() if node.next else "") for node in tree.css("dt")]


def test_the_head_of_a_document_says_what_is_known() -> None:
    assert _index_block('name="示例<办法>"') == [("名称", "示例<办法>"), ("文号", "无")]
    full = (
        'index_no="示例-001", classification="政策文件", publisher="示例局", topic="城乡建设", name="办法",'
        'doc_no="示例〔2026〕1号", generated_on=day, published_on=day'
    )
    assert _index_block(full) == [
        ("索引号", "示例-001"),
        ("组配分类", "政策文件"),
        ("发布机构", "示例局"),
        ("主题分类", "城乡建设"),
        ("名称", "办法"),
        ("文号", "示例〔2026〕1号"),
        ("生成日期", "2026年3月5日"),
        ("发布日期", "2026年3月5日"),
    ]


def test_a_record_says_by_its_sources_when_it_was_made_and_published(sample: Path) -> None:
    text = _text(sample / "communities/cm-340104-huayuan2/index.html", ".origins")
    assert "2026年11月20日生成，2026年11月23日发布" in text
