"""What differs between two versions of an edition, or between its records and what was sealed, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import schema
from generator.editions import Edition
from generator.records import AssessmentResult, AssessmentScheme, ListEntry, RankingEdition, Record
from generator.schema import Loc
from generator.sealed.history import Version
from generator.sealed.sheets import Cells, Sheet, sheets

#: What changes with time and is no part of what was published.
_PASSING = frozenset({"phase", "status", "generated_on", "correction", "basis_status", "source_retrieved_on", "id"})
#: What follows from other cells, from other editions, or is opaque.
_DERIVED = frozenset({"entry", "salt", "of", "polarity", "overridden", "unscored"})
#: Names as they were spelled then; a firm that is renamed later was not published wrongly.
_NAMES = frozenset({"firm_name", "community_name", "organization_name"})
#: Changes of these are of class A.
_OUTCOME = frozenset({"rank", "level", "list"})
#: Cells that hold the id of a list or a level, or ``yes``: said in words.
_MARKED = frozenset({"list", "level", "tied"})
#: Changes of these are of class C: words.
_WORDS = _NAMES | {
    *("post", "unscored_reason", "override_reason", "veto_reason", "deductions"),
    *("reason", "evidence", "basis_docs", "reply", "decided_by"),
}
_WORDS_OF_EDITION = frozenset({"name", "rule_text", "note", "label", "content_source", "source_url", "decided_by"})

Who = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of one entry, or of the edition as a whole, that says one thing here and another there."""

    #: Names of the entry in the old and the new version; empty where it is not in it, both for the whole edition.
    entries: tuple[str, str] = ("", "")
    #: Whom it is about, in words; empty for the whole edition.
    name: str = ""
    #: Such as ``rank``, ``scores.daily``, ``reason``, ``edition.rule_text``; empty: the entry as a whole.
    field: str = ""
    #: The field in Chinese.
    label: str
    old: str
    new: str
    #: A: a rank, level or list; B: another value; C: words.
    grade: str


def differences(old: Version, new: Version) -> tuple[Difference, ...]:
    """Every difference of two versions: the edition's own first, then by published order of the new version.

    Entries are matched by whom they are about; those whose names have left one of the versions cannot be, and are
    left out.
    """
    scheme = new.edition.scheme
    found = [*_whole(old.notice, new.notice), *_rows(tuple(old.sheets.values()), tuple(new.sheets.values()), scheme)]
    return tuple(found)


def records_differ(edition: Edition, version: Version, *, names: bool = False) -> tuple[Difference, ...]:
    """What the present records of an edition say otherwise than a sealed version of it: old is what was sealed.

    ``names``: names as spelled now count too.
    """
    now = {"edition": schema.written(edition.record), "scheme": schema.written(edition.scheme)}
    found = _rows(tuple(version.sheets.values()), sheets(edition), edition.scheme)
    ignored = frozenset() if names else _NAMES
    return (*_whole(version.notice, now), *(one for one in found if one.field not in ignored))


def grade(found: Iterable[Difference]) -> str:
    """The class of a correction: A if any rank, level or list changes, else B if any value does, else C."""
    return min((one.grade for one in found), default="C")


def _whole(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    models: tuple[tuple[str, type[Record]], ...] = (("edition", RankingEdition), ("scheme", AssessmentScheme))
    for part, model in models:
        before, after = dict(_leaves(old[part], ())), dict(_leaves(new[part], ()))
        for loc in sorted({*before, *after}, key=schema.dotted):
            was, now = before.get(loc, ""), after.get(loc, "")
            if was != now and loc[0] not in _PASSING:
                words = loc[-1] in _WORDS_OF_EDITION or (part == "scheme" and loc[-1] in {"text", "summary"})
                label = f"{model.title}：{schema.label(model, loc)}"
                yield Difference(
                    field=f"{part}.{schema.dotted(loc)}", label=label, old=was, new=now, grade="C" if words else "B"
                )


def _leaves(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*loc, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _leaves(inner, (*loc, position))
    else:
        yield loc, str(value)


def _rows(old: tuple[Sheet, ...], new: tuple[Sheet, ...], scheme: AssessmentScheme) -> Iterator[Difference]:
    before = {_who(sheet.subject): sheet for sheet in old if sheet.subject}
    after = {_who(sheet.subject): sheet for sheet in new if sheet.subject}
    nameless = [_anonymous(sheet) for sheet in (*old, *new) if sheet.subject is None]
    for who, sheet in after.items():
        if who in before:
            yield from _cells(before[who], sheet, scheme)
        elif _anonymous(sheet) in nameless:
            nameless.remove(_anonymous(sheet))
        else:
            yield _entry(("", sheet.entry), sheet, "没有", "有")
    for who, sheet in before.items():
        if who not in after and _anonymous(sheet) not in nameless:
            yield _entry((sheet.entry, ""), sheet, "有", "没有")


def _entry(entries: tuple[str, str], sheet: Sheet, old: str, new: str) -> Difference:
    return Difference(entries=entries, name=_name(sheet.subject), label="这一行", old=old, new=new, grade="A")


def _who(subject: Cells) -> Who:
    """Whom a row is about, as ``editions.subject`` says it."""
    is_place = subject["community"] and not subject["post"]
    return "" if is_place else subject["firm"], subject["community"], subject["organization"], subject["post"]


def _name(subject: Cells | None) -> str:
    if subject is None:
        return ""
    return (subject["community_name"] or subject["firm_name"] or subject["organization_name"]) + subject["post"]


def _anonymous(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """What a row says without saying of whom, as far as only its own records decide it."""
    return tuple(sorted((name, cell) for name, cell in _said(sheet, anonymous=True).items() if cell))


def _said(sheet: Sheet, *, anonymous: bool = False) -> dict[str, str]:
    subject: Cells = {} if anonymous or sheet.subject is None else sheet.subject
    cells = {**subject, **sheet.scores, **sheet.ranking}
    return {name: cell for name, cell in cells.items() if name not in _DERIVED and not name.startswith("past.")}


def _cells(old: Sheet, new: Sheet, scheme: AssessmentScheme) -> Iterator[Difference]:
    before, after = _said(old), _said(new)
    markings = {"yes": "是", **{one.id: one.label for one in (*scheme.levels, *scheme.lists)}}
    for name in sorted({*before, *after}, key=lambda name: (_grade(name), name)):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            words = markings if name in _MARKED else {}
            yield Difference(
                entries=(old.entry, new.entry),
                name=_name(new.subject),
                field=name,
                label=_label(name, scheme),
                old=words.get(was, was),
                new=words.get(now, now),
                grade=_grade(name),
            )


def _grade(name: str) -> str:
    return "A" if name in _OUTCOME else "C" if name in _WORDS else "B"


def _label(name: str, scheme: AssessmentScheme) -> str:
    """A column in Chinese."""
    labels = {f"scores.{dimension.id}": dimension.label for dimension in scheme.dimensions}
    labels |= {"firm_name": "企业名称", "community_name": "小区名称", "organization_name": "组织名称"}
    model = AssessmentResult if name in AssessmentResult.model_fields else ListEntry
    return labels.get(name) or schema.label(model, (name,))
