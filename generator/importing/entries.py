"""The rows of a sheet as entries: every cell normalised and held against the models, every refusal kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import ValidationError

from generator import messages, schema
from generator.importing import values
from generator.importing.columns import DISTRICT, FEE, NAME, PROVIDER, Column, SheetMapping, Target, repeats_header
from generator.importing.plans import Finding, FindingKind, Outcome, RowOutcome
from generator.importing.tables import Row, Sheet
from generator.importing.values import Fee, NotTaken, ProviderKind
from generator.problems import Problem, Source
from generator.records import Community, Engagement, FeeStandard, Firm, Record, Region
from generator.schema import LIST_SEPARATOR

#: What a record must hold besides the value that is tried.
_BASE: Mapping[type[Record], Mapping[str, str]] = {
    Community: {"id": "cm-trial", "name": "试", "region": "100000", "as_of": "unknown"},
    Firm: {"id": "firm-trial", "name": "试", "as_of": "unknown"},
    Engagement: {"id": "en-trial", "community": "cm-trial", "as_of": "unknown"},
    FeeStandard: {
        **{"id": "fee-trial", "community": "cm-trial", "as_of": "unknown"},
        **{"item": "property_fee", "basis": "area_month", "unit": "yuan_m2_month"},
    },
    Region: {"code": "100000", "code_system": "local", "level": "dev_zone", "name": "试", "as_of": "unknown"},
}
_TOTAL_WORDS = frozenset({"合计", "总计", "小计", "共计"})
_TOTAL = re.compile(r"(?:共|合计|总计|小计|共计)[:：]?\d+(?:个|家|处)?(?:小区|项目|楼盘)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What every record taken from a sheet says about its source."""

    content_source: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row that names a community; every value has passed its model."""

    sheet: str
    row: int
    name: str
    #: As written in the file; empty when the row has no district.
    district: str
    provider_kind: ProviderKind
    #: A firm's name in its clean form, or the source's words; empty when nothing usable is given.
    provider: str
    #: The provider cell as it stands in the file.
    provider_cell: str
    fee: Fee | None
    #: Other fields of the community, in their written form.
    fields: Mapping[str, str]
    findings: tuple[Finding, ...]
    provenance: Provenance


def read_entries(
    sheet: Sheet, mapping: SheetMapping, file_name: str
) -> tuple[tuple[Entry, ...], tuple[RowOutcome, ...]]:
    """The entries of a sheet, and the outcome of every row that is none."""
    if not mapping.header_row:
        return (), tuple(_other(sheet, row, Outcome.OTHER_SHEET, mapping.reason) for row in sheet.rows)
    provenance = read_provenance(sheet, mapping, file_name)
    header = sheet.rows[mapping.header_row - 1]
    entries: list[Entry] = []
    others: list[RowOutcome] = []
    for row in sheet.rows:
        found = _read_row(sheet, row, header, mapping, provenance)
        if isinstance(found, Entry):
            entries.append(found)
        else:
            others.append(found)
    return tuple(entries), tuple(others)


def read_provenance(sheet: Sheet, mapping: SheetMapping, file_name: str) -> Provenance:
    """Source and date of a sheet: the file's name, and what its title rows say (填报单位, 填报日期)."""
    title = " ".join(cell for row in sheet.rows[: mapping.header_row - 1] for cell in dict.fromkeys(row.cells))
    unit = re.search(r"(?:填报|编制|制表|发布)单位[:：]\s*(\S+)", title)
    day = re.search(r"(?:日期|时间|截止|截至)[:：]?\s*(\d{4})[年\-./](\d{1,2})(?:[月\-./](\d{1,2}))?", title)
    source = values.clean(f"{file_name} {unit.group(1).strip('（）()') if unit else ''}")
    as_of = "-".join([day.group(1), *(part.zfill(2) for part in day.groups()[1:] if part)]) if day else "unknown"
    return Provenance(
        content_source=source if refusal(Community, "content_source", source) is None else "导入的表格",
        as_of=as_of if refusal(Community, "as_of", as_of) is None else "unknown",
    )


@cache
def refusal(model: type[Record], field: str, text: str) -> str | None:
    """Why the model refuses a value, as staff read it; None when it takes it."""
    value = schema.split_list(text) if schema.shape(model, field).is_list else text
    try:
        model.model_validate({**_BASE[model], field: value})
    except ValidationError as error:
        item = error.errors(include_url=False)[0]
        context = {name: str(found) for name, found in item.get("ctx", {}).items()}
        label = {"label": schema.label(model, (field,)), "field": field}
        return messages.explain(Problem(item["type"], Source(""), {**context, **label}), "zh")[0]
    return None


def _other(sheet: Sheet, row: Row, outcome: Outcome, reason: str = "", name: str = "") -> RowOutcome:
    return RowOutcome(sheet=sheet.name, row=row.number, name=name, outcome=outcome, reason=reason)


