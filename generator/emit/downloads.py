"""Downloads: the records on the site, a table a type, as CSV, as JSON and as a workbook; and their fingerprints.

All three say the same, each value in the form in which data is written: what is read back is what was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import addresses, schema
from generator.emit import tables as editions
from generator.emit.files import csv_bytes, fingerprint, json_bytes, workbook
from generator.facts import Facts
from generator.records import RECORD_TYPES, Record

#: Every form that a type is offered in, by the end of its files' names.
FORMS = ("csv", "xlsx", "json")


def emit(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """``downloads/<folder>.csv``, ``.json`` and ``.xlsx`` of every type, then ``downloads/SHA256SUMS``."""
    sums = ""
    for model in RECORD_TYPES:
        for path, raw in tables(model, facts.records[model]):
            yield path, raw
            sums += f"{fingerprint(raw)}  {path.removeprefix(addresses.DOWNLOADS)}\n"
    for edition in facts.rankings.editions.values():
        for path, raw in editions.tables(edition, None):
            yield path, raw
            sums += f"{fingerprint(raw)}  {path.removeprefix(addresses.DOWNLOADS)}\n"
    yield addresses.DOWNLOAD_SUMS, sums.encode()


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
    """What ``emit`` made of one edition, or of one version of it."""
    paths = (addresses.edition_table(edition, version, form) for form in editions.FORMS)
    return tuple(_offer(path, files) for path in paths)


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
