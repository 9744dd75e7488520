"""What people settle together: where a matter stands, until when somebody may speak, and that nobody is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from selectolax.lexbor import LexborHTMLParser

from generator import addresses, build, facts, messages
from generator.facts import Facts
from generator.facts.deliberation import MatterState, NoticeState
from generator.kinds import Role
from generator.records import CandidateReview
from generator.records.joint_meeting import MeetingKind
from generator.records.list_line import ListKind
from generator.records.matter import Stage
from generator.records.mechanism import ShownAt
from tests.support import AS_OF, PROJECT, SMALL, write_files

GOLDEN = PROJECT / "tests/golden/site"
MATTERS = "data/matters/matters.yml"


def _derived(root: Path, as_of: date = AS_OF) -> Facts:
    dataset, problems = build.check(root)
    assert dataset is not None, [messages.line(problem, "zh") for problem in problems]
    return facts.derive(dataset, as_of)


def _small(tmp_path: Path, changed: Mapping[str, str] | None = None, as_of: date = AS_OF) -> Facts:
    return _derived(write_files(tmp_path, {**SMALL, **(changed or {})}), as_of)


@pytest.fixture(scope="module")
def sample() -> Facts:
    return _derived(PROJECT)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    rendered, _ = build.render(PROJECT, AS_OF)
    wanted = ("deliberation/", "communities/", "systems/", "search/")
    return {path: text.decode() for path, text in rendered.items() if path.startswith(wanted)}


@pytest.mark.parametrize(
    ("as_of", "stage", "notice", "may_speak"),
    [
        (date(2026, 6, 14), None, NoticeState.PLANNED, False),
        (date(2026, 6, 15), Stage.BEFORE, NoticeState.POSTED, True),
        (date(2026, 6, 28), Stage.BEFORE, NoticeState.POSTED, True),
        (date(2026, 6, 29), Stage.BEFORE, NoticeState.POSTED, False),
        (date(2026, 7, 1), Stage.BEFORE, NoticeState.TAKEN_DOWN, False),
    ],
)
def test_the_stage_and_the_last_day_to_speak(
    tmp_path: Path, as_of: date, stage: Stage | None, notice: NoticeState, may_speak: bool
) -> None:
    text = SMALL[MATTERS].replace("places: [小区公示栏]", "comment_until: 2026-06-28, places: [小区公示栏]")
    found = _small(tmp_path, {MATTERS: text}, as_of).communities["cm-one"].deliberation.open[0]
    assert found.stage is stage
    assert found.stages[Stage.BEFORE][0].state is notice
    assert (found.call is not None) is may_speak


def test_a_notice_outlives_its_board_while_opinions_are_taken(tmp_path: Path) -> None:
    text = SMALL[MATTERS].replace("places: [小区公示栏]", "comment_until: 2026-07-31, places: [小区公示栏]")
    found = _small(tmp_path, {MATTERS: text}, date(2026, 7, 15)).communities["cm-one"].deliberation.open[0]
    assert found.stages[Stage.BEFORE][0].state is NoticeState.TAKEN_DOWN
    assert found.call is not None


@pytest.mark.parametrize(
    ("more", "as_of", "state", "overdue"),
    [
        ("", date(2026, 12, 31), MatterState.ONGOING, False),
        ("", date(2027, 1, 1), MatterState.OVERDUE, True),
        ("escalated_to: 街道党建联席会议\nescalated_on: 2026-10-01\n", date(2026, 9, 30), MatterState.ONGOING, False),
        ("escalated_to: 街道党建联席会议\nescalated_on: 2026-10-01\n", date(2026, 10, 1), MatterState.ESCALATED, False),
        ("escalated_to: 街道党建联席会议\nescalated_on: 2026-10-01\n", date(2027, 1, 1), MatterState.ESCALATED, True),
    ],
)
def test_the_state_of_a_matter(tmp_path: Path, more: str, as_of: date, state: MatterState, overdue: bool) -> None:
    text = SMALL[MATTERS].replace("as_of: 2026-11-20", more + "as_of: 2026-10-02")
    found = _small(tmp_path, {MATTERS: text}, as_of).communities["cm-one"].deliberation.open[0]
    assert (found.state, found.is_overdue) == (state, overdue)


def test_a_matter_is_not_there_before_it_is_raised(tmp_path: Path) -> None:
    assert _small(tmp_path, as_of=date(2026, 5, 31)).communities["cm-one"].deliberation.matters == ()


def test_a_matter_of_a_withdrawn_community_leaves_every_page(tmp_path: Path) -> None:
    text = (
        SMALL["data/communities/communities.csv"]
        .replace(",as_of\n", ",as_of,status\n")
        .replace("东门,2026-11-20\n", "东门,2026-11-20,withdrawn\n")
        .replace("北门,2026-11-20\n", "北门,2026-11-20,\n")
    )
    found = _small(tmp_path, {"data/communities/communities.csv": text})
    assert "cm-one" not in found.communities
    assert all(not city.communities and not city.calls for city in found.deliberation)
    assert all(not one.matters for city in found.deliberation for group in city.meetings.values() for one in group)


HEARING = (
    "id: mt-h\nkind: hearing\nlevel: community\nregion: '340104'\ncommunity: cm-one\nchair: 社区居委会\n"
    "members: [有关业主]\nheld_on: 2026-06-20\nsign_up_until: 2026-06-17\nmatters: [mat-one]\n"
    "how_to_comment: 到社区居委会报名\nas_of: 2026-06-01\n"
)


@pytest.mark.parametrize(
    ("as_of", "first", "ahead", "held"),
    [
        (date(2026, 6, 17), "听证会报名到 2026年6月17日为止，2026年6月20日召开。", True, False),
        (date(2026, 6, 18), "现在可以提意见，到 2026年6月28日为止。", True, False),
        (date(2026, 6, 20), "现在可以提意见，到 2026年6月28日为止。", True, False),
        (date(2026, 6, 21), "现在可以提意见，到 2026年6月28日为止。", False, True),
    ],
)
def test_signing_up_stands_first_while_it_is_open_and_meetings_to_come_stand_apart(
    as_of: date, first: str, ahead: bool, held: bool, tmp_path: Path
) -> None:
    matter = SMALL[MATTERS].replace("places: [小区公示栏]", "places: [小区公示栏], comment_until: 2026-06-28")
    files = {**SMALL, "data/joint_meetings/hearing.yml": HEARING, MATTERS: matter}
    rendered, _ = build.render(write_files(tmp_path, files), as_of)
    page = LexborHTMLParser(rendered["communities/cm-one/matters.md"])
    bold = page.css_first(".banner b")
    assert bold is not None
    assert bold.text() == first
    said = {node.text(): node.next.text() if node.next else "" for node in page.css("article dl dt")}
    assert ("听证会" in said.get("要开的会", ""), "听证会" in said.get("开过的会", "")) == (ahead, held)
    captions = [node.text() for node in page.css("#meetings ~ * caption, section:has(#meetings) caption")]
    assert any(text.startswith("要开的会") for text in captions) == ahead
    overview = rendered["deliberation/index.md"].decode()
    assert ("听证会报名" in overview) == (as_of <= date(2026, 6, 17))


def test_a_street_meeting_stands_with_the_community_whose_matter_it_heard(sample: Facts) -> None:
    own = sample.communities["cm-340104-xincun"].deliberation
    assert [one.record.kind for one in own.meetings] == [MeetingKind.PARTY_BUILDING]
    assert [one.kind for one in own.open[0].meetings] == [MeetingKind.PARTY_BUILDING]


def test_of_a_year_all_four_lists_are_there(sample: Facts) -> None:
    lists = sample.communities["cm-340102-tielu"].deliberation.lists
    assert list(lists) == [2026]
    assert list(lists[2026]) == list(ListKind)
    assert lists[2026][ListKind.SERVICE] == ()


def test_each_mechanism_of_settling_leads_to_its_page(sample: Facts) -> None:
    found = {one.record.id for city in sample.deliberation for one in city.mechanisms}
    assert found == {"h04", "h05", "h06", "h09", "h10", "h11", "h12", "h13", "h14", "b10", "n07", "n08"}
    assert all(ShownAt.DELIBERATION in one.record.shown_at for city in sample.deliberation for one in city.mechanisms)


def test_all_six_directions_are_shown_and_none_has_an_invented_number(sample: Facts) -> None:
    held = [one for city in sample.deliberation for group in city.appointments.values() for one in group]
    assert len({one.direction for one in held}) == 6
    assert all(one.count is None for one in held)


def test_the_figures_of_huainan_are_two_and_no_rate(pages: dict[str, str], sample: Facts) -> None:
    text = pages["deliberation/index.md"]
    assert "1014次" in text
    assert "537个" in text
    for rate in ("52.9", "52.95", "53%", "0.53"):
        assert rate not in text
    huainan = next(city for city in sample.deliberation if city.region.code == "340400")
    assert [figure.display for figure in huainan.figures] == ["1014次", "537个"]


def test_the_review_of_candidates_is_two_figures_and_no_clause(pages: dict[str, str], sample: Facts) -> None:
    hefei = next(city for city in sample.deliberation if city.region.code == "340100")
    (review,) = hefei.reviews
    assert isinstance(review, CandidateReview)
    assert (review.region, review.communities_count, review.disqualified_count) == ("340104008", 2, 12)
    assert (review.cannot, review.unsuitable, review.reasons_by_category) == ((), (), ())
    assert pages["deliberation/index.md"].count("来源没有给出条文，本站不代拟") == 2


def test_a_community_has_the_page_where_something_is_on_record_and_only_there(
    pages: dict[str, str], sample: Facts
) -> None:
    for key, community in sample.communities.items():
        path = f"communities/{key}/matters.md"
        assert (path in pages) is community.deliberation.is_known
        own = pages[f"communities/{key}.md"]
        assert ("本站没有这个小区的议事记录" in own) is not community.deliberation.is_known


def test_the_page_of_a_community_says_until_when_and_how_to_speak(pages: dict[str, str]) -> None:
    text = pages["communities/cm-340104-huayuan2/matters.md"]
    assert "现在可以提意见，到" in text
    assert "投东门意见箱，或工作日到社区居委会登记" in text
    assert pages["communities/cm-340104-xincun/matters.md"].count("现在没有登记在收意见") == 1
    assert "起收意见，到" in pages["communities/cm-340104-jingyuan/matters.md"]


def test_the_overview_lists_what_ends_first(pages: dict[str, str]) -> None:
    table = pages["deliberation/index.md"].split("怎么办</th>")[1].split("</table>")[0]
    order = ["地面车位", "私搭乱建", "公共水电", "5 栋加装电梯"]
    assert sorted(order, key=table.index) == order


def test_matters_are_found_by_the_name_of_the_community(pages: dict[str, str]) -> None:
    rows = {row[1]: row for row in json.loads(pages["search/records.json"])["records"]}
    uri = addresses.matters("cm-340104-huayuan2")
    assert rows[uri][2] == "示例花园（二期）：议事协商"
    assert rows[f"{uri}#matter-mat-huayuan2-lift"][2] == "示例花园（二期）：5 栋加装电梯"
    assert addresses.DELIBERATION in rows


def test_every_city_of_the_sample_has_an_entry_and_a_site_without_records_none(sample: Facts, tmp_path: Path) -> None:
    cities = [region for region in sample.regions.values() if region.record.parent is None]
    assert len(sample.deliberation) == len(cities) == 3
    bare = {name: text for name, text in SMALL.items() if not name.startswith(_OWN)}
    root = write_files(tmp_path, bare)
    assert _derived(root).deliberation == ()
    rendered, _ = build.render(root, AS_OF)
    assert "还没有议事协商的记录" in rendered["deliberation/index.md"].decode()


_OWN = tuple(
    f"data/{folder}/"
    for folder in (
        "matters",
        "joint_meetings",
        "four_lists",
        "order_flows",
        "key_projects",
        "candidate_reviews",
        "cross_appointments",
    )
)

_PERSONS = (
    "张三 王师傅 李主任 居委会王小明 项目经理王小明 赵某 物业公司刘先生 李主任兼任质量总监 社区居委会：李四 王经理兼任居委会委员 "
    "高建国 安志强 石磊 方明 于敏 林志强 社区居委会·林志强 楼栋长于敏 物业经理高建国 张建国主任 维修岗张建国 社区居委会方明 "
    "欧阳修 高女士"
)
_BODIES = (
    "社区居委会 业主代表 物业项目负责人 小区党支部任职 周末议事厅 街道周边商户 田家庵区房管局 王岗物业站 谢家集区 张庄社区居民代表 "
    "党小组长和楼栋长担任业委会主任 业委会主任、物业负责人担任社区“两委”兼职委员 社区党组织负责人兼任物业管理公司质量总监 "
    "孔店乡 陆家嘴 高新区 安保岗 管家 金牌管家 方案组 石油公司 文明办 万达物业 应急组 商户 施工方 安装师傅 保安大爷 马鞍山 "
    "行业主管部门 李庄村书记 书记任主任 负责人安排 瑶海国资物管中心（依托区国资公司设立）"
)


@pytest.mark.parametrize("text", _PERSONS.split())
def test_a_person_is_refused_as_a_body(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Role).validate_python(text)


@pytest.mark.parametrize("text", _BODIES.split())
def test_a_body_is_taken(text: str) -> None:
    assert TypeAdapter(Role).validate_python(text) == text


@settings(max_examples=60, deadline=None)
@given(days=st.lists(st.integers(0, 40), min_size=3, max_size=3))
def test_stages_pass_exactly_when_each_begins_after_the_one_before(
    tmp_path_factory: pytest.TempPathFactory, days: list[int]
) -> None:
    raised = date(2026, 6, 1)
    posted = [raised + timedelta(days=day) for day in days]
    notices = "".join(
        f"  - {{stage: {stage.value}, what: 事, posted_from: {day}}}\n"
        for stage, day in zip(Stage, posted, strict=True)
    )
    text = f"id: mat-one\ncommunity: cm-one\nname: 事\ncategory: other\nraised_on: {raised}\nstage_notices:\n{notices}as_of: 2026\n"
    root = write_files(tmp_path_factory.mktemp("stages"), {**SMALL, MATTERS: text})
    codes = [problem.code for problem in build.check(root)[1] if problem.is_error]
    assert (codes == []) is (days[0] < days[1] < days[2])
    assert set(codes) <= {"E731"}
