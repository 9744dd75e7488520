"""What holds for any data: order, repetition, sources and the words on a page."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator import build, facts, schema
from generator.problems import CheckFailed
from generator.records import RECORD_TYPES, Community, Record
from tests.support import AS_OF, PROJECT, SMALL, tree, write_files

SITE = Path(__file__).parent / "golden" / "site"


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert build.render(SITE, AS_OF)[0] == build.render(SITE, AS_OF)[0]


def _without_lines(files: dict[str, bytes]) -> dict[str, bytes]:
    """Pages without the file and line of their sources: the one thing that moving a row may change."""
    place = re.compile(r"data/[^<\s]+( 第 [\d、]+ 行)?".encode())
    return {path: place.sub(b"", raw) if path.endswith(".md") else raw for path, raw in files.items()}


def test_order_of_rows_and_files_does_not_matter(tmp_path: Path) -> None:
    plain = build.render(write_files(tmp_path / "a", SMALL), AS_OF)[0]
    shuffled = dict(SMALL)
    for path, text in SMALL.items():
        if path.endswith(".csv"):
            header, *rows = text.splitlines()
            random.Random(7).shuffle(rows)
            shuffled[path] = "\n".join([header, *rows]) + "\n"
    shuffled["data/firms/aaa.csv"] = shuffled.pop("data/firms/firms.csv")
    shuffled["data/grades/zzz.yml"] = shuffled.pop("data/grades/grades.yml")
    assert _without_lines(plain) == _without_lines(build.render(write_files(tmp_path / "b", shuffled), AS_OF)[0])


def test_yaml_and_csv_say_the_same(tmp_path: Path) -> None:
    plain = build.render(write_files(tmp_path / "a", SMALL), AS_OF)[0]
    rows = list(csv.DictReader(io.StringIO(SMALL["data/engagements/engagements.csv"])))
    files = dict(SMALL) | {"data/engagements/x.yml": json.dumps(rows)}
    del files["data/engagements/engagements.csv"]
    assert _without_lines(plain) == _without_lines(build.render(write_files(tmp_path / "b", files), AS_OF)[0])


@pytest.mark.parametrize("days", [0, 1, 29, 400, 3000])
def test_any_day_renders(days: int) -> None:
    files, _ = build.render(SITE, date(2020, 2, 29) + timedelta(days=days))
    assert "index.md" in files


def test_every_source_on_a_page_is_the_line_of_the_record() -> None:
    dataset, _ = build.check(SITE)
    assert dataset is not None
    derived = facts.derive(dataset, AS_OF)
    for community in derived.communities.values():
        for origin in community.origins:
            lines = (SITE / origin.source.path).read_text(encoding="utf-8").splitlines()
            assert re.search(r"(?:^|id: )[a-z]+-[a-z0-9-]+", lines[origin.source.line - 1])
        first = community.origins[0].source
        assert community.record.id in (SITE / first.path).read_text(encoding="utf-8").splitlines()[first.line - 1]


def test_nothing_that_is_not_published_is_on_the_site(tmp_path: Path) -> None:
    files = dict(SMALL)
    files["data/communities/x.yml"] = (
        "".join(
            f"- {{id: cm-{word}, name: 秘密小区{word}, region: '340104', status: {word}}}\n"
            for word in ("draft", "review", "superseded", "withdrawn", "expired")
        )
        + "- {id: cm-over, name: 秘密小区over, region: '340104', display_until: 2026-11-23}\n"
    )
    rendered, _ = build.render(write_files(tmp_path, files), AS_OF)
    assert not any("秘密小区".encode() in content for content in rendered.values())


#: What follows from published scores cannot be taken away alone, nor an edition given an end.
REFUSED = {
    ("engagement", "withdrawn"),
    ("engagement", "draft"),
    ("assessment_result", "withdrawn"),
    ("assessment_result", "draft"),
    ("list_entry", "status"),
    ("list_entry", "display_until"),
    ("credit_repair", "status"),
    # … nor may what has been sealed go or end
    ("ranking_edition", "display_until"),
    ("ranking_edition", "status"),
    ("assessment_scheme", "display_until"),
    # … nor what has its last day given another
    ("exposure", "display_until"),
    ("exit_procedure", "display_until"),
}
UNPUBLISHED = ("status: withdrawn", "status: draft", "display_until: 2026-11-23")


@pytest.mark.parametrize("line", UNPUBLISHED)
@pytest.mark.parametrize("model", [model for model in RECORD_TYPES if model.type_name != "region"])
def test_taking_one_type_off_the_site_breaks_nothing(model: type[Record], line: str, tmp_path: Path) -> None:
    """A firm that is withdrawn still serves somewhere: its pages go, the others say so and stay whole."""
    root = tmp_path / "root"
    shutil.copytree(SITE, root)
    field, _, value = line.partition(": ")
    for path in (root / "data" / model.folder).iterdir():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".yml":
            changed = re.sub(r"^- id: (\S+)$", rf"- id: \1\n  {line}", text, flags=re.MULTILINE)
        else:
            header, labels, *rows = text.splitlines()
            label = schema.label(model, (field,))
            changed = "\n".join([f"{header},{field}", f"{labels},{label}", *(f"{row},{value}" for row in rows)]) + "\n"
        assert changed != text
        path.write_text(changed, encoding="utf-8")
    if (model.type_name, field) in REFUSED or (model.type_name, value) in REFUSED:
        with pytest.raises(CheckFailed) as failed:
            build.render(root, AS_OF)
        refusals = {
            "E110",
            "E457",
            "E459",
            "E483",
            "E484",
            "E485",
            "E488",
            "E494",
            "E499",
            "E611",
            "E612",
            "E715",
            "E778",
        }
        assert {p.code for p in failed.value.problems if p.is_error} <= refusals
        return
    files, _ = build.render(root, AS_OF)
    own = [path for path in files if path.startswith(f"{model.folder}/") and not path.startswith("rankings/by/")]
    assert [path for path in own if not path.endswith("index.md")] == []
    pages = b"".join(content for path, content in files.items() if path.endswith(".md"))
    if model.type_name == "firm":
        assert "企业信息已停止公示".encode() in pages
        assert "示例徽风".encode() not in pages


def test_a_site_without_records_renders(tmp_path: Path) -> None:
    write_files(tmp_path, {"data/site.yml": "name: 空的公示栏\n"})
    files, problems = build.render(tmp_path, AS_OF)
    assert not [p for p in problems if p.is_error]
    assert "还没有小区" in files["index.md"].decode()


def test_a_build_touches_nothing_under_data_or_content(tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(SITE, root)
    before = {path: (root / path).stat().st_mtime_ns for path in tree(root)}
    build.build(root, root / "site", AS_OF)
    after = {path: (root / path).stat().st_mtime_ns for path in before}
    assert before == after


def test_ids_are_addresses() -> None:
    rendered, _ = build.render(SITE, AS_OF)
    dataset, _ = build.check(SITE)
    assert dataset is not None
    for key in dataset.of(Community):
        assert f"communities/{key}.md" in rendered


def test_no_invented_name_is_without_the_word_for_sample() -> None:
    """The shipped sample names nobody real: every firm and community says 示例 (domain §3.21)."""
    dataset, _ = build.check(PROJECT)
    assert dataset is not None
    assert dataset.site.demo
    for model in RECORD_TYPES:
        if model.type_name in {"firm", "community", "organization"}:
            assert all("示例" in record.model_dump()["name"] for record in dataset.of(model).values())


def test_schema_knows_every_folder() -> None:
    assert set(schema.BY_FOLDER) == {model.folder for model in RECORD_TYPES}
