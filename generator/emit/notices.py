"""Pages about what has to be posted: a community's record, a district's by street, a calendar for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator import addresses
from generator.emit.downloads import File, timeliness_offers
from generator.emit.page import Page, home_trail, region_trail
from generator.facts import CommunityFacts, Expected, Facts, RegionFacts, kept
from generator.records import DisclosureNotice, DisclosurePolicy, NoticeBoard, Region

_TRAIL = home_trail((DisclosurePolicy.title, addresses.DISCLOSURE))


def pages(facts: Facts, files: Mapping[str, bytes]) -> Iterator[Page]:
    """The calendar, then districts, then communities that were told something. ``files``: the downloads."""
    offers = timeliness_offers(files)
    yield _calendar(facts)
    for region in facts.districts:
        yield _district(facts, region, offers)
    for community in facts.communities.values():
        if community.notices.are_known:
            yield _community(facts, community)


def _calendar(facts: Facts) -> Page:
    months: dict[tuple[str, str], list[Expected]] = {}
    for one in facts.expected:
        month = f"m-{one.due:%Y-%m}", f"{one.due.year} 年 {one.due.month} 月"
        months.setdefault(month, []).append(one)
    return Page(
        uri=addresses.CALENDAR,
        template="calendar.md.j2",
        title="公示日历",
        sought=("公示期限",),
        description="一年里哪一天以前要公示什么、由谁公示",
        trail=_TRAIL,
        values={"months": months, "model": DisclosurePolicy},
    )


def _district(facts: Facts, region: RegionFacts, offers: Sequence[File]) -> Page:
    streets: dict[Region, list[CommunityFacts]] = {}
    for community in sorted(region.communities, key=lambda c: c.regions[-1].code):
        streets.setdefault(community.regions[-1], []).append(community)
    waiting = [(community, duty) for community in region.communities for duty in community.notices.open]
    return Page(
        uri=addresses.due(region.record.code),
        template="due.md.j2",
        title=f"{region.record.name}公示按时情况",
        description=f"{region.record.name}各小区公示栏和定期公示：按时、逾期、还没有公示",
        trail=_TRAIL,
        values={
            "region": region,
            "kept": kept((community.notices for community in region.communities), facts.as_of),
            "waiting": sorted(waiting, key=lambda pair: (pair[1].due, pair[0].record.id, pair[1].policy.id)),
            "streets": streets,
            "files": offers,
        },
    )


def _community(facts: Facts, community: CommunityFacts) -> Page:
    record, notices = community.record, community.notices
    behind = [*([notices.board] if notices.board else []), *notices.posted]
    behind += {duty.policy.id: duty.policy for duty in notices.duties}.values()
    own = (community.origins[0], *(facts.origins[one.type_name, one.key] for one in behind))
    return Page(
        uri=addresses.notices(record.id),
        template="notices.md.j2",
        title=f"{record.name}公示记录",
        description=f"{record.name}的公示栏、长期公开六项和每一期定期公示：贴了没有、按时没有",
        trail=(*region_trail(community.regions), (record.name, addresses.record(record))),
        is_part=True,
        values={"community": community, "origins": own, "models": (DisclosureNotice, NoticeBoard, DisclosurePolicy)},
    )
