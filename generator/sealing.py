"""Makers of seals: a version's files, log entries, the head. Pure: salts, times and names are given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from generator import rankings, schema, templating
from generator.editions import Edition
from generator.sealed import Sheet, score_columns, sheets
from generator.verifying import redacted
from generator.verifying.fingerprints import (
    MAKING,
    RANKING_COLUMNS,
    SUBJECT_COLUMNS,
    digests,
    dumps,
    head,
    log_files,
    manifest,
    marked,
    sha256,
    table,
)

#: Characters of a salt, in hexadecimal.
SALT_BYTES = 16
#: What is said of an entry below the tables, in this order.
_TEXTS = (
    ("reason", "列入理由"),
    ("evidence", "证据"),
    ("basis_docs", "依据"),
    ("prior_notice_on", "事前告知日期"),
    ("reply_due", "答复期限"),
    ("reply", "答复"),
    ("reply_on", "答复日期"),
    ("no_reply_by", "到这一天没有收到答复"),
    ("decided_by", "由谁决定"),
    ("decided_on", "决定日期"),
    ("veto_reason", "一票否决的事实"),
    ("deductions", "扣分明细"),
    ("override_reason", "与重算不同的说明"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Names as they are spelled at the time of sealing."""

    #: The region, wider ones first.
    region: str
    publisher: str
    issuer: str
    #: Documents that entries rest on, by id.
    documents: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that is done to the history: who approved it, when, why. ``more`` depends on its kind."""

    kind: str
    at: str
    approvers: tuple[str, ...]
    reason: str
    more: Mapping[str, Any]


def folder(edition: str, version: int) -> str:
    """Where a version lies, relative to ``data/``."""
    return f"sealed/{edition}/v{version}/"


def seal(edition: Edition, version: int, salts: Sequence[str], act: Act, named: Named) -> dict[str, bytes]:
    """Every file of a new version, by path. ``salts``: one a row, 32 hexadecimal digits each."""
    held = sheets(edition)
    notice = _notice(edition, version, act, named)
    subjects = [{**(sheet.subject or {}), "salt": salt} for sheet, salt in zip(held, salts, strict=True)]
    files = {
        "notice.json": dumps(notice),
        "method.json": dumps(rankings.to_json(edition.method)),
        "scores.csv": _csv(score_columns(edition.scheme, edition.periods), (sheet.scores for sheet in held)),
        "ranking.csv": _csv(RANKING_COLUMNS, (sheet.ranking for sheet in held)),
        "subjects.csv": _csv(SUBJECT_COLUMNS, subjects),
        "page.html": _page(edition, notice, held),
    }
    files["fields.json"] = dumps(digests(files))
    files["manifest.txt"] = manifest(files)
    return {folder(edition.record.id, version) + name: raw for name, raw in files.items()}


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    return table([columns, *([row[column] for column in columns] for row in rows)])


def _notice(edition: Edition, version: int, act: Act, named: Named) -> dict[str, Any]:
    return {
        "version": version,
        "kind": act.kind,
        "edition": schema.written(edition.record),
        "scheme": schema.written(edition.scheme),
        "names": {**asdict(named), "strata": {stratum.id: stratum.label for stratum in edition.scheme.strata}},
        "periods": list(edition.periods),
        "sealed_at": act.at,
        "approvers": list(act.approvers),
        "engine": rankings.ENGINE,
    }


def log_entry(files: Mapping[str, bytes], edition: str, version: int, act: Act, origin: str) -> dict[str, bytes]:
    """The next entry of the log and the head after it, by path. ``origin`` is that of the first entry for ever."""
    past = [raw for _, _, raw in log_files(files)]
    entry = {
        "seq": len(past) + 1,
        "kind": act.kind,
        "origin": json.loads(past[0])["origin"] if past else origin,
        "edition": edition,
        "version": version,
        "manifest_sha256": sha256(files[f"{folder(edition, version)}manifest.txt"]),
        "at": act.at,
        "approvers": list(act.approvers),
        "reason": act.reason,
        "prev": sha256(past[-1]) if past else "",
        **act.more,
    }
    raw = dumps(marked(entry))
    return {f"log/{len(past) + 1:06}.json": raw, "log/head.txt": head([*past, raw])}


def number(files: Mapping[str, bytes], at: str) -> str:
    """The next number of a correction or revision in its year: ``E-2026-001``."""
    prefix = f"E-{at[:4]}-"
    used = (str(json.loads(raw).get("number", "")) for _, _, raw in log_files(files))
    return f"{prefix}{sum(one.startswith(prefix) for one in used) + 1:03}"


def sealed(
    files: Mapping[str, bytes],
    edition: Edition,
    version: int,
    salts: Sequence[str],
    act: Act,
    named: Named,
    origin: str,
) -> dict[str, bytes]:
    """A new version with its log entry: what has to be written."""
    if act.kind not in MAKING:
        raise ValueError(act.kind)
    made = seal(edition, version, salts, act, named)
    return made | log_entry({**files, **made}, edition.record.id, version, act, origin)


def forgotten(
    files: Mapping[str, bytes], edition: str, version: int, entries: Sequence[str], act: Act, origin: str
) -> dict[str, bytes]:
    """A version without the names of some entries: the log entry, the head, the two files that change."""
    logged = log_entry(
        files,
        edition,
        version,
        Act(
            kind=act.kind,
            at=act.at,
            approvers=act.approvers,
            reason=act.reason,
            more={**act.more, "entries": list(entries)},
        ),
        origin,
    )
    return logged | redacted(files, edition, version, entries)


def _page(edition: Edition, notice: Mapping[str, Any], held: Sequence[Sheet]) -> bytes:
    labels = {name: one.label for name, one in edition.markings.items()}
    dimensions = [one for one in edition.scheme.dimensions if any(s.scores[f"scores.{one.id}"] for s in held)]
    strata = edition.scheme.strata
    text = (
        templating.environment()
        .get_template("sealed.html.j2")
        .render(
            notice=notice,
            record=notice["edition"],
            scheme=notice["scheme"],
            dimensions=[{"id": one.id, "label": one.label} for one in dimensions],
            groups=[
                _group(edition, label, [sheet for sheet in held if sheet.ranking["stratum"] == key], dimensions, labels)
                for key, label in ([(one.id, one.label) for one in strata] or [("", "全部")])
            ],
            version=str(notice["version"]),
        )
    )
    return text.encode()


def _group(
    edition: Edition, label: str, held: Sequence[Sheet], dimensions: Sequence[Any], labels: Mapping[str, str]
) -> dict[str, Any]:
    rows = [_line(sheet, dimensions, labels) for sheet in held]
    named = {*labels} & {sheet.ranking["list"] for sheet in held}
    lists = {one.id: one.text for one in edition.scheme.lists}
    return {
        "label": label,
        "rows": [row for row, sheet in zip(rows, held, strict=True) if not sheet.scores["unscored"]],
        "unscored": [row for row, sheet in zip(rows, held, strict=True) if sheet.scores["unscored"]],
        "told": [row for row in rows if row["texts"]],
        "lists": [
            {
                "label": labels[name],
                "text": lists.get(name, ""),
                "rows": [row for row, sheet in zip(rows, held, strict=True) if sheet.ranking["list"] == name],
            }
            for name in labels
            if name in lists or name in named
        ],
    }


def _line(sheet: Sheet, dimensions: Sequence[Any], labels: Mapping[str, str]) -> dict[str, Any]:
    ranking, subject = sheet.ranking, sheet.subject or {}
    return {
        "entry": sheet.entry,
        "who": [(name, subject[name]) for name in _who(subject)],
        "scores": [sheet.scores[f"scores.{one.id}"] for one in dimensions],
        "total": ranking["total"],
        "level": labels.get(ranking["level"], ""),
        "list": labels.get(ranking["list"], ""),
        "rank": ranking["rank"] + ("（并列）" if ranking["tied"] else ""),
        "until": ranking["display_until"],
        "unscored": subject["unscored_reason"],
        "texts": [(name, label, subject[name]) for name, label in _TEXTS if subject[name]],
    }


def _who(subject: Mapping[str, str]) -> Iterator[str]:
    """The cells that say whom a row is about: what is ranked, its post, who served it."""
    for name in ("community_name", "organization_name", "firm_name", "post"):
        if subject[name]:
            yield name
