"""Which column is which field: the header row found, headers matched to the models, the mapping proposed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generator import schema
from generator.importing.plans import ImportRefused
from generator.importing.tables import Row, Sheet
from generator.messages import visible
from generator.records import Community, FeeStandard, Firm, Record, Region

#: A header stands within this many rows.
HEADER_ROWS = 20
_IGNORED = {"序号": "只是行号", "编号": "来源自己的编号，不是本站编号", "no": "只是行号", "": "没有列名"}
#: Units in a header's brackets that mean something else than the field does (户 is not 套, domain §3.4).
_OTHER_UNITS = re.compile(r"万|亿|千|亩|公顷|套")


@dataclass(frozen=True, slots=True)
class Target:
    """The field of a record that a column fills."""

    model: type[Record]
    field: str

    @property
    def label(self) -> str:
        """As staff read it, such as 小区 · 户数."""
        return f"{self.model.title} · {schema.label(self.model, (self.field,))}"


NAME = Target(Community, "name")
DISTRICT = Target(Region, "name")
PROVIDER = Target(Firm, "name")
FEE = Target(FeeStandard, "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: taken as a field, or not and why."""

    index: int
    header: str
    #: What the header says in brackets, such as 元/㎡·月.
    unit: str
    target: Target | None
    reason: str

    @property
    def letter(self) -> str:
        """The column as Excel calls it."""
        name, index = "", self.index + 1
        while index:
            index, rest = divmod(index - 1, 26)
            name = chr(ord("A") + rest) + name
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMapping:
    """How one sheet is read; ``header_row`` is 0 and ``reason`` filled when it is not used."""

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    reason: str = ""

    def column(self, target: Target) -> Column | None:
        """The column that fills a field."""
        return next((column for column in self.columns if column.target == target), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The mapping of a whole file, one entry a sheet."""

    sheets: tuple[SheetMapping, ...]


def repeats_header(row: Row, mapping: SheetMapping) -> bool:
    """True for a header row that stands again among the rows, in any of the names a field goes by."""
    filled = [
        (c, row.cells[c.index]) for c in mapping.columns if c.index < len(row.cells) and row.cells[c.index].strip()
    ]
    return any(c.target == NAME for c, _ in filled) and all(_target(cell) == c.target for c, cell in filled if c.target)


def propose(sheets: tuple[Sheet, ...], model: type[Record]) -> Proposal:
    """Match every column of every sheet; refuses a file without a column of names, or with two for one field."""
    if model is not Community:
        raise ImportRefused(f"目前只能导入小区（communities），不能导入{model.title}（{model.folder}）")
    mappings = tuple(_map_sheet(sheet) for sheet in sheets)
    doubles = [line for mapping in mappings for line in _doubles(mapping)]
    if doubles:
        raise ImportRefused(*doubles)
    if not any(mapping.header_row for mapping in mappings):
        names = "、".join(schema.also(Community, "name"))
        raise ImportRefused(f"前 {HEADER_ROWS} 行里没有找到小区名称一列。列名请用：{names}")
    return Proposal(sheets=mappings)


def proposal_lines(proposal: Proposal) -> tuple[str, ...]:
    """The mapping as shown for a person's assent."""
    lines: list[str] = []
    for mapping in proposal.sheets:
        sheet = f"工作表「{visible(mapping.sheet)}」" if mapping.sheet else "表格"
        if not mapping.header_row:
            lines.append(f"{sheet}：不取（{mapping.reason}）")
            continue
        lines.append(f"{sheet}：表头在第 {mapping.header_row} 行")
        for column in mapping.columns:
            taken = f"→ {column.target.label}" if column.target else f"不取（{column.reason}）"
            lines.append(f"  {column.letter} 列「{visible(column.header)}」{taken}")
    return tuple(lines)


def _map_sheet(sheet: Sheet) -> SheetMapping:
    if not sheet.is_visible:
        return SheetMapping(sheet=sheet.name, header_row=0, columns=(), reason="隐藏的工作表；要导入就取消隐藏")
    candidates = [row for row in sheet.rows[:HEADER_ROWS] if _find(row, NAME)]
    if not candidates:
        reason = "没有找到小区名称一列" if any(not row.is_empty for row in sheet.rows) else "空工作表"
        return SheetMapping(sheet=sheet.name, header_row=0, columns=(), reason=reason)
    header = max(candidates, key=lambda row: sum(_target(cell) is not None for cell in row.cells))
    width = max((len(row.cells) for row in sheet.rows), default=0)
    cells = (*header.cells, *[""] * (width - len(header.cells)))
    return SheetMapping(
        sheet=sheet.name,
        header_row=header.number,
        columns=tuple(_column(index, cell) for index, cell in enumerate(cells)),
    )


def _find(row: Row, target: Target) -> bool:
    return any(_target(cell) == target for cell in row.cells)


def _column(index: int, header: str) -> Column:
    text = visible(" ".join(header.split()))
    unit = "".join(re.findall(r"[（(\[【]([^）)\]】]*)[）)\]】]", header))
    target = _target(header)
    if target in {Target(Community, name) for name in ("households", "floor_area_m2")} and _OTHER_UNITS.search(unit):
        return Column(
            index=index,
            header=text,
            unit=unit,
            target=None,
            reason=f"单位「{unit}」与{target.label}不同" if target else "",
        )
    reason = "" if target else _IGNORED.get(_header_key(header), "没有对应的字段")
    return Column(index=index, header=text, unit=unit, target=target, reason=reason)


def _target(header: str) -> Target | None:
    return _targets().get(_header_key(header))


def _header_key(header: str) -> str:
    """A header without spaces, line ends, bracketed units and marks."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header))
    return re.sub(r"[(\[【][^)\]】]*[)\]】]", "", text).strip("*:：·.、").casefold()


@cache
def _targets() -> Mapping[str, Target]:
    """Header -> field, from the models; the community's own fields win over the others' (名称, 备注)."""
    own = [
        name
        for name in Community.model_fields
        if name not in Record.model_fields and name not in {"id", "no_provider", "region"}
    ]
    plain = [Target(Community, name) for name in [*own, "note"] if schema.shape(Community, name).part is None]
    found: dict[str, Target] = {}
    for target in (*plain, PROVIDER, FEE, DISTRICT):
        for header in schema.also(target.model, target.field):
            found.setdefault(_header_key(header), target)
    for header in schema.also(Community, "region"):
        found.setdefault(_header_key(header), DISTRICT)
    return found


def _doubles(mapping: SheetMapping) -> list[str]:
    counts = Counter(column.target for column in mapping.columns if column.target)
    lines = []
    for target, count in counts.items():
        if count > 1:
            headers = "、".join(f"{c.letter} 列「{c.header}」" for c in mapping.columns if c.target == target)
            lines.append(f"{headers}都像是{target.label}，分不清取哪一列。把不要的列改名或删掉再导入")
    return lines
