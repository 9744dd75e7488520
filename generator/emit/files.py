"""Tables as files: CSV, JSON and workbooks that any program reads back as the text that was written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

_BOM = "\ufeff"
#: A workbook says when it was made. The day of a build is no property of the data, so it is always this one.
_CREATED = datetime(2020, 1, 1, tzinfo=UTC)
#: Columns of a workbook are this wide at least and at most, in half-width characters.
_NARROWEST, _WIDEST = 8, 48
#: Characters in the name of a sheet, and those it may not have.
_SHEET_LIMIT, _NOT_IN_SHEET = 31, str.maketrans("", "", "[]:*?/\\'")


def fingerprint(raw: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def csv_bytes(grid: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, so that Excel reads it as such."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(grid)
    return (_BOM + text.getvalue()).encode()


def json_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A list of records, one a line, so that two editions can be compared with line tools."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return f"[\n{lines}\n]\n".encode() if rows else b"[]\n"


def workbook(title: str, grid: Sequence[Sequence[str]]) -> bytes:
    """One sheet of text cells: Excel drops leading zeros and rounds long codes only where a cell may be a number."""
    raw = io.BytesIO()
    book = Workbook(raw, {"in_memory": True})
    book.set_properties({"title": title, "created": _CREATED})
    _fill(book, book.add_worksheet(title.translate(_NOT_IN_SHEET)[:_SHEET_LIMIT] or None), grid)
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
