"""ERRORS.md, the guide to every code, is the catalogue and its cases laid out. After a change: GOLDEN=write pytest, then read the diff."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import messages, schema
from generator.records import RECORD_TYPES
from tests.message_cases import FOLDER, Case, cases, codes, lay_right, problems, right, spoilt
from tests.support import PROJECT

GUIDE = PROJECT / "ERRORS.md"
FAMILIES = {
    "E1": "读文件",
    "E2": "值",
    "E3": "引用",
    "E4": "规则",
    "E5": "个人信息",
    "E6": "发布",
    "E7": "账目、公示、议事、托管和曝光",
    "N": "提示",
}
#: A longer record is shown by its first line and the lines that differ; a list whole, since its records meet in it.
SHORT = 12

EXPLAINED = {name: case for name, case in cases().items() if "why" in case}


def _by_code() -> dict[str, Case]:
    return {code: case for case in EXPLAINED.values() for code in codes(case)}


def _guide() -> str:
    explained = _by_code()
    parts = [(FOLDER.parent / "errors.md").read_text(encoding="utf-8")]
    for family, title in FAMILIES.items():
        own = [code for code in messages.MESSAGES if code.startswith(family) and code in explained]
        parts.append(f"## {title}\n\n" + "".join(f"- [{code}](#{code.lower()}) {_title(code)}\n" for code in own))
        parts += ["\n".join(_entry(code, explained[code])) for code in own]
    return "\n".join(parts)


def _title(code: str) -> str:
    """The message without what a case fills in."""
    text = re.sub(r"（[^（）]*\{[^（）]*）", "", messages.MESSAGES[code].zh)
    return text.format_map(defaultdict(lambda: "…")).removesuffix("：…")


def _entry(code: str, case: Case) -> Iterator[str]:
    seen, _, fix = case["expect"][0].partition(" -> ")
    titles = ("错", "对") if code.startswith("E") else ("会提示", "不提示")
    yield f"### {code}\n\n**{_title(code)}**\n\n{case['why']}\n\n- 看到：`{seen}`\n- 怎么改：{fix.strip()}"
    if words := case.get("words"):
        yield from (f"- {title}：{text}" for title, text in zip(titles, words.values(), strict=True))
    yield ""
    bad, good = spoilt(case), right(case)
    for name in () if words else good:
        before, after = str(bad[name]), str(good[name])
        if name in case.get("replace", {}) and name.endswith(".csv"):
            yield from _table(name, titles, before, after)
        elif before != after:
            yield from _text(name, titles[0], before, after)
            yield from _text(name, titles[1], after, before)


def _text(name: str, title: str, text: str, other: str) -> Iterator[str]:
    kind = "yaml" if name.endswith(".yml") else ""
    yield f"{title}（`{name}`）：\n\n```{kind}\n{_lines_that_matter(text, other)}\n```\n"


def _lines_that_matter(text: str, other: str) -> str:
    lines, others = text.splitlines(), other.splitlines()
    if len(lines) <= SHORT or text.startswith("- "):
        return text.rstrip("\n")
    kept = [line if number == 0 or line not in others else "…" for number, line in enumerate(lines)]
    return "\n".join(line for number, line in enumerate(kept) if line != "…" or kept[number - 1] != "…")


def _table(name: str, titles: tuple[str, str], before: str, after: str) -> Iterator[str]:
    """The cells that differ, under their headers, beside the key."""
    (header, *wrong), (_, *correct) = (list(csv.reader(text.splitlines())) for text in (before, after))
    changed = [pair for pair in zip(wrong, correct, strict=True) if pair[0] != pair[1]]
    columns = [n for n in range(len(header)) if n == 0 or any(bad[n] != good[n] for bad, good in changed)]
    model = schema.BY_FOLDER[name.split("/")[1]]
    labels = [schema.label(model, schema.resolve_header(model, header[n]) or ()) for n in columns]
    yield "| | " + " | ".join(f"{label}（{header[n]}）" for label, n in zip(labels, columns, strict=True)) + " |"
    yield "|---|" + "---|" * len(columns)
    for title, row in ((title, row) for pair in changed for title, row in zip(titles, pair, strict=True)):
        yield f"| {title} | " + " | ".join(row[n] or "（空）" for n in columns) + " |"
    yield ""


def test_the_guide() -> None:
    if os.environ.get("GOLDEN") == "write":
        GUIDE.write_text(_guide(), encoding="utf-8")
    assert GUIDE.read_text(encoding="utf-8") == _guide()


@pytest.mark.parametrize("code", messages.MESSAGES)
def test_every_code_is_explained_once(code: str) -> None:
    found = [name for name, case in EXPLAINED.items() if code in codes(case)]
    assert len(found) == 1, (
        f"{code} needs exactly one explanation, has {found}. In tests/cases/messages/*.yml take a case whose lines carry "
        f"{code} and nothing else, add `why:` (one or two Chinese sentences: why it is a mistake, what usually causes it, "
        "the source of the rule) and, unless the case only has `replace:`, `good:` {file: the same file put right}; "
        "`words: {bad: …, good: …}` where text cannot show it. Then GOLDEN=write pytest tests/test_errors_guide.py"
    )


@pytest.mark.parametrize("name", EXPLAINED)
def test_an_explained_case_is_about_one_code_and_its_good_form_is_right(name: str, tmp_path: Path) -> None:
    case = EXPLAINED[name]
    (code,) = codes(case)
    assert case.keys() & {"replace", "good"}, f"{name}: add good: {{file: the same file put right}}"
    shown = {file for file, text in right(case).items() if text is not None}
    assert "words" in case or shown == right(case).keys() & spoilt(case).keys(), (
        f"{name}: add words: {{bad: …, good: …}}"
    )
    found = problems(lay_right(tmp_path, case), case)
    assert [messages.line(p, "zh") for p in found if p.is_error or p.code == code] == []


def _anchors(text: str) -> set[str]:
    """The places in a page that code hosts let one link to."""
    return {heading.lower().replace(" ", "-") for heading in re.findall(r"(?m)^#+ (.+)$", text)}


@pytest.mark.parametrize("page", ["ERRORS.md", "CONTRIBUTING.md", "README.md"])
def test_pages_name_codes_that_exist_and_link_to_them(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    assert set(re.findall(r"\b[EN]\d{3}\b", text, re.ASCII)) <= messages.MESSAGES.keys()
    assert set(re.findall(r"\]\(ERRORS\.md#([^)]*)\)", text)) <= _anchors(GUIDE.read_text(encoding="utf-8"))
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= _anchors(text)


def test_clerks_are_told_of_every_folder() -> None:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {model.folder for model in RECORD_TYPES} <= set(re.findall(r"(?m)^\| `(\w+)`", text))
