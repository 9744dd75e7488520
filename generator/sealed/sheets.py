"""An edition as the tables of a seal, and those tables as an edition again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator import rankings
from generator.editions import Edition, Row, counts, subject
from generator.records import AssessmentResult, AssessmentScheme, ListEntry, RankingEdition
from generator.verifying.fingerprints import JOINER, RANKING_COLUMNS, STOPPED, SUBJECT_COLUMNS, names_of
from generator.verifying.recomputing import subject_of

Cells = Mapping[str, str]

#: Stands between the pieces of one part, such as a deduction; no line of text holds it.
_TAB = "\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One entry of an edition as sealed: its line in each of the three tables."""

    #: Its opaque name, such as ``e001``.
    entry: str
    #: Its line of ``scores.csv``.
    scores: Cells
    #: Its line of ``ranking.csv``.
    ranking: Cells
    #: Its line of ``subjects.csv``; None once it has left.
    subject: Cells | None


def score_columns(scheme: AssessmentScheme, periods: Sequence[str]) -> tuple[str, ...]:
    """The header of ``scores.csv``: every dimension in the order of the scheme, every earlier period newest first."""
    dimensions = (f"scores.{dimension.id}" for dimension in scheme.dimensions)
    past = (f"past.{number}" for number in range(1, len(periods) + 1))
    return ("entry", "stratum", *dimensions, "total", "vetoes", "nominated", "unscored", *past)


def published(edition: Edition) -> list[Row]:
    """An edition's rows in published order: stratum as declared, rank, key; who has no rank last."""
    strata = {stratum.id: position for position, stratum in enumerate(edition.scheme.strata)}
    return sorted(
        edition.rows,
        key=lambda row: (strata.get(row.given.stratum, -1), row.result.rank is None, row.result.rank or 0, row.key),
    )


def sheets(edition: Edition) -> tuple[Sheet, ...]:
    """An edition's rows in published order, salts left empty."""
    ordered = published(edition)
    return tuple(
        Sheet(
            entry=name,
            scores=_scores(edition, row, name),
            ranking=_ranking(edition, row, name),
            subject=_who(row, name),
        )
        for name, row in zip(names_of(len(ordered)), ordered, strict=True)
    )


def _scores(edition: Edition, row: Row, name: str) -> Cells:
    given = row.given
    said = {
        "entry": name,
        "stratum": given.stratum,
        **{f"scores.{dimension}": f"{points:f}" for dimension, points in given.scores.items()},
        "total": f"{given.total:f}" if given.total is not None and not given.scores else "",
        "vetoes": JOINER.join(given.vetoes),
        "nominated": JOINER.join(given.nominated),
        "unscored": "yes" if given.unscored else "",
        **{f"past.{number}": JOINER.join(brought) for number, brought in enumerate(given.past, 1)},
    }
    return {column: said.get(column, "") for column in score_columns(edition.scheme, edition.periods)}


def _ranking(edition: Edition, row: Row, name: str) -> Cells:
    result, entry, standing = row.result, _entry(row), edition.recomputed[row.key]
    marking = edition.markings.get(entry.list) if entry else None
    said = {
        "entry": name,
        "stratum": row.given.stratum,
        "total": f"{result.total:f}" if result.total is not None else "",
        "level": result.level or "",
        "rank": str(result.rank or ""),
        "of": str(standing.of) if result.rank else "",
        "tied": "yes" if result.tied else "",
        "list": entry.list if entry else "",
        "polarity": marking.polarity.value if marking else "",
        "listed_on": _day(entry, "listed_on"),
        "display_until": _day(entry, "display_until"),
        "overridden": "yes" if _override(row) else "",
    }
    return {column: said[column] for column in RANKING_COLUMNS}


def _who(row: Row, name: str) -> Cells:
    result, entry = row.result, _entry(row)
    said = {
        "entry": name,
        "firm": result.firm,
        "firm_name": row.names[0],
        "community": result.community,
        "community_name": row.names[1],
        "organization": result.organization,
        "organization_name": row.names[2],
        "post": result.post,
        "unscored_reason": result.unscored_reason,
        "override_reason": _override(row),
        **(_procedure(entry) if entry else {}),
        "veto_reason": result.veto_reason,
        "deductions": _lines((one.dimension, f"{one.points:f}", one.text, one.where) for one in result.deductions),
    }
    return {column: said.get(column) or "" for column in SUBJECT_COLUMNS}


