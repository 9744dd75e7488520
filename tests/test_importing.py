"""The importer: one cell at a time, then whole files, then the two real files of Hefei."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from generator import dataset, importing, messages, reading, rules
from generator.dataset import Dataset
from generator.importing import columns, districts, merging, values
from generator.importing.plans import FindingKind, ImportRefused, Outcome, Plan
from generator.records import Community, Engagement, FeeStandard, Firm, Region
from generator.records.engagement import ContractKind
from tests.support import REAL_DATA, SKIPS_REAL

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "importing_cases" / "values.yml").read_text("utf-8"))

CSV_FILE, WORKBOOK = REAL_DATA / "hefei-communities.csv", REAL_DATA / "hefei-summary.xlsx"
real = pytest.mark.skipif(SKIPS_REAL, reason=f"no real data in {REAL_DATA} (set GONGSHI_REAL_DATA)")

REGIONS = """\
code,name,level,code_system,parent,aliases,as_of
340100,合肥市,city,gbt2260,,,unknown
340102,瑶海区,county,gbt2260,340100,,unknown
340103,庐阳区,county,gbt2260,340100,,unknown
340104,蜀山区,county,gbt2260,340100,,unknown
340111,包河区,county,gbt2260,340100,,unknown
340121,长丰县,county,gbt2260,340100,,unknown
340122,肥东县,county,gbt2260,340100,,unknown
340123,肥西县,county,gbt2260,340100,,unknown
340124,庐江县,county,gbt2260,340100,,unknown
340181,巢湖市,county,gbt2260,340100,,unknown
340176,合肥高新技术产业开发区,dev_zone,stats,340100,高新；高新区,unknown
340177,合肥经济技术开发区,dev_zone,stats,340100,经开；经开区,unknown
340178,合肥新站高新技术产业开发区,dev_zone,stats,340100,新站；新站区；新站高新区,unknown
340111008,示例街道,subdistrict,stats,340111,,unknown
"""
HEADER = ("小区名称", "所在区", "物业公司", "物业费用", "楼栋总数", "经纬度")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A fresh site of Hefei without a community."""
    (tmp_path / "data" / "regions").mkdir(parents=True)
    (tmp_path / "data" / "site.yml").write_text('name: 示例\nregion: "340100"\nas_of: unknown\n', "utf-8")
    (tmp_path / "data" / "regions" / "regions.csv").write_text(REGIONS, "utf-8")
    return tmp_path


def load(root: Path) -> Dataset:
    """The site's records; fails on any error that reading, building or the rules find."""
    read = reading.read(root)
    assert read.site is not None
    found, problems = dataset.build(read.raws, read.site)
    everything = (*read.problems, *problems, *rules.check(found, read.content))
    assert [messages.line(p, "zh") for p in everything if p.is_error] == []
    return found


def prepare(root: Path, path: Path, **options: Any) -> Plan:
    sheets = importing.read_tables(path)
    proposal = importing.propose(sheets, Community)
    return importing.plan(sheets, proposal, load(root), **{"update": False, "file_name": path.name, **options})


def do_import(root: Path, path: Path, **options: Any) -> Plan:
    found = prepare(root, path, **options)
    importing.write(root, found)
    return found


def table(
    root: Path, rows: Sequence[Sequence[str]], name: str = "in.csv", encoding: str = "utf-8", **options: Any
) -> Path:
    path = root / name
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, **options).writerows([HEADER, *rows])
    return path


def workbook(root: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), stray: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    if stray:
        sheet[stray] = "零散"
    book.save(root / "in.xlsx")
    return root / "in.xlsx"


def bytes_of(root: Path) -> dict[str, bytes]:
    files = (path for path in sorted((root / "data").rglob("*")) if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def outcomes(found: Plan) -> Counter[Outcome]:
    return Counter(row.outcome for row in found.rows)


def by_name(root: Path) -> dict[str, Community]:
    return {community.name: community for community in load(root).of(Community).values()}


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in CASES["providers"].items() for text in texts]
)
def test_provider_is_classed(kind: str, text: str) -> None:
    assert values.provider_kind(text).name == kind


