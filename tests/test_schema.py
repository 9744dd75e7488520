"""What derives from the models: headers, labels, JSON Schema, samples."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from generator import build, schema
from generator.records import RECORD_TYPES, FeeStandard, Firm, Record
from tests.support import SMALL, write_files


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_every_header_resolves_by_identifier_and_by_label(model: type[Record]) -> None:
    for header in schema.headers(model):
        loc = schema.resolve_header(model, header)
        assert loc is not None, header
        assert schema.resolve_header(model, schema.label(model, loc)) == loc


def test_headers_that_are_none() -> None:
    for header in (
        "",
        "hotlines.0.number",
        "hotlines.x.number",
        "name.1",
        "企业",
        "hotlines.１.number",
    ):
        assert schema.resolve_header(Firm, header) is None


def test_a_list_may_stand_in_one_cell_or_an_entry_a_column() -> None:
    assert schema.resolve_header(Firm, "aliases") == ("aliases",)
    assert schema.resolve_header(Firm, "aliases.2") == schema.resolve_header(Firm, "别名.2") == ("aliases", 1)


def test_references_and_public_fields() -> None:
    assert dict(schema.references(FeeStandard))["community"] == "community"
    assert "pricing_form" in {name for name, _ in schema.public_fields(FeeStandard)}


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_json_schema_says_it_in_chinese(model: type[Record]) -> None:
    found = schema.json_schema(model)
    assert found["title"] == model.title
    assert all(field["title"] and field["description"] for field in found["properties"].values())


def test_every_type_has_a_sample_that_is_right(tmp_path: Path) -> None:
    """The samples refer to each other, so they are laid together over an empty site."""
    write_files(
        tmp_path,
        {"data/site.yml": SMALL["data/site.yml"], "data/regions/regions.csv": SMALL["data/regions/regions.csv"]},
    )
    samples = files("generator") / "samples"
    for model in RECORD_TYPES:
        text = (samples / f"{model.type_name}.yml").read_text(encoding="utf-8")
        assert text.startswith("#"), "a sample begins with what it is"
        if model.type_name != "region":
            write_files(tmp_path, {f"data/{model.folder}/sample.yml": text})
    dataset, problems = build.check(tmp_path)
    assert dataset is not None, problems
