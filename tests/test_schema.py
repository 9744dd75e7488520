"""What derives from the models: headers, labels, JSON Schema, samples."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from generator import build, schema
from generator.records import RECORD_TYPES, ComplaintProcedure, FeeStandard, Firm, Record
from generator.records.complaint_procedure import LimitUnit
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


def test_a_table_goes_as_deep_as_its_headers(tmp_path: Path) -> None:
    table = (
        "id,kind,region,escalation,steps.1.actor,steps.1.action,steps.1.limit.n,steps.1.limit.unit,steps.1.limit.since,"
        "steps.1.limit_basis,steps.1.evidence,channels.1.phone.number,as_of\n"
        "cp-deep,报修,340104,firm,firm,上门,30,minute,received,promise,报修时间；照片,0551-20000001,2026-11-20\n"
    )
    dataset, problems = build.check(write_files(tmp_path, {**SMALL, "data/complaint_procedures/deep.csv": table}))
    assert dataset is not None, problems
    procedure = dataset.of(ComplaintProcedure)["cp-deep"]
    step, channel = procedure.steps[0], procedure.channels[0]
    assert step.limit is not None
    assert channel.phone is not None
    assert (step.limit.n, step.limit.unit, step.evidence) == (30, LimitUnit.MINUTE, ("报修时间", "照片"))
    assert channel.phone.number == "0551-20000001"
