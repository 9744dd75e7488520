"""Downloads: the records on the site, a table a type, as CSV, as JSON and as a workbook; and their fingerprints.

All three say the same, each value in the form in which data is written: what is read back is what was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import addresses, schema
from generator.emit import tables as editions
from generator.emit import timeliness
from generator.emit.files import csv_bytes, fingerprint, json_bytes, workbook
from generator.facts import Facts
from generator.records import RECORD_TYPES, Record

#: Every form that a type is offered in, by the end of its files' names.
FORMS = ("csv", "xlsx", "json")


def emit(facts: Facts, archives: Iterable[tuple[str, bytes]] = ()) -> dict[str, bytes]:
    """Every type and every edition in each form, ``archives``, and the fingerprints of all of them, by path."""
    files = dict(archives)
    for model in RECORD_TYPES:
        files |= tables(model, facts.records[model])
    for edition in facts.rankings.editions.values():
        files |= editions.tables(edition, None)
    for versions in facts.rankings.versions.values():
        for version in versions:
            files |= editions.tables(version.edition, version.number)
    files |= timeliness.emit(facts)
    own = {path.removeprefix(addresses.DOWNLOADS): raw for path, raw in files.items() if path.startswith("downloads/")}
    sums = "".join(f"{fingerprint(raw)}  {path}\n" for path, raw in own.items())
    return files | {addresses.DOWNLOAD_SUMS: sums.encode()}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file as its page offers it: ``size`` in bytes, ``fingerprint`` the SHA-256 in hexadecimal."""

    form: str
    path: str
    size: int
    fingerprint: str


def offers(files: Mapping[str, bytes]) -> dict[type[Record], tuple[File, ...]]:
    """What ``emit`` made, by type."""
    return {model: tuple(_offer(addresses.download(model, form), files) for form in FORMS) for model in RECORD_TYPES}


def edition_offers(edition: str, version: int | None, files: Mapping[str, bytes]) -> tuple[File, ...]:
    """What ``emit`` made of one edition, or of one version of it; nothing of one that does not stand any more."""
    paths = (addresses.edition_table(edition, version, form) for form in editions.FORMS)
    return tuple(_offer(path, files) for path in paths if path in files)


def timeliness_offers(files: Mapping[str, bytes]) -> tuple[File, ...]:
    """What ``emit`` made of duties to publish; nothing where none is computed."""
    paths = map(addresses.timeliness, timeliness.FORMS)
    return tuple(_offer(path, files) for path in paths if path in files)


def _offer(path: str, files: Mapping[str, bytes]) -> File:
    form = path.rpartition(".")[2].upper()
    return File(form=form, path=path, size=len(files[path]), fingerprint=fingerprint(files[path]))


def tables(model: type[Record], records: Sequence[Record]) -> Iterator[tuple[str, bytes]]:
    """The three files of one type."""
    rows = [schema.written(record) for record in records]
    grid = _grid(model, rows)
    yield addresses.download(model, "csv"), csv_bytes(grid)
    yield addresses.download(model, "json"), json_bytes(rows)
    yield addresses.download(model, "xlsx"), workbook(model.title, grid)


def _grid(model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Identifiers, Chinese labels, then a row a record: the form that ``parse_csv`` reads."""
    columns = tuple(schema.columns(model, rows))
    head = [list(map(schema.dotted, columns)), [schema.label(model, loc) for loc in columns]]
    return head + [[schema.cell(row, loc) for loc in columns] for row in rows]
