"""Pages about what is settled together: a community's matters, lists and meetings; an overview by city."""

from __future__ import annotations

from collections.abc import Iterator

from generator import addresses
from generator.emit.page import Page, region_trail
from generator.facts import CommunityFacts, Facts
from generator.records import (
    CandidateReview,
    CrossAppointment,
    JointMeeting,
    KeyProject,
    ListLine,
    Matter,
    OrderFlow,
)

_TITLE = "议事协商"


def pages(facts: Facts) -> Iterator[Page]:
    """The overview, then communities of which something is on record."""
    yield Page(
        uri=addresses.DELIBERATION,
        template="deliberation.md.j2",
        title=_TITLE,
        description="小区正在商量什么、到哪天可以提意见、开了什么会、谁来办",
        sought=("提意见", "议事厅", "板凳会议", "听证会", "联席会议", "四项清单", "点单派单", "攻坚项目"),
        values={
            "calls": sorted(
                (call for city in facts.deliberation for call in city.calls),
                key=lambda call: (call[2].comment_until, call[1].record.id),
            ),
            "origins": tuple(
                facts.origins[record.type_name, record.key] for city in facts.deliberation for record in city.records
            ),
            "models": (JointMeeting, KeyProject, OrderFlow, CrossAppointment, CandidateReview),
        },
    )
    for community in facts.communities.values():
        if community.deliberation.is_known:
            yield _community(facts, community)


def _community(facts: Facts, community: CommunityFacts) -> Page:
    record, own = community.record, community.deliberation
    behind = (facts.origins[one.type_name, one.key] for one in own.records)
    return Page(
        uri=addresses.matters(record.id),
        template="matters.md.j2",
        title=f"{record.name}：{_TITLE}",
        description=f"{record.name}正在商量的事、走到哪一步、公示在哪里、到哪天可以提意见",
        trail=(*region_trail(community.regions), (record.name, addresses.record(record))),
        is_part=True,
        values={
            "community": community,
            "own": own,
            "origins": (community.origins[0], *behind),
            "models": (Matter, ListLine, OrderFlow, KeyProject, JointMeeting),
        },
    )
