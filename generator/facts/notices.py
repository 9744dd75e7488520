"""What a community was told: its board, what was posted, and whether it was in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.dataset import Dataset
from generator.facts.service import Service, serving_on
from generator.facts.timeliness import Duty, Span, Timeliness, duties, is_computed
from generator.lasting import visible
from generator.records import Community, DisclosureNotice, DisclosurePolicy, FeeStandard, NoticeBoard, Region
from generator.records.community import OwnersCommitteeStatus
from generator.records.disclosure_policy import DisclosureItem, DutyHolder, Regime
from generator.records.notice_board import Absence

#: Who can be held to the duties of an owners' committee.
_ORGANISED = frozenset({OwnersCommitteeStatus.ELECTED, OwnersCommitteeStatus.FILED, OwnersCommitteeStatus.EXPIRED})

#: How far calendars look ahead.
_AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingItem:
    """One of the six long-term items: whether this site has it, and what the board's record says of it."""

    item: DisclosureItem
    is_given: bool
    absence: Absence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one holder must post of one item, how often and by when: every policy that says the same."""

    #: Not empty; alike in holder, item, cadence, deadline and in whether somebody has checked them.
    policies: tuple[DisclosurePolicy, ...]
    #: What they want next; None where nothing is computed from them.
    next: Duty | None

    @property
    def first(self) -> DisclosurePolicy:
        """Any of them, for what they share."""
        return self.policies[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Everything one community was told, as far as it is on record."""

    board: NoticeBoard | None
    #: Computed duties, newest period first, then by item.
    duties: tuple[Duty, ...]
    #: What is not posted yet and whose last day comes within a year: by last day, then by item.
    upcoming: tuple[Duty, ...]
    #: The periodic duties of whoever is there; items and rules first from which deadlines follow.
    rules: Mapping[DisclosureItem, tuple[Rule, ...]]
    #: Newest first.
    posted: tuple[DisclosureNotice, ...]
    #: What replaced a standard that was posted, by the id of the posted one; itself where it still holds.
    now: Mapping[str, FeeStandard]

    @property
    def are_known(self) -> bool:
        """Whether there is anything to say beyond what the community's own page says."""
        return bool(self.board or self.posted or self.duties)

    @property
    def latest(self) -> tuple[Duty, ...]:
        """Of each computed duty the newest period whose last day has passed, or that was posted already."""
        found: dict[str, Duty] = {}
        for duty in self.duties:
            if duty.timeliness is not Timeliness.NOT_DUE:
                found.setdefault(duty.policy.id, duty)
        return tuple(found.values())

    @property
    def open(self) -> tuple[Duty, ...]:
        """What is not posted yet: over time first."""
        waiting = (duty for duty in self.duties if duty.notice is None)
        return tuple(sorted(waiting, key=lambda duty: (duty.due, duty.policy.id)))

    @property
    def uncomputed(self) -> tuple[DisclosurePolicy, ...]:
        """Duties from which no deadline follows: the rule has none, or nobody has checked its text."""
        found = (policy for rules in self.rules.values() for rule in rules for policy in rule.policies)
        return tuple(policy for policy in found if not is_computed(policy))

    @property
    def overdue(self) -> tuple[Duty, ...]:
        """What is not posted though its last day, which is known for certain, has passed: the oldest first."""
        return tuple(duty for duty in self.open if duty.timeliness is Timeliness.MISSING)

    @property
    def counts(self) -> Mapping[Timeliness, int]:
        """How many periods ended how."""
        return Counter(duty.timeliness for duty in self.duties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many communities kept one duty in its last closed period."""

    policy: DisclosurePolicy
    span: Span
    due: date
    counts: Mapping[Timeliness, int]

    def number(self, timeliness: str) -> int:
        """How many communities, by the value of a timeliness."""
        return sum(number for state, number in self.counts.items() if state.value == timeliness)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One period of one rule that is to come: who must post what by when."""

    policy: DisclosurePolicy
    region: Region | None
    span: Span
    due: date
    is_final: bool


class Postings:
    """Boards, notices and rules of a dataset on one day, looked up by community."""

    def __init__(self, dataset: Dataset, as_of: date) -> None:
        self.as_of = as_of
        self._boards = {board.community: board for board in visible(dataset, NoticeBoard, as_of).values()}
        self._notices = defaultdict[str, list[DisclosureNotice]](list)
        for notice in visible(dataset, DisclosureNotice, as_of).values():
            if notice.posted_from <= as_of:
                self._notices[notice.community].append(notice)
        self._policies = defaultdict[str, list[DisclosurePolicy]](list)
        for policy in visible(dataset, DisclosurePolicy, as_of).values():
            if policy.regime is Regime.PERIODIC:
                self._policies[policy.region or ""].append(policy)
        self._standards = visible(dataset, FeeStandard, as_of)

    def of(
        self,
        community: Community,
        regions: Sequence[Region],
        services: Sequence[Service],
        holding: Iterable[FeeStandard],
    ) -> Notices:
        """``regions``: from the city down. ``services``: all of them. ``holding``: standards that hold today."""
        posted = sorted(self._notices[community.id], key=lambda n: (n.posted_from, n.id), reverse=True)
        policies = [policy for code in ("", *(region.code for region in regions)) for policy in self._policies[code]]
        owed = [policy for policy in policies if _may_owe(policy, community, services)]
        horizon = self.as_of + _AHEAD
        computed = [
            duty
            for policy in owed
            if is_computed(policy) and policy.valid_from
            for duty in duties(
                policy, [n for n in posted if n.item is policy.item], policy.valid_from, self.as_of, horizon
            )
            if _owes(duty, services)
        ]
        items = list(DisclosureItem)
        computed.sort(key=lambda duty: (items.index(duty.policy.item), duty.policy.id))
        found = [duty for duty in computed if duty.span.end <= self.as_of]
        found.sort(key=lambda duty: duty.span.end, reverse=True)
        upcoming = [duty for duty in computed if duty.notice is None and self.as_of <= duty.due <= horizon]
        upcoming.sort(key=lambda duty: (duty.due, duty.span))
        return Notices(
            board=self._boards.get(community.id),
            duties=tuple(found),
            upcoming=tuple(upcoming),
            rules=_rules(owed, upcoming),
            posted=tuple(posted),
            now=self._now(posted, tuple(holding)),
        )

    def _now(self, posted: Iterable[DisclosureNotice], holding: Sequence[FeeStandard]) -> dict[str, FeeStandard]:
        found = {}
        for key in {line.standard for notice in posted for line in notice.snapshots if line.standard}:
            was = self._standards.get(key)
            same = (one for one in holding if was and _is_same_charge(was, one))
            if (one := next(same, None)) is not None:
                found[key] = one
        return found


def kept(communities: Iterable[Notices], as_of: date) -> tuple[Kept, ...]:
    """One entry a computed duty, by item: of those communities that owed it in the last period that is over."""
    found = defaultdict[str, list[Duty]](list)
    for notices in communities:
        for duty in notices.duties:
            if duty.is_final and duty.due < as_of:
                found[duty.policy.id].append(duty)
    items, rows = list(DisclosureItem), []
    for closed in found.values():
        last = max(closed, key=lambda duty: duty.span)
        counts = Counter(duty.timeliness for duty in closed if duty.span == last.span)
        rows.append(Kept(policy=last.policy, span=last.span, due=last.due, counts=counts))
    return tuple(sorted(rows, key=lambda row: (items.index(row.policy.item), row.policy.id)))


def expected(policies: Iterable[DisclosurePolicy], regions: Mapping[str, Region], as_of: date) -> tuple[Expected, ...]:
    """What falls due from today within a year, by last day."""
    found = []
    horizon = as_of + _AHEAD
    for policy in policies:
        if is_computed(policy) and policy.valid_from:
            for duty in duties(policy, (), policy.valid_from, horizon):
                if as_of <= duty.due <= horizon:
                    region = regions.get(policy.region or "")
                    found.append(
                        Expected(policy=policy, region=region, span=duty.span, due=duty.due, is_final=duty.is_final)
                    )
    return tuple(sorted(found, key=lambda one: (one.due, one.span, one.policy.region or "", one.policy.id)))


def _rules(policies: Iterable[DisclosurePolicy], upcoming: Sequence[Duty]) -> dict[DisclosureItem, tuple[Rule, ...]]:
    """``upcoming``: by last day."""
    groups: dict[object, list[DisclosurePolicy]] = defaultdict(list)
    for p in sorted(policies, key=lambda p: (not is_computed(p), list(DisclosureItem).index(p.item), p.id)):
        groups[p.item, p.duty_holder, p.cadence, p.deadline_rule, p.due_days, p.due_kind, p.basis_status].append(p)
    ahead: dict[str, Duty] = {}
    for duty in upcoming:
        ahead.setdefault(duty.policy.id, duty)
    found: dict[DisclosureItem, tuple[Rule, ...]] = {}
    for group in groups.values():
        rule = Rule(policies=tuple(group), next=next((ahead[p.id] for p in group if p.id in ahead), None))
        found[rule.first.item] = (*found.get(rule.first.item, ()), rule)
    return found


def _may_owe(policy: DisclosurePolicy, community: Community, services: Sequence[Service]) -> bool:
    """Whether there is anybody in the community whom a rule can mean."""
    if policy.duty_holder is DutyHolder.OWNERS_COMMITTEE:
        return community.owners_committee_status in _ORGANISED
    is_firm = policy.duty_holder in {DutyHolder.FIRM, DutyHolder.UNSTATED}
    return is_firm and any(service.engagement.firm for service in services)


def _owes(duty: Duty, services: Sequence[Service]) -> bool:
    """Whether a firm served on the last day of the period."""
    if duty.policy.duty_holder is not DutyHolder.FIRM:
        return True
    return serving_on(services, duty.span.end) is not None


def _is_same_charge(was: FeeStandard, now: FeeStandard) -> bool:
    return (was.item, was.dwelling_type, was.payer_class) == (now.item, now.dwelling_type, now.payer_class)
