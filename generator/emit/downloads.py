"""Downloads: the records on the site, a table a type, as CSV, as JSON and as a workbook; and their fingerprints.

All three say the same, each value in the form in which data is written: what is read back is what was published.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from generator import addresses, schema
from generator.facts import Facts
from generator.records import RECORD_TYPES, Record

#: Every form that a type is offered in, by the end of its files' names.
FORMS = ("csv", "xlsx", "json")
_BOM = "\ufeff"
#: A workbook says when it was made. The day of a build is no property of the data, so it is always this one.
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
#: Columns of a workbook are this wide at least and at most, in half-width characters.
_NARROWEST, _WIDEST = 8, 48


def emit(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """``downloads/<folder>.csv``, ``.json`` and ``.xlsx`` of every type, then ``downloads/SHA256SUMS``."""
    sums = ""
    for model in RECORD_TYPES:
        for path, raw in tables(model, facts.records[model]):
            yield path, raw
            sums += f"{_fingerprint(raw)}  {path.removeprefix(addresses.DOWNLOADS)}\n"
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
    return {model: tuple(_offer(model, form, files) for form in FORMS) for model in RECORD_TYPES}


def _offer(model: type[Record], form: str, files: Mapping[str, bytes]) -> File:
    path = addresses.download(model, form)
    return File(form=form.upper(), path=path, size=len(files[path]), fingerprint=_fingerprint(files[path]))


def _fingerprint(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def tables(model: type[Record], records: Sequence[Record]) -> Iterator[tuple[str, bytes]]:
    """The three files of one type."""
    rows = [schema.written(record) for record in records]
    grid = _grid(model, rows)
    yield addresses.download(model, "csv"), _csv(grid)
    yield addresses.download(model, "json"), _json(rows)
    yield addresses.download(model, "xlsx"), _workbook(model, grid)


def _grid(model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Identifiers, Chinese labels, then a row a record: the form that ``parse_csv`` reads."""
    columns = tuple(schema.columns(model, rows))
    head = [list(map(schema.dotted, columns)), [schema.label(model, loc) for loc in columns]]
    return head + [[schema.cell(row, loc) for loc in columns] for row in rows]


def _csv(grid: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(grid)
    return (_BOM + text.getvalue()).encode()


def _json(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A list of records, one a line, so that two editions can be compared with line tools."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f"[\n{lines}\n]\n".encode() if rows else b"[]\n"


def _workbook(model: type[Record], grid: Sequence[Sequence[str]]) -> bytes:
    """One sheet of text cells: Excel drops leading zeros and rounds long codes only where a cell may be a number."""
    raw = io.BytesIO()
    book = Workbook(raw, {"in_memory": True})
    book.set_properties({"title": model.title, "created": _CREATED})
    _fill(book, book.add_worksheet(model.title), grid)
    book.close()
    return raw.getvalue()


def _fill(book: Workbook, sheet: Worksheet, grid: Sequence[Sequence[str]]) -> None:
    text = book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True})
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    for index, cells in enumerate(zip(*grid, strict=True)):
        sheet.set_column(index, index, min(max(_NARROWEST, *map(_width, cells)), _WIDEST), text)
    for number, row in enumerate(grid):
        for index, value in enumerate(row):
            if value:
                sheet.write_string(number, index, value, head if number < 2 else text)
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, last_row, last_column)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, last_row, last_column)})


def _width(text: str) -> int:
    """Width of the longest line in half-width characters, with room for the filter's button."""
    return 2 + max(
        sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) for line in text.split("\n")
    )
