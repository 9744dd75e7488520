"""States of a service, fees that hold, figures that compare (domain §3.5 E1, §3.7)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import build, facts, statistics, templating
from generator.facts import names, service
from generator.facts.service import ServiceState
from generator.records import Engagement
from generator.rules import band
from tests.support import AS_OF, SMALL, write_files

GOLDEN = Path(__file__).parent / "golden" / "site"


def _engagement(**values: Any) -> Engagement:
    return Engagement.model_validate({"id": "en-x", "community": "cm-x", "firm": "firm-x", **values})


@pytest.mark.parametrize(
    ("values", "day", "state"),
    [
        ({}, "2026-01-01", "term_not_stated"),
        ({"term_start": "2026-01-01"}, "2025-12-31", "upcoming"),
        ({"term_start": "2026-01-01"}, "2026-01-01", "in_term"),
        ({"term_start": "2026-01-01", "term_end": "2026-06-30"}, "2026-06-30", "in_term"),
        ({"term_start": "2026-01-01", "term_end": "2026-06-30"}, "2026-07-01", "past_term_continuing"),
        ({"term_end": "2026-06-30"}, "2036-07-01", "past_term_continuing"),
        ({"term_end": "2026-06-30", "ended_on": "2026-08-01"}, "2026-07-31", "past_term_continuing"),
        ({"term_end": "2026-06-30", "ended_on": "2026-08-01"}, "2026-08-01", "ended"),
        ({"ended_on": "2026-08-01", "handover_until": "2026-09-01"}, "2026-09-01", "terminated_handover"),
        ({"ended_on": "2026-08-01", "handover_until": "2026-09-01"}, "2026-09-02", "ended"),
    ],
)
def test_state_of_one_engagement(values: dict[str, str], day: str, state: str) -> None:
    found = service.services([_engagement(**values)], {}, {}, date.fromisoformat(day))
    assert found[0].state is ServiceState.read(state)


def test_only_an_owners_contract_ends_a_preliminary_one() -> None:
    older = _engagement(contract_kind="preliminary", term_start="2015-01-01", term_end="2018-12-31")
    newer = _engagement(id="en-y", firm=None, contract_kind="backstop", term_start="2020-01-01")
    found = service.services([older, newer], {}, {}, AS_OF)
    assert (found[1].state, found[1].replaced_on) == (ServiceState.ENDED, None)


def test_several_fees_are_shown_as_a_span_not_as_the_lowest() -> None:
    page = build.render(GOLDEN, AS_OF)[0]["communities/cm-340104-huayuan2.md"].decode()
    facts_band = page[page.index('<dl class="facts"') : page.index("</dl>")]
    assert "0.80–1.45" in facts_band
    assert "高层住宅 <b>1.45</b>" in facts_band


@pytest.mark.parametrize("amount", ["10", "100", "20.00", "1000"])
def test_round_numbers_are_never_printed_as_powers(amount: str) -> None:
    assert "E" not in templating.computed(Decimal(amount))
    assert "E" not in templating.number(Decimal("1E+1"))
    assert templating.percent(Decimal("100")) == "100%"


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("示例花园（二期）：议事协商", '示例花园<span class="nb">（二期）</span>：议事协商'),
        ("（一期）（二期）", '<span class="nb">（一期）</span><span class="nb">（二期）</span>'),
        ("示例小区（比一行还要长的一段说明）", "示例小区（比一行还要长的一段说明）"),
        ("示例（<b>·&）", '示例<span class="nb">（&lt;b&gt;<span class="dot">·</span>&amp;）</span>'),
        ("示例（没有完", "示例（没有完"),
    ],
)
def test_a_bracket_in_a_heading_is_not_broken_and_stays_text(name: str, heading: str) -> None:
    assert templating.heading(name) == heading


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("term_start: 2030-01-01", "尚未开始服务"),
        ("term_start: 2019-01-01, ended_on: 2020-01-01", "来源没有写明由谁接替"),
    ],
)
def test_upcoming_and_ended_services_are_not_silence(line: str, words: str, tmp_path: Path) -> None:
    files = {"data/engagements/x.yml": f"- {{id: en-two, community: cm-two, firm: firm-two, {line}}}\n"}
    page = build.render(write_files(tmp_path, dict(SMALL) | files), AS_OF)[0]["communities/cm-two.md"].decode()
    assert words in page
    assert "来源没有写明由谁服务" not in page


def _page(tmp_path: Path, page: str, **files: str) -> str:
    """A page of the small site with more records in it: folder=YAML."""
    more = {f"data/{folder}/x.yml": text for folder, text in files.items()}
    return build.render(write_files(tmp_path, dict(SMALL) | more), AS_OF)[0][page].decode()


def test_a_service_to_come_is_not_counted_as_going_on(tmp_path: Path) -> None:
    coming = "id: en-two\ncommunity: cm-two\nfirm: firm-two\nterm_start: 2030-01-01\n"
    page = _page(tmp_path, "firms/firm-two.md", engagements=coming)
    assert '<span class="nb">0 个</span>在管小区' in page
    assert "即将服务的小区" in page


@pytest.mark.parametrize(
    ("kind", "days", "words", "never"),
    [
        ("de_facto", "", "来源没有提供起止日期。", "不等于没有合同"),
        ("self_managed", "term_start: 2019-01-01, term_end: 2020-01-01", "之后仍在继续", "任何一方可以提前六十日"),
        ("backstop", "term_start: 2019-01-01", "来源没有写明止期", "合同没有"),
        ("owners", "term_start: 2019-01-01, term_end: 2020-01-01", "不定期", "原定"),
        ("preliminary", "term_start: 2019-01-01, term_kind: until_owners_contract", "至业主合同生效", "至 至"),
        ("owners", "term_start: 2019-01-01, term_kind: fixed", "止期未提供", "至 定期"),
    ],
)
def test_what_is_no_contract_is_not_called_one(kind: str, days: str, words: str, never: str, tmp_path: Path) -> None:
    line = f"{{id: en-two, community: cm-two, firm: firm-two, contract_kind: {kind}{', ' + days if days else ''}}}\n"
    page = _page(tmp_path, "communities/cm-two.md", engagements=line)
    assert words in page
    assert never not in page


def test_fees_of_another_unit_say_so_in_the_fact_band(tmp_path: Path) -> None:
    fees = (
        "- {id: fee-x, community: cm-two, item: property_fee, dwelling_type: high, basis: area_month, unit: 元/㎡·月, amount: 1.2}\n"
        "- {id: fee-y, community: cm-two, item: property_fee, dwelling_type: multi, basis: household_month, unit: 元/户·月, amount: 30}\n"
    )
    page = _page(tmp_path, "communities/cm-two.md", fee_standards=fees)
    shown = page[page.index('<dl class="facts"') : page.index("</dl>")]
    assert re.search(r"<b>30</b> .{0,40}元/户", shown)
    assert "1.2–30" not in shown


def test_a_community_of_no_district_is_named_wherever_districts_are_listed(tmp_path: Path) -> None:
    lost = "id: cm-lost\nname: 示例流浪小区\nregion: '340100'\n"
    files = build.render(write_files(tmp_path, dict(SMALL) | {"data/communities/x.yml": lost}), AS_OF)[0]
    for page in ("fees/index.md", "quality/index.md", "communities/index.md"):
        assert "示例流浪小区" in files[page].decode()


def test_a_subsidised_fee_is_not_reckoned_as_amount_times_area(tmp_path: Path) -> None:
    fee = (
        "id: fee-x\ncommunity: cm-two\nitem: property_fee\nbasis: area_month\nunit: 元/㎡·月\namount: 1.10\n"
        "payer_split: [{payer: 镇政府, amount: '1.00'}, {payer: 业主, amount: '0.10'}]\n"
    )
    rendered = build.render(write_files(tmp_path, dict(SMALL) | {"data/fee_standards/x.yml": fee}), AS_OF)[0]
    page = rendered["communities/cm-two.md"].decode()
    assert "镇政府 1.00" in page
    assert "怎么算" not in page


def test_corrections_and_approximate_wording_are_printed(tmp_path: Path) -> None:
    engagement = (
        "id: en-two\ncommunity: cm-two\nfirm: firm-two\napprox: 是\ndisplay: 约五年\n"
        "correction: [{date: 2026-03-01, what: 起始日期, why: 抄错}]\n"
    )
    rendered = build.render(write_files(tmp_path, dict(SMALL) | {"data/engagements/x.yml": engagement}), AS_OF)[0]
    page = rendered["communities/cm-two.md"].decode()
    assert "起始日期（抄错）" in page
    assert "约五年" in page


FIXED = {"term_start": "2025-01-01", "term_end": "2026-06-30"}


@pytest.mark.parametrize(
    ("by", "notice", "term", "leaves"),
    [
        ("owners", "2026-03-01", FIXED, "2026-04-30"),
        ("firm", "2026-03-01", FIXED, "2026-06-30"),
        ("firm", "2026-06-01", FIXED, "2026-08-30"),
        ("firm", "2026-06-30", FIXED, "2026-09-28"),
        ("firm", "2026-07-01", FIXED, "2026-08-30"),
        ("firm", "2026-03-01", {"term_start": "2025-01-01", "term_kind": "indefinite"}, "2026-04-30"),
        ("firm", "2026-03-01", {"term_start": "2025-01-01"}, None),
        ("firm", "2026-03-01", {**FIXED, "contract_kind": "de_facto"}, None),
    ],
)
@pytest.mark.parametrize("day", [date(2026, 3, 2), AS_OF])
def test_the_earliest_day_to_leave(by: str, notice: str, term: dict[str, str], leaves: str | None, day: date) -> None:
    """民法典 第九百四十六至九百四十八条: a firm inside its term gives 90 days and stays to its end, else 60 days.

    The day on which the page is built plays no part.
    """
    found = service.services([_engagement(**term, exit_notice_on=notice, exit_notice_by=by)], {}, {}, day)
    assert found[0].leaves_from == (date.fromisoformat(leaves) if leaves else None)


def test_an_owners_contract_ends_a_preliminary_one_before_its_day() -> None:
    """民法典 第九百四十条."""
    older = _engagement(contract_kind="preliminary", term_start="2020-01-01", term_end="2030-12-31")
    newer = _engagement(id="en-y", contract_kind="owners", term_start="2024-03-01")
    before = service.services([older, newer], {}, {}, date(2024, 2, 29))
    after = service.services([older, newer], {}, {}, date(2024, 3, 1))
    assert [s.state.value for s in before] == ["upcoming", "in_term"]
    assert [s.state.value for s in after] == ["in_term", "ended"]
    assert after[1].replaced_on == date(2024, 3, 1)


def test_who_serves_during_a_hand_over() -> None:
    leaving = _engagement(term_start="2020-01-01", ended_on="2026-10-31", handover_until="2026-12-31")
    coming = _engagement(id="en-y", term_start="2026-11-01")
    alone = service.services([leaving], {}, {}, AS_OF)
    both = service.services([leaving, coming], {}, {}, AS_OF)
    assert service.current(alone) is alone[0]
    found = service.current(both)
    assert found is not None
    assert found.engagement.id == "en-y"
    assert service.current(()) is None


def test_an_expired_contract_never_reads_as_no_firm() -> None:
    page = build.render(GOLDEN, AS_OF)[0]["communities/cm-340104-huayuan2.md"].decode()
    assert "期满继续服务" in page
    assert "不定期" in page
    for word in ("已到期", "无物业", "已退出"):
        assert word not in page


def test_only_fees_that_hold_are_shown() -> None:
    dataset, _ = build.check(GOLDEN)
    assert dataset is not None
    for day, amounts in ((date(2023, 8, 1), ["1.30"]), (date(2024, 1, 1), ["0.80", "1.45"]), (date(2020, 1, 1), [])):
        found = facts.derive(dataset, day).communities["cm-340104-huayuan2"].property_fees
        assert [str(fee.standard.amount) for fee in found] == amounts


def test_comparisons_keep_to_one_type_and_unit(tmp_path: Path) -> None:
    rows = "".join(
        f"- {{id: fee-{n}, community: cm-two, item: property_fee, payer_class: 第{n}类, {kind} basis: {basis}, {amount}, unit: {unit}}}\n"
        for n, (kind, basis, amount, unit) in enumerate(
            (
                ("dwelling_type: multi,", "area_month", "amount: 0.8", "元/㎡·月"),
                ("dwelling_type: multi,", "household_month", "amount: 30", "元/户·月"),
                ("dwelling_type: multi,", "area_month", "amount_min: 0.5, amount_max: 0.9", "元/㎡·月"),
                ("", "area_month", "amount: 10", "元/㎡·月"),
            )
        )
    )
    dataset, _ = build.check(write_files(tmp_path, dict(SMALL) | {"data/fee_standards/x.yml": rows}))
    assert dataset is not None
    found = facts.derive(dataset, AS_OF).regions["340104"].comparisons
    assert [(c.slug, len(c.rows), len(c.left_out)) for c in found] == [
        ("type-multi", 1, 2),
        ("type-high", 1, 0),
        ("type-unstated", 1, 0),
    ]
    assert {row.reason for row in found[0].left_out} == {"单位不同，不换算", "来源只给了区间，不取其中一个数"}
    assert found[0].median == Decimal("0.8")


def test_bands_may_be_one_sided() -> None:
    infinite = Decimal("Infinity")
    assert band(Decimal("1.20"), Decimal(20), infinite) == (None, Decimal("1.4400"))
    assert band(Decimal("1.20"), infinite, Decimal(10)) == (Decimal("1.0800"), None)
    assert band(Decimal("1.20"), None, None) == (None, None)


@given(st.lists(st.decimals(min_value=0, max_value=1000, places=2), min_size=8, max_size=300))
def test_a_histogram_counts_every_value_once(values: list[Decimal]) -> None:
    values.sort()
    bins = statistics.histogram(values)
    assert sum(b.count for b in bins) == len(values)
    assert len(bins) <= 18
    assert all(a.high == b.low for a, b in pairwise(bins))
    assert bins[0].low <= values[0]
    assert statistics.median(values) in values or len(values) % 2 == 0


def test_medians() -> None:
    one, two, three, four = (Decimal(n) for n in (1, 2, 3, 4))
    assert statistics.median([one, two, four]) == two
    assert statistics.median([one, two, three, four]) == Decimal("2.5")
    assert statistics.quartiles([one, two, three, four]) == (Decimal("1.5"), Decimal("3.5"))


@pytest.mark.parametrize(
    ("name", "letter"),
    [("重庆新村", "C"), ("厦门苑", "X"), ("望湖城", "W"), ("８号公馆", "0"), ("MOMΛ", "M"), ("ａ区", "A"), ("·", "0")],
)
def test_initials(name: str, letter: str) -> None:
    assert names.initial(name) == letter
