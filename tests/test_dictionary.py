"""The data dictionary says every field of every type, what it is and how it is written, and follows from the models."""

from __future__ import annotations

import re

import pytest

from generator import build, schema
from generator.emit import dictionary
from generator.kinds import Written
from generator.records import RECORD_TYPES, Community, FeeStandard, Firm, Record
from generator.records.base import Part
from tests.support import AS_OF, SMALL, write_files

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    rendered, _ = build.render(write_files(tmp_path_factory.mktemp("small"), SMALL), AS_OF)
    return {path: raw.decode() for path, raw in rendered.items() if path.startswith("dictionary/")}


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_every_type_says_in_chinese_what_one_record_is(model: type[Record], pages: dict[str, str]) -> None:
    assert CHINESE.search(model.about)
    assert model.about.endswith("。")
    assert model.about in pages["dictionary/index.md"]


def _parts(model: type[Part]) -> list[type[Part]]:
    inner = (schema.shape(model, name).part for name in model.model_fields)
    return [model, *(part for field in inner if field for part in _parts(field))]


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_every_kind_of_value_has_a_name(model: type[Record]) -> None:
    for part in _parts(model):
        for name in part.model_fields:
            field = schema.shape(part, name)
            kinds = [marker for marker in field.markers if isinstance(marker, Written)]
            if not field.part and not field.choice:
                assert len(kinds) == 1, name
                assert CHINESE.search(kinds[0].label), name


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_every_field_has_a_row_of_its_own(model: type[Record], pages: dict[str, str]) -> None:
    page = pages[f"dictionary/{model.folder}.md"]
    anchors = re.findall(r'id="(field-[^"]+)"', page)
    assert len(anchors) == len(set(anchors)) == sum(len(part.model_fields) for part in _parts(model))
    assert {f"field-{name}" for name in model.model_fields} <= set(anchors)
    for loc in re.findall(r'href="#(group-[^"]+)"', page):
        assert f'id="{loc}"' in page


def _entry(model: type[Record], name: str) -> dictionary.Entry:
    return next(entry for entry in dictionary.entries(model, common=False) if entry.name == name)


def test_what_the_rules_ask_of_a_field() -> None:
    assert _entry(Firm, "name").demand == "必填"
    assert _entry(Firm, "uscc").demand == "应公开"
    assert _entry(Firm, "website").demand == "选填"
    assert _entry(Community, "coordinates").demand == "不公开"
    dwelling = _entry(FeeStandard, "dwelling_type")
    assert (dwelling.demand, dwelling.condition) == ("应公开", "收费项目为物业服务费时")


def test_choices_and_references(pages: dict[str, str]) -> None:
    page = pages["dictionary/fee_standards.md"]
    assert "<code>property_fee</code> 物业服务费" in page
    assert '<a href="../../dictionary/communities/">小区</a>的编号' in page
