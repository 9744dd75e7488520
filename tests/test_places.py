"""Who is there for people, and what was made known: what pages say on the day, and what leaves every file in time."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import build, messages, pictures
from generator.facts.places import ExitState
from generator.facts.placing import exit_state
from generator.records import ExitProcedure, ServicePoint
from generator.records.service_point import PointKind
from generator.records.vote import Vote
from generator.rules.places import shortfalls
from tests.support import AS_OF, PROJECT, SMALL, write_files

EXPOSURE = SMALL["data/exposures/exposures.yml"]
EXIT = SMALL["data/exit_procedures/exits.yml"]
#: Words that stand nowhere but in the exposure.
PROBLEM = "9 月 3 日消防通道被占"


def _files(root: Path, files: Mapping[str, str | bytes | None], as_of: date = AS_OF) -> dict[str, str]:
    laid = {name: text for name, text in {**SMALL, **files}.items() if text is not None}
    rendered, _ = build.render(write_files(root, laid), as_of)
    return {path: raw.decode("utf-8-sig") for path, raw in rendered.items() if path.endswith((".md", ".csv", ".json"))}


def _mentions(files: Mapping[str, str], *words: str) -> set[str]:
    return {path for path, text in files.items() if any(word in text for word in words)}


def _text(page: str, selector: str = "body") -> str:
    return "".join(node.text() for node in LexborHTMLParser(page).css(selector))


@pytest.mark.parametrize(("day", "days"), [(date(2026, 9, 10), "0 天"), (AS_OF, "75 天"), (date(2027, 3, 9), "180 天")])
@pytest.mark.parametrize("path", ["exposures/index.md", "communities/cm-one.md", "firms/firm-one.md"])
def test_an_exposure_that_nothing_followed_says_for_how_many_days(
    path: str, day: date, days: str, tmp_path: Path
) -> None:
    page = _files(tmp_path, {}, day)[path]
    assert f"曝光以后没有登记整改，自 2026年9月10日起已 {days}。" in _text(page, ".sides")


FOLLOWED = EXPOSURE.replace(
    "display_until", "follow_up: [{date: 2026-09-20, what: 复查没有再占, by: 示例街道办事处}]\ndisplay_until"
)


def test_an_exposure_that_was_followed_says_how(tmp_path: Path) -> None:
    files = _files(tmp_path, {"data/exposures/exposures.yml": FOLLOWED})
    page = _text(files["exposures/index.md"], "section:has(#entries)")
    assert "没有登记整改" not in page
    assert "2026年9月20日，示例街道办事处：复查没有再占" in page
    assert "还没有登记改好" in page


def test_a_reply_stands_in_the_same_block_as_the_problem(tmp_path: Path) -> None:
    replied = EXPOSURE.replace("outlet", "reply: 已劝离，加装标线。\nreply_on: 2026-09-12\noutlet")
    (block,) = LexborHTMLParser(_files(tmp_path, {"data/exposures/exposures.yml": replied})["exposures/index.md"]).css(
        ".sides"
    )
    assert PROBLEM in block.text()
    assert "“已劝离，加装标线。”" in block.text()


def test_an_exposed_firm_is_told_what_it_may_do_and_whom_to_ring(tmp_path: Path) -> None:
    site = SMALL["data/site.yml"] + "operator_phone: {kind: landline, number: 0551-20000099}\n"
    guide = {"content/guides/listed-firm.md": "# 上了榜怎么办 {#listed-firm}\n"}
    for name, more, has_guide in (("bare", {}, False), ("guided", guide, True)):
        page = _files(tmp_path / name, {"data/site.yml": site, **more})["exposures/index.md"]
        section = LexborHTMLParser(page).css_first("section:has(#reply)")
        assert section
        links = [node.attributes["href"] for node in section.css("a")]
        assert "tel:+8655120000099" in links
        assert ("../guides/listed-firm/" in links) == has_guide


def test_a_correction_stands_with_the_exposure_it_put_right(tmp_path: Path) -> None:
    put_right = EXPOSURE + "correction: [{date: 2026-10-02, what: 楼号改为 3 号楼, why: 报道已更正}]\n"
    page = _files(tmp_path, {"data/exposures/exposures.yml": put_right})["exposures/index.md"]
    assert "更正：</b>楼号改为 3 号楼（报道已更正）" in page


def test_until_its_last_day_an_exposure_stands(tmp_path: Path) -> None:
    files = _files(tmp_path, {}, date(2027, 3, 9))
    pages = {"exposures/index.md", "communities/cm-one.md", "firms/firm-one.md"}
    assert pages | {"downloads/exposures.csv", "downloads/exposures.json"} <= _mentions(files, PROBLEM)


def test_after_its_last_day_an_exposure_leaves_every_file(tmp_path: Path) -> None:
    files = _files(tmp_path, {}, date(2027, 3, 10))
    assert _mentions(files, PROBLEM, "ex-one") == set()
    assert "现在没有公示的曝光" in files["exposures/index.md"]


def test_the_day_before_it_an_exposure_is_not_known(tmp_path: Path) -> None:
    assert PROBLEM not in _files(tmp_path, {}, date(2026, 9, 9))["exposures/index.md"]


def test_a_firm_that_is_off_the_site_is_not_named_beside_an_exposure(tmp_path: Path) -> None:
    head, first, second = SMALL["data/firms/firms.csv"].splitlines()
    firms = f"{head},status\n{first},withdrawn\n{second},\n"
    page = _files(tmp_path, {"data/firms/firms.csv": firms})["exposures/index.md"]
    assert "企业信息已停止公示" in page
    assert "示例一物业" not in page


DECIDED = {"started_on": "2026-06-01", "decided_on": "2026-06-20", "handover_on": "2026-08-31"}


@pytest.mark.parametrize(
    ("day", "more", "state"),
    [
        (date(2026, 6, 19), {}, ExitState.VOTING),
        (date(2026, 6, 20), {}, ExitState.DECIDED),
        (date(2026, 8, 30), {}, ExitState.DECIDED),
        (date(2026, 8, 31), {}, ExitState.HANDED_OVER),
        (date(2026, 8, 31), {"ended_on": "2026-07-01"}, ExitState.ENDED),
    ],
)
def test_the_state_of_an_exit_on_a_day(day: date, more: dict[str, str], state: ExitState) -> None:
    said = {"id": "xp-x", "community": "cm-one", "firm": "firm-one", "started_by": "业主大会", "as_of": "2026"}
    assert exit_state(ExitProcedure.model_validate({**said, **DECIDED, **more}), day) is state


@pytest.mark.parametrize(
    ("figures", "short"),
    [
        (("66.67", "66.67", "50.01", "50.01"), 0),
        (("66.66", "66.67", "50.01", "50.01"), 1),
        (("66.67", "66.66", "50.01", "50.01"), 1),
        (("100", "100", "50", "50.01"), 1),
        (("100", "100", "50.01", "50"), 1),
        (("60", "60", "40", "40"), 4),
    ],
)
def test_a_vote_carries_on_both_bases_or_not_at_all(figures: tuple[str, ...], short: int) -> None:
    names = ("took_part_area_pct", "took_part_owners_pct", "agreed_area_pct", "agreed_owners_pct")
    assert len(shortfalls(Vote.model_validate(dict(zip(names, figures, strict=True))))) == short


def test_an_exit_because_of_an_entry_leaves_with_it(tmp_path: Path) -> None:
    caused = {
        "data/exit_procedures/exits.yml": EXIT.replace("reason: 合同快到期，业主要求另选。", "entry: le-one"),
    }
    before, after = _files(tmp_path, caused), _files(tmp_path, caused, date(2027, 3, 2))
    assert {"downloads/exit_procedures.csv", "downloads/exit_procedures.json"} <= _mentions(before, "xp-one")
    assert "物业项目退出程序" in _text(before["communities/cm-one.md"], "h3")
    assert _mentions(after, "xp-one") == set()
    assert "物业项目退出程序" not in _text(after["communities/cm-one.md"], "h3")


FLAGGED = (
    "id: cm-x\nname: 示例三小区\nregion: '340104'\ngovernance_flags:\n"
    "  - {flag: 失管, since: 2024-01-01, until: 2026-11-24, classified_by: 示例街道办事处,\n"
    "     published_by: 示例区住建局, basis: 《示例公告》}\nas_of: 2026\n"
)


def test_a_class_says_who_classified_and_who_published(tmp_path: Path) -> None:
    files = _files(tmp_path, {"data/communities/x.yml": FLAGGED})
    for path in ("communities/cm-x.md", "backstop/index.md"):
        assert "示例街道办事处认定，2024年1月1日起，到 2026年11月24日；示例区住建局公布（《示例公告》）" in _text(
            files[path]
        )


def test_a_class_that_has_ended_sticks_nowhere(tmp_path: Path) -> None:
    files = _files(tmp_path, {"data/communities/x.yml": FLAGGED}, date(2026, 11, 25))
    assert _mentions(files, "示例区住建局", "《示例公告》") == set()
    assert "shi_guan" not in files["downloads/communities.csv"]
    assert "失管" not in files["communities/cm-x.md"]
    assert "cm-x" in files["downloads/communities.csv"]


def test_figures_are_shown_from_their_own_records_and_never_added(tmp_path: Path) -> None:
    page = _files(tmp_path, {})["backstop/index.md"]
    assert "2000余个" in _text(page, ".figures")
    assert "60余人次" in _text(_files(tmp_path, {})["places/index.md"], ".figures")


def test_the_real_figures_stand_as_the_source_writes_them() -> None:
    files, _ = build.render(PROJECT, AS_OF)
    page = _text(files["backstop/index.md"].decode(), "#trusteeship-tr-yaohai-guozi")
    for figure in ("30个", "20个", "92名", "34名", "18台", "2.21万人", "截止日期未注明"):
        assert figure in page
    assert "（目标）" in _text(files["backstop/index.md"].decode(), ".figures")


def test_every_row_of_looked_after_communities_names_a_number() -> None:
    page = LexborHTMLParser(build.render(PROJECT, AS_OF)[0]["backstop/index.md"].decode())
    rows = page.css("table tbody tr")
    assert rows
    assert all(row.css('td[data-l="急事打"] a[href^="tel:"]') for row in rows)


def test_a_scheme_that_does_not_say_whom_to_ring_leads_to_12345(tmp_path: Path) -> None:
    assert "来源没有写；先打 12345" in _text(_files(tmp_path, {})["backstop/index.md"], "#trusteeship-tr-one")


@pytest.mark.parametrize("kind", PointKind)
def test_the_sample_shows_every_kind_of_service_point(kind: PointKind) -> None:
    dataset, _ = build.check(PROJECT)
    assert dataset is not None
    assert kind in {point.kind for point in dataset.of(ServicePoint).values()}


@pytest.mark.parametrize(
    ("typed", "uri"),
    [("托管", "backstop/"), ("兜底", "backstop/"), ("服务点", "places/"), ("曝光", "exposures/"), ("做法", "stories/")],
)
def test_the_search_finds_the_columns(typed: str, uri: str, tmp_path: Path) -> None:
    rows = json.loads(_files(tmp_path, {})["search/records.json"])["records"]
    assert uri in {row[1] for row in rows if typed in row[2] or typed in row[3]}


def test_empty_columns_say_so(tmp_path: Path) -> None:
    gone = ("service_points/points", "trusteeships/trusteeships", "volunteer_teams/teams", "exposures/exposures")
    files = _files(tmp_path, {f"data/{name}.yml": None for name in gone})
    assert "还没有登记服务点" in files["places/index.md"]
    assert "还没有登记志愿服务队" in files["places/index.md"]
    assert "还没有登记托管和兜底" in files["backstop/index.md"]
    assert "还没有写做法" in files["stories/index.md"]


STORY = (
    "---\ntitle: 示例做法\ndate: 2026-09-18\ndescription: 架空层改成了微阵地\ncommunities: [cm-one]\nfirms: [firm-one]\n"
    "mechanisms: [h01]\nphotos: [{file: stories/bench.png, alt: 两张长凳, consent: 图里没有人}]\n---\n\n"
    "# 示例做法 {#one}\n\n![两张长凳](bench.png)\n"
)


def test_pages_of_records_link_to_the_stories_that_name_them(tmp_path: Path) -> None:
    files = _files(tmp_path, {"content/stories/one.md": STORY, "content/stories/bench.png": png()})
    for path, link in (("communities/cm-one.md", "../../stories/one/"), ("firms/firm-one.md", "../../stories/one/")):
        assert LexborHTMLParser(files[path]).css(f'a[href="{link}"]'), path
    index = LexborHTMLParser(files["stories/index.md"])
    assert "合肥市，示例一小区" in index.body.text() if index.body else False
    assert index.css('a[href="../systems/340100/#mechanism-h01"]')


def test_a_story_ends_with_links_to_what_it_names(tmp_path: Path) -> None:
    files = _files(tmp_path, {"content/stories/one.md": STORY, "content/stories/bench.png": png()})
    assert files["stories/one.md"].startswith(STORY)
    page = LexborHTMLParser(files["stories/one.md"])
    for link in (
        "../../communities/cm-one/",
        "../../firms/firm-one/",
        "../../systems/340100/#mechanism-h01",
        "../../stories/",
    ):
        assert page.css(f'a[href="{link}"]'), link


def test_a_story_says_its_day_its_source_and_how_to_cite_it(tmp_path: Path) -> None:
    page = _files(tmp_path, {"content/stories/one.md": STORY, "content/stories/bench.png": png()})["stories/one.md"]
    quiet = _text(page, "aside.quiet")
    assert "2026年9月18日" in quiet
    assert "本站编写的文章" in quiet
    assert "《示例做法》" in quiet


def test_columns_that_nobody_fills_are_left_out(tmp_path: Path) -> None:
    wall = "id: sp-x\nkind: 宣传栏\nname: 示例墙\nregion: '340104'\nplace: 东门\nas_of: 2026\n"
    page = _files(tmp_path, {"data/service_points/points.yml": wall})["places/index.md"]
    assert "示例墙" in page
    assert "时间" not in _text(page, "table")
    assert "电话" not in _text(page, "table")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*more: bytes, tail: bytes = b"") -> bytes:
    """A picture of one grey pixel, with chunks before its data."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + _chunk(b"IEND", b"") + tail


