"""Seals as a rule of the data: what was sealed is there, and the records still say what was sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator import editions
from generator.dataset import Dataset
from generator.editions import Edition
from generator.problems import Problem, Source
from generator.records import RankingEdition
from generator.records.ranking_edition import Phase
from generator.sealed.comparing import Difference, records_differ
from generator.sealed.history import History, history
from generator.verifying import Finding, may_leave, verify

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
        yield from _unsealed(history(files), dataset)
    if not found and as_of is not None:
        yield from _overdue(files, as_of)


def _tampered(finding: Finding) -> Problem:
    edition = f"{finding.edition} 第 {finding.version} 版" if finding.version else finding.edition or "日志"
    place = Source(f"data/{finding.file or f'sealed/{finding.edition}'}".rstrip("/"), finding.line)
    return Problem(finding.code, place, {"value": edition, "options": finding.sentence})


def _unsealed(past: History, dataset: Dataset) -> Iterator[Problem]:
    held = editions.gather(dataset)
    for edition, version in ((edition, past.newest(edition)) for edition in past.versions):
        if version is None or (version.is_withdrawn and edition not in held):
            continue
        if edition not in held:
            place = Source(f"data/sealed/{edition}/v{version.number}/notice.json")
            yield Problem("E612", place, {"value": edition})
        elif found := records_differ(held[edition], version):
            yield Problem("E611", dataset.place(held[edition].record), {"value": edition, "options": shown(found)})
    for key, one in held.items():
        if key not in past.versions and _is_due(one):
            yield Problem("N601", dataset.source(one.record), {"value": one.record.name, "name": key})


def _is_due(edition: Edition) -> bool:
    record: RankingEdition = edition.record
    return record.phase in DECIDED


def shown(found: tuple[Difference, ...]) -> str:
    """The first differences in words."""
    said = [f"{one.name}{one.label} {one.old or '空'} → {one.new or '空'}" for one in found[:_MOST]]
    more = f"，共 {len(found)} 处" if len(found) > _MOST else ""
    return "；".join(said) + more


def _overdue(files: Mapping[str, bytes], as_of: date) -> Iterator[Problem]:
    for edition, version, entry, line in may_leave(files, as_of):
        place = Source(f"data/sealed/{edition}/v{version}/subjects.csv", line)
        yield Problem("N602", place, {"value": f"{edition} 第 {version} 版 {entry}", "name": f"{edition} {entry}"})
