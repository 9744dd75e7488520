"""In time or not: periods, last days, what was posted and what was not (domain §2.4, §3.8)."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from chinese_calendar import is_workday
from selectolax.lexbor import LexborHTMLParser

from generator import build, facts
from generator.facts import CommunityFacts, Facts
from generator.facts.timeliness import Timeliness, deadline, spans
from generator.records.disclosure_policy import Cadence, DayKind, DisclosureItem
from tests.support import AS_OF, PROJECT, SMALL, write_files

GOLDEN = PROJECT / "tests/golden/site"
#: A rule from which deadlines follow.
QUARTERLY = (
    "id: dp-q\nitem: public_revenue\nregime: periodic\ncadence: quarterly\nduty_holder: firm\ndue_days: 15\n"
    "due_kind: calendar\nbasis_status: verified\nvalid_from: 2026-01-01\nas_of: 2026\n"
    "basis: [{kind: document, document: doc-one}]\n"
)
STREETS = {
    "data/disclosure_policies/q.yml": QUARTERLY,
    "data/regions/streets.csv": (
        "code,code_system,name,level,parent,as_of\n"
        "340104-dong,local,示例东街道,subdistrict,340104,2026\n"
        "340104-li,local,示例里社区,community,340104-dong,2026\n"
    ),
}


def _derived(root: Path = GOLDEN, as_of: date = AS_OF) -> Facts:
    dataset, problems = build.check(root)
    assert dataset is not None, problems
    return facts.derive(dataset, as_of)


def _community(root: Path, key: str, as_of: date = AS_OF) -> CommunityFacts:
    return _derived(root, as_of).communities[key]


@pytest.mark.parametrize("cadence", [one for one in Cadence if one.months])
def test_periods_follow_each_other_and_cover_every_day(cadence: Cadence) -> None:
    found = list(spans(cadence, date(2024, 1, 1), date(2026, 12, 31)))
    assert found[0].start == date(2024, 1, 1)
    assert found[-1].end == date(2026, 12, 31)
    assert len(found) == 36 // cadence.months
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)
    assert len({span.label for span in found}) == len(found)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2026, 1, 1), date(2026, 9, 29), ["2026年第一季度", "2026年第二季度"]),
        (date(2026, 1, 2), date(2026, 9, 30), ["2026年第二季度", "2026年第三季度"]),
        (date(2026, 11, 15), date(2027, 6, 30), ["2027年第一季度", "2027年第二季度"]),
        (date(2026, 2, 1), date(2026, 3, 31), []),
    ],
)
def test_a_rule_counts_from_the_first_period_that_begins_under_it(first: date, last: date, labels: list[str]) -> None:
    assert [span.label for span in spans(Cadence.QUARTERLY, first, last)] == labels


def test_rules_without_periods_have_none() -> None:
    for cadence in (one for one in Cadence if not one.months):
        assert list(spans(cadence, date(2020, 1, 1), date(2026, 1, 1))) == []


@pytest.mark.parametrize(
    ("end", "days", "kind", "due"),
    [
        (date(2026, 6, 30), 15, DayKind.CALENDAR, date(2026, 7, 15)),
        (date(2025, 12, 31), 1, DayKind.CALENDAR, date(2026, 1, 4)),  # 1–3 January off, the 4th a working Sunday
        (date(2026, 9, 30), 3, DayKind.CALENDAR, date(2026, 10, 8)),  # the National Day holidays
        (date(2026, 9, 30), 10, DayKind.WORKDAY, date(2026, 10, 20)),  # the 10th is a working Saturday
        (date(2026, 6, 30), 10, DayKind.WORKDAY, date(2026, 7, 14)),
    ],
)
def test_the_last_day(end: date, days: int, kind: DayKind, due: date) -> None:
    """The days off of 2026 as announced by the State Council; on a day off the last day moves on (民法典 203)."""
    assert deadline(end, days, kind) == (due, True)


def test_the_last_day_is_always_a_working_day_and_never_sooner() -> None:
    for offset in range(0, 400, 7):
        end = date(2025, 6, 30) + timedelta(days=offset)
        for days in (1, 5, 15, 30):
            due, is_final = deadline(end, days, DayKind.CALENDAR)
            assert is_final
            assert due >= end + timedelta(days=days)
            assert is_workday(due)
            between = sum(is_workday(end + timedelta(days=n)) for n in range(1, (due - end).days + 1))
            assert deadline(end, between, DayKind.WORKDAY) == (due, True)


def test_where_holidays_are_not_announced_the_last_day_is_expected_and_nobody_is_late() -> None:
    """The last days of 2098 and 2099 as weekends alone make them; the first is a Wednesday, a Friday after it."""
    assert deadline(date(2098, 12, 31), 15, DayKind.CALENDAR) == (date(2099, 1, 15), False)
    assert deadline(date(2098, 12, 31), 1, DayKind.CALENDAR) == (date(2099, 1, 2), False), "New Year's Day is off"
    assert deadline(date(2098, 12, 31), 3, DayKind.WORKDAY) == (date(2099, 1, 6), False)
    duties = _community(GOLDEN, "cm-340104-huayuan2", date(2099, 6, 1)).notices.duties
    assert {duty.timeliness for duty in duties if duty.span.start.year == 2098} == {Timeliness.UNSETTLED}
    assert not any(duty.late for duty in duties if duty.span.start.year == 2098)
    overdue = _community(GOLDEN, "cm-340104-huayuan2", date(2099, 6, 1)).notices.overdue
    assert not any(duty.span.start.year == 2098 for duty in overdue)


def test_each_period_ends_in_time_late_or_without_a_record() -> None:
    found = _community(GOLDEN, "cm-340104-huayuan2").notices.duties
    revenue = [duty for duty in found if duty.policy.item is DisclosureItem.PUBLIC_REVENUE]
    assert [(duty.span.label, duty.timeliness, duty.late, duty.hung_short) for duty in revenue] == [
        ("2026年第三季度", Timeliness.MISSING, 40, None),
        ("2026年第二季度", Timeliness.LATE, 6, None),
        ("2026年第一季度", Timeliness.ON_TIME, 0, 11),
    ]


def test_before_its_last_day_nothing_is_late() -> None:
    for day, timeliness in ((15, Timeliness.NOT_DUE), (16, Timeliness.MISSING)):
        duties = _community(GOLDEN, "cm-340104-huayuan2", date(2026, 10, day)).notices.duties
        assert duties[0].span.label == "2026年第三季度"
        assert duties[0].timeliness is timeliness


def test_nobody_owes_what_was_due_before_they_came_or_where_no_firm_serves() -> None:
    assert _community(GOLDEN, "cm-340104-xincun").notices.duties == ()
    assert _community(GOLDEN, "cm-340104-xincun").notices.uncomputed == ()


def test_a_rule_that_nobody_checked_computes_nothing(tmp_path: Path) -> None:
    for status, computed in (("verified", 3), ("unverified", 0)):
        files = {**SMALL, "data/disclosure_policies/q.yml": QUARTERLY.replace("verified", status)}
        root = write_files(tmp_path / status, files)
        community = _community(root, "cm-one")
        assert len(community.notices.duties) == computed
        assert len(community.notices.uncomputed) == (computed == 0)
        (rule,) = community.notices.rules[DisclosureItem.PUBLIC_REVENUE]
        assert (rule.next is None) == (computed == 0)
        page = build.render(root, AS_OF)[0]["communities/cm-one/notices.md"].decode()
        assert ("依据待核" in page) == (computed == 0)


def test_the_six_items_are_there_or_say_why_not() -> None:
    items = {one.item: one for one in _community(GOLDEN, "cm-340104-xincun").standing}
    assert len(items) == 6
    assert not items[DisclosureItem.SERVICE_TERM].is_given or items[DisclosureItem.SERVICE_TERM].absence
    assert items[DisclosureItem.COMPLAINT_PROCEDURE].absence
    page = build.render(GOLDEN, AS_OF)[0]["communities/cm-340104-xincun/notices.md"].decode()
    assert "流程正在修订" in page


def test_what_was_posted_stays_beside_what_holds_now() -> None:
    page = build.render(GOLDEN, AS_OF)[0]["communities/cm-340104-huayuan2/notices.md"].decode()
    assert "1.30 元/㎡·月" in page
    now = _community(GOLDEN, "cm-340104-huayuan2").notices.now["fee-huayuan2-high-old"]
    assert now.id == "fee-huayuan2-high"


def test_the_table_to_take_away_has_a_row_a_period() -> None:
    files = build.render(GOLDEN, AS_OF)[0]
    head, _, *body = csv.reader(io.StringIO(files["downloads/timeliness.csv"].decode("utf-8-sig")))
    rows = [dict(zip(head, row, strict=True)) for row in body]
    late = [row for row in rows if row["timeliness"] == "逾期公示"]
    assert [(row["name"], row["item"], row["period"], row["due"], row["late"]) for row in late] == [
        ("示例花园（二期）", "共有部分经营与收益", "2026年第二季度", "2026-07-15", "6")
    ]
    assert len(rows) == sum(len(c.notices.duties) for c in _derived().communities.values())
    assert "timeliness.csv" in files["downloads/SHA256SUMS"].decode()


def _rows(page: str, section: str) -> list[str]:
    """The first cells of the rows of one section."""
    node = LexborHTMLParser(page).css_first(f"section:has(#{section})")
    return [cell.text() for cell in node.css("tbody th")] if node else []


def test_what_is_to_come_is_known_for_a_year_and_goes_once_it_is_posted(tmp_path: Path) -> None:
    posted = (
        "id: dn-q\ncommunity: cm-one\nitem: public_revenue\nkind: posting\nplaces: [东门]\nposted_from: 2026-10-09\n"
        "period: {kind: quarter, label: 2026年第三季度, start: 2026-07-01, end: 2026-09-30}\nas_of: 2026-11-20\n"
    )
    files = {**SMALL, **STREETS}
    for name, more, first in (("open", {}, "2026年第三季度"), ("posted", {"q.yml": posted}, "2026年第四季度")):
        notices = {f"data/disclosure_notices/{path}": text for path, text in more.items()}
        root = write_files(tmp_path / name, {**files, **notices})
        found = _community(root, "cm-one", date(2026, 10, 10)).notices.upcoming
        assert found[0].span.label == first
        assert [duty.span.label for duty in found][-3:] == ["2026年第四季度", "2027年第一季度", "2027年第二季度"]
        assert all(date(2026, 10, 10) <= duty.due <= date(2027, 10, 10) for duty in found)


def test_a_firm_that_leaves_owes_nothing_for_the_time_after(tmp_path: Path) -> None:
    leaving = SMALL["data/engagements/engagements.csv"].replace("as_of\n", "ended_on,as_of\n", 1)
    leaving = leaving.replace("lump_sum,", "lump_sum,2026-10-31,")
    root = write_files(tmp_path, {**SMALL, **STREETS, "data/engagements/engagements.csv": leaving})
    assert [duty.span.label for duty in _community(root, "cm-one", date(2026, 10, 10)).notices.upcoming] == [
        "2026年第三季度"
    ]


def test_a_street_has_a_calendar_of_its_own_and_a_neighbourhood_stands_with_it(tmp_path: Path) -> None:
    communities = SMALL["data/communities/communities.csv"].replace("示例一小区,340104,", "示例一小区,340104-li,")
    root = write_files(tmp_path, {**SMALL, **STREETS, "data/communities/communities.csv": communities})
    pages = build.render(root, AS_OF)[0]
    street = pages["disclosure/340104-dong.md"].decode()
    assert _rows(street, "overdue") == ["示例一小区"] * 3
    assert [row[:10] for row in _rows(street, "upcoming")] == [
        "2027年1月15日",
        "2027年4月15日",
        "2027年7月15日",
        "2027年10月15",
    ]
    assert "示例二小区" not in street
    district = pages["disclosure/340104.md"].decode()
    assert _rows(district, "streets") == ["示例东街道", "没有写街道的小区"]
    assert _rows(district, "unplaced") == ["示例二小区"]
    assert "340104-li" not in "".join(path for path in pages if path.startswith("disclosure/"))
    assert "../../disclosure/340104-dong/" in pages["disclosure/calendar.md"].decode()
    assert "../../disclosure/340104-dong/" in pages["regions/340104-dong.md"].decode()
    assert "disclosure/340104" not in pages["regions/340104-li.md"].decode()


def test_where_no_street_is_known_the_district_says_so_once(tmp_path: Path) -> None:
    pages = build.render(write_files(tmp_path, {**SMALL, **STREETS}), AS_OF)[0]
    district = pages["disclosure/340104.md"].decode()
    assert _rows(district, "streets") == []
    assert "示例一小区" in _rows(district, "unplaced")
    assert "没有写街道的小区" in district
