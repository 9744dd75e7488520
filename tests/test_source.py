"""Everything the source says is on the site: the thirty rows of domain §1.4, and every mechanism in three clicks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from fnmatch import fnmatch

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator import addresses, build
from tests.message_cases import cases, codes
from tests.support import AS_OF, PROJECT

CITIES = ("340100", "341600", "340400")

#: (row of domain §1.4, what it is, which pages show it, what one of them says).
ROWS: tuple[tuple[int, str, str, tuple[str, ...]], ...] = (
    (
        *(1, "长期公开六项", "communities/*/notices/"),
        (
            "企业信息",
            "服务事项",
            "服务期限",
            "收费标准",
            "客服电话",
            "投诉报修流程",
            "没有张贴",
            "原因|续签|核对|修订|备案",
        ),
    ),
    (
        2,
        "定期公示三项：计费项目",
        "communities/*/notices/",
        ("服务计费项目和标准", "当时公示的", "现在的", "逾期|按时"),
    ),
    (2, "定期公示三项：费用缴纳", "communities/*/money/", ("应收", "实收", "收缴率")),
    (2, "定期公示三项：经营收入", "communities/*/money/", ("公共场地停车", "净收益", "结余")),
    (3, "公示栏", "communities/*/notices/", ("位置", "谁负责更新", "上次检查")),
    (
        *(4, "星级评定", "rankings/rk-hefei-xingji-2025/"),
        ("组织建设", "队伍建设", "日常管理", "服务质量", "社会形象", "由谁评", "结果管多久", "演示假设"),
    ),
    (5, "合肥红黑榜", "rankings/rk-hefei-honghei-*/", ("红榜", "黑榜", "列入理由", "答复", "公示到", "由谁决定")),
    (5, "亳州红黑榜", "rankings/rk-bozhou-honghei-*/", ("评小区", "红榜", "黑榜", "列入理由")),
    (6, "淮南红黄榜", "rankings/rk-fengtai-honghuang-*/", ("红榜", "黄榜", "凤台县", "怎么评、怎么上榜")),
    (6, "淮南红黄榜", "rankings/rk-tianjiaan-honghuang-*/", ("田家庵区",)),
    (7, "表彰", "commendations/", ("党建好、服务好物业服务企业", "党组织", "文号：无")),
    (8, "最美物业人、最美业主", "commendations/", ("最美物业人", "最美业主", "不署姓名")),
    (9, "四项清单", "communities/*/matters/", ("需求", "资源", "服务", "责任")),
    (10, "点单、派单、接单", "communities/*/matters/", ("点单", "派单", "接单")),
    (11, "三方项目推进组", "communities/*/matters/", ("事前", "事中", "事后", "居委会", "业主微信群|公示栏")),
    (12, "议事厅、恳谈会、协调会、听证会", "deliberation/", ("议事厅", "恳谈会", "协调会", "听证会", "意见")),
    (13, "年度攻坚项目", "deliberation/", ("攻坚项目",)),
    (14, "业委会候选人清单", "deliberation/", ("五不能", "六不宜", "12名|12 名", "2个|2 个")),
    (15, "业委会党员比例", "systems/340100/", ("均超50%",)),
    (16, "双向进入、交叉任职", "deliberation/", ("双向进入|交叉任职", "质量总监|兼职委员")),
    (17, "联席会议", "deliberation/", ("1014", "537", "联席会议")),
    (
        *(18, "托管、兜底、五保、公益性实体", "backstop/"),
        ("30个", "20个", "92名", "34名", "18台", "2.21万", "保洁", "保安", "保维修", "保活动", "保宣传", "低价有偿"),
    ),
    (19, "四失小区", "systems/341600/", ("市场失灵", "自治失效", "物业失管", "群众失望")),
    (20, "曝光", "exposures/", ("整改", "没有登记整改")),
    (21, "谈话提醒", "rankings/rk-*/", ("谈话提醒", "社区党组织|党委|党支部")),
    (22, "退出程序", "communities/*/", ("退出程序", "业主大会", "面积", "人数")),
    (23, "招投标、精品项目优先", "rankings/rk-*/", ("招投标优先考虑|规范化精品项目",)),
    (24, "信用挂钩", "systems/341600/", ("信用信息", "招投标", "评先评优")),
    (25, "志愿服务队", "places/", ("48支", "600余人次", "9240余件")),
    (26, "党组织覆盖", "systems/340100/", ("621家", "284家", "53家", "819个", "2000余个")),
    (26, "党组织覆盖", "systems/340400/", ("267个|267家", "100余个", "103名")),
    (27, "配套文件", "policies/", ("“红色物业”实施意见", "文号：无", "“四位一体”党建引领")),
    (
        28,
        "领导小组、行业党委、主管部门",
        "organizations/",
        ("工作领导小组", "物业行业党委", "房产管理局", "0558-2001025"),
    ),
    (29, "宣传专栏和媒体", "places/", ("专栏",)),
    (30, "三级组织、红管家、微阵地、服务岗、化解中心", "places/", ("红管家", "微阵地", "维修岗", "家政岗", "化解中心")),
)

#: Row -> the folders that hold it, and the codes that keep what must not be published from it.
KEPT: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]] = {
    1: (("notice_boards", "firms", "service_items", "engagements", "fee_standards", "complaint_procedures"), ("E777",)),
    2: (("disclosure_notices", "collections", "public_revenues"), ("E703", "E716", "E724", "E774")),
    3: (("notice_boards",), ("E776",)),
    4: (("schemes", "rankings", "assessment_results"), ("E471", "E490", "E491", "E492")),
    5: (("list_entries", "objections"), ("E497", "E498")),
    6: (("rankings", "list_entries"), ("E480", "E487")),
    7: (("commendations",), ("E301",)),
    8: (("commendations",), ("E503",)),
    9: (("four_lists",), ("E738", "N731")),
    10: (("order_flows",), ("E739",)),
    11: (("matters",), ("E730", "E731")),
    12: (("joint_meetings",), ("E734", "E735")),
    13: (("key_projects",), ("E740", "E741")),
    14: (("candidate_reviews", "governance_stats"), ("E742", "E743", "E744")),
    15: (("governance_stats",), ("E461",)),
    16: (("cross_appointments",), ("E730",)),
    17: (("joint_meetings", "governance_stats"), ("E462", "E463")),
    18: (("trusteeships",), ("E754", "E755", "E756")),
    19: (("mechanisms", "communities"), ("E750",)),
    20: (("exposures",), ("E726", "E757", "E758", "E759")),
    21: (("measures",), ("E449", "E468")),
    22: (("exit_procedures",), ("E760", "E761", "N751")),
    23: (("measures",), ("E439", "E469")),
    24: (("mechanisms",), ("E465",)),
    25: (("volunteer_teams",), ("E425",)),
    26: (("governance_stats",), ("E464", "E727")),
    27: (("policies",), ("E454",)),
    28: (("organizations",), ("E427",)),
    29: (("service_points",), ("E752",)),
    30: (("service_points",), ("E751",)),
}


@pytest.fixture(scope="module")
def site() -> Mapping[str, str]:
    """Address -> HTML of every generated page of the sample."""
    files, _ = build.render(PROJECT, AS_OF)
    pages = (path for path in files if path.endswith(".md"))
    return {_uri(path): files[path].decode() for path in pages}


def _uri(path: str) -> str:
    """``firms/index.md`` and ``firms/x.md`` as addresses."""
    return re.sub(r"(?:(?<=/)|^)index/$", "", path.removesuffix(".md") + "/")


@pytest.fixture(scope="module")
def texts(site: Mapping[str, str]) -> Mapping[str, str]:
    """What each page says, without spaces: where a line breaks is nobody's business here."""
    return {uri: re.sub(r"\s", "", LexborHTMLParser(text).text()) for uri, text in site.items()}


