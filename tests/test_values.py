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

from generator import kinds
from generator.records import RECORD_TYPES, Community
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