def _segment(kind: int, body: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(body) + 2) + body


JFIF = _segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
SCAN = _segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"


def jpeg(*more: bytes, tail: bytes = b"") -> bytes:
    """The frame of a JPEG: what the parser walks, not something to look at."""
    return b"\xff\xd8" + JFIF + b"".join(more) + SCAN + b"\xff\xd9" + tail


def webp(*more: tuple[bytes, bytes]) -> bytes:
    """The frame of a WebP."""
    body = b"WEBP"
    for kind, data in ((b"VP8 ", b"12"), *more):
        body += kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


#: Exif with one directory of one entry: where the position on the globe is.
GPS = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0"


@pytest.mark.parametrize(
    "raw",
    [
        png(),
        png(_chunk(b"pHYs", b"\0" * 9), _chunk(b"sRGB", b"\0")),
        jpeg(),
        jpeg(_segment(0xE2, b"ICC_PROFILE\0\x01\x01x"), _segment(0xEE, b"Adobe\0d\0\0\0\0\0")),
        webp(),
    ],
)
def test_a_clean_picture_is_taken(raw: bytes) -> None:
    assert pictures.extras(raw) == ()


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (jpeg(_segment(0xE1, GPS)), ("EXIF",)),
        (jpeg(_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")), ("XMP",)),
        (jpeg(_segment(0xED, b"Photoshop 3.0\x008BIM")), ("IPTC",)),
        (jpeg(_segment(0xFE, b"taken by")), ("注释",)),
        (jpeg(_segment(0xE2, b"MPF\0")), ("APP2",)),
        (jpeg(_segment(0xE1, GPS), _segment(0xFE, b"x"), _segment(0xFE, b"y")), ("EXIF", "注释")),
        (b"\xff\xd8" + JFIF + SCAN + _segment(0xFE, b"between scans") + SCAN + b"\xff\xd9", ("注释",)),
        (jpeg(tail=b"a whole second picture"), ("图片后面的数据",)),
        (b"\xff\xd8" + _segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01abc") + SCAN + b"\xff\xd9", ("缩略图",)),
        (png(_chunk(b"eXIf", GPS[6:])), ("EXIF",)),
        (png(_chunk(b"tEXt", b"Author\0x")), ("注释",)),
        (png(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>")), ("XMP",)),
        (png(_chunk(b"tIME", b"\0" * 7)), ("修改时间",)),
        (png(_chunk(b"prVt", b"x")), ("prVt",)),
        (png(tail=b"x"), ("图片后面的数据",)),
        (webp((b"EXIF", b"x")), ("EXIF",)),
        (webp((b"XMP ", b"<x/>")), ("XMP",)),
    ],
)
def test_a_picture_that_says_more_is_refused(raw: bytes, found: tuple[str, ...], tmp_path: Path) -> None:
    assert pictures.extras(raw) == found
    write_files(tmp_path, {**SMALL, "content/picture.jpg": raw})
    lines = [messages.line(problem, "zh") for problem in build.check(tmp_path)[1] if problem.is_error]
    assert len(lines) == 1
    assert lines[0].startswith("content/picture.jpg: 错误 E767 图片里藏着别的信息：" + "、".join(found))


@pytest.mark.parametrize("whole", [png(), jpeg(), webp()])
def test_a_picture_that_breaks_off_is_none(whole: bytes) -> None:
    for length in range(len(whole)):
        with pytest.raises(pictures.NoPicture):
            pictures.extras(whole[:length])


def test_every_picture_that_is_shipped_is_clean() -> None:
    for path in (PROJECT / "content").rglob("*"):
        if path.suffix in pictures.SUFFIXES:
            assert pictures.extras(path.read_bytes()) == (), path