def test_no_row_of_the_source_is_forgotten() -> None:
    assert sorted({number for number, *_ in ROWS}) == list(KEPT) == list(range(1, 31))


def test_each_row_has_its_records_in_the_sample() -> None:
    empty = {
        folder for folders, _ in KEPT.values() for folder in folders if not any((PROJECT / "data" / folder).iterdir())
    }
    assert empty == set()


def test_each_row_has_a_guard_and_a_case_that_it_stops() -> None:
    stopped = {code for case in cases().values() for code in codes(case)}
    assert {code for _, guards in KEPT.values() for code in guards} - stopped == set()


@pytest.mark.parametrize(("number", "title", "pages", "said"), ROWS, ids=lambda value: str(value)[:24])
def test_each_row_has_a_page_that_says_it(
    number: int, title: str, pages: str, said: tuple[str, ...], texts: Mapping[str, str]
) -> None:
    here = {uri: text for uri, text in texts.items() if fnmatch(uri, pages)}
    assert here, f"{number} {title}: no page {pages}"
    wanted = [re.sub(r"\s", "", one).split("|") for one in said]
    lacks = {uri: [one for one in wanted if not any(word in text for word in one)] for uri, text in here.items()}
    best = min(lacks.values(), key=len)
    assert not best, f"{number} {title}: {pages} says nothing of {best}"


