"""What a resident is told to do: ladders, what the fee buys, every charge, documents, duties, figures as printed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import build, facts
from generator.facts import Facts
from generator.facts.procedures import Ladder
from generator.records.complaint_procedure import ProcedureKind
from tests.support import AS_OF, PROJECT, SMALL, write_files


def _facts(root: Path, files: Mapping[str, str], as_of: date = AS_OF) -> Facts:
    dataset, problems = build.check(write_files(root, {**SMALL, **files}))
    assert dataset is not None, problems
    return facts.derive(dataset, as_of)


def _pages(root: Path, files: Mapping[str, str], as_of: date = AS_OF) -> dict[str, str]:
    rendered, _ = build.render(write_files(root, {**SMALL, **files}), as_of)
    return {path: content.decode() for path, content in rendered.items() if path.endswith(".md")}


def _actors(ladder: Ladder) -> list[str]:
    return [rung.actor.value for rung in ladder.rungs]


OWN = "id: cp-own\nkind: complaint\n{scope}\nescalation: [subdistrict]\nas_of: 2026\nsteps:\n  - {{actor: firm, action: 登记, limit_basis: none}}\n  - {{actor: firm, action: 经理回复, limit_basis: none}}\n"


def test_a_ladder_begins_with_the_firms_own_steps_and_goes_on_with_the_regions(tmp_path: Path) -> None:
    found = _facts(tmp_path, {"data/complaint_procedures/own.yml": OWN.format(scope="firm: firm-one")})
    ladder = found.communities["cm-one"].ladders[0]
    assert _actors(ladder) == ["firm", "firm", "subdistrict", "hotline_12345"]
    assert [rung.step.action for rung in ladder.rungs if rung.step] == ["登记", "经理回复", "调解"]
    assert [body.id for body in ladder.rungs[2].bodies] == ["org-one"]
    served_by_nobody = found.communities["cm-two"].ladders[0]
    assert [p.id for p in served_by_nobody.procedures] == ["cp-one"]


def test_a_communitys_procedure_comes_before_its_firms(tmp_path: Path) -> None:
    files = {
        "data/complaint_procedures/own.yml": OWN.format(scope="firm: firm-one"),
        "data/complaint_procedures/here.yml": OWN.replace("cp-own", "cp-here").format(scope="community: cm-one"),
    }
    ladder = _facts(tmp_path, files).communities["cm-one"].ladders[0]
    assert [p.id for p in ladder.procedures] == ["cp-here", "cp-one"]


def test_rungs_stand_in_the_order_of_the_escalation(tmp_path: Path) -> None:
    own = OWN.format(scope="firm: firm-one").replace(
        "[subdistrict]", "[firm, owners_committee, residents_committee, subdistrict]"
    )
    region = SMALL["data/complaint_procedures/procedures.yml"].replace("actor: subdistrict", "actor: housing_authority")
    files = {"data/complaint_procedures/own.yml": own, "data/complaint_procedures/procedures.yml": region}
    ladder = _facts(tmp_path, files).communities["cm-one"].ladders[0]
    assert _actors(ladder) == [
        "firm",
        "firm",
        "owners_committee",
        "residents_committee",
        "subdistrict",
        "housing_authority",
        "hotline_12345",
    ]


@pytest.mark.parametrize(
    ("own", "region", "expected"),
    [
        ("[subdistrict]", "[subdistrict, hotline_12345]", ["firm", "firm", "subdistrict", "hotline_12345"]),
        ("[court, firm, court]", "[]", ["firm", "firm", "court", "subdistrict"]),
        (
            "[residents_committee]",
            "[firm, subdistrict, hotline_12345]",
            ["firm", "firm", "residents_committee", "subdistrict", "hotline_12345"],
        ),
    ],
)
def test_no_escalation_is_lost_and_none_comes_before_the_firm(
    own: str, region: str, expected: list[str], tmp_path: Path
) -> None:
    public = SMALL["data/complaint_procedures/procedures.yml"].replace("[subdistrict, hotline_12345]", region)
    files = {
        "data/complaint_procedures/own.yml": OWN.format(scope="firm: firm-one").replace("[subdistrict]", own),
        "data/complaint_procedures/procedures.yml": public,
    }
    assert _actors(_facts(tmp_path, files).communities["cm-one"].ladders[0]) == expected


def test_a_ladder_without_rungs_gives_way_to_the_usual_one(tmp_path: Path) -> None:
    region = "id: cp-one\nkind: complaint\nregion: '340104'\nescalation: [firm]\nas_of: 2026\nsteps: [{actor: firm, action: 登记, limit_basis: none}]\n"
    files = {
        "data/complaint_procedures/procedures.yml": region,
        "data/engagements/x.yml": "id: en-x\ncommunity: cm-two\nprovider: 街道代管\ncontract_kind: backstop\n",
    }
    community = _facts(tmp_path, files).communities["cm-two"]
    assert (community.ladders, _actors(community.usual)) == ((), ["subdistrict", "hotline_12345"])


@pytest.mark.parametrize(
    ("engagement", "names_firm"),
    [
        ("", True),  # silence of the source is no "none"
        ("id: en-x\ncommunity: cm-two\nprovider: 街道代管\ncontract_kind: backstop\n", False),
        ("id: en-x\ncommunity: cm-two\nfirm: firm-two\nended_on: 2020-01-01\n", False),
        ("id: en-x\ncommunity: cm-two\nfirm: firm-two\nterm_start: 2020-01-01\n", True),
    ],
)
def test_nobody_is_sent_to_a_firm_that_is_not_there(engagement: str, names_firm: bool, tmp_path: Path) -> None:
    community = _facts(tmp_path, {"data/engagements/x.yml": engagement} if engagement else {}).communities["cm-two"]
    for ladder in (*community.ladders, community.usual):
        assert ("firm" in _actors(ladder)) == names_firm


def test_a_procedure_of_any_kind_stands_on_its_communitys_and_its_firms_page(tmp_path: Path) -> None:
    here = OWN.format(scope="community: cm-one").replace("complaint", "fee_dispute").replace("经理回复", "退还多收的钱")
    firms = OWN.format(scope="firm: firm-one").replace("cp-own", "cp-firm").replace("complaint", "repair")
    files = {"data/complaint_procedures/a.yml": here, "data/complaint_procedures/b.yml": firms}
    pages = _pages(tmp_path, files)
    assert '<h3 id="kind-fee-dispute">收费争议</h3>' in pages["communities/cm-one.md"]
    assert "退还多收的钱" in pages["communities/cm-one.md"]
    assert '<h3 id="kind-repair">报修</h3>' in pages["firms/firm-one.md"]
    assert "经理回复" in pages["firms/firm-one.md"]


def test_no_other_body_takes_the_place_of_a_withdrawn_one(tmp_path: Path) -> None:
    courts = "".join(
        f"- {{id: org-{name}, name: {text}, kind: court, region: '340104', status: {status}, duties: 审判, as_of: 2026, "
        f"phones: [{{number: 0551-2000010{n}}}]}}\n"
        for n, (name, text, status) in enumerate([("far", "远处法院", "已撤回"), ("near", "别的法院", "已发布")])
    )
    step = "steps:\n  - {actor: court, organization: org-far, action: 到立案庭, limit_basis: none}\n"
    procedure = "id: cp-x\nkind: repair\nregion: '340104'\nescalation: [court]\nas_of: 2026\n" + step
    files = {"data/organizations/x.yml": courts, "data/complaint_procedures/x.yml": procedure}
    text = _pages(tmp_path, files)["complaints/340104.md"]
    section = text[text.index('id="kind-repair"') : text.index('id="kind-complaint"')]
    assert "别的法院" not in section
    assert "这个机构的信息已停止公示" in section


def test_what_is_not_in_force_is_not_shown(tmp_path: Path) -> None:
    old = OWN.format(scope="community: cm-one") + "valid_to: 2020-12-31\n"
    duty = SMALL["data/disclosure_policies/policies.yml"] + "valid_from: 2030-01-01\n"
    pages = _pages(tmp_path, {"data/complaint_procedures/x.yml": old, "data/disclosure_policies/policies.yml": duty})
    assert "经理回复" not in pages["communities/cm-one.md"]
    assert "还没有公示要求" in pages["disclosure/index.md"]


def test_an_old_price_is_not_what_a_service_costs(tmp_path: Path) -> None:
    fee = EXTRA + "effective_to: 2024-12-31\n"
    text = _pages(tmp_path, {"data/service_items/x.yml": SERVICES, "data/fee_standards/x.yml": fee})[
        "communities/cm-one.md"
    ]
    row = LexborHTMLParser(text).css_first("tr#service-item-si-a")
    assert row is not None
    assert "另外收费，现行价格未提供" in row.text()
    assert "50" not in row.text()


def test_a_new_version_of_a_promise_is_no_end_of_it(tmp_path: Path) -> None:
    both = (
        "- {id: si-old, community: cm-one, name: 夜间巡逻, category: security, standard: 一人, is_public_promise: 是, status: 已更新, correction: [{date: 2026-01-01, what: 改为两人, why: 加强}], included_in_fee: 是, as_of: 2026}\n"
        "- {id: si-new, community: cm-one, name: 夜间巡逻, category: security, standard: 两人, is_public_promise: 是, included_in_fee: 是, as_of: 2026}\n"
    )
    assert "停止的公开承诺" not in _pages(tmp_path, {"data/service_items/x.yml": both})["communities/cm-one.md"]


def test_without_any_procedure_the_usual_order_states_no_limit(tmp_path: Path) -> None:
    (write_files(tmp_path, SMALL) / "data/complaint_procedures/procedures.yml").unlink()
    text = build.render(tmp_path, AS_OF)[0]["communities/cm-one.md"].decode()
    assert "来源没有这个小区的投诉报修流程" in text
    page = LexborHTMLParser(text)
    assert [who.text() for who in page.css("ol.ladder > li .who")] == [
        "物业服务企业",
        "街道办事处（乡镇政府）",
        "政务服务便民热线 12345",
    ]
    assert [limit.text().strip() for limit in page.css("ol.ladder > li .limit")] == ["时限未提供"] * 3


def test_nobody_is_sent_to_another_communitys_committee(tmp_path: Path) -> None:
    committee = "id: org-oc\nname: 别处业主委员会\nkind: owners_committee\nregion: '340104'\nphones: [{number: 0551-62000009}]\nas_of: 2026\n"
    record = "id: cp-x\nkind: complaint\ncommunity: cm-one\nescalation: [subdistrict]\nas_of: 2026\nsteps: [{actor: owners_committee, action: 登记, limit_basis: none%s}]\n"
    files = {"data/organizations/x.yml": committee}
    anybodys = _pages(tmp_path, {**files, "data/complaint_procedures/x.yml": record % ""})
    assert "别处业主委员会" not in anybodys["communities/cm-one.md"]
    named = _pages(tmp_path, {**files, "data/complaint_procedures/x.yml": record % ", organization: org-oc"})
    assert "别处业主委员会" in named["communities/cm-one.md"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("limit: {n: 30, unit: minute, since: received}, limit_basis: contract", "30 分钟 从接报起；依据：合同"),
        (
            "limit: {n: 7, unit: workday, since: received}, limit_basis: rule, limit_source: 《某办法》第十四条",
            "7 个工作日 从接报起；依据：《某办法》第十四条",
        ),
        ("limit_basis: none", "时限未规定"),
    ],
)
def test_every_limit_is_printed_with_its_basis(step: str, words: str, tmp_path: Path) -> None:
    record = f"id: cp-x\nkind: repair\ncommunity: cm-one\nescalation: [subdistrict]\nas_of: 2026\nsteps: [{{actor: firm, action: 登记, {step}}}]\n"
    page = LexborHTMLParser(_pages(tmp_path, {"data/complaint_procedures/x.yml": record})["communities/cm-one.md"])
    limits = [" ".join(node.text(separator=" ").split()) for node in page.css(".ladder .limit")]
    assert words in limits


def test_every_kind_of_matter_has_a_question_on_its_regions_page(tmp_path: Path) -> None:
    records = "".join(
        f"- {{id: cp-{kind.value.replace('_', '-')}, kind: {kind.value}, region: '340100', escalation: [court], as_of: 2026, "
        "steps: [{actor: subdistrict, action: 登记, limit_basis: none}]}\n"
        for kind in ProcedureKind
    )
    text = _pages(tmp_path, {"data/complaint_procedures/x.yml": records})["complaints/340104.md"]
    for kind in ProcedureKind:
        assert f'<h2 id="kind-{kind.value.replace("_", "-")}">{kind.label}</h2><p><span class="q">' in text


SERVICES = (
    "- {id: si-a, community: cm-one, name: 上门疏通, category: special, standard: 当日到, included_in_fee: 否, fee_standard: fee-x, as_of: 2026}\n"
    "- {id: si-b, community: cm-one, name: 夜间巡逻, category: security, standard: 两人一组, frequency: {per: on_demand}, is_public_promise: 是, valid_to: 2026-10-31, correction: [{date: 2026-10-01, what: 停止夜间巡逻, why: 业主大会决定}], included_in_fee: 是, as_of: 2026}\n"
    "- {id: si-c, community: cm-one, name: 草稿, category: security, standard: 草稿, included_in_fee: 是, status: 草稿, as_of: 2026}\n"
)
EXTRA = "id: fee-x\ncommunity: cm-one\nitem: special\npricing_form: agreed\nbasis: per_use\namount: 50\nunit: 元/次\neffective_from: 2024-01-01\nas_of: 2026\n"


def test_what_the_fee_buys_and_what_costs_extra(tmp_path: Path) -> None:
    files = {"data/service_items/x.yml": SERVICES, "data/fee_standards/x.yml": EXTRA}
    text = _pages(tmp_path, files)["communities/cm-one.md"]
    page = LexborHTMLParser(text)
    [extra], [included] = page.css("tr#service-item-si-a"), page.css("tr#service-item-si-one")
    assert "另收 50 元/次" in " ".join(extra.text().split())
    assert "每日 2 次" in included.text()
    assert page.css_first("tr#service-item-si-b") is None
    assert page.css_first("tr#service-item-si-c") is None
    assert "停止的公开承诺" in text
    assert "停止夜间巡逻（业主大会决定）" in text
    assert "草稿" not in text


def test_a_promise_stands_until_its_last_day(tmp_path: Path) -> None:
    files = {"data/service_items/x.yml": SERVICES, "data/fee_standards/x.yml": EXTRA}
    offer = _facts(tmp_path, files, date(2026, 10, 31)).communities["cm-one"].offer
    assert ([len(group) for group in offer.groups.values()], offer.ended) == ([1, 1, 1], ())


def test_charges_are_listed_by_item_and_parking_stands_first(tmp_path: Path) -> None:
    rows = "".join(
        f"- {{id: fee-{n}, community: cm-one, item: {item}, basis: {basis}, amount: 5, unit: {unit}, as_of: 2026{more}}}\n"
        for n, (item, basis, unit, more) in enumerate(
            [
                ("reno_deposit", "deposit", "元", ", refund_rule: 验收后 15 日内退还"),
                ("parking_temp", "per_hour", "元/小时", ""),
                ("elevator", "household_month", "元/户·月", ""),
                ("parking_service", "space_month", "元/位·月", ""),
            ]
        )
    )
    region = _facts(tmp_path, {"data/fee_standards/x.yml": rows}).regions["340104"]
    assert [item.value for item in region.charges] == ["parking_service", "parking_temp", "elevator", "reno_deposit"]
    text = build.render(tmp_path, AS_OF)[0]["fees/340104.md"].decode()
    assert "验收后 15 日内退还" in text


def test_the_guide_price_on_record_stands_beside_what_is_charged(tmp_path: Path) -> None:
    text = _pages(tmp_path, {})["communities/cm-one.md"]
    assert "政府指导价：基准 1.25，上浮 20%，下浮 不限" in text


def test_a_document_without_a_number_says_so_and_names_what_rests_on_it(tmp_path: Path) -> None:
    pages = _pages(tmp_path, {})
    page = LexborHTMLParser(pages["policies/doc-one.md"])
    pairs = {dt.text(): dt.next.text().strip() for dt in page.css("dl.list dt") if dt.next}
    assert pairs["文号"] == "无"
    assert "依据待核" in pages["policies/doc-one.md"]
    links = {a.attributes.get("href") for a in page.css("a")}
    assert {"../../disclosure/#disclosure-policy-dp-one", "../../systems/340100/#mechanism-h01"} <= links
    assert "《演示办法》</a>第六条" in pages["disclosure/index.md"]


def test_a_withdrawn_document_leaves_what_rests_on_it_whole(tmp_path: Path) -> None:
    text = SMALL["data/policies/policies.yml"] + "status: 已撤回\n"
    pages = _pages(tmp_path, {"data/policies/policies.yml": text})
    assert "policies/doc-one.md" not in pages
    assert "文件已停止公示第六条<" in pages["disclosure/index.md"].replace("</div>", "<")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("validity: 已废止", "（已废止）"),
        ("valid_until: 2020-01-01", "（已过有效期）"),
        ("validity: 征求意见稿", "（征求意见稿）"),
    ],
)
def test_what_rests_on_a_document_that_does_not_hold_says_so(line: str, words: str, tmp_path: Path) -> None:
    text = (
        SMALL["data/policies/policies.yml"]
        .replace("issued_on: 2024-01-01", "issued_on: 2019-01-01")
        .replace("validity: 有效", line)
    )
    pages = _pages(tmp_path, {"data/policies/policies.yml": text})
    assert f"第六条{words}" in pages["disclosure/index.md"]


def test_a_figure_is_printed_as_its_source_prints_it(tmp_path: Path) -> None:
    figures = LexborHTMLParser(_pages(tmp_path, {})["systems/340100.md"]).css(".figures li")
    assert [figure.css_first("b").text() for figure in figures] == ["2000余个"]  # type: ignore[union-attr]
    assert "来源：演示，截止日期未注明" in figures[0].text()


def test_a_figure_without_wording_is_its_number_and_unit(tmp_path: Path) -> None:
    row = "id: st-x\nregion: '340100'\nmetric: teams\nname: 志愿服务队\nvalue: 20\nunit: 支\ncontent_source: 演示\nas_of: unknown\n"
    page = LexborHTMLParser(_pages(tmp_path, {"data/governance_stats/x.yml": row})["systems/340100.md"])
    assert "20支" in [node.text() for node in page.css(".figures b")]


def test_no_rate_is_made_of_two_figures(tmp_path: Path) -> None:
    rows = (
        "- {id: st-a, region: '340100', metric: meetings, name: 研究事项, value: 1014, unit: 次, display: 1014次, period: 2020年, definition: x, content_source: 演示, as_of: unknown}\n"
        "- {id: st-b, region: '340100', metric: solved, name: 解决问题, value: 537, unit: 个, display: 537个, period: 2020年, definition: y, content_source: 演示, as_of: unknown}\n"
    )
    pages = _pages(tmp_path, {"data/governance_stats/x.yml": rows})
    everything = re.sub(r"<rect [^>]*>", "", "\n".join(pages.values()))
    for made_up in ("52.9", "53.0", "53%", "1551"):
        assert made_up not in everything


def test_organizations_and_documents_are_found_by_any_of_their_names(tmp_path: Path) -> None:
    rendered, _ = build.render(write_files(tmp_path, SMALL), AS_OF)
    rows = json.loads(rendered["search/records.json"])["records"]
    assert [(row[0], row[1]) for row in rows if row[0] in {"organization", "policy_document"}] == [
        ("organization", "organizations/org-one/"),
        ("policy_document", "policies/doc-one/"),
    ]


#: Every figure of the source on the three cities, in its own characters, and the year where it names one.
SOURCE_FIGURES = {
    "340100": (
        [
            "621家",
            "284家",
            "53家",
            "819个",
            "2000余个",
            "均超50%",
            "2个",
            "12名",
            "30个",
            "20个",
            "92名",
            "34名",
            "18台",
            "2.21万人",
        ],
        ("截止日期未注明",),
    ),
    "341600": (["48支", "600余人次", "9240余件"], ("截止日期未注明",)),
    "340400": (["600多个", "267个", "100余个", "103名", "6家", "1014次", "537个"], ("截止日期未注明", "2020年")),
}


@pytest.mark.parametrize("city", SOURCE_FIGURES)
def test_every_figure_of_the_source_stands_on_its_citys_page(city: str) -> None:
    wanted, words = SOURCE_FIGURES[city]
    rendered, _ = build.render(PROJECT, AS_OF)
    figures = LexborHTMLParser(rendered[f"systems/{city}.md"]).css(".figures > li")
    shown = [figure.css_first("b").text() for figure in figures]  # type: ignore[union-attr]
    assert [figure for figure in wanted if figure not in shown] == []
    assert all("来源：" in figure.text() for figure in figures)
    for word in words:
        assert any(word in figure.text() for figure in figures)


def test_every_mechanism_of_the_source_stands_on_its_citys_page() -> None:
    rendered, _ = build.render(PROJECT, AS_OF)
    ids = {
        city: [node.attributes["id"] for node in LexborHTMLParser(rendered[f"systems/{city}.md"]).css(".mech")]
        for city in SOURCE_FIGURES
    }
    assert ids == {
        "340100": [f"mechanism-h{n:02}" for n in range(1, 22)],
        "341600": [f"mechanism-b{n:02}" for n in range(1, 16)],
        "340400": [f"mechanism-n{n:02}" for n in range(1, 17)],
    }


def test_downloads_hold_nothing_of_a_community_that_is_not_on_the_site(tmp_path: Path) -> None:
    communities = SMALL["data/communities/communities.csv"].replace("id,name", "status,id,name")
    head, one, two = communities.splitlines()
    files = {"data/communities/communities.csv": f"{head}\n已撤回,{one}\n,{two}\n"}
    rendered, _ = build.render(write_files(tmp_path, {**SMALL, **files}), AS_OF)
    for folder in ("communities", "engagements", "fee_standards", "service_items"):
        for form in ("csv", "json"):
            assert b"cm-one" not in rendered[f"downloads/{folder}.{form}"], (folder, form)