@pytest.mark.parametrize(("text", "unit", "expected"), CASES["fees"])
def test_fee_is_read(text: str, unit: str, expected: str | list[str]) -> None:
    found = values.fee(text, unit)
    if isinstance(found, values.Fee):
        assert ([found.low, found.high] if found.low else found.amount) == expected
    else:
        assert isinstance(found, values.NotTaken)
        assert found.reason == expected


@pytest.mark.parametrize(("field", "text", "expected"), CASES["fields"])
def test_cell_is_read(field: str, text: str, expected: str | None) -> None:
    found = values.READERS[field](text)
    assert (f"!{found.reason}" if isinstance(found, values.NotTaken) else found) == (
        str(expected) if expected is not None else None
    )


@pytest.mark.parametrize(("text", "expected"), CASES["names"])
def test_name_is_cleaned(text: str, expected: str) -> None:
    assert values.clean_name(text) == expected


@pytest.mark.parametrize(("text", "code"), CASES["districts"])
def test_district_is_found(root: Path, text: str, code: str | None) -> None:
    found = districts.index_districts(load(root).of(Region), "340100")
    assert found.codes(text) == ((code,) if code else ())


@pytest.mark.parametrize(("header", "expected"), CASES["headers"])
def test_header_is_matched(header: str, expected: str | None) -> None:
    names = ["小区名称", header] if expected != "community.name" else [header]
    sheet = importing.Sheet(name="", rows=(importing.Row(number=1, cells=tuple(names)),))
    target = importing.propose((sheet,), Community).sheets[0].columns[-1].target
    assert (f"{target.model.type_name}.{target.field}" if target else None) == expected


@pytest.mark.parametrize(("names", "groups"), CASES["proposals"])
def test_look_alikes_are_proposed(names: list[str], groups: list[list[str]]) -> None:
    found = merging.propose_merges(dict.fromkeys(names, 1), {"合肥"})
    assert sorted(sorted(name for name, _ in proposal.names) for proposal in found) == sorted(map(sorted, groups))


