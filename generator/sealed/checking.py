"""Seals as a rule of the data: what was sealed is there, and the records still say what was sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator import editions
from generator.dataset import Dataset
from generator.editions import Edition, counts
from generator.lasting import Display
from generator.problems import Problem, Source
from generator.records import AssessmentResult, ListEntry, RankingEdition
from generator.records.ranking import Polarity
from generator.records.ranking_edition import Phase
from generator.sealed.comparing import Difference, records_differ
from generator.sealed.history import History, Version, history
from generator.sealed.sheets import published
from generator.verifying import Finding, present, verify
from generator.verifying.fingerprints import names_of

#: Phases in which an edition is what the public is told for good.
DECIDED = frozenset({Phase.FINAL, Phase.AMENDED, Phase.ARCHIVED})
#: So many differences are spelled out.
_MOST = 3


def check(files: Mapping[str, bytes], dataset: Dataset | None, as_of: date | None) -> Iterator[Problem]:
    """Every seal verified; if all hold, the newest version of each edition held against its records.

    ``dataset``: None while something else is wrong with it. ``as_of``: the day by which entries may have left; None:
    whatever the day.
    """
    found = verify(files, as_of)
    yield from map(_tampered, found)
    if not found and dataset is not None:
        past, held = history(files), editions.gather(dataset)
        yield from _unsealed(past, held, dataset)
        if as_of is not None:
            lines = {(edition, version, entry): line for edition, version, entry, line in present(files)}
            display = Display(dataset, as_of)
            for edition, version in ((key, one) for key, versions in past.versions.items() for one in versions):
                yield from _overdue(version, edition, held.get(edition), display, lines)


def _tampered(finding: Finding) -> Problem:
    edition = f"{finding.edition} 第 {finding.version} 版" if finding.version else finding.edition or "日志"
    place = Source(f"data/{finding.file or f'sealed/{finding.edition}'}".rstrip("/"), finding.line)
    return Problem(finding.code, place, {"value": edition, "options": finding.sentence})


def _unsealed(past: History, held: Mapping[str, Edition], dataset: Dataset) -> Iterator[Problem]:
    for edition, version in ((edition, versions[-1]) for edition, versions in past.versions.items()):
        if edition not in held:
            place = Source(f"data/sealed/{edition}/v{version.number}/notice.json")
            yield Problem("E612", place, {"value": edition})
        elif found := records_differ(held[edition], version):
            place = _place(dataset, held[edition], found[0])
            yield Problem("E611", place, {"value": edition, "options": shown(found)})
        elif version.is_withdrawn:
            found_in = dataset.source(held[edition].record)
            yield Problem("N603", found_in, {"value": f"{edition} 第 {version.number} 版", "name": edition})
    for key, one in held.items():
        if key not in past.versions and _is_due(one):
            yield Problem("N601", dataset.source(one.record), {"value": one.record.name, "name": key})


def _place(dataset: Dataset, edition: Edition, found: Difference) -> Source:
    """The record that says something else than what was sealed; that of the edition where it is about the whole."""
    ordered = published(edition)
    row = dict(zip(names_of(len(ordered)), ordered, strict=True)).get(found.entries[1])
    if row is None:
        return dataset.place(edition.record)
    is_of_entry = found.field in ListEntry.model_fields and found.field not in AssessmentResult.model_fields
    record = next((entry for entry in row.entries if is_of_entry and counts(entry)), row.result)
    return dataset.place(record, *found.field.split("."))


def _is_due(edition: Edition) -> bool:
    record: RankingEdition = edition.record
    return record.phase in DECIDED


def shown(found: tuple[Difference, ...]) -> str:
    """The first differences in words."""
    said = [f"{one.name}{one.label} {one.old or '空'} → {one.new or '空'}" for one in found[:_MOST]]
    more = f"，共 {len(found)} 处" if len(found) > _MOST else ""
    return "；".join(said) + more


def _overdue(
    version: Version,
    edition: str,
    now: Edition | None,
    display: Display,
    lines: Mapping[tuple[str, int, str], int],
) -> Iterator[Problem]:
    """Names that a version still holds and should not any more, by the ground on which they may leave.

    ``now``: the edition as its records stand. ``lines``: where each row that has a name stands in its file.
    """
    grounds: dict[str, list[str]] = {}
    entries = {row.who: row.entries for row in now.rows} if now else {}
    for row in version.edition.rows:
        listed = version.lists.get(row.key, "")
        if row.key in version.left or not listed:
            continue
        end = version.sheets[row.key].ranking["display_until"]
        ended = (display.ended(entry) for entry in entries.get(row.who, ()) if entry.list == listed)
        if end and date.fromisoformat(end) < display.as_of:
            grounds.setdefault("公示期满", []).append(row.key)
        elif version.is_withdrawn and version.edition.markings[listed].polarity is not Polarity.POSITIVE:
            grounds.setdefault("这一版已撤回", []).append(row.key)
        elif why := next(filter(None, ended), None):
            grounds.setdefault(why, []).append(row.key)
    for why, names in grounds.items():
        place = Source(
            f"data/sealed/{edition}/v{version.number}/subjects.csv", lines[edition, version.number, names[0]]
        )
        said = {"value": f"{edition} 第 {version.number} 版 {'、'.join(names)}", "found": why}
        yield Problem("N602", place, {**said, "name": f"{edition} {' '.join(names)} --version {version.number}"})
