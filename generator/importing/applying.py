"""IO out: the records of a plan into the CSV files under ``data/``. All files, or none."""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator import schema
from generator.importing.plans import Addition, Edit, ImportRefused, Plan
from generator.problems import MachineFailed
from generator.records import Record
from generator.schema import Loc

_BOM = "\ufeff"


def write(root: Path, plan: Plan) -> tuple[str, ...]:
    """Write every file of the plan and return their paths; a failure leaves ``data/`` as it was."""
    additions: dict[str, list[Addition]] = defaultdict(list)
    edits: dict[str, list[Edit]] = defaultdict(list)
    for addition in plan.additions:
        additions[addition.path].append(addition)
    for edit in plan.edits:
        if not edit.is_manual:
            edits[edit.path].append(edit)
    paths = sorted({*additions, *edits})
    old = {path: _read(root / path) for path in paths}
    new = {path: _table(path, old[path], additions[path], edits[path]) for path in paths}
    changed = [path for path in paths if new[path] != old[path]]
    _replace_all(root, {path: new[path] for path in changed}, old)
    return tuple(changed)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MachineFailed(f"{path}: {error.strerror}") from error


def _table(path: str, old: bytes | None, additions: Sequence[Addition], edits: Sequence[Edit]) -> bytes:
    """The table's new bytes; rows that nothing touches keep theirs, apart from a comma for each new column."""
    model = (additions or edits)[0].model
    changes = [*(addition.values for addition in additions), *(edit.values for edit in edits)]
    own_first = sorted(model.model_fields, key=lambda name: name in Record.model_fields)
    used = [name for name in own_first if any(name in cells for cells in changes)]
    if old is None:
        header = [used, [schema.label(model, (name,)) for name in used]]
        rows = ([addition.values.get(name, "") for name in used] for addition in additions)
        return (_BOM + _lines([*header, *rows], "\n")).encode()
    return _changed_table(path, old.decode("utf-8"), model, used, additions, edits).encode()


def _changed_table(
    path: str, text: str, model: type[Record], used: Sequence[str], additions: Sequence[Addition], edits: Sequence[Edit]
) -> str:
    bom, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    end = "\r\n" if "\r\n" in body[:65536] else "\n"
    pieces = list(_pieces(body))
    header = pieces[0][0]
    columns = {schema.resolve_header(model, name): index for index, name in enumerate(header)}
    apart = [schema.label(model, loc) for loc in columns if loc and loc[1:] and loc[0] in used]
    if apart:
        raise ImportRefused(f"{path} 里{apart[0]}是一项一列；先并成一列，各项用；隔开，再导入")
    added = [name for name in used if (name,) not in columns]
    columns |= {(name,): len(header) + number for number, name in enumerate(added)}
    key = columns["code" if "code" in model.model_fields else "id",]
    changes = {edit.key: edit.values for edit in edits}
    labels = [schema.label(model, loc) if loc else "" for loc in columns][: len(header)]
    found = [bom]
    for number, (cells, raw) in enumerate(pieces):
        is_label_row = number == 1 and cells == labels
        extra = (
            added
            if number == 0
            else [schema.label(model, (name,)) for name in added]
            if is_label_row
            else [""] * len(added)
        )
        changed = changes.pop(cells[key], None) if number and not is_label_row and key < len(cells) else None
        found.append(_row(cells, raw, extra, changed, columns, end))
    if changes:
        raise ImportRefused(f"{path} 在导入期间被改动，找不到 {'、'.join(changes)}；请重新导入")
    if additions and not found[-1].endswith("\n"):
        found.append(end)
    width = len(columns)
    found.append(_lines((_placed(addition.values, columns, width) for addition in additions), end))
    return "".join(found)


def _row(
    cells: list[str],
    raw: str,
    extra: Sequence[str],
    changed: Mapping[str, str] | None,
    columns: Mapping[Loc | None, int],
    end: str,
) -> str:
    """A row as it was, or with its changed cells; blank lines stay blank."""
    if changed:
        wide = [*cells, *extra]
        for name, text in changed.items():
            wide[columns[name,]] = text
        return _lines([wide], end)
    body = raw.rstrip("\r\n")
    tail = raw[len(body) :]
    return body + "".join(f",{_cell(text)}" for text in extra if body) + tail


def _placed(values: Mapping[str, str], columns: Mapping[Loc | None, int], width: int) -> list[str]:
    cells = [""] * width
    for name, text in values.items():
        cells[columns[name,]] = text
    return cells


def _lines(rows: Iterable[Sequence[str]], end: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue()


def _cell(text: str) -> str:
    return _lines([[text, ""]], "")[:-1]


def _pieces(text: str) -> Iterator[tuple[list[str], str]]:
    """Every row of a table as cells and as the exact text it stands in, its line end included."""
    start, quoted = 0, False
    for position, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == "\n" and not quoted:
            yield _cells(text[start : position + 1]), text[start : position + 1]
            start = position + 1
    if start < len(text):
        yield _cells(text[start:]), text[start:]


def _cells(raw: str) -> list[str]:
    return next(csv.reader(io.StringIO(raw, newline=""), strict=True), [])


def _replace_all(root: Path, new: Mapping[str, bytes], old: Mapping[str, bytes | None]) -> None:
    aside = {path: (root / path).with_name(f".{Path(path).name}.importing") for path in new}
    made: list[Path] = []
    done: list[str] = []
    try:
        for path, content in new.items():
            if not (folder := (root / path).parent).is_dir():
                folder.mkdir(parents=True)
                made.append(folder)
            _write_through(aside[path], content)
        for path in new:
            aside[path].replace(root / path)
            done.append(path)
    except OSError as error:
        _restore(root, done, old)
        raise MachineFailed(f"{error.filename}: {error.strerror}") from error
    finally:
        for leftover in aside.values():
            leftover.unlink(missing_ok=True)
        for folder in made:
            if not any(folder.iterdir()):
                folder.rmdir()


def _write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _restore(root: Path, done: Sequence[str], old: Mapping[str, bytes | None]) -> None:
    for path in done:
        before = old[path]
        if before is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).write_bytes(before)
