"""The account of an import: every sheet, column and row, as data for a report and as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from generator import schema
from generator.importing.columns import Column, Proposal, SheetMapping
from generator.importing.plans import ColumnOutcome, Edit, Finding, FindingKind, Outcome, Plan, RowOutcome, SheetOutcome
from generator.importing.tables import Sheet
from generator.kinds import without_personal_numbers
from generator.messages import visible
from generator.records import Community, Engagement, FeeStandard, Firm, Record, Region

REPORT_HEADER = ("工作表", "行", "小区名称", "结果", "编号", "原因", "逐格说明")
MERGES_HEADER = ("组", "企业名称", "本表行数", "理由")
_SHOWN_CONFLICTS = 10
_SHOWN_PROPOSALS = 10
_FIRM_AND_FEE = frozenset({schema.label(Firm, ("name",)), schema.label(FeeStandard, ("amount",))})
_DIFFERENT = frozenset({FindingKind.CONFLICT, FindingKind.SUPPLEMENT, FindingKind.ABSENT, FindingKind.SPELLING})
#: What an update may carry out.
_PENDING = frozenset({FindingKind.CONFLICT, FindingKind.SUPPLEMENT})
#: Rows that name a community which is in the data already.
_MATCHED = frozenset({Outcome.SAME, Outcome.SUPPLEMENT, Outcome.CONFLICT, Outcome.UPDATED})


def account_sheets(sheets: Sequence[Sheet], proposal: Proposal) -> tuple[SheetOutcome, ...]:
    """Which sheets were used, and why the others were not."""
    return tuple(
        SheetOutcome(name=sheet.name, rows=len(sheet.rows), is_taken=mapping.header_row > 0, reason=mapping.reason)
        for sheet, mapping in zip(sheets, proposal.sheets, strict=True)
    )


def account_columns(
    sheets: Sequence[Sheet], proposal: Proposal, rows: Sequence[RowOutcome]
) -> tuple[ColumnOutcome, ...]:
    """Every column of every used sheet, its cells counted over the rows that name a community."""
    by_row = {(row.sheet, row.row): row for row in rows if row.outcome in _MATCHED | {Outcome.NEW}}
    return tuple(
        _account_column(
            sheet,
            mapping,
            column,
            [
                (cells.cells, by_row[sheet.name, cells.number])
                for cells in sheet.rows
                if (sheet.name, cells.number) in by_row
            ],
        )
        for sheet, mapping in zip(sheets, proposal.sheets, strict=True)
        for column in mapping.columns
    )


def _account_column(
    sheet: Sheet, mapping: SheetMapping, column: Column, rows: Sequence[tuple[tuple[str, ...], RowOutcome]]
) -> ColumnOutcome:
    label = schema.label(column.target.model, (column.target.field,)) if column.target else ""
    filled = [outcome for cells, outcome in rows if column.index < len(cells) and cells[column.index].strip()]
    refused = sum(
        any(f.kind is FindingKind.NOT_TAKEN and f.label == label for f in outcome.findings) for outcome in filled
    )
    if not column.target:
        refused = len(filled)
    return ColumnOutcome(
        sheet=sheet.name,
        letter=column.letter,
        header=column.header,
        target=column.target.label if column.target else "",
        reason=column.reason,
        taken=len(filled) - refused,
        empty=len(rows) - len(filled),
        not_taken=refused,
    )


def account_rows(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """The report as a table: a header, then one line for every row that was read, in order of the file."""
    return (
        REPORT_HEADER,
        *(
            tuple(
                _harmless(cell)
                for cell in (
                    row.sheet,
                    str(row.row),
                    row.name,
                    row.outcome.value,
                    row.key,
                    row.reason,
                    "；".join(map(_told, row.findings)),
                )
            )
            for row in plan.rows
        ),
    )


def account_merges(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """Every merge proposal as a table: a header, then one line for each spelling of each group."""
    return (
        MERGES_HEADER,
        *(
            (str(number), _harmless(name), str(count), proposal.reason)
            for number, proposal in enumerate(plan.proposals, start=1)
            for name, count in proposal.names
        ),
    )


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula, no terminal obeys, and that repeats nobody's personal number."""
    cell = without_personal_numbers(cell)
    shown = "".join(visible(cell[start : start + 60]) for start in range(0, len(cell), 60))
    return f"'{shown}" if shown[:1] in set("=+-@＝＋－＠") else shown


def _told(finding: Finding) -> str:
    label, old, new = finding.label, *(visible(without_personal_numbers(text)) for text in (finding.old, finding.new))
    reason = f"（{finding.reason}）" if finding.reason else ""
    done = "，已更新" if finding.is_applied else ""
    if finding.kind in {FindingKind.NOT_TAKEN, FindingKind.REMARK}:
        return f"{finding.kind.value} {label}「{new}」{reason}"
    if finding.kind is FindingKind.SUPPLEMENT:
        return f"{finding.kind.value} {label}：{new}{done}{reason}"
    return f"{finding.kind.value} {label}：原「{old}」，表中「{new}」{done}{reason}"


def summary(plan: Plan, report: str = "", merges: str = "") -> tuple[str, ...]:
    """What the import does, in lines for a terminal; ``report`` and ``merges`` are where the full tables stand."""
    return (
        *_row_lines(plan),
        *_sheet_and_column_lines(plan),
        *_record_lines(plan),
        *_difference_lines(plan, report),
        *_rename_lines(plan),
        *_proposal_lines(plan, merges),
        *_manual_lines(plan),
        *(f"请核对：{visible(remark)}" for remark in plan.remarks),
    )