def _procedure(entry: ListEntry) -> dict[str, str | None]:
    """How an entry came about: all that has legal weight for whom it names."""
    dated = ("prior_notice_on", "reply_due", "reply_on", "no_reply_by", "decided_on")
    return {
        "reason": entry.reason,
        "evidence": _lines((one.what, one.held_by, one.reference) for one in entry.evidence),
        "basis_docs": _lines((one.document or one.title, one.doc_no, one.clause) for one in entry.basis_docs),
        "reply": entry.reply,
        "decided_by": entry.decided_by,
        **{name: _day(entry, name) for name in dated},
    }


def _lines(parts: Iterable[Sequence[str | None]]) -> str:
    """Several parts in one cell: a line each, what is empty left out."""
    return "\n".join(_TAB.join(filter(None, part)) for part in parts)


def _entry(row: Row) -> ListEntry | None:
    """The entry that stood."""
    return next((entry for entry in row.entries if counts(entry)), None)


def _override(row: Row) -> str:
    """Why a row need not follow from its scores: somebody said why, or an entry was found wrong afterwards."""
    entry = _entry(row)
    void = (one.removed_reason for one in row.entries if not counts(one) and one.removed_reason)
    said = (row.result.override_reason, entry.override_reason if entry else None, *(why.label for why in void))
    return next(filter(None, said), "")


def _day(entry: ListEntry | None, name: str) -> str:
    day = getattr(entry, name, None)
    return day.isoformat() if day else ""


def edition_of(notice: Mapping[str, Any], held: Iterable[Sheet]) -> Edition:
    """The edition that a version sealed. Rows that have left keep their scores and ranks, and nobody's name."""
    record = RankingEdition.model_validate(notice["edition"])
    return Edition(
        record=record,
        scheme=AssessmentScheme.model_validate(notice["scheme"]),
        rows=tuple(_row(notice["edition"], sheet) for sheet in held),
        periods=tuple(notice["periods"]),
        previous=None,
    )


def _row(edition: Mapping[str, Any], sheet: Sheet) -> Row:
    result = AssessmentResult.model_validate(
        {"id": sheet.entry, "edition": edition["id"], "as_of": edition["as_of"], **_result(sheet)}
    )
    cells = sheet.subject or dict.fromkeys(SUBJECT_COLUMNS, "")
    given = subject_of(sheet.scores)
    return Row(
        key=sheet.entry,
        who=subject(result),
        names=(cells["firm_name"], cells["community_name"], cells["organization_name"]),
        given=rankings.Subject(
            id=given.id,
            stratum=given.stratum,
            scores=given.scores,
            total=result.total,
            vetoes=given.vetoes,
            nominated=given.nominated,
            unscored=result.unscored_reason or "",
            past=given.past,
        ),
        result=result,
        entries=(),
    )


def _result(sheet: Sheet) -> dict[str, Any]:
    """The fields of a result that the tables hold, as a record writes them."""
    scores, ranking = sheet.scores, sheet.ranking
    who: Cells = sheet.subject or {"unscored_reason": STOPPED if scores["unscored"] else ""}
    names = ("firm", "community", "organization", "post", "unscored_reason", "override_reason", "veto_reason")
    said: dict[str, Any] = {
        "stratum": scores["stratum"],
        "scores": {name.removeprefix("scores."): cell for name, cell in scores.items() if _is_score(name) and cell},
        **{name: ranking[name] for name in ("total", "level", "rank")},
        "tied": "是" if ranking["tied"] else "",
        **{name: scores[name].split(JOINER) if scores[name] else "" for name in ("vetoes", "nominated")},
        **{name: who.get(name, "") for name in names},
        "deductions": [_deduction(line) for line in filter(None, who.get("deductions", "").split("\n"))],
    }
    return {name: value for name, value in said.items() if value}


def _is_score(name: str) -> bool:
    return name.startswith("scores.")


def _deduction(line: str) -> dict[str, str]:
    return dict(zip(("dimension", "points", "text", "where"), line.split(_TAB), strict=False))
