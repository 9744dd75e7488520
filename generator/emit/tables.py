"""One edition as a table to take away: a row a subject, as CSV, as JSON and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from generator import addresses
from generator.emit.files import csv_bytes, json_bytes, workbook
from generator.facts import EditionFacts, RowFacts
from generator.facts.standing import GroupFacts

#: Every form an edition is offered in.
FORMS = ("csv", "xlsx", "json")


def tables(edition: EditionFacts, version: int | None) -> Iterator[tuple[str, bytes]]:
    """The three files of an edition, or of one sealed version of it. Names that have left are in none."""
    grid = rows(edition)
    named, _, *body = grid
    lines = [{name: cell for name, cell in zip(named, line, strict=True) if cell} for line in body]
    made = {
        "csv": csv_bytes(grid),
        "json": json_bytes(lines),
        "xlsx": workbook(edition.record.name, grid),
    }
    for form in FORMS:
        yield addresses.edition_table(edition.record.id, version, form), made[form]


def rows(edition: EditionFacts) -> list[list[str]]:
    """Identifiers, Chinese labels, then a row a subject, group by group, by rank; every cell as text."""
    dimensions = edition.scheme.dimensions
    head = [
        *(
            ("edition", "期次"),
            ("period", "评价期"),
            ("stratum", "分组"),
            ("rank", "名次"),
            ("of", "共几个"),
            ("tied", "并列"),
        ),
        *(("subject", edition.scheme.subject_type.label), ("firm", "评价期内的企业")),
        *((f"scores.{d.id}", d.label) for d in dimensions),
        *(("total", "总分"), ("recomputed", "重算总分"), ("level", "等级"), ("list", "榜单"), ("polarity", "性质")),
        *(("state", "状态"), ("objection", "异议"), ("reason", "理由"), ("reply", "答复"), ("display_until", "公示到")),
        *(("unscored_reason", "未参评的原因"), ("previous_rank", "上期名次")),
    ]
    body = [_row(edition, group, row) for group in edition.groups for row in (*group.rows, *group.unscored)]
    return [[name for name, _ in head], [label for _, label in head], *body]


def _row(edition: EditionFacts, group: GroupFacts, row: RowFacts) -> list[str]:
    result, case = row.result, next(iter(row.cases), None)
    entry = case.entry if case else None
    return [
        *(edition.record.id, edition.record.period.label, group.stratum.label if group.stratum else ""),
        *(_text(result.rank), _text(row.computed.of if result.rank else None), "是" if result.tied else ""),
        *(row.name or "（名称已停止公示）", row.served_by),
        *(_text(result.scores.get(d.id)) for d in edition.scheme.dimensions),
        *(_text(result.total), _text(row.computed.total if row.steps else None), row.level.label if row.level else ""),
        *(case.marking.label if case else "", case.marking.polarity.label if case else ""),
        *(entry.state.label if entry else "", "异议处理中" if row.is_pending else ""),
        *((entry.reason or "") if entry else "", (entry.reply or "") if entry else ""),
        *(_text(entry.display_until if entry else None), "" if row.is_hidden else result.unscored_reason or ""),
        _text(row.move.was if row.move else None),
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
