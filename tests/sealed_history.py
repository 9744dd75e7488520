"""A generated history of seals, in memory: monthly editions in two groups, corrections, a withdrawal, names taken down."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from generator import rankings, sealing
from generator.editions import Edition, Row, method, subject
from generator.records import AssessmentResult, AssessmentScheme, ListEntry, RankingEdition
from generator.sealing import Act, Named
from generator.verifying.recomputing import published

APPROVERS = ("区住建局物业科科长", "区住建局分管负责人")
NAMED = Named(region="示例市 示例区", publisher="示例区住建局", issuer="示例区住建局", documents={})
ORIGIN = "gongshi/340104"
STRATA = ("old", "new")
SUBJECTS = 11

SCHEME = AssessmentScheme.model_validate(
    {
        "id": "sch-monthly",
        "name": "示例月度考核办法",
        "issuer": "org-one",
        "edition": "2024 年版",
        "region": "340104",
        "subject_type": "firm",
        "strata": [{"id": "old", "label": "老旧小区组"}, {"id": "new", "label": "商品房组"}],
        "dimensions": [
            {"id": "daily", "label": "日常管理", "kind": "score", "max": "60"},
            {"id": "service", "label": "服务质量", "kind": "score", "max": "40"},
            {"id": "bonus", "label": "加分", "kind": "bonus", "max": "5"},
        ],
        "full_marks": "100",
        "places": "2",
        "rounding": "half_up",
        "vetoes": [{"id": "accident", "text": "责任事故", "effect": "to_list", "target": "yellow"}],
        "levels": [
            {"id": "good", "label": "合格", "polarity": "positive", "min": "60"},
            {"id": "poor", "label": "不合格", "polarity": "warning", "max": "60"},
        ],
        "lists": [
            {
                **{"id": "black", "label": "黑榜", "mark": "black", "polarity": "negative", "text": "连续 2 期黄榜"},
                "rules": [{"all_of": [{"test": "consecutive", "n": "2", "of": ["yellow", "black"]}]}],
            },
            {
                **{"id": "yellow", "label": "黄榜", "mark": "yellow", "polarity": "warning", "text": "后 1 名"},
                "rules": [{"all_of": [{"test": "rank_bottom", "n": "1"}]}],
            },
            {
                **{"id": "red", "label": "红榜", "mark": "red", "polarity": "positive", "text": "前 1 名且 80 分以上"},
                "rules": [{"all_of": [{"test": "rank_top", "n": "1"}, {"test": "score_ge", "points": "80"}]}],
            },
        ],
        "tie_rule": "skip",
        "at_cut": "all_enter",
        "gaps": "skips",
        "cadence": "monthly",
        "as_of": "2024-01-01",
    }
)
METHOD = method(SCHEME)


@dataclass
class Timeline:
    """A history being made, and the editions as their records stand now."""

    draw: random.Random
    files: dict[str, bytes] = field(default_factory=dict)
    editions: list[Edition] = field(default_factory=list)
    #: Number of the newest version by edition.
    newest: dict[str, int] = field(default_factory=dict)
    minute: int = 0

    def act(self, kind: str, **more: Any) -> Act:
        """The next act; each a minute after the one before."""
        self.minute += 1
        at = f"2026-06-{1 + self.minute // 1440:02}T{self.minute // 60 % 24:02}:{self.minute % 60:02}:00+08:00"
        return Act(kind=kind, at=at, approvers=APPROVERS, reason="按计划", more=more)

    def month(self) -> None:
        """Seal the next edition."""
        edition = edition_of(self.draw, self.editions)
        self.editions.append(edition)
        self.seal(edition, self.act("seal"))

    def seal(self, edition: Edition, act: Act) -> None:
        key = edition.record.id
        self.newest[key] = self.newest.get(key, 0) + 1
        salts = [f"{self.draw.getrandbits(128):032x}" for _ in edition.rows]
        self.files |= sealing.sealed(self.files, edition, self.newest[key], salts, act, NAMED, ORIGIN)

    def correct(self, position: int, kind: str = "correct") -> None:
        """Other scores for one row of an edition; everything that follows from them follows."""
        old = self.editions[position]
        scores = {row.key: dict(row.given.scores) for row in old.rows}
        key = self.draw.choice([row.key for row in old.rows if not row.given.unscored])
        scores[key] |= {"daily": scores[key]["daily"] - 1 if scores[key]["daily"] > 1 else Decimal("2.50")}
        edition = _edition(old.record, [_given(row, scores[row.key]) for row in old.rows], old.periods)
        self.editions[position] = edition
        number = sealing.number(self.files, "2026")
        self.seal(edition, self.act(kind, number=number, **{"class": "A"}))

    def withdraw(self, position: int) -> None:
        key = self.editions[position].record.id
        act = self.act("withdraw", basis="复核决定")
        self.files |= sealing.log_entry(self.files, key, self.newest[key], act, ORIGIN)

    def forget(self, position: int, entries: list[str]) -> None:
        key = self.editions[position].record.id
        act = self.act("forget")
        self.files |= sealing.forgotten(self.files, key, self.newest[key], entries, act, ORIGIN)


def _given(row: Row, scores: Mapping[str, Decimal]) -> rankings.Subject:
    given = row.given
    return rankings.Subject(
        id=given.id,
        stratum=given.stratum,
        scores=scores,
        unscored=given.unscored,
        past=given.past,
        vetoes=given.vetoes,
    )


def edition_of(draw: random.Random, before: list[Edition]) -> Edition:
    """One more month; who is on a list again is on the black one."""
    number = len(before)
    start = date(2024 + number // 12, 1 + number % 12, 1)
    record = RankingEdition.model_validate(
        {
            "id": f"rk-{start:%Y%m}",
            "name": "示例红黄黑榜",
            "scheme": SCHEME.id,
            "region": "340104",
            "period": {"kind": "month", "label": f"{start:%Y年%m月}", "start": f"{start}", "end": f"{start:%Y-%m}-28"},
            "phase": "final",
            "detail": "scores",
            "rule_text": "两组分开排名。\n黄榜、黑榜各公示一年。",
            "decided_on": f"{start + timedelta(35)}",
            "decided_by": "局长办公会",
            "published_on": f"{start + timedelta(36)}",
            "as_of": f"{start:%Y-%m}-28",
        }
    )
    past = [{row.key: row for row in edition.rows} for edition in reversed(before)][:12]
    subjects = []
    for position in range(SUBJECTS):
        key = f"firm-{position:02}"
        marks = tuple(
            tuple(sorted({*(e.list for e in one[key].entries), one[key].result.level or ""} - {""})) for one in past
        )
        is_scored = position != number % SUBJECTS
        scores = {"daily": _points(draw, 60), "service": _points(draw, 40)} if is_scored else {}
        if is_scored and draw.random() < 0.3:
            scores["bonus"] = _points(draw, 5)
        subjects.append(
            rankings.Subject(
                id=key,
                stratum=STRATA[position % 2],
                scores=scores,
                unscored="" if is_scored else "没有提交材料",
                past=marks,
                vetoes=("accident",) if is_scored and draw.random() < 0.1 else (),
            )
        )
    return _edition(record, subjects, ("held",) * len(past))


def _points(draw: random.Random, most: int) -> Decimal:
    return Decimal(draw.randint(most * 50, most * 100)).scaleb(-2)


def _edition(record: RankingEdition, subjects: list[rankings.Subject], periods: tuple[str, ...]) -> Edition:
    placed = rankings.Field(METHOD, subjects, periods)
    rows = tuple(_row(record, one, published(METHOD, placed.standing(one))) for one in subjects)
    return Edition(record=record, scheme=SCHEME, rows=rows, periods=periods, previous=None)


def _row(record: RankingEdition, given: rankings.Subject, said: Mapping[str, str]) -> Row:
    listed_on = record.published_on
    assert listed_on is not None
    common = {"edition": record.id, "firm": given.id, "as_of": f"{listed_on}"}
    fields = {
        "id": f"res-{given.id}",
        "stratum": given.stratum,
        "scores": {name: f"{value}" for name, value in given.scores.items()},
        "total": said["total"],
        "level": said["level"],
        "rank": said["rank"],
        "tied": "是" if said["tied"] else "",
        "vetoes": list(given.vetoes),
        "veto_reason": "5 月 3 日的事故" if given.vetoes else "",
        "unscored_reason": given.unscored,
        "deductions": [{"dimension": "daily", "text": '楼道 "堆物" & <未清>', "points": "0.50", "where": "3 栋"}]
        if given.scores
        else "",
    }
    result = AssessmentResult.model_validate(common | {name: value for name, value in fields.items() if value})
    listed = {
        "id": f"le-{given.id}",
        "list": said["list"],
        "state": "listed",
        "reason": "总分在组内靠后。\n办法第八条。",
        "reply": '已整改，"材料" 补交。',
        "reply_on": f"{listed_on - timedelta(5)}",
        "listed_on": f"{listed_on}",
        "display_until": f"{listed_on + timedelta(365)}",
    }
    entries = (ListEntry.model_validate(common | listed),) if said["list"] else ()
    return Row(
        key=given.id,
        who=subject(result),
        names=(f"示例{given.id[-2:]}物业有限公司", "", ""),
        given=given,
        result=result,
        entries=entries,
    )


def history(months: int = 24, seed: int = 20240101) -> Timeline:
    """So many months; after some of them an earlier edition is corrected, revised, withdrawn, or a name taken down."""
    made = Timeline(random.Random(seed))
    for month in range(months):
        made.month()
        if month % 5 == 4:
            made.correct(month - 2)
        if month % 7 == 6:
            made.correct(month - 1, "revise")
        if month == 10:
            made.withdraw(3)
        if month % 6 == 5:
            made.forget(month - 4, ["e003", "e006"])
    return made
