"""IO in: a spreadsheet file as sheets of text cells, numbered as Excel numbers them. No meaning is given here."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from generator.importing.plans import ImportRefused

SIZE_LIMIT = 64 * 1024 * 1024
UNPACKED_LIMIT = 256 * 1024 * 1024
CELL_LIMIT = 5_000_000
_DELIMITERS = (",", ";", "\t", "；", "，")
_ZIP, _OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number as Excel shows it, and its cells as text, untrimmed."""

    number: int
    cells: tuple[str, ...]
    #: All it holds is one text merged over several columns: a title or a note, no record.
    is_merged: bool = False

    @property
    def is_empty(self) -> bool:
        """True when no cell holds more than spaces."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet, merged cells filled; a text file is one sheet without a name."""

    name: str
    rows: tuple[Row, ...]
    is_visible: bool = True


def read_tables(path: Path) -> tuple[Sheet, ...]:
    """Every sheet of an xlsx, xls, ods or text table; the content decides, not the file's name."""
    content = _read_bytes(path)
    if content.startswith((_ZIP, _OLE)):
        return _read_workbook(path, content)
    return (_parse_text(path, content),)


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise ImportRefused(f"{path} 是文件夹，请指定一个表格文件")
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise ImportRefused(f"{path.name} 超过 {SIZE_LIMIT // 1024 // 1024} MB，请拆成几个文件")
        content = path.read_bytes() if path.is_file() else None
    except FileNotFoundError:
        raise ImportRefused(f"找不到文件 {path}") from None
    except OSError as error:
        raise ImportRefused(f"打不开 {path}：{error.strerror}") from None
    if content is None:
        raise ImportRefused(f"{path} 不是普通文件")
    if not content.strip():
        raise ImportRefused(f"{path.name} 是空文件")
    return content


def _read_workbook(path: Path, content: bytes) -> tuple[Sheet, ...]:
    broken = ImportRefused(
        f"{path.name} 打不开：文件已损坏，或不是 xlsx、xls、ods 工作簿。用表格软件打开后另存一份再导入"
    )
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise ImportRefused(f"{path.name} 设了打开密码。在表格软件里去掉密码，另存一份再导入")
    try:
        if content.startswith(_ZIP):
            _refuse_oversized(path, content)
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = tuple(_read_sheet(workbook, meta) for meta in workbook.sheets_metadata)
    except calamine.PasswordError:
        raise ImportRefused(f"{path.name} 设了打开密码。在表格软件里去掉密码，另存一份再导入") from None
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError, EOFError):
        raise broken from None
    if all(row.is_empty for sheet in sheets for row in sheet.rows):
        raise ImportRefused(f"{path.name} 的每个工作表都是空的")
    return sheets


def _refuse_oversized(path: Path, content: bytes) -> None:
    """Refuse what would exhaust memory: a zip bomb, or a stray cell far outside, as in XFD1048576.

    calamine lays a sheet out from its first to its last cell; 17 billion cells end the process.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
            raise ImportRefused(f"{path.name} 解压后超过 {UNPACKED_LIMIT // 1024 // 1024} MB，请拆成几个文件")
        for name in archive.namelist():
            if re.fullmatch(r"/?xl/worksheets/[^/]+\.xml", name):
                rows, width = _extent(archive.read(name))
                if rows * width > CELL_LIMIT:
                    raise ImportRefused(
                        f"{path.name} 有一个工作表大到 {rows} 行 {width} 列，多半是表格外面有零散的单元格。"
                        "把数据以外的行和列整行整列删除，另存一份再导入"
                    )


def _extent(sheet: bytes) -> tuple[int, int]:
    """The last row and the widest column that a worksheet's XML names."""
    places = {(len(letters), letters, int(row)) for letters, row in re.findall(rb'\sr="([A-Z]{0,3})(\d{1,7})"', sheet)}
    _, letters, _ = max(places, default=(0, b"", 0))
    width = 0
    for letter in letters:
        width = width * 26 + letter - ord("A") + 1
    return max((row for _, _, row in places), default=0), width


def _read_sheet(workbook: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> Sheet:
    is_visible = meta.visible == calamine.SheetVisibleEnum.Visible
    if meta.typ != calamine.SheetTypeEnum.WorkSheet:
        return Sheet(name=meta.name, rows=(), is_visible=is_visible)
    sheet = workbook.get_sheet_by_name(meta.name)
    cells = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    ranges = sheet.merged_cell_ranges or ()
    merged = {top for (top, left), (_, right) in ranges if _is_note(cells, top, left, right)}
    _fill_merged(cells, ranges)
    rows = tuple(Row(number=index + 1, cells=tuple(row), is_merged=index in merged) for index, row in enumerate(cells))
    return Sheet(name=meta.name, rows=rows, is_visible=is_visible)


#: So many merged columns with nothing beside them make a note; two may be one wide name.
_NOTE_WIDTH = 3


def _is_note(cells: list[list[str]], top: int, left: int, right: int) -> bool:
    """Whether a merged range is all that its row holds."""
    row = cells[top] if top < len(cells) else []
    beside = (cell for index, cell in enumerate(row) if not left <= index <= right)
    return right - left + 1 >= _NOTE_WIDTH and not any(cell.strip() for cell in beside)


def _fill_merged(cells: list[list[str]], ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give every cell of a merged range the text of its first; nothing outside a range is filled."""
    for (top, left), (bottom, right) in ranges:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        for row in cells[top : bottom + 1]:
            last = min(right + 1, len(row))
            row[left:last] = [cells[top][left]] * (last - left)


def _text(value: Any) -> str:
    """A cell as a person reads it: 18.0 is 18, a day is 2006-05-01, a yes is 是."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else f"{value.total_seconds():g} 秒"


def _parse_text(path: Path, content: bytes) -> Sheet:
    text = _decode(path, content)
    if text.lstrip()[:1] == "<":
        raise ImportRefused(f"{path.name} 其实是网页（HTML），不是表格。用表格软件打开后另存为 xlsx 再导入")
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = tuple(Row(number=number, cells=tuple(cells)) for number, cells in enumerate(reader, start=1))
    except csv.Error as error:
        raise ImportRefused(
            f"{path.name} 第 {reader.line_num} 行的引号没有配对，或一格太长（{error}）。改正后再导入"
        ) from None
    if all(row.is_empty for row in rows):
        raise ImportRefused(f"{path.name} 里没有内容")
    return Sheet(name="", rows=rows)


def _decode(path: Path, content: bytes) -> str:
    """Byte-order mark, then UTF-8, then GB18030, each strictly; never a replacement character."""
    names = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportRefused(
        f"{path.name} 不是表格：既不是 xlsx、xls、ods，也不是 UTF-8 或 GB18030 文本。另存为 xlsx 再导入"
    )


def _delimiter(text: str) -> str:
    """The separator that gives the most rows of the same, largest width at the head of the file."""

    def strength(delimiter: str) -> int:
        widths = Counter(width for width in _widths(text, delimiter) if width > 1)
        return max((width * count for width, count in widths.items()), default=0)

    return max(_DELIMITERS, key=strength)


def _widths(text: str, delimiter: str) -> Iterator[int]:
    lines = text[:65536].splitlines()[:20]
    try:
        yield from (len(cells) for cells in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return