def test_every_mechanism_is_shown_somewhere_and_in_three_clicks(site: Mapping[str, str]) -> None:
    """From the home page: its own place on the city's page, and every place the map sends to."""
    clicks = _clicks(site)
    mechanisms = [
        one for path in (PROJECT / "data/mechanisms").glob("*.yml") for one in yaml.safe_load(path.read_text("utf-8"))
    ]
    assert len(mechanisms) == 52
    assert [one["id"] for one in mechanisms if not one.get("shown_at")] == []
    on_map = LexborHTMLParser(site[addresses.MAP])
    assert len(on_map.css("tbody tr")) == len(mechanisms)
    targets = {_target(addresses.MAP, node.attributes["href"] or "") for node in on_map.css("tbody td a")}
    assert targets
    for uri in (*targets, *map(addresses.system, CITIES)):
        assert clicks.get(uri, 99) <= 3, uri


#: Pages that only lead on: the map goes to the page or the part that shows the mechanism.
LEADING_ON = {
    *(addresses.COMMUNITIES, addresses.FEES, addresses.COMPLAINTS, addresses.ORGANIZATIONS, addresses.POLICIES),
    *(addresses.DISCLOSURE, addresses.RANKINGS, addresses.ACCOUNTS, addresses.BACKSTOP, addresses.PLACES),
    *(addresses.EXPOSURES, addresses.STORIES, addresses.DELIBERATION, addresses.SYSTEMS),
}
#: What shows a mechanism itself, by what stands in its own row of the map.
SEEN = {
    "h07": r"^organizations/org-hefei-zuzhibu/$",
    "h21": r"^backstop/#trusteeship-tr-yaohai-guozi$",
    "b04": r"^organizations/org-(?:bozhou|qiaocheng|nanmen|laojie)-[a-z-]+/$",
    "b05": r"^rankings/rk-bozhou-honghei-[a-z0-9-]+/#r-[a-z]+-\d+$",
    "n09": r"^communities/cm-3404[a-z0-9-]+/notices/#board$",
    "n12": r"^rankings/rk-[a-z]+-honghuang-2025/#r-[a-z]+-\d+$",
    "n13": r"^rankings/rk-[a-z]+-honghuang-2025/#r-[a-z]+-\d+$",
    "n14": r"^communities/cm-3404[a-z0-9-]+/#exit-procedure-[a-z0-9-]+$",
}


def test_the_map_leads_to_what_shows_a_mechanism_and_not_to_an_index(site: Mapping[str, str]) -> None:
    found: dict[str, list[str]] = {}
    for row in LexborHTMLParser(site[addresses.MAP]).css("tbody tr"):
        own, *links = [node.attributes["href"] or "" for node in row.css("a")]
        found[own.rpartition("#mechanism-")[2]] = [_deep(addresses.MAP, link) for link in links]
    assert len(found) == 52
    assert [key for key, links in found.items() if not links] == []
    assert {link for links in found.values() for link in links} & LEADING_ON == set()
    for key, pattern in SEEN.items():
        assert any(re.fullmatch(pattern, link) for link in found[key]), (key, found[key])
    for link in (link for links in found.values() for link in links):
        uri, _, anchor = link.partition("#")
        assert not anchor or f'id="{anchor}"' in site[uri], link


def _deep(page: str, link: str) -> str:
    """The address and the anchor that a relative link leads to."""
    anchor = link.partition("#")[2]
    return _target(page, link) + (f"#{anchor}" if anchor else "")


def _clicks(site: Mapping[str, str]) -> Mapping[str, int]:
    """How many links lie between the home page and each generated page; the navigation is on every page."""
    nav = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8").partition("nav:\n")[2].partition("\n\n")[0])
    tabs = {_uri(path) for entry in nav for path in entry.values()}
    found, here = {"": 0}, {""}
    for count in (1, 2, 3):
        links = {_target(uri, link) for uri in here for link in re.findall(r'href="([^"#?:]+)', site.get(uri, ""))}
        here = {uri for uri in links | tabs if uri not in found}
        found |= dict.fromkeys(here, count)
    return found


def _target(page: str, link: str) -> str:
    """The address a relative link leads to."""
    path = posixpath.normpath(posixpath.join("/", page, link.partition("#")[0])).strip("/")
    return f"{path}/" if path else ""
