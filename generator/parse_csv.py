"""CSV text to raw records, strictly: exact headers, exact width, cells located as Excel names them."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import schema
from generator.dataset import RawRecord
from generator.kinds import names_an_owner
from generator.problems import Problem, Source
from generator.records import Record
from generator.schema import Loc

SCALAR_LIMIT = 64 * 1024

csv.field_size_limit(SCALAR_LIMIT)


@dataclass(frozen=True)
class _Table:
    """A CSV file as read: its physical lines, its headers, and which column holds which place."""

    path: str
    lines: list[str]
    headers: tuple[str, ...]
    columns: Mapping[Loc, int]


@dataclass(frozen=True, slots=True)
class CsvPlaces:
    """Places inside one row of a table. Cells are located only when somebody asks."""

    table: _Table
    #: First physical line of the row, 1-based.
    line: int
    #: Row number as Excel counts, 1-based.
    row: int

    def at(self, loc: Loc) -> Source:
        """The cell of a value, or the start of the row where no cell carries it."""
        index = self._index(loc)
        if index is None:
            return Source(self.table.path, self.line, 1)
        line, column = _cell_start(self.table.lines, self.line, index)
        return Source(self.table.path, line, column, f"{_letters(index)}{self.row}", self.table.headers[index])

    def key_at(self, loc: Loc) -> Source:
        """Names stand in the header row, but the cell is where staff look."""
        return self.at(loc)

    def _index(self, loc: Loc) -> int | None:
        while loc:
            for known, index in self.table.columns.items():
                if known[: len(loc)] == loc:
                    return index
            loc = loc[:-1]
        return None


def _letters(index: int) -> str:
    """0 -> A, 26 -> AA: the column as Excel calls it."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _cell_start(lines: list[str], line: int, index: int) -> tuple[int, int]:
    """Line and column (1-based) of a row's cell, by the csv module's rules: a quote opens a cell only at its start."""
    position, at_start, quoted = 0, True, False
    while index:
        text = lines[line - 1]
        if position >= len(text):
            line, position = line + 1, 0
            continue
        char = text[position]
        if quoted:
            if char == '"' and text[position + 1 : position + 2] == '"':
                position += 1
            elif char == '"':
                quoted = False
        elif char == '"' and at_start:
            quoted = True
        at_start = char == "," and not quoted
        index -= at_start
        position += 1
    return line, position + 1


