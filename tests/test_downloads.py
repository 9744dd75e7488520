"""What is downloaded reads back as what was published: by our own reader, by json, by two readers of workbooks."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError
from python_calamine import CalamineWorkbook

from generator import addresses, build, facts, kinds, parse_csv, schema
from generator.emit import downloads
from generator.kinds import Written
from generator.problems import Problem
from generator.records import RECORD_TYPES, Community, Firm, Record
from generator.records.base import IdentifiedRecord, Part, field, items
from tests.support import AS_OF, PROJECT, SMALL, write_files

GOLDEN = Path(__file__).parent / "golden" / "site"
VALUES = yaml.safe_load((Path(__file__).parent / "cases" / "values.yml").read_text(encoding="utf-8"))


def _from_csv(model: type[Record], text: str) -> list[Record]:
    problems: list[Problem] = []
    raws = parse_csv.records("x.csv", text.removeprefix("\ufeff"), model, problems)
    assert problems == []
    return [model.model_validate(raw.values) for raw in raws]


def _from_json(model: type[Record], raw: bytes) -> list[Record]:
    return [model.model_validate(row) for row in json.loads(raw)]


def _from_rows(model: type[Record], rows: Sequence[Sequence[Any]]) -> list[Record]:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return _from_csv(model, text.getvalue())


def _with_openpyxl(raw: bytes) -> list[list[str]]:
    (sheet,) = openpyxl.load_workbook(io.BytesIO(raw)).worksheets
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def _with_calamine(raw: bytes) -> list[list[Any]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def _readings(model: type[Record], made: Mapping[str, bytes]) -> Iterator[list[Record]]:
    table, workbook = made[addresses.download(model, "csv")], made[addresses.download(model, "xlsx")]
    yield _from_csv(model, table.decode())
    yield _from_json(model, made[addresses.download(model, "json")])
    yield _from_rows(model, _with_openpyxl(workbook))
    yield _from_rows(model, _with_calamine(workbook))


def _public(part: Any) -> Any:
    """A record as the public may have it: without internal fields, at any depth."""
    changed: dict[str, Any] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if schema.is_internal(type(part), name):
            changed[name] = None
        elif isinstance(value, Part):
            changed[name] = _public(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            changed[name] = tuple(map(_public, value))
    return part.model_copy(update=changed)


def _said(records: Sequence[Record]) -> list[tuple[Record, bool]]:
    """Records with what equality does not see: whether an ``as_of`` of None was written out as unknown."""
    return [(record, schema.gives(record, "as_of")) for record in records]


def _published(root: Path) -> tuple[facts.Facts, dict[str, bytes]]:
    dataset, problems = build.check(root)
    assert dataset is not None, problems
    derived = facts.derive(dataset, AS_OF)
    return derived, dict(downloads.emit(derived))


def _every_type(root: Path) -> Path:
    """A site of the samples that ``init`` and ``new`` write: every type, its lists and groups filled."""
    laid = {path: SMALL[path] for path in ("data/site.yml", "data/regions/regions.csv")}
    for model in RECORD_TYPES:
        if model.type_name != "region":
            text = (files("generator") / "samples" / f"{model.type_name}.yml").read_text(encoding="utf-8")
            laid[f"data/{model.folder}/sample.yml"] = text
    return write_files(root, laid)


SITES: Mapping[str, Callable[[Path], Path]] = {
    "golden": lambda folder: GOLDEN,
    "shipped": lambda folder: PROJECT,
    "small": lambda folder: write_files(folder, SMALL),
    "samples": _every_type,
}


@pytest.mark.parametrize("site", SITES)
def test_what_is_downloaded_is_what_was_published(site: str, tmp_path: Path) -> None:
    derived, made = _published(SITES[site](tmp_path))
    for model in RECORD_TYPES:
        expected = _said([_public(record) for record in derived.records[model]])
        for reading in _readings(model, made):
            assert _said(reading) == expected, model


def _accepted(kind: Written, text: str) -> bool:
    with contextlib.suppress(PydanticCustomError):
        kind.parse(text)
        return True
    return False


#: Values of every kind, from the table that says what is read.
KNOWN: Mapping[Written, list[str]] = {
    getattr(kinds, name).__metadata__[0]: list(rows["="]) for name, rows in VALUES.items()
}
NASTY = (
    '"',
    '""',
    '","',
    "甲；乙",
    "a;b",
    "；",
    "'0551",
    "00123",
    "１２３",
    "_x0041_",
    "<b>&amp;</b>",
    "null",
    "1e5",
    "第一行\n\n第二行",
    "𠮷",
    "|",
    "\\",
)
TEXTS = st.sampled_from(NASTY) | st.text("\"\n,;；'0１甲（()_x<&\\ 　", min_size=1, max_size=12)


def _values(model: type[Part]) -> st.SearchStrategy[dict[str, Any]]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name in schema.open_fields(model):
        (required if model.model_fields[name].is_required() else optional)[name] = _value(model, name)
    return st.fixed_dictionaries(required, optional=optional)


def _value(model: type[Part], name: str) -> st.SearchStrategy[Any]:
    shape = schema.shape(model, name)
    one: st.SearchStrategy[Any]
    if shape.part:
        one = _values(shape.part).filter(bool)
    elif shape.choice:
        one = st.sampled_from([choice.value for choice in shape.choice])
    else:
        (kind,) = (marker for marker in shape.markers if isinstance(marker, Written))
        known = st.sampled_from([kind.example, *KNOWN.get(kind, ())])
        one = known if kind.pattern else TEXTS.filter(lambda text: _accepted(kind, text))
    if shape.names:
        return st.dictionaries(st.sampled_from(["service_quality", "a", "b_c2"]), one, min_size=1)
    return st.lists(one, min_size=1, max_size=3) if shape.is_list else one


@pytest.mark.parametrize("model", RECORD_TYPES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_text_is_bent_on_its_way(model: type[Record], data: st.DataObject) -> None:
    """Quotes, line breaks, commas, separators, leading zeros, full width, in any field of any type."""
    records = [model.model_validate(values) for values in data.draw(st.lists(_values(model), max_size=3))]
    for reading in _readings(model, dict(downloads.tables(model, records))):
        assert _said(reading) == _said(records)


def _firm(**more: Any) -> Firm:
    return Firm.model_validate({"id": "firm-one", "name": "示例物业", **more})


def _header(records: Sequence[Firm]) -> list[str]:
    text = dict(downloads.tables(Firm, records))["downloads/firms.csv"].decode().removeprefix("\ufeff")
    return next(csv.reader(io.StringIO(text)))


def test_a_list_stands_in_one_cell_unless_the_cell_would_read_as_another() -> None:
    assert "aliases" in _header([_firm(aliases=["甲", "乙"])])
    split = _header([_firm(aliases=["甲；乙", "丙"]), _firm(aliases=["丁"])])
    assert "aliases" not in split
    assert split[split.index("aliases.1") :][:2] == ["aliases.1", "aliases.2"]


def test_the_longest_text_fits_a_cell_of_a_workbook() -> None:
    longest = "长" * schema.CELL_LIMIT
    made = dict(downloads.tables(Firm, [_firm(note=longest)]))
    assert _from_rows(Firm, _with_openpyxl(made["downloads/firms.xlsx"])) == [_firm(note=longest)]
    with pytest.raises(ValidationError) as refused:
        _firm(note=longest + "长")
    assert refused.value.errors()[0]["type"] == "E225"


class Contact(Part):
    number: kinds.PhoneNumber = field("电话", required=True)
    uses: tuple[kinds.Line, ...] = items("用途")


class Step(Part):
    name: kinds.Line = field("名称", required=True)
    papers: tuple[kinds.Line, ...] = items("材料")
    contacts: tuple[Contact, ...] = items("找谁")
    limit: Contact | None = field("时限")


class Guide(IdentifiedRecord):
    """Groups inside groups, as no type of the package has them yet."""

    type_name: ClassVar[str] = "guide"
    folder: ClassVar[str] = "guides"
    title: ClassVar[str] = "指南"

    steps: tuple[Step, ...] = items("步骤")


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(_values(Guide), max_size=3))
def test_groups_inside_groups(values: list[dict[str, Any]]) -> None:
    records = [Guide.model_validate(value) for value in values]
    for reading in _readings(Guide, dict(downloads.tables(Guide, records))):
        assert _said(reading) == _said(records)


def test_a_group_that_says_nothing_is_left_out() -> None:
    community = Community.model_validate({"id": "cm-one", "name": "示例", "region": "340104", "parking": {}})
    assert "parking" not in schema.written(community)


def test_a_type_without_records_has_its_files_too() -> None:
    made = dict(downloads.tables(Community, []))
    assert list(_readings(Community, made)) == [[], [], [], []]
    assert made["downloads/communities.csv"].decode().startswith("\ufeffid,name,")


def test_bulk_tables_have_a_mark_for_excel_and_two_headers() -> None:
    raw = dict(downloads.tables(Firm, [_firm()]))["downloads/firms.csv"]
    assert b"\r" not in raw
    identifiers, labels, row = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert identifiers[:2] == ["id", "name"]
    assert labels[:2] == ["编号", "企业名称"]
    assert row[:2] == ["firm-one", "示例物业"]


def test_values_are_in_their_written_form(tmp_path: Path) -> None:
    _, made = _published(write_files(tmp_path, SMALL))
    (price,) = json.loads(made["downloads/guide_prices.json"])
    assert (price["band_down_pct"], price["base"], price["dwelling_type"]) == ("unlimited", "1.25", "high")
    (grade,) = json.loads(made["downloads/grades.json"])
    assert (grade["higher_is_better"], grade["as_of"], grade["status"]) == ("true", "2026-11-20", "published")


def test_every_cell_of_a_workbook_is_text() -> None:
    """Excel makes 341225001002003 of a code and drops the 0 of 0551 wherever a cell may be a number."""
    _, made = _published(GOLDEN)
    for model in RECORD_TYPES:
        book = openpyxl.load_workbook(io.BytesIO(made[addresses.download(model, "xlsx")]))
        (sheet,) = book.worksheets
        filled = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {(cell.data_type, cell.number_format) for cell in filled} == {("s", "@")}
        assert sheet.freeze_panes == "B3"
        assert sheet.auto_filter.ref.startswith("A2:")


def test_two_runs_give_the_same_bytes_and_no_day_of_a_build() -> None:
    derived, made = _published(GOLDEN)
    assert dict(downloads.emit(derived)) == made
    with zipfile.ZipFile(io.BytesIO(made["downloads/firms.xlsx"])) as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        assert set(re.findall(rb">(\d{4}-\d\d-\d\d)T", book.read("docProps/core.xml"))) == {b"2020-01-01"}


def test_every_file_has_its_fingerprint(tmp_path: Path) -> None:
    _, made = _published(write_files(tmp_path, SMALL))
    lines = made.pop(addresses.DOWNLOAD_SUMS).decode().splitlines()
    assert lines == [f"{hashlib.sha256(raw).hexdigest()}  {path.split('/', 1)[1]}" for path, raw in made.items()]
    page = build.render(tmp_path, AS_OF)[0]["downloads/index.md"].decode()
    assert all(line[:16] in page for line in lines)


def _text(made: Mapping[str, bytes]) -> str:
    """Everything the files say, workbooks unpacked."""
    cells = [
        cell for path, raw in made.items() if path.endswith(".xlsx") for row in _with_openpyxl(raw) for cell in row
    ]
    return "\n".join([*cells, *(raw.decode() for path, raw in made.items() if not path.endswith(".xlsx"))])


def test_what_is_not_for_the_public_is_in_no_file(tmp_path: Path) -> None:
    more = {
        "data/communities/x.yml": (
            "- {id: cm-secret, name: 秘密小区, region: '340104', status: withdrawn}\n"
            "- {id: cm-over, name: 过期小区, region: '340104', display_until: 2026-11-23}\n"
            "- {id: cm-shown, name: 示例三小区, region: '340104', coordinates: '117.309426,31.843043'}\n"
        ),
        "data/firms/x.yml": (
            "{id: firm-phone, name: 示例三物业, hotlines: [{kind: mobile_work, number: '13900000000', consent_ref: 内部9号}]}\n"
        ),
    }
    _, made = _published(write_files(tmp_path, dict(SMALL) | more))
    said = _text(made)
    assert "示例三小区" in said
    assert "13900000000" in said
    for word in ("秘密小区", "过期小区", "117.3094", "coordinates", "内部9号", "consent_ref"):
        assert word not in said, word


def _kinds(model: type[Part]) -> Iterator[Written]:
    for name in schema.open_fields(model):
        shape = schema.shape(model, name)
        yield from _kinds(shape.part) if shape.part else ()
        yield from (marker for marker in shape.markers if isinstance(marker, Written))


@pytest.mark.parametrize("first", [*"=+-@＝＋－＠\t\r", "-1", "+86"])
def test_no_value_can_begin_like_a_formula(first: str) -> None:
    """A workbook runs what begins with = + - @. Texts may not (E224), amounts and counts have no sign, codes and days
    begin with a letter or a digit: what no kind reads, no kind writes, for each writes only what it reads."""
    for model in RECORD_TYPES:
        for kind in _kinds(model):
            assert not _accepted(kind, first + kind.example), kind
            assert _accepted(kind, kind.write(kind.parse(kind.example)))
