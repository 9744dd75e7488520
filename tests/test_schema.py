"""What derives from the models: headers, labels, JSON Schema, samples."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import build, schema
from generator.records import RECORD_TYPES, FeeStandard, Firm, Record, Site
from tests.support import PROJECT, SMALL, write_files


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
    assert dict(schema.references(FeeStandard))["community",] == "community"
    assert dict(schema.references(FeeStandard))["basis_docs", 0, "document"] == "policy_document"
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


class _Editor(yaml.SafeLoader):
    """YAML as editors read it: numbers and truth values typed, days left as text (YAML 1.2)."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _complaints(schema_: dict[str, Any], text: str) -> list[str]:
    Draft202012Validator.check_schema(schema_)
    return [error.message for error in Draft202012Validator(schema_).iter_errors(yaml.load(text, _Editor))]


@pytest.mark.parametrize("model", RECORD_TYPES)
def test_schemas_take_every_data_file(model: type[Record]) -> None:
    sample = (files("generator") / "samples" / f"{model.type_name}.yml").read_text(encoding="utf-8")
    listed = "- " + sample.replace("\n", "\n  ")
    shipped = [path.read_text(encoding="utf-8") for path in (PROJECT / "data" / model.folder).glob("*.yml")]
    for text in (sample, listed, *shipped):
        assert _complaints(schema.file_schema(model), text) == []


def test_the_schema_of_the_settings_takes_them() -> None:
    text = (PROJECT / "data/site.yml").read_text(encoding="utf-8")
    assert _complaints(schema.json_schema(Site), text) == []
    assert _complaints(schema.json_schema(Site), text + "nmae: x\n")


FIRM = "id: firm-x\nname: 示例物业有限公司\n"


@pytest.mark.parametrize(
    "text",
    [
        "hotlines:\n  - number: 12345\n    is_24h: true\n",  # the number shows its kind
        "aliases: [1286, 0551]\nregistered_region: 340104\npublished_on: 2026-01-05\nas_of: 2026\n",
        "approx: 是\ndisplay: 600余\nentity_kind: 法人\nstatus: draft\n",
        "note:\naliases:\nhotlines:\nentity_kind:\nstatus:\n",  # empty is absent
    ],
)
def test_schemas_take_what_the_reader_takes(text: str, tmp_path: Path) -> None:
    write_files(tmp_path, {**SMALL, "data/firms/x.yml": FIRM + text})
    dataset, problems = build.check(tmp_path)
    assert dataset is not None, problems
    assert _complaints(schema.file_schema(Firm), FIRM + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "name: 示例物业有限公司\n",
        f"{FIRM}nmae: x\n",
        f"{FIRM}entity_kind: compny\n",
        f"{FIRM}published_on: 2026/1/5\n",
        f"{FIRM}approx: maybe\n",
        f"{FIRM}aliases: 示例\n",
        f"{FIRM}hotlines:\n  - label: 客服\n",
        f"{FIRM}hotlines:\n  - number: 0551\n    nmuber: 1\n",
        "id: Firm_X\nname: 示例物业有限公司\n",
        "- id: firm-x\n  name: 示例\n  nmae: x\n",
        "示例\n",
    ],
)
def test_schemas_refuse_planted_mistakes(text: str) -> None:
    assert _complaints(schema.file_schema(Firm), text)


def test_editors_are_not_offered_what_we_refuse() -> None:
    """An editor completes every type a schema names; ``null`` is refused by the reader (E132)."""
    for found in (*map(schema.json_schema, RECORD_TYPES), schema.json_schema(Site)):
        assert "null" not in str(found)
        assert "None" not in str(found)