def _row_lines(plan: Plan) -> Iterator[str]:
    counts = Counter(row.outcome for row in plan.rows)
    parts = "，".join(f"{outcome.value} {counts[outcome]}" for outcome in Outcome if counts[outcome])
    yield f"{visible(plan.file_name)}：读到 {len(plan.rows)} 行 = {parts}"
    for row in [row for row in plan.rows if row.outcome is Outcome.NOT_TAKEN][:_SHOWN_CONFLICTS]:
        yield f"  未取 第 {row.row} 行 {visible(row.name)}：{visible(row.reason)}"


def _sheet_and_column_lines(plan: Plan) -> Iterator[str]:
    for sheet in plan.sheets:
        if not sheet.is_taken:
            yield f"工作表「{visible(sheet.name)}」{sheet.rows} 行没有取：{sheet.reason}"
    for column in plan.columns:
        taken = f"→ {column.target}，取 {column.taken}" if column.target else f"不取（{column.reason}）"
        left = f"，未取 {column.not_taken}" if column.target and column.not_taken else ""
        yield f"{column.letter} 列「{column.header}」{taken}{left}，空 {column.empty}"


def _record_lines(plan: Plan) -> Iterator[str]:
    counts = Counter(addition.model for addition in plan.additions)
    order: tuple[type[Record], ...] = (Community, Firm, Engagement, FeeStandard, Region)
    yield "新增记录：" + ("，".join(f"{model.title} {counts[model]}" for model in order if counts[model]) or "无")
    regions = [f"{a.values['name']}（{a.key}）" for a in plan.additions if a.model is Region]
    if regions:
        yield f"新的区域（没有国标代码，用本站自编代码，请核对）：{'、'.join(regions)}"


def _difference_lines(plan: Plan, report: str) -> Iterator[str]:
    matched = [row for row in plan.rows if row.outcome in _MATCHED]
    if not matched:
        return
    kinds = [{f.kind for f in row.findings if f.label in _FIRM_AND_FEE and f.kind in _DIFFERENT} for row in matched]
    different = [found for found in kinds if found]
    each = Counter(next(kind for kind in FindingKind if kind in found) for found in different)
    parts = "，".join(f"{kind.value} {each[kind]}" for kind in FindingKind if each[kind])
    yield f"对应到已有小区 {len(matched)} 个；企业或收费与已有数据不同的 {len(different)} 个" + (
        f"（{parts}）" if parts else ""
    )
    yield from _conflict_lines(matched, report)
    if not plan.is_update and any(f.kind in _PENDING for row in matched for f in row.findings):
        yield "旧值都已保留；要用表中的值，加 --update 再导入"


def _conflict_lines(rows: Sequence[RowOutcome], report: str) -> Iterator[str]:
    """The differences still open, firm and fee first; then how many were carried out."""
    found = [(row, f) for row in rows for f in row.findings if f.kind in _PENDING]
    left = [(row, f) for row, f in found if not f.is_applied and f.kind is FindingKind.CONFLICT]
    left.sort(key=lambda pair: pair[1].label not in _FIRM_AND_FEE)
    if done := sum(f.is_applied for _, f in found):
        yield f"已按表中的值更新 {done} 处"
    if left:
        yield f"冲突 {len(left)} 处，旧值保留："
    for row, finding in left[:_SHOWN_CONFLICTS]:
        yield f"  第 {row.row} 行 {visible(row.name)}：{_told(finding)}"
    if len(left) > _SHOWN_CONFLICTS:
        yield f"  还有 {len(left) - _SHOWN_CONFLICTS} 处" + (f"，见 {report}" if report else "")
    if supplements := [f for _, f in found if not f.is_applied and f.kind is FindingKind.SUPPLEMENT]:
        yield f"可以补充 {len(supplements)} 处：已有记录没有、表中有的值" + (f"，见 {report}" if report else "")


def _rename_lines(plan: Plan) -> Iterator[str]:
    for row in plan.rows:
        if row.outcome is Outcome.RENAME:
            yield f"疑似更名 第 {row.row} 行 {visible(row.name)}：{row.reason}"


def _proposal_lines(plan: Plan, merges: str) -> Iterator[str]:
    if plan.proposals:
        yield f"可能是同一家企业的写法 {len(plan.proposals)} 组（没有合并，由人决定）："
    for proposal in plan.proposals[:_SHOWN_PROPOSALS]:
        yield "  " + "、".join(f"{visible(name)}（{count}）" for name, count in proposal.names) + f"：{proposal.reason}"
    if len(plan.proposals) > _SHOWN_PROPOSALS:
        yield f"  还有 {len(plan.proposals) - _SHOWN_PROPOSALS} 组" + (f"，见 {merges}" if merges else "")


def _manual_lines(plan: Plan) -> Iterator[str]:
    for edit in plan.manual_edits:
        yield f"请手工修改 {edit.path} 里的 {edit.key}：{_cells(edit)}"


def _cells(edit: Edit) -> str:
    return "；".join(
        f"{schema.label(edit.model, (name,))} 改为 {visible(text) or '（空）'}" for name, text in edit.values.items()
    )
