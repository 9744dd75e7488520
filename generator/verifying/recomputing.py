"""Whether published figures follow from sealed scores. Standard library only: also shipped inside ``verify.py``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.rankings import Field, Method, Standing, Subject, from_json
from generator.verifying.findings import Finding
from generator.verifying.fingerprints import JOINER, cells_of, names_of


def recomputed(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Whether every published figure follows from the sealed scores by the sealed method."""
    try:
        yield from _standings(files)
    except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError, IndexError) as error:
        yield Finding(code="E607", file="method.json", says=f"按封存的办法算不出来：{error}")


def _standings(files: Mapping[str, bytes]) -> Iterator[Finding]:
    notice, method = json.loads(files["notice.json"]), from_json(json.loads(files["method.json"]))
    scores, ranking = cells_of(files["scores.csv"]), cells_of(files["ranking.csv"])
    subjects = [subject_of(row) for row in scores.values()]
    if [*scores] != [*ranking] or [*scores] != names_of(len(scores)):
        yield Finding(code="E607", file="ranking.csv", says="行数和 scores.csv 不一样")
        return
    placed = Field(method, subjects, notice["periods"])
    for line, (subject, row) in enumerate(zip(subjects, ranking.values(), strict=True), 2):
        is_free = row["overridden"] == "yes" or notice["edition"]["detail"] == "lists"
        due = {"stratum": subject.stratum} if is_free else published(method, placed.standing(subject))
        for name, value in due.items():
            if not _same(name, row[name], value):
                yield Finding(
                    code="E607",
                    file="ranking.csv",
                    line=line,
                    row=subject.id,
                    field=name,
                    expected=value or "空",
                    found=row[name] or "空",
                    says="和按办法重算的不一样",
                )


def published(method: Method, standing: Standing) -> dict[str, str]:
    """What ``ranking.csv`` says of a row where nothing overrides the scheme: levels that warn stand in for lists."""
    marks = {level.id: level.polarity for level in method.levels}
    marks |= {listing.id: listing.polarity for listing in method.lists}
    level = standing.level
    listed = standing.list or (level if marks.get(level, "positive") != "positive" else "")
    is_ranked = standing.rank is not None
    return {
        "stratum": standing.stratum,
        "total": "" if standing.total is None else f"{standing.total:f}",
        "level": level,
        "rank": str(standing.rank or ""),
        "of": str(standing.of) if is_ranked else "",
        "tied": "yes" if standing.tied else "",
        "list": listed,
        "polarity": marks.get(listed, ""),
    }


def _same(name: str, held: str, due: str) -> bool:
    return Decimal(held) == Decimal(due) if name == "total" and held and due else held == due


def subject_of(row: Mapping[str, str]) -> Subject:
    """A row of ``scores.csv`` as the engine takes it."""
    past = [name for name in row if name.startswith("past.")]
    prefix = "scores."
    return Subject(
        id=row["entry"],
        stratum=row["stratum"],
        scores={name[len(prefix) :]: _number(cell) for name, cell in row.items() if name.startswith(prefix) and cell},
        total=_number(row["total"]) if row["total"] else None,
        vetoes=_split(row["vetoes"]),
        nominated=_split(row["nominated"]),
        unscored=row["unscored"],
        past=tuple(_split(row[name]) for name in past),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(JOINER)) if cell else ()


def _number(cell: str) -> Decimal:
    """A score as published; no exponent, so that no cell can ask for more arithmetic than it has digits."""
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,12})?", cell, re.ASCII):
        raise ValueError(f"{cell[:20]} 不是分数")
    return Decimal(cell)
