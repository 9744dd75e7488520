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
from generator.problems import Problem, Source
from generator.records import Record
from generator.schema import LIST_SEPARATOR, Loc

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
    """Line and column (1-based) of a row's cell; follows quotes over line ends as the csv module does."""
    column, quoted = 1, False
    while index:
        text = lines[line - 1]
        for position in range(column - 1, len(text)):
            char = text[position]
            if char == '"':
                quoted = not quoted
            elif char == "," and not quoted:
                index -= 1
                if not index:
                    return line, position + 2
        line, column = line + 1, 1
    return line, column


def records(path: str, text: str, model: type[Record], problems: list[Problem]) -> list[RawRecord]:
    """The records of one table, a row each; what is wrong with the table is added to ``problems``."""
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = _numbered_rows(reader)
    raws: list[RawRecord] = []
    try:
        first = next(rows, None)
        if first is None:
            problems.append(Problem("E126", Source(path, 1, 1)))
            return []
        columns = _columns(path, lines, first[2], model, problems)
        if columns is None:
            return []
        table = _Table(path, lines, tuple(first[2]), {loc: index for index, loc in enumerate(columns)})
        splits = frozenset(
            i for i, loc in enumerate(columns) if schema.shape(model, str(loc[0])).is_list and len(loc) == 1
        )
        for line, row, cells in rows:
            places = CsvPlaces(table, line, row)
            if not any(cells) or (row == 2 and _is_label_row(model, columns, cells)):
                continue
            if len(cells) != len(columns):
                values = {"value": str(len(cells)), "expected": str(len(columns)), "row": str(row)}
                problems.append(Problem("E121", Source(path, line, 1), values))
                continue
            problems += _list_gaps(places, columns, cells)
            raws.append(RawRecord(model.folder, _assemble(columns, cells, splits), places))
    except csv.Error as error:
        code = "E116" if "field limit" in str(error) else "E125"
        at = Source(path, max(reader.line_num, 1), 1)
        problems.append(Problem(code, at, {"value": str(error), "limit": f"{SCALAR_LIMIT:,}"}))
    return raws


def _numbered_rows(reader: Any) -> Iterator[tuple[int, int, list[str]]]:
    """(first physical line, Excel row, cells) of every row; empty lines count as Excel counts them."""
    line = 1
    for row, cells in enumerate(reader, start=1):
        yield line, row, cells
        line = reader.line_num + 1


def _columns(
    path: str, lines: list[str], header: list[str], model: type[Record], problems: list[Problem]
) -> list[Loc] | None:
    if len(header) == 1 and re.search(r"[;；\t]", header[0]):
        problems.append(Problem("E127", Source(path, 1, 1), {"value": header[0]}))
        return None
    before = len(problems)
    known: list[Loc] = []
    for index, name in enumerate(header):
        at = Source(path, *_cell_start(lines, 1, index), f"{_letters(index)}1", name)
        loc = schema.resolve_header(model, name)
        if not name.strip():
            problems.append(Problem("E124", at))
        elif loc is None:
            names = [*schema.headers(model), *(schema.label(model, (n,)) for n in model.model_fields)]
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
            problems.append(
                Problem("E122", at, {"value": name, "type": model.title, **({"near": near[0]} if near else {})})
            )
        elif loc in known:
            problems.append(Problem("E123", at, {"value": name, "first": f"{_letters(known.index(loc))}1"}))
        known.append(loc or (name, index))
    return known if len(problems) == before else None


def _is_label_row(model: type[Record], columns: list[Loc], cells: list[str]) -> bool:
    return cells == [schema.label(model, loc) for loc in columns]


def _list_gaps(places: CsvPlaces, columns: list[Loc], cells: list[str]) -> Iterator[Problem]:
    """A numbered list must be filled from 1 on, so that a message can name the entry as the header does."""
    filled = {(loc[0], loc[1]) for loc, cell in zip(columns, cells, strict=True) if len(loc) > 1 and cell}
    for name, number in sorted((str(n), i) for n, i in filled if isinstance(i, int) and i and (n, i - 1) not in filled):
        yield Problem("E128", places.at((name, number)), {"value": f"{name}.{number + 1}", "first": f"{name}.{number}"})


def _assemble(columns: list[Loc], cells: list[str], splits: frozenset[int]) -> dict[str, Any]:
    """The nested values of one row; empty cells are absent."""
    values: dict[str, Any] = {}
    lists: dict[str, dict[int, dict[str, str]]] = {}
    for index, (loc, cell) in enumerate(zip(columns, cells, strict=True)):
        if not cell:
            continue
        if index in splits:
            values[str(loc[0])] = cell.split(LIST_SEPARATOR)
        elif len(loc) == 1:
            values[str(loc[0])] = cell
        elif isinstance(loc[1], int):
            lists.setdefault(str(loc[0]), {}).setdefault(loc[1], {})[str(loc[2])] = cell
        else:
            values.setdefault(str(loc[0]), {})[str(loc[1])] = cell
    return values | {name: [entries[n] for n in sorted(entries)] for name, entries in lists.items()}
