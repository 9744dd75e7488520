"""Every kind of value knows one written form; the table says what is read and what is refused."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator import kinds, parse_csv, parse_yaml
from generator.dataset import RawRecord
from generator.problems import Problem
from generator.records import RECORD_TYPES, AssessmentResult, Community
from generator.records.community import Category

TABLE = yaml.safe_load((Path(__file__).parent / "cases" / "values.yml").read_text(encoding="utf-8"))
GOOD = [(kind, text, value) for kind, rows in TABLE.items() for text, value in rows["="].items()]
BAD = [(kind, text, code) for kind, rows in TABLE.items() for text, code in rows["!"].items()]


def _read(kind: str, text: Any) -> Any:
    return TypeAdapter(getattr(kinds, kind)).validate_python(text)


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_what_is_read(kind: str, text: str, value: str) -> None:
    assert str(_read(kind, text)) == value


@pytest.mark.parametrize(("kind", "text", "code"), BAD)
def test_what_is_refused(kind: str, text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _read(kind, text)
    assert refused.value.errors()[0]["type"] == code


@pytest.mark.parametrize(("kind", "text", "code"), [row for row in BAD if row[2] in {"E205", "E222", "E223", "E226"}])
def test_an_offered_fix_is_right(kind: str, text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        _read(kind, text)
    fix = refused.value.errors()[0]["ctx"]["fix"]
    if fix:
        assert _read(kind, fix) is not None


@given(st.decimals(min_value=0, max_value=999999999, places=4))
def test_money_reads_back_exactly(amount: Any) -> None:
    assert _read("Yuan", f"{amount:f}") == amount


@given(st.sampled_from(sorted(TABLE)), st.text(max_size=40))
def test_no_text_makes_a_kind_fail_otherwise_than_by_refusing(kind: str, text: str) -> None:
    with contextlib.suppress(ValidationError):
        assert str(_read(kind, text)) in {text, text.rstrip("\n"), "True", "False", "None", "Infinity"}


def _scores(raw: RawRecord) -> dict[str, str]:
    return {name: str(points) for name, points in AssessmentResult.model_validate(raw.values).scores.items()}


def _table(names: str, cells: str) -> tuple[list[RawRecord], list[Problem]]:
    problems: list[Problem] = []
    text = f"id,edition,{names},as_of\nres-one,rk-one,{cells},2026\n"
    return parse_csv.records("data/assessment_results/x.csv", text, AssessmentResult, problems), problems


def _file(scores: str) -> tuple[list[RawRecord], list[Problem]]:
    problems: list[Problem] = []
    text = f"id: res-one\nedition: rk-one\nscores: {scores}\nas_of: 2026\n"
    return parse_yaml.records("data/assessment_results/x.yml", text, AssessmentResult, problems), problems


@pytest.mark.parametrize(
    ("read", "scores"),
    [
        (_table("scores.daily,scores.service_quality", "38.60,0"), {"daily": "38.60", "service_quality": "0"}),
        (_table("分项得分.daily,scores.a1", "38.60,1"), {"daily": "38.60", "a1": "1"}),
        (_table("scores.daily,scores.service", "38.60,"), {"daily": "38.60"}),
        (_table("scores.daily", ""), {}),
        (_file("{daily: 38.60, service_quality: 0}"), {"daily": "38.60", "service_quality": "0"}),
        (_file("{daily: '38.60', service: }"), {"daily": "38.60"}),
        (_file("{}"), {}),
        (_file(""), {}),
    ],
)
def test_scores_are_read_by_name(read: tuple[list[RawRecord], list[Problem]], scores: dict[str, str]) -> None:
    (raw,), problems = read
    assert problems == []
    assert _scores(raw) == scores


@pytest.mark.parametrize("value", ["38，6", "３８.６", "1e2", "-3", "+3", "无", "38.6分", "1;2", "38.12345"])
@pytest.mark.parametrize("read", [_table, _file])
def test_a_score_that_is_no_number_is_refused(read: Any, value: str) -> None:
    text = ("scores.daily", value) if read is _table else (f"{{daily: '{value}'}}",)
    (raw,), problems = read(*text)
    assert problems == []
    with pytest.raises(ValidationError) as refused:
        _scores(raw)
    (error,) = refused.value.errors()
    assert (error["loc"], error["type"]) == (("scores", "daily"), "E205" if value == "３８.６" else "E246")


@pytest.mark.parametrize(
    "name", ["", "A", "Daily", "日常管理", "1", "a-b", "a__b", "a_", "daily.more", " daily", "ｄaily"]
)
def test_a_score_of_no_name_is_refused(name: str) -> None:
    raws, problems = _table(f"scores.{name}", "1")
    assert raws == []
    assert [(problem.code, problem.source.cell) for problem in problems] == [("E122", "C1")]
    (raw,), problems = _file(f"{{'{name}': 1}}")
    assert problems == []
    with pytest.raises(ValidationError) as refused:
        _scores(raw)
    assert refused.value.errors()[0]["loc"][:2] == ("scores", name)
    assert refused.value.errors()[0]["type"] in {"E249", "E222", "E205"}


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (_table("scores", "38.60"), "E122"),
        (_table("scores.daily,scores.daily", "1,2"), "E123"),
        (_table("scores.daily,分项得分.daily", "1,2"), "E123"),
        (_file("{daily: 1, daily: 2}"), "E110"),
    ],
)
def test_scores_of_no_name_or_twice_are_refused(read: tuple[list[RawRecord], list[Problem]], code: str) -> None:
    assert [problem.code for problem in read[1]] == [code]


@pytest.mark.parametrize(
    ("scores", "code"),
    [("{daily: [1]}", "E204"), ("{daily: {max: 1}}", "E204")],
)
def test_scores_of_another_shape_are_refused(scores: str, code: str) -> None:
    (raw,), problems = _file(scores)
    assert problems == []
    with pytest.raises(ValidationError) as refused:
        _scores(raw)
    assert refused.value.errors()[0]["type"] == code


def test_choices_take_identifier_or_label_and_nothing_near() -> None:
    assert Category.read("commercial") is Category.read("商品房") is Category.COMMERCIAL
    for text in ("Commercial", "商品", "unknown", ""):
        with pytest.raises(Exception, match=r".*"):
            Category.read(text)


def test_no_label_or_value_of_a_choice_is_used_twice() -> None:
    for choice in _choices():
        words = [word for member in choice for word in (member.value, member.label)]
        assert len(words) == len(set(words)), choice
        assert "unknown" not in words


def _choices() -> list[type[kinds.Choice]]:
    return kinds.Choice.__subclasses__()


def test_every_field_has_a_chinese_label() -> None:
    for model in RECORD_TYPES:
        labels = [info.title or "" for info in model.model_fields.values()]
        assert all(any("\u4e00" <= char <= "\u9fff" for char in label) for label in labels)
        assert len(labels) == len(set(labels)), model


def test_records_are_frozen() -> None:
    community = Community.model_validate({"id": "cm-one", "name": "示例", "region": "340104"})
    with pytest.raises(ValidationError):
        community.__setattr__("name", "别的")