ROWS = (
    ("示例花园", "包河", "示例甲物业有限公司", "1.44元/平米/月", "18栋", "117.3,31.8"),
    ("示例新村", "政务", "业主自管", "0.5至0.6元/平米/月", "2栋", "117.2,31.7"),
    ("示例大院", "", "暂无信息", "暂无信息", "", ""),
    ("示例公寓", "经开", "无物业", "暂无信息", "1栋", "117.1,31.6"),
    ("示例里", "巢湖市", "示例街道办事处代管", "", "1栋", ""),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_is_read_in_any_encoding_and_delimiter(root: Path, encoding: str, delimiter: str) -> None:
    found = do_import(root, table(root, ROWS, encoding=encoding, delimiter=delimiter))
    assert outcomes(found) == {Outcome.HEADER: 1, Outcome.NEW: 5}
    assert set(by_name(root)) == {row[0] for row in ROWS}


def test_records_say_what_the_file_says(root: Path) -> None:
    do_import(root, table(root, ROWS))
    site, known = load(root), by_name(root)
    engagements = {e.community: e for e in site.of(Engagement).values()}
    fees = {f.community: f for f in site.of(FeeStandard).values()}
    firm = next(iter(site.of(Firm).values()))
    assert engagements[known["示例花园"].id].firm == firm.id
    assert (firm.name, str(firm.entity_kind)) == ("示例甲物业有限公司", "company")
    self_managed = engagements[known["示例新村"].id]
    assert (self_managed.firm, self_managed.provider, self_managed.contract_kind) == (
        None,
        "业主自管",
        ContractKind.SELF_MANAGED,
    )
    assert engagements[known["示例里"].id].contract_kind is ContractKind.BACKSTOP
    assert known["示例公寓"].id not in engagements
    assert known["示例公寓"].no_provider is True
    assert known["示例大院"].no_provider is None
    assert known["示例大院"].region == "340100"
    assert site.of(Region)[known["示例新村"].region].name == "政务"
    ranged = fees[known["示例新村"].id]
    assert (ranged.amount, str(ranged.amount_min), str(ranged.amount_max)) == (None, "0.5", "0.6")


def test_second_import_changes_no_byte(root: Path) -> None:
    path = table(root, ROWS)
    do_import(root, path)
    before = bytes_of(root)
    again = do_import(root, path)
    assert outcomes(again) == {Outcome.HEADER: 1, Outcome.SAME: 5}
    assert importing.write(root, again) == ()
    assert bytes_of(root) == before


def test_order_of_rows_does_not_change_ids(root: Path) -> None:
    do_import(root, table(root, ROWS))
    ids = {name: community.id for name, community in by_name(root).items()}
    shuffled = list(ROWS)
    random.Random(7).shuffle(shuffled)
    for folder in ("communities", "engagements", "fee_standards", "firms"):
        for path in (root / "data" / folder).iterdir():
            path.unlink()
    do_import(root, table(root, shuffled))
    assert {name: community.id for name, community in by_name(root).items()} == ids


def test_workbook_with_titles_merged_cells_and_totals(root: Path) -> None:
    rows: list[list[Any]] = [
        ["某市物业情况", None, None, None],
        ["填报单位：示例中心  填报日期：2020年10月", None, None, None],
        ["所在区", "小区名称", "楼栋数（栋）", "序号"],
        ["包河", "示例甲苑", 18, 1],
        [None, "示例乙苑", 2.0, 2],
        [None, "示例丙苑", 3, 3],
        [None, None, None, None],
        ["合计", "共4个小区", 23, None],
    ]
    found = do_import(root, workbook(root, rows, merged=["A1:D1", "A2:D2", "A4:A5"]))
    known = by_name(root)
    assert outcomes(found) == {Outcome.TITLE: 2, Outcome.HEADER: 1, Outcome.NEW: 3, Outcome.EMPTY: 1, Outcome.TOTAL: 1}
    assert [known[name].region for name in ("示例甲苑", "示例乙苑", "示例丙苑")] == ["340111", "340111", "340100"]
    assert known["示例甲苑"].buildings == 18
    assert (known["示例甲苑"].content_source, str(known["示例甲苑"].as_of)) == ("in.xlsx 示例中心", "2020-10")
    assert any("写 4 个小区，实际读到 3 行" in line for line in importing.summary(found))


def test_every_row_and_column_is_accounted_for(root: Path) -> None:
    rows = [
        *ROWS,
        ("", "包河", "", "", "3栋", ""),
        ("示例花园", "包河区", "另一物业公司", "", "", ""),
        ("短行", "包河"),
    ]
    found = prepare(root, table(root, rows))
    assert outcomes(found) == {Outcome.HEADER: 1, Outcome.NEW: 5, Outcome.NOT_TAKEN: 3}
    assert [row.reason[:8] for row in found.rows if row.outcome is Outcome.NOT_TAKEN] == [
        "没有小区名称",
        "与第 2 行是同",
        "这一行有 2 格",
    ]
    report = importing.account_rows(found)
    assert len(report) == 1 + len(found.rows) == 1 + 9
    assert all(c.taken + c.empty + c.not_taken == 5 for c in found.columns)
    assert len(found.columns) == len(HEADER)


def test_repeated_headers_and_our_own_tables_are_no_communities(root: Path) -> None:
    do_import(root, table(root, ROWS))
    own = root / "own.csv"
    own.write_bytes((root / "data" / "communities" / "340111.csv").read_bytes())
    assert outcomes(prepare(root, own)) == {Outcome.HEADER: 2, Outcome.SAME: 1}
    pages = [ROWS[0], ("项目名称", "所在区", "物业企业", "物业费", "楼栋数（栋）", "经纬度"), ROWS[1]]
    assert outcomes(prepare(root, table(root, pages))) == {Outcome.HEADER: 2, Outcome.SAME: 2}


def test_hidden_sheet_is_named_and_not_taken(root: Path) -> None:
    path = workbook(root, [["小区名称"], ["示例甲苑"]])
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("旧表")
    hidden.append(["小区名称"])
    hidden.sheet_state = "hidden"
    book.save(path)
    found = prepare(root, path)
    assert [(sheet.name, sheet.is_taken) for sheet in found.sheets] == [("Sheet", True), ("旧表", False)]
    assert outcomes(found)[Outcome.OTHER_SHEET] == 1


@pytest.mark.parametrize(
    "name",
    ["=cmd|' /C calc'!A0", "@示例", "示例\n花园", "示例\x07花园", "示例\u202e花园", "长" * 300],
    ids=["formula", "at", "newline", "bell", "bidi", "long"],
)
def test_hostile_name_is_reported_and_not_written(root: Path, name: str) -> None:
    found = do_import(root, table(root, [(name, "包河", "示例甲物业有限公司", "", "", ""), ROWS[0]]))
    assert outcomes(found) == {Outcome.HEADER: 1, Outcome.NOT_TAKEN: 1, Outcome.NEW: 1}
    assert list(by_name(root)) == ["示例花园"]
    assert all(not cell.startswith(("=", "@")) for row in importing.account_rows(found) for cell in row)
    assert all("\x07" not in line and "\u202e" not in line for line in importing.summary(found))


@pytest.mark.parametrize("cell", ["=1+1物业公司", "示例\x00物业公司".replace("\x00", "\x1b"), "示" * 250 + "公司"])
def test_hostile_firm_leaves_its_community(root: Path, cell: str) -> None:
    found = do_import(root, table(root, [("示例花园", "包河", cell, "", "", "")]))
    assert [f.kind for row in found.rows for f in row.findings] == [FindingKind.NOT_TAKEN]
    assert not load(root).of(Firm)
    assert list(by_name(root)) == ["示例花园"]


def _broken(root: Path) -> Iterator[tuple[str, bytes]]:
    whole = workbook(root, [["小区名称"], ["示例甲苑"]]).read_bytes()
    yield "empty.xlsx", b""
    yield "stray.xlsx", workbook(root, [["小区名称"]], stray="XFD1048576").read_bytes()
    yield "cut.xlsx", whole[: len(whole) // 2]
    yield "zip.xlsx", b"PK\x03\x04 nothing"
    yield "locked.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    yield "old.xls", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600
    yield "page.xls", "<html><table><tr><td>小区名称</td></tr></table>".encode()
    yield "noise.csv", bytes(range(256)) * 4
    yield "quotes.csv", '小区名称,所在区\n"示例,包河\n'.encode()
    yield "nameless.csv", "楼盘,区\n甲,乙\n".encode()
    yield "double.csv", "小区名称,项目名称\n甲,乙\n".encode()


def test_unusable_file_is_refused_in_chinese(root: Path) -> None:
    before = bytes_of(root)
    for name, content in _broken(root):
        (root / name).write_bytes(content)
        with pytest.raises(ImportRefused) as refused:
            prepare(root, root / name)
        assert refused.value.lines, name
    for path in (root, root / "no.xlsx"):
        with pytest.raises(ImportRefused):
            importing.read_tables(path)
    assert bytes_of(root) == before


def test_other_types_and_sites_without_a_city_are_refused(root: Path) -> None:
    assert importing.record_type("communities") is importing.record_type("community") is Community
    with pytest.raises(ImportRefused, match="还不能导入"):
        importing.record_type("firms")
    (root / "data" / "site.yml").write_text("name: 示例\nas_of: unknown\n", "utf-8")
    with pytest.raises(ImportRefused, match="region"):
        prepare(root, table(root, ROWS))


def test_alias_keeps_the_id(root: Path) -> None:
    path = table(root, ROWS)
    do_import(root, path)
    before = by_name(root)["示例花园"]
    file = root / "data" / "communities" / "340111.csv"
    replace_in(file, "id,name,", "id,aliases,name,")
    replace_in(file, "编号,小区名称", "编号,别名,小区名称")
    replace_in(file, f"{before.id},示例花园", f"{before.id},示例花园,示例雅苑")
    again = do_import(root, path)
    assert outcomes(again) == {Outcome.HEADER: 1, Outcome.SAME: 5}
    assert by_name(root)["示例雅苑"].id == before.id


def test_equal_coordinates_only_propose_a_rename(root: Path) -> None:
    do_import(root, table(root, ROWS))
    before = bytes_of(root)
    renamed = [("示例雅苑", *ROWS[0][1:]), *ROWS[1:]]
    again = do_import(root, table(root, renamed))
    assert outcomes(again)[Outcome.RENAME] == 1
    assert any("疑似更名" in line and "别名" in line for line in importing.summary(again))
    assert bytes_of(root) == before
    both = do_import(root, table(root, [*ROWS, ("示例雅苑", *ROWS[0][1:])]))
    assert outcomes(both)[Outcome.NEW] == 1


def test_same_name_in_another_district_is_never_a_silent_copy(root: Path) -> None:
    do_import(root, table(root, ROWS))
    before = bytes_of(root)
    moved = [("示例花园", "庐阳", "另一物业有限公司", "2元/平米/月", "9栋", "")]
    for update in (False, True):
        again = do_import(root, table(root, moved), update=update)
        assert outcomes(again)[Outcome.CONFLICT] == 1
        assert bytes_of(root) == before
    do_import(root, table(root, [ROWS[0], *moved]))
    assert Counter(c.name for c in load(root).of(Community).values())["示例花园"] == 2


def test_street_counts_as_its_district(root: Path) -> None:
    do_import(root, table(root, ROWS))
    replace_in(root / "data" / "communities" / "340111.csv", ",340111,", ",340111008,")
    assert outcomes(prepare(root, table(root, ROWS))) == {Outcome.HEADER: 1, Outcome.SAME: 5}


def test_update_changes_just_the_cells_that_differ(root: Path) -> None:
    do_import(root, table(root, ROWS))
    before = bytes_of(root)
    changed = [
        ("示例花园", "包河", "示例乙物业有限公司", "1.5元/平米/月", "19栋", "117.3,31.8"),
        ("示例新村", "政务", "暂无信息", "", "", ""),
        ("示例大院", "蜀山", "示例甲物业有限公司", "0.8元/平米/月", "", ""),
    ]
    path = table(root, changed, name="new.csv")
    kept = do_import(root, path)
    assert outcomes(kept) == {Outcome.HEADER: 1, Outcome.CONFLICT: 1, Outcome.SAME: 1, Outcome.SUPPLEMENT: 1}
    assert bytes_of(root) == before
    done = do_import(root, path, update=True)
    assert outcomes(done) == {Outcome.HEADER: 1, Outcome.UPDATED: 2, Outcome.SAME: 1}
    site, known = load(root), by_name(root)
    engagements = {e.community: e for e in site.of(Engagement).values()}
    assert site.of(Firm)[engagements[known["示例花园"].id].firm or ""].name == "示例乙物业有限公司"
    assert engagements[known["示例花园"].id].content_source == "new.csv"
    assert known["示例花园"].buildings == 19
    assert known["示例大院"].region == "340104"
    assert engagements[known["示例新村"].id].provider == "业主自管"
    after = bytes_of(root)
    untouched = {"data/communities/340177.csv", "data/communities/340181.csv", "data/engagements/340181.csv"}
    assert all(after[name] == before[name] for name in untouched)
    assert outcomes(do_import(root, path, update=True)) == {Outcome.HEADER: 1, Outcome.SAME: 3}
    assert bytes_of(root) == after


def test_hand_made_table_keeps_its_columns_order_and_bytes(root: Path) -> None:
    folder = root / "data" / "communities"
    folder.mkdir()
    kept = 'cm-b,"示例乙苑",340111,unknown,"先写, 后写"\r\n'
    (folder / "340111.csv").write_bytes(
        f"编号,小区名称,所在区域,数据截止日期,备注\r\n{kept}cm-a,示例甲苑,340111,unknown,".encode()
    )
    rows = [("示例甲苑", "包河", "", "", "4栋", ""), ("示例丙苑", "包河", "", "", "5栋", "")]
    do_import(root, table(root, rows), update=True)
    lines = (folder / "340111.csv").read_bytes().decode().split("\r\n")
    assert lines[0] == "编号,小区名称,所在区域,数据截止日期,备注,buildings,content_source"
    assert lines[1] == kept.rstrip("\r\n") + ",,"
    assert lines[2] == "cm-a,示例甲苑,340111,unknown,,4,in.csv"
    assert lines[3].endswith(",示例丙苑,340111,unknown,,5,in.csv")


def test_a_list_with_an_entry_a_column_is_left_to_a_person(root: Path) -> None:
    """Beside ``aliases.1`` a column ``aliases`` would say the same thing twice."""
    names = ("安徽省示例物业管理有限公司", "安徽示例物业管理公司")
    (root / "data" / "firms").mkdir()
    (root / "data" / "firms" / "a.csv").write_text(f"id,name,aliases.1\nfirm-a,{names[0]},示例\n", "utf-8")
    before = bytes_of(root)
    with pytest.raises(ImportRefused, match=r"a\.csv 里别名\.1是一项一列"):
        do_import(root, table(root, [("示例乙苑", "包河", names[1], "", "", "")]), merges=[names])
    assert bytes_of(root) == before


def test_records_in_yaml_are_left_to_a_person(root: Path) -> None:
    folder = root / "data" / "communities"
    folder.mkdir()
    text = "id: cm-a\nname: 示例甲苑\nregion: '340111'\nas_of: unknown\nbuildings: 3\n"
    (folder / "a.yml").write_text(text, "utf-8")
    found = do_import(root, table(root, [("示例甲苑", "包河", "", "", "4栋", "")]), update=True)
    assert outcomes(found)[Outcome.CONFLICT] == 1
    assert (folder / "a.yml").read_text("utf-8") == text
    assert any("请手工修改" in line and "cm-a" in line for line in importing.summary(found))


def test_firms_are_merged_only_when_a_person_says_so(root: Path) -> None:
    rows = [
        ("示例甲苑", "包河", "安徽省示例物业管理有限公司", "", "", ""),
        ("示例乙苑", "包河", "安徽示例物业管理公司", "", "", ""),
        ("示例丙苑", "包河", "安徽省示例物业管理有限公司合肥分公司", "", "", ""),
    ]
    path = table(root, rows)
    names = ("安徽省示例物业管理有限公司", "安徽示例物业管理公司")
    plain = prepare(root, path)
    assert [{name for name, _ in p.names} for p in plain.proposals] == [set(names)]
    assert sum(a.model is Firm for a in plain.additions) == 3
    do_import(root, path, merges=[names])
    firms = {firm.name: firm for firm in load(root).of(Firm).values()}
    assert firms[names[0]].aliases == (names[1],)
    assert firms["安徽省示例物业管理有限公司合肥分公司"].parent_firm == firms[names[0]].id
    before = bytes_of(root)
    assert prepare(root, path).proposals == ()
    do_import(root, path)
    assert bytes_of(root) == before
    with pytest.raises(ImportRefused, match="都没有"):
        prepare(root, path, merges=[("不存在的物业公司", names[0])])


def test_failed_write_leaves_data_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = prepare(root, table(root, ROWS))
    before = bytes_of(root)
    calls = iter(range(100))
    rename = Path.replace

    def fail_late(self: Path, target: Path) -> Path:
        if next(calls) == 3:
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail_late)
    with pytest.raises(importing.MachineFailed):
        importing.write(root, found)
    assert bytes_of(root) == before
    assert sorted(path.name for path in (root / "data").iterdir()) == ["regions", "site.yml"]


def test_unused_region_and_firm_are_not_made(root: Path) -> None:
    do_import(root, table(root, ROWS))
    again = prepare(root, table(root, [("示例花园", "空港经济示范区", "新来的物业有限公司", "", "", "")]))
    assert again.additions == ()


@real
def test_real_files_are_taken_without_a_mapping(root: Path) -> None:
    first = do_import(root, CSV_FILE)
    assert outcomes(first) == {Outcome.HEADER: 1, Outcome.NEW: 4168}
    site = load(root)
    assert len(site.of(Community)) == 4168
    assert sum(c.region == "340100" for c in site.of(Community).values()) == 4
    kinds = Counter(str(e.contract_kind or "firm") for e in site.of(Engagement).values())
    assert kinds == {"firm": 2332, "self_managed": 405, "backstop": 60}
    assert sum(bool(c.no_provider) for c in site.of(Community).values()) == 151
    assert len(site.of(FeeStandard)) == 3273
    assert sum(f.amount is None for f in site.of(FeeStandard).values()) == 641
    local = {r.name for r in site.of(Region).values() if "-" in r.code}
    assert local == {"政务", "滨湖新区", "空港经济示范区"}

    second = do_import(root, WORKBOOK)
    assert outcomes(second)[Outcome.NEW] == 5
    matched = [row for row in second.rows if row.key and row.outcome is not Outcome.NEW]
    assert len(matched) == 2799
    labels = {"企业名称", "收费标准"}
    kinds_of = {FindingKind.CONFLICT, FindingKind.SUPPLEMENT, FindingKind.ABSENT, FindingKind.SPELLING}
    different = [row for row in matched if any(f.label in labels and f.kind in kinds_of for f in row.findings)]
    assert len(different) == 102
    assert sum(outcomes(second).values()) == 2807 + 1 + 1
    new = load(root)
    assert all(new.of(Community)[key] == community for key, community in site.of(Community).items())

    before = bytes_of(root)
    for path in (CSV_FILE, WORKBOOK):
        assert not any(row.outcome is Outcome.NEW for row in do_import(root, path).rows)
    assert bytes_of(root) == before


@real
def test_real_workbook_updates_the_real_csv(root: Path) -> None:
    do_import(root, CSV_FILE)
    done = do_import(root, WORKBOOK, update=True)
    left = [row for row in done.rows if row.outcome is Outcome.CONFLICT]
    assert all(any(f.label == "所在区域" for f in row.findings) for row in left)
    before = bytes_of(root)
    do_import(root, WORKBOOK, update=True)
    assert bytes_of(root) == before


@real
def test_every_spelling_in_the_real_files_has_one_firm(root: Path) -> None:
    do_import(root, CSV_FILE)
    site = load(root)
    names = [firm.name for firm in site.of(Firm).values()]
    assert len(names) == len(set(names)) == 745
    parents: Mapping[str, Firm] = site.of(Firm)
    branches = [firm for firm in site.of(Firm).values() if firm.parent_firm]
    assert branches
    assert all(branch.name.startswith(parents[branch.parent_firm or ""].name) for branch in branches)


def test_header_names_come_from_the_models() -> None:
    assert columns.NAME.label == "小区 · 小区名称"
    assert replace(columns.Column(index=27, header="", unit="", target=None, reason="")).letter == "AB"


def test_a_county_takes_its_own_table_and_puts_new_zones_under_the_city(root: Path) -> None:
    replace_in(root / "data" / "site.yml", "340100", "340104")
    rows = [
        ("示例花园", "", "示例甲物业有限公司", "", "", ""),
        ("示例新村", "某示范", "暂无信息", "", "", ""),
        ("示例里", "蜀山", "", "", "", ""),
    ]
    do_import(root, table(root, rows))
    known, regions = by_name(root), load(root).of(Region)
    assert known["示例花园"].region == known["示例里"].region == "340104"
    assert regions[known["示例新村"].region].parent == "340100"
    assert outcomes(prepare(root, table(root, rows))) == {Outcome.HEADER: 1, Outcome.SAME: 3}
