"""The vocabulary of an import: what may happen to a row, a cell, a column, a sheet, and the plan as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from generator.problems import GeneratorError
from generator.records import Record


class ImportRefused(GeneratorError):
    """The file cannot be imported, and nothing was written. Carries Chinese sentences for the person at the desk."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("; ".join(lines))


class Outcome(Enum):
    """What became of one row of the file. Every row has exactly one; the value is what staff read."""

    NEW = "新增"
    SAME = "无变化"
    SUPPLEMENT = "补充"
    CONFLICT = "冲突"
    UPDATED = "已更新"
    RENAME = "疑似更名"
    NOT_TAKEN = "未取"
    TOTAL = "合计行"
    EMPTY = "空行"
    TITLE = "标题行"
    HEADER = "表头"
    OTHER_SHEET = "未用的工作表"


class FindingKind(Enum):
    """What is worth saying about one cell."""

    #: Old and new value differ.
    CONFLICT = "冲突"
    #: No old value, the file has one.
    SUPPLEMENT = "补充"
    #: An old value, the file has none: the old one stays.
    ABSENT = "新表缺值"
    #: The same thing in another spelling, such as a space before the name.
    SPELLING = "写法不同"
    #: The cell's text was not taken.
    NOT_TAKEN = "未取"
    #: Taken as written, but a person should look.
    REMARK = "请核对"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark about one cell of a row."""

    kind: FindingKind
    #: Chinese label of the field.
    label: str
    old: str = ""
    new: str = ""
    reason: str = ""
    #: True when ``update`` carried it out.
    is_applied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row, with everything that was found in its cells."""

    sheet: str
    row: int
    name: str
    outcome: Outcome
    #: Key of the community, new or existing; empty where there is none.
    key: str = ""
    reason: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOutcome:
    """What became of one column: taken as a field, or not and why; its cells counted."""

    sheet: str
    letter: str
    header: str
    #: Chinese label of the field; empty when the column was not taken.
    target: str
    reason: str
    taken: int
    empty: int
    not_taken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOutcome:
    """Whether a sheet was used."""

    name: str
    rows: int
    is_taken: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One new record and the file it is appended to."""

    path: str
    model: type[Record]
    values: Mapping[str, str]

    @property
    def key(self) -> str:
        """The new record's id or code."""
        return self.values.get("id") or self.values["code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Cells of one existing record that change; an empty text clears a cell."""

    path: str
    model: type[Record]
    key: str
    values: Mapping[str, str]

    @property
    def is_manual(self) -> bool:
        """True where the record lives in YAML, which no program rewrites."""
        return not self.path.endswith(".csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeProposal:
    """Spellings that are probably one firm; a person decides."""

    #: (name, how many rows of this file carry it), most frequent first.
    names: tuple[tuple[str, int], ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything an import would do, and an account of everything it read."""

    file_name: str
    is_update: bool
    sheets: tuple[SheetOutcome, ...]
    columns: tuple[ColumnOutcome, ...]
    rows: tuple[RowOutcome, ...]
    additions: tuple[Addition, ...]
    edits: tuple[Edit, ...]
    proposals: tuple[MergeProposal, ...]
    #: Sentences about the file as a whole, such as a total that does not add up.
    remarks: tuple[str, ...]

    @property
    def manual_edits(self) -> tuple[Edit, ...]:
        """Changes to records that live in YAML; a person makes them."""
        return tuple(edit for edit in self.edits if edit.is_manual)
