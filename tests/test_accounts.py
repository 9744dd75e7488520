"""Periodic accounts: every sum to the 分, every chain, and nothing of a single household (domain §3.9)."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator import addresses, build, facts, templating
from generator.dataset import Dataset, RawRecord
from generator.emit.charts import flow
from generator.facts.accounts import Accounts
from generator.problems import CheckFailed, Problem, Source
from generator.records import MaintenanceFund, PublicRevenue, Site
from generator.rules import REPORTS, accounts
from generator.schema import Loc, dotted
from tests.support import AS_OF, PROJECT, SMALL, write_files

D = Decimal


# ── ten thousand accounts, half of them with one number spoilt ──────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Places:
    key: str

    def at(self, loc: Loc) -> Source:
        return Source(self.key, 1, header=dotted(loc))

    key_at = at


def _dataset(records: list[PublicRevenue]) -> Dataset:
    return Dataset(
        site=Site.model_validate({"name": "示例"}),
        records={PublicRevenue: {record.id: record for record in records}},
        raws={(PublicRevenue, r.id): RawRecord("public_revenues", {}, _Places(r.id)) for r in records},
    )


def _yuan(fen: int) -> str:
    """How data is written: ``负0.05`` for five 分 that are owed."""
    return f"{'负' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


@dataclass
class _Account:
    """One report in whole 分."""

    start: date
    end: date
    opening: int
    income: list[int]
    costs: list[int]
    share: int
    uses: list[int]
    net: int = field(init=False)
    closing: int = field(init=False)

    def __post_init__(self) -> None:
        self.net = sum(self.income) - sum(self.costs) - self.share
        self.closing = self.opening + self.net - sum(self.uses)

    def record(self, key: str, community: str) -> PublicRevenue:
        span = {"kind": "ad_hoc", "label": key, "start": f"{self.start}", "end": f"{self.end}"}
        return PublicRevenue.model_validate(
            {
                "id": key,
                "community": community,
                "period": span,
                "opening_balance": _yuan(self.opening),
                "income": [{"source": "parking", "gross": _yuan(fen)} for fen in self.income],
                "costs": [{"kind": "成本", "amount": _yuan(fen)} for fen in self.costs],
                "manager_share": {"amount": _yuan(self.share), "basis": "合同"},
                "net": _yuan(self.net),
                "uses": [{"kind": "repair", "amount": _yuan(fen), "decision": "决定"} for fen in self.uses],
                "closing_balance": _yuan(self.closing),
            }
        )


def _chain(draw: random.Random) -> list[_Account]:
    start, opening, chain = date(2024, 1, 1), draw.randrange(-500_000, 9_000_000), []
    for _ in range(draw.randint(1, 3)):
        end = start + timedelta(days=draw.randint(27, 120))
        several = [[draw.randrange(9_999_999) for _ in range(draw.randrange(5))] for _ in range(3)]
        one = _Account(start, end, opening, several[0], several[1], draw.randrange(500_000), several[2])
        chain.append(one)
        start, opening = end + timedelta(days=1), one.closing
    return chain


def _spoil(draw: random.Random, chain: list[_Account]) -> tuple[int, str, str, int]:
    """One number of one account made larger: (which account, code, field, what it is too much by) as it should be told."""
    at = draw.randrange(len(chain))
    one, by = chain[at], draw.randrange(1, 900_000)
    lists = {"income": one.income, "costs": one.costs, "uses": one.uses}
    kinds = ["share", "net", "opening", "closing", *(name for name, values in lists.items() if values)]
    match draw.choice(kinds):
        case ("income" | "costs" | "uses") as name:
            lists[name][draw.randrange(len(lists[name]))] += by
            told = {
                "income": ("E702", "net", -by),
                "costs": ("E702", "net", by),
                "uses": ("E703", "closing_balance", by),
            }
            return at, *told[name]
        case "share":
            one.share += by
            return at, "E702", "net", by
        case "net":
            one.net += by
            return at, "E702", "net", by
        case "opening" if at:
            one.opening += by
            return at, "E704", "opening_balance", by
        case "opening":
            one.opening += by
            return at, "E703", "closing_balance", -by
        case _:
            one.closing += by
            return at, "E703", "closing_balance", by


def _told(problem: Problem) -> tuple[str, str, str, str]:
    return problem.source.path, problem.code, problem.source.header, problem.values["difference"]


def test_ten_thousand_accounts_against_whole_numbers() -> None:
    draw = random.Random(20261124)
    records: list[PublicRevenue] = []
    expected: list[tuple[str, str, str, str]] = []
    number = 0
    while len(records) < 10_000:
        chain, number = _chain(draw), number + 1
        if draw.random() < 0.5:
            at, code, name, by = _spoil(draw, chain)
            difference = f"{'多' if by > 0 else '少'} {abs(by) // 100:,}.{abs(by) % 100:02}"
            expected.append((f"pr-{number}-{at}", code, name, difference))
        records += (one.record(f"pr-{number}-{position}", f"cm-{number}") for position, one in enumerate(chain))
    found = [_told(problem) for problem in accounts.revenues_add_up(_dataset(records))]
    assert sorted(found) == sorted(expected)
    assert len(expected) > 2_000


# ── the data that we ship ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    dataset, _ = build.check(PROJECT)
    assert dataset is not None
    return dataset


def _fen(amount: Decimal) -> int:
    assert amount * 100 == int(amount * 100)
    return int(amount * 100)


def test_the_sample_adds_up_and_hangs_together(shipped: Dataset) -> None:
    by_community: dict[str, list[PublicRevenue]] = {}
    for report in shipped.of(PublicRevenue).values():
        by_community.setdefault(report.community, []).append(report)
    assert len(by_community) >= 6
    for reports in by_community.values():
        reports.sort(key=lambda report: report.period.start)
        assert len(reports) >= 3
        balance = _fen(reports[0].opening_balance)
        for report in reports:
            assert _fen(report.opening_balance) == balance
            share = _fen(report.manager_share.amount) if report.manager_share else 0
            net = sum(_fen(part.gross) for part in report.income) - sum(_fen(c.amount) for c in report.costs) - share
            assert _fen(report.net) == net
            balance += net - sum(_fen(use.amount) for use in report.uses)
            assert _fen(report.closing_balance) == balance
            assert all(use.decision for use in report.uses)
    for fund in shipped.of(MaintenanceFund).values():
        used = sum(_fen(project.amount) for project in fund.projects)
        assert _fen(fund.closing_balance) == _fen(fund.opening_balance + fund.deposited + fund.interest) - used


def test_the_sample_shows_every_kind(shipped: Dataset) -> None:
    assert all(shipped.of(model) for model in REPORTS)
    derived = facts.derive(shipped, AS_OF)
    cities = {c.regions[0].code for c in derived.communities.values() if c.accounts.latest}
    assert len(cities) == 3
    assert any(one.report.too_few for c in derived.communities.values() for one in c.accounts.collections)


# ── what the facts say ──────────────────────────────────────────────────────────────────────────────────────────────


def _revenue(key: str, start: str, end: str, opening: str, gross: str, **more: Any) -> dict[str, Any]:
    period = {"kind": "quarter", "label": key, "start": start, "end": end}
    parts = {"income": [{"source": "parking", "gross": gross}], "net": gross, "prepared_by": "财务岗"}
    closing = f"{D(opening) + D(gross)}"
    whole = {"id": key, "community": "cm-one", "period": period, "opening_balance": opening, "closing_balance": closing}
    return whole | parts | {"account_kind": "separate", "as_of": "2026-11-20"} | more


def _files(*revenues: dict[str, Any], **others: str) -> dict[str, str | bytes | None]:
    """The small site with these reports of public revenue and no others of its own, and ``others`` in their folders."""
    given: dict[str, str | bytes | None] = dict(SMALL)
    given["data/public_revenues/revenues.yml"] = json.dumps(revenues) if revenues else None
    if not revenues:
        del given["data/public_revenues/revenues.yml"]
    return given | {f"data/{folder}/x.yml": text for folder, text in others.items()}


def _accounts(root: Path, *revenues: dict[str, Any], **others: str) -> Accounts:
    dataset, problems = build.check(write_files(root, _files(*revenues, **others)))
    assert dataset is not None, problems
    return facts.derive(dataset, AS_OF).communities["cm-one"].accounts


Q1 = ("2026-01-01", "2026-03-31")
Q2 = ("2026-04-01", "2026-06-30")
Q3 = ("2026-07-01", "2026-09-30")


def test_a_period_is_held_against_the_one_before_if_it_is_as_long(tmp_path: Path) -> None:
    found = _accounts(
        tmp_path,
        _revenue("pr-a", *Q1, "100.00", "1000.00"),
        _revenue("pr-b", *Q2, "1100.00", "1250.50"),
        _revenue("pr-c", "2026-07-01", "2026-07-31", "2350.50", "400.00", note="一个月"),
    )
    month, second, first = found.revenues
    assert (month.change, first.change) == (None, None)
    assert second.change is not None
    assert (second.change.before, second.change.by, second.change.pct) == ("pr-a", D("250.50"), D("25.1"))
    assert found.by_source == {"parking": D("2650.50")}
    assert second.each.per_household == D("12.51")
    assert str(second.each.as_of) == "2026-11-20"
    assert second.each.per_m2 is None, "the record does not give an area"


def test_a_missing_period_is_named_and_bridges_nothing(tmp_path: Path) -> None:
    found = _accounts(tmp_path, _revenue("pr-a", *Q1, "0", "10.00"), _revenue("pr-c", *Q3, "77.00", "20.00"))
    assert found.gaps["公共收益"] == ((date(2026, 4, 1), date(2026, 6, 30)),)
    assert found.revenues[0].change is None


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        ("999.99", "1000.00", "99.9"),
        ("1000.00", "1000.00", "100.0"),
        ("333.33", "1000.00", "33.3"),
        ("828.93", "1000.00", "82.9"),
        ("0", "0", None),
    ],
)
def test_rates_are_rounded_and_all_means_all(part: str, whole: str, rate: str | None, tmp_path: Path) -> None:
    paid = "100" if D(part) else "0"
    row = (
        "id: cl-x\ncommunity: cm-two\nperiod: {kind: quarter, label: 一季度, start: 2026-01-01, end: 2026-03-31}\n"
        f"receivable: {whole}\nreceived_current: {part}\nhouseholds_total: 200\nhouseholds_paid: {paid}\nas_of: 2026\n"
    )
    dataset, _ = build.check(write_files(tmp_path, _files(collections=row)))
    assert dataset is not None
    (one,) = facts.derive(dataset, AS_OF).communities["cm-two"].accounts.collections
    assert one.by_amount == (D(rate) if rate else None)
    assert one.by_households == (D("50.0") if D(part) else D("0.0"))


def test_bars_hang_on_one_another(shipped: Dataset) -> None:
    for community in facts.derive(shipped, AS_OF).communities.values():
        for revenue in community.accounts.revenues:
            steps = flow(revenue)
            ends = [(float(step.x[:-1]), float(step.x[:-1]) + float(step.width[:-1])) for step in steps]
            assert all(-0.01 <= left <= right <= 100.01 for left, right in ends)
            assert [step.name for step in steps if step.is_total] == ["期初结余", "净收益", "期末结余"]
            moves = sum(step.amount if step.sign == "+" else -step.amount for step in steps if step.sign)
            assert steps[0].amount + moves == steps[-1].amount


# ── what pages say ──────────────────────────────────────────────────────────────────────────────────────────────────


def _text(page: bytes) -> str:
    return re.sub(r"<[^>]+>", "", page.decode())


def _section(page: bytes, anchor: str) -> str:
    _, _, rest = page.decode().partition(f'id="{anchor}"')
    return re.sub(r"\s+", " ", _text(rest.partition("</section>")[0].encode()))


def _render(root: Path, files: dict[str, str | bytes | None], as_of: date = AS_OF) -> dict[str, bytes]:
    return build.render(write_files(root, files), as_of)[0]


def test_where_the_parking_money_went_is_the_first_thing_said(tmp_path: Path) -> None:
    page = _render(tmp_path, dict(SMALL))["communities/cm-one.md"]
    said = _section(page, "money").partition("停车费、广告费去哪了 ")[2]
    assert said.startswith(
        "2026年第三季度：收入 7,500.00 元，扣成本和管理费后净收益 5,500.00 元，用掉 2,000.00 元，结余 4,500.00 元。"
        " 收入里，停车费是 6,000.00 元。钱用在：换道闸，2,000.00 元（业委会第 4 号决定）。"
    )
    assert 'href="../../communities/cm-one/money/"' in page.decode()
    assert "维修资金2025年度末还有 42,750.00 元，这一期用了 8,000.00 元" in said
    assert "公共照明每户 7.20 元" in said
    assert "金额收到 90%，户数交了 88%" in said


def test_what_is_owed_is_said_in_words(tmp_path: Path) -> None:
    report = _revenue("pr-a", *Q3, "10.00", "100.00") | {
        "costs": [{"kind": "人工", "amount": "150.50"}],
        "net": "负50.50",
        "closing_balance": "负40.50",
    }
    files = _render(tmp_path, _files(report))
    said = _section(files["communities/cm-one.md"], "money")
    assert "净亏 50.50 元，没有支出，透支 40.50 元" in said
    assert "−40.50" in said
    assert "负40.50" in files["downloads/public_revenues.csv"].decode(), "as it is written, no cell begins with a minus"


def test_a_community_without_reports_keeps_its_empty_state(tmp_path: Path) -> None:
    files = _render(tmp_path, dict(SMALL))
    assert "本站还没有这个小区的公共收益报告" in _section(files["communities/cm-two.md"], "money")
    assert "communities/cm-two/money.md" not in files


def test_the_page_of_the_money_spells_out_the_reckoning(tmp_path: Path) -> None:
    page = _render(tmp_path, dict(SMALL))["communities/cm-one/money.md"]
    assert (
        "公共照明：用了 1,200 千瓦时，每千瓦时 0.60 元，1,200 × 0.60 = 720.00 元；按户平均，100 户分，"
        "720.00 ÷ 100 = 每户 7.20 元。" in _section(page, "utilities")
    )
    assert "两个口径说的不是一回事，不能互相比" in _section(page, "collection")
    assert "屋面维修：8,000.00 元，涉及 40 户" in _section(page, "fund")
    assert "2026年6月18日：合格" in _section(page, "water")
    assert "4 部电梯，维护保养支出 9,600.00 元，由示例电梯公司承担" in _section(page, "elevators")
    assert "接报修 20 件，修好 18 件" in _section(page, "fulfilment")


def test_the_index_its_filters_and_the_search_lead_to_the_money(tmp_path: Path) -> None:
    files = _render(tmp_path, dict(SMALL))
    for path in ("accounts/index.md", "accounts/by/340100.md", "accounts/by/340104.md"):
        assert "示例一小区2026年第三季度7,500.00" in re.sub(r"\s", "", _text(files[path]))
    rows = json.loads(files[addresses.SEARCH_INDEX])["records"]
    (row,) = [row for row in rows if row[0] == "accounts"]
    assert row[1] == "communities/cm-one/money/"
    assert {"示例一小区停车费", "示例一小区公共收益"} <= set(row[3])


def test_a_mechanism_leads_to_the_accounts_of_its_city(tmp_path: Path) -> None:
    files = dict(SMALL)
    files["data/mechanisms/mechanisms.yml"] = files["data/mechanisms/mechanisms.yml"].replace(
        "organizations]", "accounts]"
    )
    assert "accounts/by/340100/" in _render(tmp_path, dict(files))["systems/340100.md"].decode()


def test_amounts_have_two_places_and_a_true_minus() -> None:
    assert templating.cents(D("48200")) == "48,200.00"
    assert templating.cents(D("-40.5")) == "−40.50"
    assert templating.yuan(D("0.1")) == '<span class="nb">0.10 元</span>'


# ── nothing of a single household ───────────────────────────────────────────────────────────────────────────────────

FIGURES = "receivable: 4321.00\nreceived_current: 3210.00\nhouseholds_total: 8\nhouseholds_paid: 6\n"
SMALL_CELL = (
    "id: cl-two\ncommunity: cm-two\nperiod: {kind: quarter, label: 三季度, start: 2026-07-01, end: 2026-09-30}\n"
    "prepared_by: 财务岗\nas_of: 2026-11-20\n"
)


@pytest.mark.parametrize("told", ["", "too_few: 是\n"])
def test_figures_of_a_few_households_stop_the_build(told: str, tmp_path: Path) -> None:
    with pytest.raises(CheckFailed) as failed:
        _render(tmp_path, _files(collections=SMALL_CELL + FIGURES + told))
    assert {problem.code for problem in failed.value.problems if problem.is_error} == {"E716"}


def test_figures_of_a_small_community_stop_the_build_whatever_they_say(tmp_path: Path) -> None:
    files = _files(collections=SMALL_CELL + FIGURES.replace("total: 8", "total: 12"))
    communities = str(files["data/communities/communities.csv"])
    files["data/communities/communities.csv"] = communities.replace("old,200,4", "old,9,4")
    with pytest.raises(CheckFailed) as failed:
        _render(tmp_path, files)
    assert {problem.code for problem in failed.value.problems if problem.is_error} == {"E716"}


def test_a_small_cell_says_so_and_no_file_has_a_figure(tmp_path: Path) -> None:
    files = _render(tmp_path, _files(collections=f"{SMALL_CELL}too_few: 是\n"))
    assert "不足 10 户，不公布" in _section(files["communities/cm-two/money.md"], "collection")
    assert "不足 10 户，不公布" in _section(files["communities/cm-two.md"], "money")
    (row,) = [row for row in json.loads(files["downloads/collections.json"]) if row["id"] == "cl-two"]
    assert not row.keys() & {"receivable", "received_current", "received_prior", "households_total", "households_paid"}


def test_net_is_not_shared_out_among_a_few(tmp_path: Path) -> None:
    files = _files(_revenue("pr-a", *Q3, "0", "100.00"))
    del files["data/collections/collections.csv"]
    communities = str(files["data/communities/communities.csv"])
    files["data/communities/communities.csv"] = communities.replace("商品房,100", "商品房,9")
    assert "每户" not in _section(_render(tmp_path, files)["communities/cm-one/money.md"], "money")


OWNERS = ("房号", "业主姓名", "户主", "欠费金额", "欠缴户", "业主电话", "身份证号", "门牌号")


@pytest.mark.parametrize("folder", [model.folder for model in REPORTS])
@pytest.mark.parametrize("form", ["csv", "yml"])
def test_rows_of_owners_are_refused(folder: str, form: str, tmp_path: Path) -> None:
    if form == "csv":
        text = ",".join(("id", "community", *OWNERS)) + "\nxx-one,cm-one" + "," * len(OWNERS) + "\n"
    else:
        text = "id: xx-one\ncommunity: cm-one\n" + "".join(f"{word}: 某\n" for word in OWNERS)
    _, problems = build.check(write_files(tmp_path, dict(SMALL) | {f"data/{folder}/x.{form}": text}))
    refused = [p.values["value"] for p in problems if p.source.path.endswith(f"x.{form}") and p.code == "E724"]
    assert sorted(refused) == sorted(OWNERS)


# ── what leaves after a year ────────────────────────────────────────────────────────────────────────────────────────


def _having(files: dict[str, bytes], text: str) -> set[str]:
    """The published files that say it, workbooks opened."""
    return {path for path, raw in files.items() if text.encode() in b"".join(_contents(path, raw))}


def _contents(path: str, raw: bytes) -> Iterator[bytes]:
    if not path.endswith((".xlsx", ".zip")):
        yield raw
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        yield from map(archive.read, archive.namelist())


def test_satisfaction_leaves_after_a_year(tmp_path: Path) -> None:
    last = _render(tmp_path / "a", dict(SMALL), date(2027, 9, 10))
    assert _having(last, "电话随访") == {
        "communities/cm-one/money.md",
        *(f"downloads/fulfilments.{form}" for form in ("csv", "json", "xlsx")),
    }
    after = _render(tmp_path / "b", dict(SMALL), date(2027, 9, 11))
    assert _having(after, "电话随访") == set()
    (row,) = json.loads(after["downloads/fulfilments.json"])
    assert "satisfaction" not in row
    assert row["repairs_received"] == "20", "the rest of the report stays"


def test_a_survey_of_a_leap_day_leaves_too(tmp_path: Path) -> None:
    files = dict(SMALL)
    path = "data/fulfilments/fulfilments.yml"
    files[path] = files[path].replace("surveyed_on: 2026-09-10", "surveyed_on: 2024-02-29")
    assert _having(_render(tmp_path / "a", dict(files), date(2025, 2, 28)), "电话随访")
    assert not _having(_render(tmp_path / "b", dict(files), date(2025, 3, 1)), "电话随访")
