"""Pages about what is settled together: a community's matters, lists and meetings; an overview by city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator import addresses
from generator.emit.page import Page, region_trail
from generator.facts import CommunityFacts, Facts
from generator.records import (
    CandidateReview,
    Community,
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
            "calls": _calls(facts),
            "origins": tuple(
                facts.origins[record.type_name, record.key] for city in facts.deliberation for record in city.records
            ),
            "models": (JointMeeting, KeyProject, OrderFlow, CrossAppointment, CandidateReview),
        },
    )
    for community in facts.communities.values():
        if community.deliberation.is_known:
            yield _community(facts, community)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Something that people can do today about a matter, until a day."""

    community: Community
    matter: Matter
    #: What, in words: 提意见, 报名参加听证会.
    what: str
    until: date
    how: str | None


def _calls(facts: Facts) -> list[Call]:
    """What ends first stands first."""
    found = []
    for city in facts.deliberation:
        for home, matter, notice in city.calls:
            assert notice.comment_until is not None
            call = Call(
                community=home,
                matter=matter.record,
                what="提意见",
                until=notice.comment_until,
                how=notice.how_to_comment,
            )
            found.append(call)
        for home, matter, meeting in city.sign_ups:
            assert meeting.sign_up_until is not None
            call = Call(
                community=home,
                matter=matter.record,
                what=f"{meeting.kind.label}报名",
                until=meeting.sign_up_until,
                how=meeting.how_to_comment,
            )
            found.append(call)
    return sorted(found, key=lambda call: (call.until, call.matter.id, call.what))


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
