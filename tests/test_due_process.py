"""Nobody gets a bad mark without the whole procedure. Violations are planted one by one in sites that are right."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from generator import dataset, messages, parse_csv, parse_yaml, rules, schema
from generator.dataset import RawRecord
from generator.problems import Problem, in_order
from generator.records.assessment_scheme import ConditionTest, Dimension, Level, ListRule, Veto
from tests.support import SMALL

#: Folder -> its records, every value text, as they are read.
Site = dict[str, list[dict[str, Any]]]
#: Makes another site of one; what it does not touch is shared.
Change = Callable[[Site], Site]

#: What has a part in rankings.
_CONCERNED = {"regions", "organizations", "policies", "firms", "communities", "engagements", "schemes", "reviews"}
_CONCERNED |= {"assessment_results", "rankings", "list_entries", "measures", "objections", "credit_repairs"}
_CONCERNED |= {"commendations"}


def _read_small() -> tuple[Site, RawRecord]:
    site: Site = {}
    problems: list[Problem] = []
    for path, text in SMALL.items():
        folder = path.split("/")[1]
        if folder in _CONCERNED:
            read = parse_csv.records if path.endswith(".csv") else parse_yaml.records
            raws = read(path, text, schema.BY_FOLDER[folder], problems)
            site[folder] = [dict(raw.values) for raw in raws]
    settings = parse_yaml.YamlDocument("data/site.yml", SMALL["data/site.yml"])
    assert problems == []
    return site, RawRecord("site", settings.value, settings.places(()))


SITE, SETTINGS = _read_small()


@functools.cache
def _raws(folder: str, text: str) -> tuple[RawRecord, ...]:
    return tuple(parse_yaml.records(f"data/{folder}/x.yml", text, schema.BY_FOLDER[folder], []))


def found(site: Site) -> tuple[Problem, ...]:
    """The errors of a site, as ``check`` finds them. JSON is YAML, and every value of it has a line."""
    raws = [
        raw
        for folder, records in site.items()
        if records
        for raw in _raws(folder, json.dumps(records, ensure_ascii=False, indent=1))
    ]
    held, problems = dataset.build(raws, SETTINGS)
    return tuple(p for p in in_order([*problems, *rules.check(held, {})]) if p.is_error)


def lines(problems: tuple[Problem, ...]) -> list[str]:
    return [messages.line(problem, "zh") for problem in problems]


def put(folder: str, /, **values: Any) -> Change:
    """Change values of the first record; None takes one out."""

    def change(site: Site) -> Site:
        first, *others = site[folder]
        kept = {name: value for name, value in first.items() if name not in values}
        given = {name: value for name, value in values.items() if value is not None}
        return {**site, folder: [{**kept, **given}, *others]}

    return change


def add(folder: str, **values: Any) -> Change:
    """Add a record to those there are."""
    return lambda site: {**site, folder: [*site[folder], values]}


def empty(*folders: str) -> Change:
    """Take out every record of some types."""
    return lambda site: {**site, **{folder: [] for folder in folders}}


def changed(site: Site, *changes: Change) -> Site:
    return functools.reduce(lambda made, change: change(made), changes, site)


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@dataclass(frozen=True, kw_only=True)
class Case:
    """One kind of entry: which mark, whether the firm replied, what became of it, what is ranked, what is published."""

    mark: str = "yellow"
    answer: str = "reply"
    state: str = "listed"
    subject: str = "firm"
    detail: str = "scores"


MARKS = ("yellow", "black", "poor")
ANSWERS = ("reply", "no_reply")
STATES = ("proposed", "listed", "corrected", "rectified", "revoked", "objection_upheld", "repaired")
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "firm": {"firm": "firm-one"},
    "community": {"community": "cm-one"},
    "project": {"community": "cm-one", "firm": "firm-one"},
    "manager": {"community": "cm-one", "firm": "firm-one", "post": "项目经理"},
    "party_org": {"organization": "org-one"},
}
DETAILS = ("scores", "totals", "lists")
ENTRY_CASES = [Case(mark=m, answer=a, state=s) for m, a, s in itertools.product(MARKS, ANSWERS, STATES)]
GONE = {"rectified": "整改合格", "revoked": "撤销", "objection_upheld": "异议成立", "repaired": "信用修复"}
GRANTED = {"decision": "granted", "decided_on": "2026-11-09", "decided_by": "办公会"}
CORRECTION = [{"date": "2026-04-01", "what": "总分改为 73.50", "why": "计分有误"}]


def right(case: Case) -> Site:
    """A whole site with one bad mark of that kind, and nothing wrong."""
    return changed(SITE, *_marked(case), *_answered(case), *_become(case), *_about(case))


def _marked(case: Case) -> Iterator[Change]:
    yellow, red = SITE["schemes"][0]["lists"]
    if case.mark == "black":
        black = {**yellow, "id": "black", "label": "黑榜", "mark": "black", "polarity": "negative"}
        veto = {"id": "accident", "text": "责任事故", "effect": "to_list", "target": "black"}
        yield put("schemes", lists=[black, red], vetoes=[veto])
    if case.mark == "poor":
        veto = {"id": "accident", "text": "责任事故", "effect": "cap_level", "target": "poor"}
        yield put("schemes", lists=[red], vetoes=[veto])
        yield put("assessment_results", scores={"daily": "30", "service": "25.50"}, total="55.50", level="poor")
    yield put("list_entries", list=case.mark)


def _answered(case: Case) -> Iterator[Change]:
    if case.answer == "no_reply":
        yield put("list_entries", reply=None, reply_on=None, no_reply_by="2026-02-24")


def _become(case: Case) -> Iterator[Change]:
    if case.state == "proposed":
        yield put("rankings", phase="proposed", decided_on=None, decided_by=None, published_on=None)
        yield put("list_entries", state="proposed", decided_by=None, decided_on=None, listed_on=None)
        yield empty("measures", "credit_repairs")
    if case.state == "corrected":
        yield put("list_entries", state="corrected", correction=CORRECTION)
    if case.state in GONE:
        yield put("list_entries", state="removed", removed_on="2026-11-10", removed_reason=GONE[case.state])
    if case.state == "objection_upheld":
        yield put("objections", decision="upheld", effect="移出")
    if case.state == "repaired":
        yield put("credit_repairs", **GRANTED, stop_display_on="2026-11-10")


def _about(case: Case) -> Iterator[Change]:
    yield put("schemes", subject_type=case.subject)
    yield put("rankings", detail=case.detail)
    for folder in ("assessment_results", "list_entries"):
        yield put(folder, **{"firm": None, **SUBJECTS[case.subject]})
    if case.detail != "scores":
        yield put("assessment_results", scores=None)
    if case.detail == "lists":
        yield put("assessment_results", total=None, rank=None, level="poor" if case.mark == "poor" else None)


@dataclass(frozen=True)
class Plant:
    """One violation: what it is, the code it must be refused with, the folder the code must stand in."""

    what: str
    code: str
    folder: str
    changes: tuple[Change, ...]


def _plant(folder: str, what: str, code: str, /, *changes: Change, **values: Any) -> Plant:
    return Plant(what, code, folder, (*changes, put(folder, **values)))


_entry = functools.partial(_plant, "list_entries")


def _in_the_entry(case: Case) -> Iterator[Plant]:
    """Everything that can be wrong with the entry itself."""
    entry = right(case)["list_entries"][0]
    yield from _left_out(case)
    yield from _out_of_order(entry)
    yield from _contradictions(case, entry)
    yield from _misplaced(case, entry)
    for name in ("reason", "override_reason", "note") if case.state in {"proposed", "listed"} else ():
        yield _entry(f"失信 in {name}", "E467", **{name: "该企业失信。"})
        yield _entry(f"黑名单 in {name}", "E467", **{name: "列入黑名单。"})
    yield _entry("失信 in rectification", "E467", rectification={"result": "不再失信"})


def _left_out(case: Case) -> Iterator[Plant]:
    owed = ["reason", "evidence", "basis_docs", "prior_notice_on", "reply_due", "display_until"]
    if case.state != "proposed":
        owed += ["decided_by", "decided_on", "listed_on"]
        owed += ["reply", "reply_on"] if case.answer == "reply" else ["no_reply_by"]
    for name in owed:
        yield _entry(f"no {name}", "E497", **{name: None})
    for first, second in itertools.combinations(owed, 2) if case in {Case(), Case(answer="no_reply")} else ():
        if (first, second) != ("reply", "reply_on"):
            yield _entry(f"neither {first} nor {second}", "E497", **{first: None, second: None})
    for name in {"reason", "reply"} & {*owed} if case.state in {"proposed", "listed"} else ():
        for text in ("无", "暂无。", "略", "——", "待补充"):
            yield _entry(f"{text} for {name}", "E497", **{name: text})
    for name in ("evidence", "basis_docs"):
        yield _entry(f"an empty list of {name}", "E497", **{name: []})


def _out_of_order(entry: Mapping[str, Any]) -> Iterator[Plant]:
    answered = "reply_on" if "reply_on" in entry else "no_reply_by"
    pairs = [("prior_notice_on", "reply_due", True), ("prior_notice_on", "reply_on", False)]
    pairs += [("reply_due", "no_reply_by", False), (answered, "decided_on", False), ("decided_on", "listed_on", False)]
    pairs += [("listed_on", "display_until", True), ("listed_on", "removed_on", False)]
    pairs += [("prior_notice_on", "decided_on", False), ("prior_notice_on", "display_until", True)]
    for early, late, strictly in pairs:
        if early in entry and late in entry:
            yield _entry(f"{late} before {early}", "E498", **{late: later(entry[early], -1)})
            yield _entry(f"{early} after {late}", "E498", **{early: later(entry[late], 1)})
            if strictly:
                yield _entry(f"{late} on {early}", "E498", **{late: entry[early]})
    for early, late in (("prior_notice_on", "reply_due"), (answered, "decided_on"), ("decided_on", "listed_on")):
        if early in entry and late in entry:
            yield _entry(f"{early} and {late} swapped", "E498", **{early: entry[late], late: entry[early]})
    if "listed_on" in entry:
        for day in ("2027-03-03", "2028-01-01", "2100-12-31"):
            yield _entry(f"shown until {day}", "E499", display_until=day)


def _contradictions(case: Case, entry: Mapping[str, Any]) -> Iterator[Plant]:
    if "no_reply_by" in entry:
        yield _entry("no reply, and one", "E440", reply="已补交。", reply_on="2026-02-24")
        yield _entry("no reply, and its day", "E440", reply_on="2026-02-24")
    else:
        yield _entry("a reply, and none", "E440", no_reply_by="2026-02-24")
    if case.state in GONE:
        yield _entry("removed without a day", "E460", removed_on=None)
        without = put("credit_repairs", decision=None, decided_on=None, decided_by=None, stop_display_on=None)
        yield _entry("removed without a reason", "E460", without, removed_reason=None)
        still = put("objections", decision="rejected")
        yield _entry("removed, and still listed", "E460", still, state="listed")
    else:
        yield _entry("a day of leaving, and still there", "E460", removed_on="2026-11-10")
        yield _entry("a reason for leaving, and still there", "E460", removed_reason="整改合格")
    if case.state == "corrected":
        yield _entry("corrected without saying what", "E450", correction=None)
    if case.state in {"proposed", "listed"}:
        yield _plant("objections", "upheld, and still there", "E438", decision="upheld")
        yield _plant("reviews", "upheld on review, and still there", "E438", decision="upheld")
    if case.state in {"listed", "corrected", "rectified"}:
        gone = {"state": "removed", "removed_on": "2026-11-10", "removed_reason": "信用修复"}
        yield _entry("repaired without a repair", "E494", **gone)
        yield _plant("credit_repairs", "granted without a day", "E494", **GRANTED)


def _misplaced(case: Case, entry: Mapping[str, Any]) -> Iterator[Plant]:
    yield _entry("a list that the scheme has not", "E472", list="blue")
    yield _entry("an edition that is not there", "E301", edition="rk-two")
    yield _entry("a firm that was not assessed", "E459", firm="firm-two")
    yield _entry("nobody", "E486", firm=None)
    yield _entry("a community as well", "E486", community="cm-one")
    yield _entry("a post as well", "E486", post="项目经理")
    if case.state in {"proposed", "listed", "corrected", "rectified"}:
        red = {"id": "le-red", "edition": "rk-one", "list": "red", "firm": "firm-one", "state": "listed"}
        yield Plant("on it twice", "E455", "list_entries", (add("list_entries", **{**entry, "id": "le-two"}),))
        yield Plant("red as well", "E455", "list_entries", (add("list_entries", **red),))
    if case.state != "proposed":
        for name in ("decided_on", "decided_by", "published_on"):
            yield _plant("rankings", f"an edition without {name}", "E481", **{name: None})


def _not_to_be_read(entry: Mapping[str, Any]) -> Iterator[Plant]:
    """What is refused before any rule is asked."""
    for name in ("edition", "list", "state"):
        yield _entry(f"no {name}", "E201", **{name: None})
    for name in {"reason", "reply", "decided_by"} & entry.keys():
        for text, kind in (("", "empty"), (" ", "blank"), ("　", "wide blank"), (" 办公会", "padded")):
            yield _entry(f"{kind} {name}", "E222", **{name: text})
    yield _entry("filler in decided_by", "E132", decided_by="暂无")
    yield _entry("empty evidence", "E222", evidence=[{"what": ""}])
    yield _entry("filler as evidence", "E132", evidence=[{"what": "无"}])
    yield _entry("evidence without what", "E201", evidence=[{"held_by": "街道办"}])
    yield _entry("basis without a kind", "E201", basis_docs=[{"title": "《演示办法》"}])
    yield _entry("basis without a name", "E451", basis_docs=[{"kind": "document"}])
    yield _entry("basis that is not there", "E301", basis_docs=[{"kind": "document", "document": "doc-two"}])
    for name in [name for name in entry if name.endswith(("_on", "_due", "_by", "_until")) and name != "decided_by"]:
        yield _entry(f"{name} is no day", "E241", **{name: "2026/2/9"})
        yield _entry(f"{name} is no such day", "E242", **{name: "2026-02-30"})
        yield _entry(f"{name} makes no sense", "E243", **{name: "0026-02-09"})


def _around_the_entry() -> Iterator[Plant]:
    """Everything that can be wrong with what follows from an entry."""
    yield from _measures()
    yield from _objections()
    yield from _reviews()
    yield from _repairs()
    yield from _honours()
    yield from _credit_words()


def _measures() -> Iterator[Plant]:
    plant = functools.partial(_plant, "measures")
    doc_one = [{"kind": "document", "document": "doc-one"}]
    yield plant("by nobody", "E449", actor=None)
    yield plant("before the decision", "E498", taken_on="2026-02-26")
    for name in ("until", "outcome_on", "handover_on"):
        yield plant(f"{name} before it was taken", "E406", **{name: "2026-03-09"})
    yield plant("by a body that is not there", "E301", actor="org-two")
    yield plant("because of no entry", "E301", entry="le-two")
    for kind in ("bid_priority", "showcase_priority", "award_priority", "less_inspection", "credit_plus"):
        yield plant(f"{kind} for a bad mark", "E439", kind=kind)
    for kind in ("reminder_talk", "谈话提醒", "exit_procedure", "启动项目退出程序"):
        yield plant(f"{kind} by the street", "E468", kind=kind)
        yield plant(f"{kind} by the street, by name", "E468", kind=kind, actor=None, actor_name="示例街道办事处")
    for basis in ([], doc_one, [{"kind": "document", "title": "考核办法"}], [{"kind": "contract", "title": "合同"}]):
        yield plant(f"bids restricted by {basis}", "E469", kind="bid_restrict", basis_docs=basis)
    for values in (
        {"force": "rule"},
        {"force": "normative"},
        {"force": "standard"},
        {"force": "law", "validity": "draft"},
    ):
        by_it = put("policies", **values)
        yield plant(f"bids restricted by {values}", "E469", by_it, kind="bid_restrict", basis_docs=doc_one)


def _objections() -> Iterator[Plant]:
    plant = functools.partial(_plant, "objections")
    gone = put("list_entries", state="removed", removed_on="2026-03-18", removed_reason="异议成立")
    yield plant("about nothing", "E436", entry=None)
    yield plant("about two things", "E436", result="res-one")
    for decision in ("upheld", "partly", "rejected"):
        changes = (gone,) if decision == "upheld" else ()
        for name in ("accepted", "accepted_on", "marked_on", "due_on", "decided_on", "decided_by", "decision_reason"):
            if name != "accepted":
                yield plant(f"{decision}, no {name}", "E437", *changes, decision=decision, **{name: None})
        nobody = {"accepted": None, "accepted_on": None, "marked_on": None, "due_on": None}
        yield plant(f"{decision}, nobody accepted it", "E437", *changes, decision=decision, **nobody)
    yield plant("withdrawn, nobody knows when", "E437", decision="withdrawn", decided_on=None)
    yield plant("by some owners, nobody knows how many", "E437", filed_by="owners_group")
    for name in ("filed_by", "filed_on", "grounds", "text"):
        yield plant(f"no {name}", "E201", **{name: None})
    yield plant("by a person", "E238", filed_by="张三")
    yield plant("empty text", "E222", text="")
    yield plant("accepted before it was filed", "E406", accepted_on="2026-03-03")
    yield plant("marked before it was filed", "E406", marked_on="2026-03-03")
    yield plant("due before it was accepted", "E406", due_on="2026-03-04")
    yield plant("decided before it was filed", "E406", decided_on="2026-03-03")
    yield plant("decided before it was accepted", "E406", decided_on="2026-03-04")
    yield plant("marked after it was decided", "E406", marked_on="2026-03-18")


def _reviews() -> Iterator[Plant]:
    plant = functools.partial(_plant, "reviews")
    for name in ("decided_on", "decided_by", "reason"):
        yield plant(f"no {name}", "E437", **{name: None})
    yield plant("withdrawn, nobody knows when", "E437", decision="withdrawn", decided_on=None)
    yield plant("of no objection", "E301", objection="ob-two")
    yield plant("asked for before there was an outcome", "E406", asked_on="2026-03-16")
    yield plant("decided before it was asked for", "E406", decided_on="2026-03-19")
    yield plant("no asked_on", "E201", asked_on=None)


def _repairs() -> Iterator[Plant]:
    plant = functools.partial(_plant, "credit_repairs")
    gone = put("list_entries", state="removed", removed_on="2026-11-20", removed_reason="信用修复")
    granted = {**GRANTED, "stop_display_on": "2026-11-20"}
    refused = {"decision": "refused", "decided_on": "2026-11-09", "decided_by": "办公会", "reason": "未整改"}
    yield plant("granted and still shown", "E494", **granted)
    yield plant("granted and no day", "E494", gone, **GRANTED)
    yield plant("granted and shown for longer", "E494", gone, **{**granted, "stop_display_on": "2026-11-19"})
    yield plant("granted before it was asked for", "E406", gone, **{**granted, "decided_on": "2026-11-01"})
    yield plant("granted before it was accepted", "E406", gone, **granted, accepted_on="2026-11-10")
    yield plant("ended before it was granted", "E406", gone, **{**granted, "decided_on": "2026-11-21"})
    for name in ("decided_on", "decided_by"):
        yield plant(f"granted, no {name}", "E437", gone, **{**granted, name: None})
    for name in ("decided_on", "decided_by", "reason"):
        yield plant(f"refused, no {name}", "E437", **{**refused, name: None})
    yield plant("accepted before it was asked for", "E406", accepted_on="2026-11-01")
    yield plant("shortest end before the beginning", "E406", public_from="2026-03-02", min_public_until="2026-03-01")
    yield plant("longest end before the shortest", "E406", min_public_until="2026-06-02", max_public_until="2026-06-01")
    yield plant("of no entry", "E301", entry="le-two")
    for severity in ("minor", "general", "serious", "轻微失信", "一般失信", "严重失信"):
        yield plant(f"{severity} by no law", "E467", severity=severity)
        basis = [{"kind": "document", "document": "doc-one"}]
        yield plant(f"{severity} by a scheme", "E467", severity=severity, basis_docs=basis)
    for name in ("severity", "applied_on", "entry"):
        yield plant(f"no {name}", "E201", **{name: None})
    yield Plant(
        "taken off by a repair that was refused", "E494", "list_entries", (gone, put("credit_repairs", **refused))
    )


def _honours() -> Iterator[Plant]:
    plant = functools.partial(_plant, "commendations")
    for kind in ("person_staff", "person_owner", "最美物业人", "最美业主"):
        yield plant(f"{kind} without anything", "E503", kind=kind, firm=None)
        yield plant(f"{kind} without consent", "E503", kind=kind, firm=None, recipient="李某")
        yield plant(f"{kind} with consent and no name", "E503", kind=kind, firm=None, consent_ref="内 12 号")
        yield plant(f"{kind} with an empty consent", "E222", kind=kind, firm=None, recipient="李某", consent_ref="")
    for kind in ("firm", "community", "party_org"):
        yield plant(f"{kind} without anybody", "E486", kind=kind, firm=None)
    yield plant("revoked before it was awarded", "E406", awarded_on="2026-01-02", revoked_on="2026-01-01")


def _credit_words() -> Iterator[Plant]:
    """The words of the law on credit, in everything that the authority itself says."""
    scheme = SITE["schemes"][0]
    yellow, red = scheme["lists"]
    good, poor = scheme["levels"]
    own: dict[str, list[tuple[str, Any]]] = {
        "schemes": [
            *(("lists", [{**yellow, name: "失信名单"}, red]) for name in ("label", "text", "consequence")),
            ("levels", [good, {**poor, "label": "失信"}]),
            *((name, "列入黑名单") for name in ("name", "unscored_label", "summary", "note")),
        ],
        "rankings": [(name, "后 1 名列入黑名单") for name in ("name", "rule_text", "note")],
        "assessment_results": [
            ("deductions", [{"dimension": "daily", "text": "失信行为", "points": "1"}]),
            ("override_reason", "因失信扣分"),
            ("note", "失信企业。"),
        ],
        "measures": [(name, "列入失信名单") for name in ("text", "outcome", "note")],
        "commendations": [(name, "从未列入黑名单") for name in ("name", "deed", "note")],
    }
    for folder, fields in own.items():
        for name, value in fields:
            yield _plant(folder, f"credit words in {name}", "E467", **{name: value})
    for values in (
        {"force": "rule"},
        {"force": "normative"},
        {"force": "standard"},
        {"force": "law", "validity": "draft"},
    ):
        yield _entry(f"失信 by {values}", "E467", put("policies", **values), reason="该企业失信。")


def _elsewhere() -> Iterator[Plant]:
    """Entries under an edition that is not on the site are in the downloads, and owe the same; levels are marks too."""
    owed = ("reason", "evidence", "basis_docs", "prior_notice_on", "reply_due", "reply", "decided_by", "display_until")
    for status, name in itertools.product(("draft", "review", "withdrawn", "superseded", "expired"), owed):
        yield _entry(f"no {name} under a {status} edition", "E497", put("rankings", status=status), **{name: None})
    bare = empty("list_entries", "measures", "objections", "reviews", "credit_repairs")
    for detail in ("scores", "totals", "lists"):
        hidden = (*_marked(Case(mark="poor")), *_about(Case(mark="poor", detail=detail)), bare)
        yield Plant(
            f"a bad level and no entry, {detail}", "E497" if detail == "lists" else "E457", "assessment_results", hidden
        )
        confirmed = put("assessment_results", level="poor", override_reason="经主管部门确认")
        yield Plant(
            f"a bad level that somebody confirmed, {detail}", "E497", "assessment_results", (*hidden, confirmed)
        )


def planted() -> Iterator[tuple[Site, Plant]]:
    for case in ENTRY_CASES:
        base = right(case)
        yield from ((base, plant) for plant in _in_the_entry(case))
    for case in (Case(), Case(answer="no_reply"), Case(state="rectified")):
        base = right(case)
        yield from ((base, plant) for plant in _not_to_be_read(base["list_entries"][0]))
    base = right(Case())
    yield from ((base, plant) for plant in (*_around_the_entry(), *_elsewhere()))


def test_every_planted_violation_is_refused_once_and_in_its_place() -> None:
    """One cause, one code."""
    count, missed = 0, []
    for base, plant in planted():
        count += 1
        problems = found(changed(base, *plant.changes))
        codes = {problem.code for problem in problems}
        placed = [p.source for p in problems if p.code == plant.code]
        is_there = any(at.path == f"data/{plant.folder}/x.yml" and at.line > 0 for at in placed)
        if not is_there or codes != {plant.code}:
            missed.append((plant, lines(problems)))
    assert missed == []
    assert count >= 500


LAW = ({"force": "law"}, {"force": "regulation"}, {"force": "central_policy"}, {"force": "local_regulation"})
DOC_ONE = [{"kind": "document", "document": "doc-one", "clause": "第六条"}]


def _variants(case: Case) -> Iterator[tuple[Change, ...]]:
    """What may differ in an entry that is right: days that fall together, what may be added, what may be left out."""
    entry = right(case)["list_entries"][0]

    def variant(**values: Any) -> tuple[Change, ...]:
        return (put("list_entries", **values),)

    yield variant(consecutive_no="2", note="见公告。", rectification={"due": "2026-06-30"})
    yield variant(rectification={"due": "2026-06-30", "result": "整改合格", "checked_on": "2026-07-02"})
    yield variant(evidence=[{"what": "检查记录", "held_by": "街道办", "reference": "2026-7"}, {"what": "照片"}])
    yield variant(basis_docs=[*DOC_ONE, {"kind": "document", "title": "《示例区考核办法》"}])
    yield variant(reason="本榜单不属于失信信息，不是失信名单。总分 72.50。")
    yield variant(reason="无消防月检记录，扣 2 分。")
    yield variant(prior_notice_on="2026-01-05")
    yield variant(display_until="2026-12-31")
    yield variant(override_reason="按办法列入，经主管部门确认。")
    for law in LAW:
        yield put("policies", **law), *variant(reason="依法列入严重失信主体名单。")
    if "no_reply_by" in entry:
        yield variant(no_reply_by=entry["reply_due"])
        if "decided_on" in entry:
            yield variant(no_reply_by=entry["decided_on"])
    else:
        yield variant(reply_on=entry["prior_notice_on"])
        yield variant(reply_on=entry["reply_due"])
        yield variant(reply_on="2026-02-25")
        yield variant(reply="黑名单一说不实，我司不是失信企业。")
    if "decided_on" in entry:
        answered = entry.get("reply_on") or entry["no_reply_by"]
        yield variant(decided_on=answered)
        yield variant(listed_on=entry["decided_on"], display_until="2027-02-27")
        yield variant(display_until="2027-03-02")
        yield put("schemes", result_validity=None), *variant(display_until="2030-12-31")
        yield put("schemes", result_validity={"n": "18", "unit": "month"}), *variant(display_until="2027-09-02")
        yield put("schemes", result_validity={"n": "999999999", "unit": "year"}), *variant(display_until="2100-12-31")
    else:
        yield variant(reply=None, reply_on=None, no_reply_by=None)
        yield (put("rankings", phase="objection"),)
    if case.state in {"rectified", "revoked", "objection_upheld"}:
        yield variant(removed_on=entry["listed_on"])
    if case.state == "repaired":
        yield (put("credit_repairs", stop_display_on="2026-11-30", applied_on="2026-11-09"),)
    if case.state not in {"proposed", "revoked", "objection_upheld"}:
        yield (put("rankings", phase="amended"),)
        yield (put("rankings", phase="archived"),)


def _besides() -> Iterator[tuple[Change, ...]]:
    """What may differ in what follows from an entry."""
    for kind in (
        "interview",
        "public_exposure",
        "circulated_notice",
        "key_supervision",
        "award_ban",
        "replace_manager",
    ):
        yield (
            put(
                "measures",
                kind=kind,
                taken_on="2026-02-27",
                until="2026-02-27",
                outcome="已改",
                outcome_on="2026-02-27",
            ),
        )
    for law in LAW:
        yield put("policies", **law), put("measures", kind="bid_restrict", basis_docs=DOC_ONE)
        yield put("policies", **law), put("credit_repairs", severity="serious", basis_docs=DOC_ONE)
    for kind, name, body in (
        ("reminder_talk", "示例社区党委", "community_party"),
        ("exit_procedure", "示例小区业主大会", "owners_assembly"),
    ):
        yield (put("measures", kind=kind, actor=None, actor_name=name),)
        here = {"id": "org-two", "name": name, "kind": body, "region": "340104"}
        yield add("organizations", **here), put("measures", kind=kind, actor="org-two")
    withdrawn = {"decision": "withdrawn", "decided_by": None, "decision_reason": None}
    yield (put("objections", **withdrawn),)
    undecided = {"decision": None, "decided_on": None, "decided_by": None, "decision_reason": None}
    waiting = {"accepted": None, "accepted_on": None, "marked_on": None, "due_on": None}
    yield (put("objections", **undecided), empty("reviews"))
    yield (put("objections", **undecided, **waiting), empty("reviews"))
    yield (put("objections", **undecided, **{**waiting, "accepted": "否"}), empty("reviews"))
    yield (put("objections", entry=None, result="res-one", decision="partly", effect="总分改为 73.50"),)
    yield (put("objections", filed_by="owners_group", share_pct="20"),)
    same = dict.fromkeys(("filed_on", "accepted_on", "marked_on", "due_on", "decided_on"), "2026-03-04")
    yield (put("objections", **same), put("reviews", asked_on="2026-03-04", decided_on="2026-03-04"))
    yield (put("objections", due_on="2026-03-10"),)  # decided late: a fact, and no mistake
    yield (put("objections", text="把我们叫作失信企业不对。"),)
    yield (put("reviews", decision=None, decided_on=None, decided_by=None, reason=None),)
    yield (put("reviews", decision="withdrawn", decided_by=None, reason=None),)
    yield (put("credit_repairs", decision="refused", decided_on="2026-11-02", decided_by="办公会", reason="未整改。"),)
    for kind in ("person_staff", "person_owner"):
        yield (put("commendations", kind=kind, firm=None, recipient="李某", consent_ref="内 12 号"),)
    yield (put("commendations", kind="community", firm=None, community="cm-one"),)
    yield (put("commendations", kind="party_org", firm=None, organization="org-one"),)
    yield (put("commendations", kind="party_org", firm=None, recipient="示例小区党支部"),)


#: What has to stand in a draft: all else may come later, and what it names may not be there yet.
_DRAFTS: Mapping[str, Mapping[str, Any]] = {
    "schemes": {
        "name": "示例失信办法",
        "issuer": "org-one",
        "edition": "草案",
        "region": "340104",
        "subject_type": "firm",
        "places": "9",
        "rounding": "down",
        "tie_rule": "skip",
        "at_cut": "all_enter",
        "cadence": "annual",
        "tie_break": ["nothing"],
        "levels": [
            {"id": "a", "label": "甲", "polarity": "positive", "min": "90"},
            {"id": "b", "label": "乙", "polarity": "negative", "max": "60"},
        ],
    },
    "rankings": {
        "name": "示例榜",
        "scheme": "sch-two",
        "region": "340104",
        "phase": "final",
        "detail": "scores",
        "period": {"kind": "year", "label": "2025年度", "start": "2025-12-31", "end": "2025-01-01"},
    },
    "assessment_results": {"edition": "rk-one", "firm": "firm-two", "scores": {"nothing": "1"}, "level": "nothing"},
    "list_entries": {"edition": "rk-one", "list": "yellow", "firm": "firm-two", "state": "listed", "reason": "失信。"},
    "measures": {"entry": "le-one", "kind": "bid_restrict", "taken_on": "2020-01-01"},
    "objections": {
        "filed_by": "owners_group",
        "filed_on": "2026-03-04",
        "grounds": "fact",
        "text": "不对。",
        "decision": "upheld",
    },
    "reviews": {"objection": "ob-one", "asked_on": "2020-01-01", "decision": "upheld"},
    "credit_repairs": {"entry": "le-two", "severity": "serious", "applied_on": "2026-11-02", "decision": "granted"},
    "commendations": {
        "name": "最美",
        "kind": "person_staff",
        "region": "340104",
        "year": "2025",
        "awarded_by": "org-one",
    },
}


def _drafts() -> Iterator[tuple[Change, ...]]:
    for folder, values in _DRAFTS.items():
        for status in ("draft", "草稿"):
            yield (add(folder, **{**values, "id": "dr-one", "status": status}),)
    yield tuple(add(folder, **{**values, "id": "dr-one", "status": "draft"}) for folder, values in _DRAFTS.items())


def _valid() -> Iterator[tuple[object, Site]]:
    for mark, answer, state, about, detail in itertools.product(MARKS, ANSWERS, STATES, SUBJECTS, DETAILS):
        case = Case(mark=mark, answer=answer, state=state, subject=about, detail=detail)
        yield case, right(case)
    for case in ENTRY_CASES:
        yield from (((case, number), changed(right(case), *changes)) for number, changes in enumerate(_variants(case)))
    for number, changes in enumerate((*_besides(), *_drafts())):
        yield number, changed(right(Case()), *changes)


def test_what_is_right_is_not_refused() -> None:
    count, refused = 0, []
    for what, site in _valid():
        count += 1
        if problems := found(site):
            refused.append((what, lines(problems)))
    assert refused == []
    assert count >= 300


_YELLOW, _RED = SITE["schemes"][0]["lists"]
_GOOD, _POOR = SITE["schemes"][0]["levels"]
_DAILY, _SERVICE = SITE["schemes"][0]["dimensions"]
_ELSEWHERE = {
    "code": "340111",
    "code_system": "gbt2260",
    "name": "包河区",
    "level": "county",
    "parent": "340100",
    "as_of": "2026",
}


@pytest.mark.parametrize(
    ("code", "folder", "there", "changes"),
    [
        pytest.param(
            "E490",
            "assessment_results",
            '"scores"',
            [put("assessment_results", scores={"daily": "44.20"})],
            id="a dimension is missing",
        ),
        pytest.param(
            "E491",
            "assessment_results",
            '"service": "40.01"',
            [put("assessment_results", scores={"daily": "44.20", "service": "40.01"})],
            id="a score over its full marks",
        ),
        pytest.param(
            "E470",
            "schemes",
            '"dimensions"',
            [put("schemes", dimensions=[{**_DAILY, "weight_pct": "60"}, {**_SERVICE, "weight_pct": "30"}])],
            id="weights do not add up",
        ),
        pytest.param(
            "E470",
            "schemes",
            '"full_marks": "110"',
            [put("schemes", full_marks="110")],
            id="full marks do not add up",
        ),
        pytest.param(
            "E471", "schemes", "{", [put("schemes", levels=[_GOOD, {**_POOR, "max": "65"}])], id="levels overlap"
        ),
        pytest.param(
            "E471",
            "schemes",
            "{",
            [put("schemes", levels=[_GOOD, {**_POOR, "max_inclusive": "是"}])],
            id="levels share their bound",
        ),
        pytest.param(
            "E471", "schemes", "{", [put("schemes", levels=[_GOOD, {**_POOR, "max": "55"}])], id="a gap between levels"
        ),
        pytest.param(
            "E471",
            "schemes",
            "{",
            [put("schemes", levels=[{**_GOOD, "min_inclusive": "否"}, _POOR])],
            id="a bound in no level",
        ),
        pytest.param(
            "E456",
            "list_entries",
            '"list": "red"',
            [
                put("assessment_results", vetoes=["accident"], veto_reason="9 月发生责任事故。"),
                put("list_entries", list="red"),
                empty("measures"),
            ],
            id="vetoed and honoured",
        ),
        pytest.param(
            "E455",
            "list_entries",
            '"list": "red"',
            [add("list_entries", id="le-two", edition="rk-one", list="red", firm="firm-one", state="listed")],
            id="a good list and a bad one",
        ),
        pytest.param(
            "E480",
            "rankings",
            '"period": {',
            [
                add(
                    "rankings",
                    **{**SITE["rankings"][0], "id": "rk-two", "participants": "0", "empty_lists": ["red", "yellow"]},
                )
            ],
            id="an edition twice",
        ),
        pytest.param(
            "E487",
            "assessment_results",
            '"id": "res-one"',
            [
                *_about(Case(subject="community")),
                add("regions", **_ELSEWHERE),
                lambda site: {**site, "communities": [{**site["communities"][0], "region": "340111"}]},
            ],
            id="a community outside the region",
        ),
        pytest.param(
            "E488",
            "assessment_results",
            '"firm": "firm-two"',
            [put("assessment_results", firm="firm-two"), put("list_entries", firm="firm-two")],
            id="a firm that served nobody",
        ),
        pytest.param(
            "E488",
            "assessment_results",
            '"firm": "firm-one"',
            [put("engagements", term_start="2026-01-01")],
            id="a firm that came later",
        ),
        pytest.param(
            "E488",
            "assessment_results",
            '"firm": "firm-one"',
            [put("engagements", term_start="2020-01-01", ended_on="2025-01-01", end_reason="rescinded")],
            id="a firm that had left",
        ),
        pytest.param(
            "E497",
            "list_entries",
            '"list": "yellow"',
            [put("list_entries", prior_notice_on=None, reply_due=None, reply=None, reply_on=None)],
            id="a bad mark without due process",
        ),
    ],
)
def test_bad_input_is_refused_in_its_place(code: str, folder: str, there: str, changes: list[Change]) -> None:
    site = changed(right(Case()), *changes)
    (problem,) = found(site)
    assert problem.code == code
    assert problem.source.path == f"data/{folder}/x.yml"
    text = json.dumps(site[folder], ensure_ascii=False, indent=1).splitlines()[problem.source.line - 1]
    assert there in text
    said, hint = messages.explain(problem, "zh")
    assert said
    assert hint


_STATUSES = ("draft", "review", "superseded", "withdrawn", "expired")
_RANKED = tuple(_DRAFTS)


def _odd() -> Iterator[Change]:
    """Sites of which each value may be read, and whose parts do not go together."""
    for folder in _RANKED:
        model = schema.BY_FOLDER[folder]
        for status in _STATUSES:
            yield put(folder, status=status)
        for name in model.model_fields:
            shape = schema.shape(model, name)
            yield put(folder, **{name: None})
            if shape.is_list:
                yield put(folder, **{name: []})
            if shape.choice and not shape.is_list:
                yield from (put(folder, **{name: one.value}) for one in shape.choice)
    scheme = SITE["schemes"][0]
    for name, part in (("dimensions", Dimension), ("levels", Level), ("lists", ListRule), ("vetoes", Veto)):
        first, *others = scheme[name]
        yield put("schemes", **{name: [first, first, *others]})
        yield put("schemes", **{name: others})
        for key in part.model_fields:
            yield put("schemes", **{name: [{k: v for k, v in first.items() if k != key}, *others]})
            choice = schema.shape(part, key).choice
            yield from (put("schemes", **{name: [{**first, key: one.value}, *others]}) for one in choice or ())
    for test in ConditionTest:
        for more in (
            {},
            {"n": "999999999", "points": "0"},
            {"share_pct": "999", "rounding": "up", "of": ["nothing", "yellow"]},
        ):
            condition = {"test": test.value, "dimension": "nothing", **more}
            whole = {name: value for name, value in condition.items() if name != "dimension"}
            yield put("schemes", levels=[{**_GOOD, "when": [condition]}, _POOR])
            yield put("schemes", gaps=None, lists=[{**_YELLOW, "rules": [{"all_of": [whole]}, {}]}, _RED])
    for places in ("0", "4", "5", "400", "999999999"):
        yield put("schemes", places=places)
    yield put("schemes", supersedes="sch-one")
    yield put("schemes", score_cap="0", bonus_cap="0", full_marks="0")
    yield put("schemes", dimensions=[], levels=[], lists=[], vetoes=[])
    yield put("schemes", dimensions=[{**_DAILY, "max": "0", "weight_pct": "100"}])
    yield put("schemes", strata=[{"id": "old", "label": "老旧小区组"}])
    for values in (
        {"scores": {"nothing": "1"}},
        {"scores": {"daily": "0", "service": "999999.9999"}},
        {"total": "-999999.9999"},
        {"total": None, "scores": None},
        {
            "level": "nothing",
            "stratum": "nothing",
            "nominated": ["nothing"],
            "vetoes": ["nothing", "accident", "accident"],
        },
        {
            "deductions": [
                {"dimension": name, "text": "缺记录", "points": "999999"} for name in ("nothing", "daily", "daily")
            ]
        },
        {"unscored_reason": "未参评"},
        {"rank": "999999999", "tied": "是"},
    ):
        yield put("assessment_results", **values)
    yield put("rankings", empty_lists=["nothing", "yellow", "yellow", "red"], participants="999999999")
    yield put("rankings", period={"kind": "year", "label": "一期", "start": "2100-12-31", "end": "1949-10-01"})


def test_rules_report_and_never_raise() -> None:
    """Whatever could be read is judged: by itself, under an edition not on the site, and after an earlier edition."""
    earlier = {
        **SITE["rankings"][0],
        "id": "rk-old",
        "period": {"kind": "month", "label": "一月", "start": "1990-01-01", "end": "1990-01-31"},
    }
    around: tuple[Change, ...] = (
        put("rankings", status="withdrawn"),
        lambda site: put("rankings", phase="not_held", detail="lists")(add("rankings", **earlier)(site)),
    )
    count = 0
    for change, other in zip(_odd(), itertools.cycle(around), strict=False):
        count += 1
        for problem in (*found(changed(SITE, change)), *found(changed(SITE, change, other))):
            assert problem.source.line > 0
            assert messages.line(problem, "zh")
            assert messages.line(problem, "en")
    assert count >= 500
