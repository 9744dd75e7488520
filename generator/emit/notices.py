"""Pages about what has to be posted: a community's record, a district, a street's own calendar, a calendar for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator import addresses
from generator.emit.downloads import File, timeliness_offers
from generator.emit.page import Page, home_trail, region_trail
from generator.facts import CommunityFacts, Expected, Facts, RegionFacts, kept
from generator.facts.deliberation import MatterFacts
from generator.facts.timeliness import Duty, Span
from generator.records import DisclosureNotice, DisclosurePolicy, NoticeBoard, Region
from generator.records.disclosure_policy import DisclosureItem, DutyHolder
from generator.records.region import Level

_TRAIL = home_trail((DisclosurePolicy.title, addresses.DISCLOSURE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What one holder owes by one last day for one period: under the rules of one place, or in some communities."""

    due: date
    #: Whether the holidays of that year have been announced.
    is_final: bool
    span: Span
    holder: DutyHolder
    policies: tuple[DisclosurePolicy, ...]
    #: Whose rules; None for those of the whole country, and where ``communities`` say whom it concerns.
    region: Region | None = None
    #: Who owes it, in pinyin order.
    communities: tuple[CommunityFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """One street with its communities, in pinyin order; ``region`` is None for those whose source names no street."""

    region: Region | None
    communities: tuple[CommunityFacts, ...]

    @property
    def unsettled(self) -> tuple[tuple[CommunityFacts, MatterFacts], ...]:
        """Matters past their limit that are not closed, the oldest limit first."""
        late = ((c, matter) for c in self.communities for matter in c.deliberation.open if matter.is_overdue)
        return tuple(sorted(late, key=lambda one: (one[1].record.due or date.max, one[1].record.id)))

    @property
    def overdue(self) -> Sequence[tuple[CommunityFacts, Duty]]:
        """What is over time and not posted, the oldest last day first."""
        return _by_day((c, duty) for c in self.communities for duty in c.notices.overdue)

    @property
    def upcoming(self) -> Sequence[Day]:
        """What falls due within a year, by last day; what the same communities owe for one period in one row."""
        owing: dict[tuple[date, bool, Span, str], list[CommunityFacts]] = {}
        policies: dict[str, DisclosurePolicy] = {}
        for community in self.communities:
            for duty in community.notices.upcoming:
                policies[duty.policy.id] = duty.policy
                owing.setdefault((duty.due, duty.is_final, duty.span, duty.policy.id), []).append(community)
        rows: dict[tuple[date, bool, Span, DutyHolder, tuple[str, ...]], list[DisclosurePolicy]] = {}
        for (due, is_final, span, key), group in owing.items():
            names = tuple(community.record.id for community in group)
            rows.setdefault((due, is_final, span, policies[key].duty_holder, names), []).append(policies[key])
        known = {community.record.id: community for community in self.communities}
        days = (
            Day(
                due=due,
                is_final=is_final,
                span=span,
                holder=holder,
                policies=tuple(sorted(found, key=_by_item)),
                communities=tuple(known[name] for name in names),
            )
            for (due, is_final, span, holder, names), found in rows.items()
        )
        return sorted(days, key=lambda day: (day.due, day.span, _by_item(day.policies[0])))

    @property
    def has_unchecked(self) -> bool:
        """Whether some rule that applies computes nothing."""
        return any(community.notices.uncomputed for community in self.communities)


def pages(facts: Facts, files: Mapping[str, bytes]) -> Iterator[Page]:
    """The calendar, then districts with their streets, then communities that were told something.

    ``files``: the downloads.
    """
    offers = timeliness_offers(files)
    places = {district.record: _streets(district) for district in facts.districts}
    yield _calendar(facts, places)
    for district in facts.districts:
        streets = places[district.record]
        yield _district(facts, district, streets, offers)
        for street in streets:
            if street.region is not None:
                yield _street(facts, district, street.region, street, offers)
    for community in facts.communities.values():
        if community.notices.are_known:
            yield _community(facts, community)


def _streets(district: RegionFacts) -> tuple[Street, ...]:
    """By code; those without a street last. A neighbourhood stands with its street."""
    groups: dict[Region | None, list[CommunityFacts]] = {}
    for community in district.communities:
        street = next((region for region in community.regions if region.level is Level.SUBDISTRICT), None)
        groups.setdefault(street, []).append(community)
    in_order = sorted(groups, key=lambda region: (region is None, region.code if region else ""))
    return tuple(Street(region=region, communities=tuple(groups[region])) for region in in_order)


def _by_item(policy: DisclosurePolicy) -> tuple[int, str]:
    return list(DisclosureItem).index(policy.item), policy.id


def _by_day(found: Iterable[tuple[CommunityFacts, Duty]]) -> Sequence[tuple[CommunityFacts, Duty]]:
    return sorted(found, key=lambda pair: (pair[1].due, pair[0].record.id, pair[1].policy.id))


def _calendar(facts: Facts, places: Mapping[Region, Sequence[Street]]) -> Page:
    months: dict[tuple[str, str], list[Day]] = {}
    for day in _days(facts.expected):
        month = f"m-{day.due:%Y-%m}", f"{day.due.year} 年 {day.due.month} 月"
        months.setdefault(month, []).append(day)
    return Page(
        uri=addresses.CALENDAR,
        template="calendar.md.j2",
        title="公示日历",
        sought=("公示期限",),
        description="一年里哪一天以前要公示什么、由谁公示；每个街道另有自己的一页",
        trail=_TRAIL,
        values={"months": months, "places": places, "model": DisclosurePolicy},
    )


def _days(expected: Iterable[Expected]) -> Iterator[Day]:
    """What one place's rules want of one holder by one day for one period stands in one row."""
    found: dict[tuple[date, Span, str, DutyHolder], list[Expected]] = {}
    for one in expected:
        key = one.due, one.span, one.policy.region or "", one.policy.duty_holder
        found.setdefault(key, []).append(one)
    for (due, span, _, holder), group in found.items():
        yield Day(
            due=due,
            is_final=group[0].is_final,
            span=span,
            holder=holder,
            policies=tuple(one.policy for one in group),
            region=group[0].region,
        )


def _district(facts: Facts, region: RegionFacts, streets: Sequence[Street], offers: Sequence[File]) -> Page:
    return Page(
        uri=addresses.due(region.record.code),
        template="due.md.j2",
        title=f"{region.record.name}公示按时情况",
        description=f"{region.record.name}各街道、各小区公示栏和定期公示：按时、逾期、还没有公示",
        trail=_TRAIL,
        values={
            "region": region,
            "kept": kept((community.notices for community in region.communities), facts.as_of),
            "waiting": _by_day((c, duty) for c in region.communities for duty in c.notices.open),
            "streets": [street for street in streets if street.region],
            "unplaced": next((street for street in streets if street.region is None), None),
            "files": offers,
        },
    )


def _street(facts: Facts, district: RegionFacts, region: Region, street: Street, offers: Sequence[File]) -> Page:
    above = f"{district.record.name}公示按时情况", addresses.due(district.record.code)
    return Page(
        uri=addresses.due(region.code),
        template="street.md.j2",
        title=f"{region.name}公示日历",
        cited=f"{district.record.name}{region.name}公示日历",
        sought=(f"{region.name}公示",),
        description=f"{region.name}哪些小区逾期没有公示、接下来哪一天以前要公示什么",
        trail=(*_TRAIL, above),
        values={
            "region": region,
            "street": street,
            "kept": kept((community.notices for community in street.communities), facts.as_of),
            "files": offers,
        },
    )


def _community(facts: Facts, community: CommunityFacts) -> Page:
    record, notices = community.record, community.notices
    behind = [*([notices.board] if notices.board else []), *notices.posted]
    behind += (policy for rules in notices.rules.values() for rule in rules for policy in rule.policies)
    own = (community.origins[0], *(facts.origins[one.type_name, one.key] for one in behind))
    return Page(
        uri=addresses.notices(record.id),
        template="notices.md.j2",
        title=f"{record.name}：公示记录",
        description=f"{record.name}的公示栏、长期公开六项和每一期定期公示：贴了没有、按时没有",
        trail=(*region_trail(community.regions), (record.name, addresses.record(record))),
        is_part=True,
        values={"community": community, "origins": own, "models": (DisclosureNotice, NoticeBoard, DisclosurePolicy)},
    )