def _read_row(sheet: Sheet, row: Row, header: Row, mapping: SheetMapping, provenance: Provenance) -> Entry | RowOutcome:
    if row.is_empty:
        return _other(sheet, row, Outcome.EMPTY)
    if row.number < mapping.header_row:
        return _other(sheet, row, Outcome.TITLE, reason=next(cell.strip() for cell in row.cells if cell.strip()))
    if row.number == mapping.header_row or repeats_header(row, mapping):
        return _other(sheet, row, Outcome.HEADER)
    if row.is_merged:
        return _other(sheet, row, Outcome.NOT_TAKEN, f"合并成一格的说明：{next(filter(str.strip, row.cells))}")
    name = values.clean_name(_cell(row, mapping.column(NAME)))
    if _is_total(row, name):
        return _other(sheet, row, Outcome.TOTAL, name=name)
    if len(row.cells) < len(header.cells) or any(cell.strip() for cell in row.cells[len(header.cells) :]):
        return _other(
            sheet,
            row,
            Outcome.NOT_TAKEN,
            f"这一行有 {len(row.cells)} 格，表头有 {len(header.cells)} 格，可能错了列；补上或删去多余的分隔符",
            name,
        )
    if not name or name in values.PLACEHOLDERS:
        return _other(sheet, row, Outcome.NOT_TAKEN, "没有小区名称")
    if reason := refusal(Community, "name", name):
        return _other(sheet, row, Outcome.NOT_TAKEN, reason, name)
    district = values.clean(_cell(row, mapping.column(DISTRICT)))
    district = "" if district in values.PLACEHOLDERS else district
    if district and (reason := refusal(Region, "name", values.clean_name(district))):
        return _other(sheet, row, Outcome.NOT_TAKEN, f"所在区不能用：{reason}", name)
    return _entry(sheet, row, mapping, provenance, name, district)


def _is_total(row: Row, name: str) -> bool:
    """A row of totals says so in its first filled cell, or in place of a name."""
    first = next(values.plain(cell) for cell in row.cells if cell.strip())
    return first.strip(":") in _TOTAL_WORDS or name in _TOTAL_WORDS or bool(_TOTAL.fullmatch(values.plain(name)))


def _cell(row: Row, column: Column | None) -> str:
    return row.cells[column.index] if column and column.index < len(row.cells) else ""


def _entry(sheet: Sheet, row: Row, mapping: SheetMapping, provenance: Provenance, name: str, district: str) -> Entry:
    findings: list[Finding] = []
    fields: dict[str, str] = {}
    for column in mapping.columns:
        if column.target and column.target.model is Community and column.target != NAME:
            _read_field(column.target, _cell(row, column), fields, findings)
    cell = _cell(row, mapping.column(PROVIDER))
    kind, provider = _read_provider(cell, findings)
    fee_column = mapping.column(FEE)
    return Entry(
        sheet=sheet.name,
        row=row.number,
        name=name,
        district=district,
        provider_kind=kind,
        provider=provider,
        provider_cell=cell,
        fee=_read_fee(_cell(row, fee_column), fee_column.unit, findings) if fee_column else None,
        fields=fields,
        findings=tuple(findings),
        provenance=provenance,
    )


def _read_field(target: Target, cell: str, fields: dict[str, str], findings: list[Finding]) -> None:
    value = values.READERS.get(target.field, values.text_value)(cell)
    if isinstance(value, str) and schema.shape(Community, target.field).is_list:
        value = LIST_SEPARATOR.join(filter(None, map(values.clean, schema.split_list(value)))) or None
    if isinstance(value, str) and (reason := refusal(Community, target.field, value)):
        value = NotTaken(reason)
    if isinstance(value, NotTaken):
        findings.append(_not_taken(target, cell, value.reason))
    elif value is not None:
        fields[target.field] = value


def _not_taken(target: Target, cell: str, reason: str) -> Finding:
    return Finding(
        kind=FindingKind.NOT_TAKEN,
        label=schema.label(target.model, (target.field,)),
        new=values.clean(cell),
        reason=reason,
    )


def _read_provider(cell: str, findings: list[Finding]) -> tuple[ProviderKind, str]:
    kind = values.provider_kind(cell)
    if kind is ProviderKind.FIRM:
        text, reason = values.clean_name(cell), refusal(Firm, "name", values.clean_name(cell))
    else:
        text = values.clean(cell)
        reason = refusal(Engagement, "provider", text) if text else None
    if kind is ProviderKind.NOT_GIVEN and text:
        reason = values.NOT_GIVEN
    elif kind is ProviderKind.UNSPECIFIC:
        reason = "说不出是哪家企业，也说不清有没有物业"
    if reason:
        findings.append(_not_taken(PROVIDER, cell, reason))
        return (kind if kind is ProviderKind.UNSPECIFIC else ProviderKind.NOT_GIVEN), ""
    return kind, text


def _read_fee(cell: str, unit: str, findings: list[Finding]) -> Fee | None:
    found = values.fee(cell, unit)
    if isinstance(found, Fee):
        refused = (refusal(FeeStandard, "amount", text) for text in (found.amount, found.low, found.high) if text)
        found = next((NotTaken(reason) for reason in refused if reason), found)
    if isinstance(found, NotTaken):
        findings.append(_not_taken(FEE, cell, found.reason))
        return None
    if found and found.is_high:
        label = schema.label(FeeStandard, ("amount",))
        findings.append(
            Finding(
                kind=FindingKind.REMARK,
                label=label,
                new=found.shown,
                reason="每平方米单价异常高，照录；请向来源核对单位",
            )
        )
    return found


def totals_off(sheet: Sheet, mapping: SheetMapping, entries: int) -> Iterator[str]:
    """A sentence for every row of totals whose count of communities is not the number of rows."""
    for row in sheet.rows[mapping.header_row :] if mapping.header_row else ():
        name = values.clean_name(_cell(row, mapping.column(NAME)))
        stated = re.search(r"\d+", name)
        if not row.is_empty and _is_total(row, name) and stated and int(stated.group()) != entries:
            yield f"工作表「{sheet.name}」第 {row.number} 行的合计写 {stated.group()} 个小区，实际读到 {entries} 行"