def records(path: str, text: str, model: type[Record], problems: list[Problem]) -> list[RawRecord]:
    """The records of one table, a row each; what is wrong with the table is added to ``problems``."""
    lines = text.split("\n")
    rows = _rows(path, text, problems)
    if not rows:
        if not problems or problems[-1].source.path != path:
            problems.append(Problem("E126", Source(path, 1, 1)))
        return []
    header, *body = _without_empty_tail(rows)
    columns = _columns(path, lines, header.cells, model, problems)
    if columns is None:
        return []
    table = _Table(path, lines, tuple(header.cells), {loc: index for index, loc in enumerate(columns)})
    splits = frozenset(i for i, loc in enumerate(columns) if schema.holds_list(model, loc))
    key = columns.index((model.key_field,))
    raws: list[RawRecord] = []
    for row in body:
        places = CsvPlaces(table, row.line, row.number)
        if not any(row.cells) or (row.number == 2 and row.cells[key : key + 1] == [schema.label(model, columns[key])]):
            continue
        if len(row.cells) != len(columns):
            values = {"value": str(len(row.cells)), "expected": str(len(columns)), "row": str(row.number)}
            problems.append(Problem("E121", Source(path, row.line, 1), values))
        elif gaps := list(_list_gaps(places, columns, row.cells)):
            problems += gaps
        else:
            raws.append(RawRecord(model.folder, _assemble(columns, row.cells, splits), places))
    return raws


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as the csv module reads it: its first physical line, its number as Excel counts, its cells."""

    line: int
    number: int
    cells: list[str]


def _rows(path: str, text: str, problems: list[Problem]) -> list[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[_Row] = []
    line = 1
    try:
        for number, cells in enumerate(reader, start=1):
            rows.append(_Row(line, number, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        code = "E116" if "field limit" in str(error) else "E125"
        problems.append(Problem(code, Source(path, line, 1), {"limit": f"{SCALAR_LIMIT:,}"}))
    return rows


def _without_empty_tail(rows: list[_Row]) -> list[_Row]:
    """Spreadsheets save columns that nobody filled: nameless, empty in every row, at the right edge."""
    width = max((index + 1 for row in rows for index, cell in enumerate(row.cells) if cell.strip()), default=0)
    full = len(rows[0].cells)
    if width >= full:
        return rows
    return [_Row(row.line, row.number, row.cells[:width]) for row in rows]


def _columns(
    path: str, lines: list[str], header: list[str], model: type[Record], problems: list[Problem]
) -> list[Loc] | None:
    start = Source(path, 1, 1)
    if len(header) == 1 and re.search(r"[;；\t]", header[0]):
        problems.append(Problem("E127", start, {"value": header[0]}))
        return None
    found = [schema.resolve_header(model, name) for name in header]
    known = "、".join(_shown_column(model, name) for name in model.model_fields if name not in Record.model_fields)
    if not any(found):
        problems.append(Problem("E130", start, {"value": "，".join(header), "known": known}))
        return None
    before = len(problems)
    for index, (name, loc) in enumerate(zip(header, found, strict=True)):
        at = Source(path, *_cell_start(lines, 1, index), f"{_letters(index)}1", name)
        if not name.strip():
            problems.append(Problem("E124", at))
        elif loc is None and names_an_owner(name):
            problems.append(Problem("E724", at, {"value": name}))
        elif loc is None:
            names = [*schema.headers(model), *(schema.label(model, (n,)) for n in model.model_fields)]
            near = _columns_of(name, model) or difflib.get_close_matches(name, names, n=1, cutoff=0.6)
            values = {"value": name, "type": model.title, "known": known}
            problems.append(Problem("E122", at, values | ({"near": "、".join(near)} if near else {})))
        elif (first := _index_of_same(found[:index], loc)) is not None:
            problems.append(Problem("E123", at, {"value": name, "first": f"{_letters(first)}1"}))
    if len(problems) == before:
        problems += _missing_columns(start, found, model)
    return [loc for loc in found if loc] if len(problems) == before else None


def _shown_column(model: type[Record], name: str) -> str:
    """A field as a column; a group that no single column means, by its first: steps.1.actor（步骤）."""
    header = name if schema.resolve_header(model, name) else _columns_of(name, model)[0]
    return f"{header}（{schema.label(model, (name,))}）"


def _columns_of(name: str, model: type[Record]) -> list[str]:
    """The columns that stand for a field which is a group: frequency is frequency.n and frequency.per."""
    field = next((n for n, info in model.model_fields.items() if name in {n, info.title}), None)
    return [header for header in schema.headers(model) if field and header.startswith(f"{field}.")]


def _index_of_same(found: list[Loc | None], loc: Loc) -> int | None:
    """The column that already holds a place, or the list that the place is an entry of."""
    same = (i for i, other in enumerate(found) if other and all(a == b for a, b in zip(other, loc, strict=False)))
    return next(same, None)


def _missing_columns(at: Source, found: list[Loc | None], model: type[Record]) -> Iterator[Problem]:
    """A column without which no row can be a record: one problem, not one a row."""
    there = {loc[0] for loc in found if loc}
    for name, info in model.model_fields.items():
        if info.is_required() and name not in there:
            yield Problem("E129", at, {"label": schema.label(model, (name,)), "field": name})


def _list_gaps(places: CsvPlaces, columns: list[Loc], cells: list[str]) -> Iterator[Problem]:
    """A numbered list must be filled from 1 on, so that a message can name the entry as the header does."""
    filled = {loc[: end + 1] for loc, cell in zip(columns, cells, strict=True) if cell for end in range(len(loc))}
    for *above, number in sorted(filled):
        before = (*above, number - 1) if isinstance(number, int) and number else None
        if before and before not in filled:
            values = {"value": schema.dotted((*above, number)), "first": schema.dotted(before)}
            yield Problem("E128", places.at((*above, number)), values)


def _assemble(columns: list[Loc], cells: list[str], splits: frozenset[int]) -> dict[str, Any]:
    """The nested values of one row; empty cells are absent."""
    values: dict[Any, Any] = {}
    for index, (loc, cell) in enumerate(zip(columns, cells, strict=True)):
        if cell:
            group = values
            for step in loc[:-1]:
                group = group.setdefault(step, {})
            group[loc[-1]] = schema.split_list(cell) if index in splits else cell
    return {name: _listed(value) for name, value in values.items()}


def _listed(value: Any) -> Any:
    """Groups whose names are numbers are lists."""
    if not isinstance(value, dict):
        return value
    entries = {step: _listed(entry) for step, entry in value.items()}
    return [entries[number] for number in sorted(entries)] if isinstance(next(iter(entries)), int) else entries
