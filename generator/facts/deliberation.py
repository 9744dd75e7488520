"""What communities and cities settle together, as it stands on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.dataset import Dataset
from generator.facts import names
from generator.facts.governance import MechanismFacts, SystemFacts
from generator.kinds import Choice
from generator.lasting import visible
from generator.records import (
    CandidateReview,
    Community,
    CrossAppointment,
    GovernanceStat,
    JointMeeting,
    KeyProject,
    ListLine,
    Matter,
    OrderFlow,
    Record,
    Region,
)
from generator.records.cross_appointment import Direction
from generator.records.joint_meeting import MeetingKind
from generator.records.list_line import ListKind
from generator.records.matter import Stage, StageNotice
from generator.records.mechanism import ShownAt
from generator.rules import above

T = TypeVar("T")
K = TypeVar("K")
C = TypeVar("C", bound=Choice)


class MatterState(Choice):
    """Where a matter stands on the day."""

    ONGOING = "ongoing", "进行中"
    OVERDUE = "overdue", "已超期"
    ESCALATED = "escalated", "已提请街道"
    CLOSED = "closed", "已办结"


class NoticeState(Choice):
    """Whether a notice hangs on the day."""

    PLANNED = "planned", "将公示"
    POSTED = "posted", "公示中"
    TAKEN_DOWN = "taken_down", "公示期满"

    @property
    def has_begun(self) -> bool:
        """Whether it was posted by the day."""
        return self is not NoticeState.PLANNED


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """One notice with its state."""

    record: StageNotice
    state: NoticeState
    #: Posted, and opinions are taken today.
    takes_opinions: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFacts:
    """One matter with its state and its three stages; a stage without notices is there all the same."""

    record: Matter
    state: MatterState
    #: Past its limit without being closed, whether or not the street has it.
    is_overdue: bool
    stages: Mapping[Stage, tuple[NoticeFacts, ...]]
    #: Arrangements and meetings that spoke of it, newest first.
    meetings: tuple[JointMeeting, ...]
    #: Meetings that will speak of it, soonest first.
    ahead: tuple[JointMeeting, ...]
    #: Those of them that people can still come to or speak at, as far as they say how.
    inviting: tuple[JointMeeting, ...]

    @property
    def stage(self) -> Stage | None:
        """The last stage of which something was posted; None where nothing was yet."""
        begun = (stage for stage, notices in self.stages.items() if any(n.state.has_begun for n in notices))
        return max(begun, key=list(Stage).index, default=None)

    @property
    def passed_over(self) -> frozenset[Stage]:
        """Stages of which nothing was posted and nothing will be: before the last begun, or the matter is closed."""
        order = list(Stage)
        last = len(order) if self.state is MatterState.CLOSED else order.index(self.stage) if self.stage else 0
        return frozenset(stage for stage in order[:last] if not self.stages[stage])

    @property
    def call(self) -> StageNotice | None:
        """The notice to which people can answer today; of several the one that takes opinions longest."""
        if self.state is MatterState.CLOSED:
            return None
        notices = (notice for stage in self.stages.values() for notice in stage if notice.takes_opinions)
        return max((n.record for n in notices), key=lambda record: record.comment_until or date.min, default=None)

    @property
    def next_call(self) -> StageNotice | None:
        """The notice that is to be posted next and will take opinions."""
        notices = (n.record for stage in self.stages.values() for n in stage if n.state is NoticeState.PLANNED)
        ahead = [record for record in notices if record.comment_until]
        return min(ahead, key=lambda record: record.posted_from) if ahead and not self.call else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """One meeting or arrangement with the matters it is about, as far as they are on the site."""

    record: JointMeeting
    matters: tuple[Matter, ...]
    #: Its day is to come, or it is today's and has no result yet.
    is_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityDeliberation:
    """Everything of one community, newest first."""

    open: tuple[MatterFacts, ...] = ()
    closed: tuple[MatterFacts, ...] = ()
    lists: Mapping[int, Mapping[ListKind, tuple[ListLine, ...]]]
    flows: tuple[OrderFlow, ...] = ()
    projects: tuple[KeyProject, ...] = ()
    #: Its own, and those of its street or city that speak of one of its matters.
    meetings: tuple[MeetingFacts, ...] = ()

    @property
    def ahead(self) -> tuple[MeetingFacts, ...]:
        """Meetings to come, soonest first."""
        return tuple(meeting for meeting in reversed(self.meetings) if meeting.is_ahead)

    @property
    def held(self) -> tuple[MeetingFacts, ...]:
        """Arrangements, then meetings that were held."""
        return tuple(meeting for meeting in self.meetings if not meeting.is_ahead)

    @property
    def matters(self) -> tuple[MatterFacts, ...]:
        """Open ones first."""
        return (*self.open, *self.closed)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say."""
        return any((self.open, self.closed, self.lists, self.flows, self.projects, self.meetings))

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record behind it, in the order of the page."""
        lines = (line for year in self.lists.values() for group in year.values() for line in group)
        matters = (matter.record for matter in self.matters)
        return (*matters, *lines, *self.flows, *self.projects, *(meeting.record for meeting in self.meetings))


@dataclass(frozen=True, slots=True, kw_only=True)
class CityDeliberation:
    """Everything of one city: its mechanisms with the figures of the source, and what its places publish."""

    region: Region
    #: Those shown on this page, in the order of the source.
    mechanisms: tuple[MechanismFacts, ...]
    #: Meetings to come, soonest first.
    ahead: tuple[MeetingFacts, ...]
    #: Arrangements and meetings that were held.
    meetings: Mapping[MeetingKind, tuple[MeetingFacts, ...]]
    projects: Mapping[int, tuple[KeyProject, ...]]
    #: Of streets and districts; those of communities stand on their own pages.
    flows: tuple[OrderFlow, ...]
    appointments: Mapping[Direction, tuple[CrossAppointment, ...]]
    reviews: tuple[CandidateReview, ...]
    #: Communities of which something is on record, in pinyin order.
    communities: tuple[tuple[Community, CommunityDeliberation], ...]

    @property
    def figures(self) -> tuple[GovernanceStat, ...]:
        """What the source counts of these mechanisms; figures of different units, of which none is divided."""
        return tuple(figure for one in self.mechanisms for figure in one.figures)

    @property
    def calls(self) -> tuple[tuple[Community, MatterFacts, StageNotice], ...]:
        """What takes opinions today."""
        return tuple((home, one, one.call) for home, own in self.communities for one in own.open if one.call)

    @property
    def sign_ups(self) -> tuple[tuple[Community, MatterFacts, JointMeeting], ...]:
        """Meetings for which one can sign up today."""
        open_ones = ((home, one) for home, own in self.communities for one in own.open)
        return tuple((home, one, to) for home, one in open_ones for to in one.inviting if to.sign_up_until)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say."""
        parts = (self.mechanisms, self.ahead, self.meetings, self.projects, self.flows, self.appointments, self.reviews)
        return any((*parts, self.communities))

    @property
    def records(self) -> tuple[Record, ...]:
        """Every record behind it, in the order of the page; those of communities stand on their own pages."""
        groups = (self.ahead, *self.meetings.values())
        meetings = (meeting.record for group in groups for meeting in group)
        grouped = (*self.projects.values(), self.flows, *self.appointments.values(), self.reviews)
        return (*meetings, *(record for group in grouped for record in group))


NOTHING = CommunityDeliberation(lists={})


def of_communities(dataset: Dataset, as_of: date) -> dict[str, CommunityDeliberation]:
    """By community; those of which nothing is on record are not in it."""
    shown = visible(dataset, Community, as_of)
    meetings = _meetings(dataset, shown, as_of)
    matters = _by(_matters(dataset, meetings, as_of), lambda found: found.record.community)
    lines = _by(visible(dataset, ListLine, as_of).values(), lambda line: line.community)
    flows = _by(_flows(dataset, as_of), lambda flow: flow.community)
    projects = _by(_projects(dataset, shown, as_of), lambda project: project.community)
    found = {}
    for key in shown:
        own = CommunityDeliberation(
            open=tuple(found for found in matters[key] if found.state is not MatterState.CLOSED),
            closed=tuple(found for found in matters[key] if found.state is MatterState.CLOSED),
            lists=_lists(lines[key]),
            flows=flows[key],
            projects=projects[key],
            meetings=tuple(meeting for meeting in meetings if key in _homes(meeting)),
        )
        if own.is_known:
            found[key] = own
    return found


def of_cities(
    dataset: Dataset,
    systems: Iterable[SystemFacts],
    communities: Mapping[str, CommunityDeliberation],
    as_of: date,
) -> tuple[CityDeliberation, ...]:
    """One entry a city of which something is on record, by its code. What lies below a city stands with it."""
    regions = dataset.of(Region)
    shown = visible(dataset, Community, as_of)

    def city(code: str | None) -> str:
        return above(regions, code)[-1] if code else ""

    mechanisms: dict[str, list[MechanismFacts]] = defaultdict(list)
    for system in systems:
        found = (one for group in system.groups.values() for one in group)
        mechanisms[city(system.region.code)] += (one for one in found if ShownAt.DELIBERATION in one.record.shown_at)
    meetings = _by(_meetings(dataset, shown, as_of), lambda meeting: city(meeting.record.region))
    projects = _by(_projects(dataset, shown, as_of), lambda project: city(project.region))
    flows = _by(_flows(dataset, as_of), lambda flow: city(flow.region))
    appointments = _by(visible(dataset, CrossAppointment, as_of).values(), lambda one: city(one.region))
    reviews = _by(visible(dataset, CandidateReview, as_of).values(), lambda review: city(review.region))
    in_order = sorted((shown[key] for key in communities), key=lambda home: (names.sort_key(home.name), home.id))
    homes = _by(in_order, lambda home: city(home.region))
    cities = (
        CityDeliberation(
            region=region,
            mechanisms=tuple(mechanisms[code]),
            ahead=tuple(meeting for meeting in reversed(meetings[code]) if meeting.is_ahead),
            meetings=_sorted_by(
                (meeting for meeting in meetings[code] if not meeting.is_ahead),
                lambda meeting: meeting.record.kind,
                MeetingKind,
            ),
            projects=dict(_by(projects[code], lambda project: project.year)),
            flows=flows[code],
            appointments=_sorted_by(appointments[code], lambda one: one.direction, Direction),
            reviews=reviews[code],
            communities=tuple((home, communities[home.id]) for home in homes[code]),
        )
        for code, region in sorted(regions.items())
        if region.parent is None
    )
    return tuple(found for found in cities if found.is_known)


def _by(found: Iterable[T], key: Callable[[T], K]) -> defaultdict[K, tuple[T, ...]]:
    """Grouped, in their order; nothing where there is no such key."""
    groups: defaultdict[K, tuple[T, ...]] = defaultdict(tuple)
    for one in found:
        groups[key(one)] += (one,)
    return groups


def _sorted_by(found: Iterable[T], key: Callable[[T], C], order: type[C]) -> dict[C, tuple[T, ...]]:
    """Grouped by a choice, in the choice's own order."""
    groups = _by(found, key)
    return {choice: groups[choice] for choice in order if choice in groups}


def _lists(lines: Iterable[ListLine]) -> dict[int, dict[ListKind, tuple[ListLine, ...]]]:
    """By year, newest first; of a year all four lists, empty ones too."""
    years = _by(lines, lambda line: line.year)
    kinds = {year: _by(group, lambda line: line.kind) for year, group in years.items()}
    return {year: {kind: kinds[year][kind] for kind in ListKind} for year in sorted(years, reverse=True)}


def _matters(dataset: Dataset, meetings: Iterable[MeetingFacts], as_of: date) -> list[MatterFacts]:
    """Those raised by the day, newest first."""
    spoken = defaultdict[str, tuple[JointMeeting, ...]](tuple)
    for meeting in meetings:
        for matter in meeting.matters:
            spoken[matter.id] += (meeting.record,)
    records = (matter for matter in visible(dataset, Matter, as_of).values() if matter.raised_on <= as_of)
    newest = sorted(records, key=lambda matter: (-matter.raised_on.toordinal(), matter.id))
    return [_matter(matter, spoken[matter.id], as_of) for matter in newest]


def _matter(record: Matter, meetings: tuple[JointMeeting, ...], as_of: date) -> MatterFacts:
    notices = _by((_notice(notice, as_of) for notice in record.stage_notices), lambda notice: notice.record.stage)
    state = _state(record, as_of)
    ahead = tuple(one for one in reversed(meetings) if _is_ahead(one, as_of))
    return MatterFacts(
        record=record,
        state=state,
        is_overdue=state is not MatterState.CLOSED and record.due is not None and record.due < as_of,
        stages={stage: notices[stage] for stage in Stage},
        meetings=tuple(one for one in meetings if not _is_ahead(one, as_of)),
        ahead=ahead,
        inviting=tuple(one for one in ahead if _invites(one, as_of)) if state is not MatterState.CLOSED else (),
    )


def _invites(meeting: JointMeeting, as_of: date) -> bool:
    if meeting.sign_up_until is not None:
        return meeting.sign_up_until >= as_of
    return meeting.how_to_comment is not None


def _state(record: Matter, as_of: date) -> MatterState:
    if record.closed_on is not None and record.closed_on <= as_of:
        return MatterState.CLOSED
    if record.escalated_on is not None and record.escalated_on <= as_of:
        return MatterState.ESCALATED
    return MatterState.OVERDUE if record.due is not None and record.due < as_of else MatterState.ONGOING


def _notice(record: StageNotice, as_of: date) -> NoticeFacts:
    if record.posted_from > as_of:
        return NoticeFacts(record=record, state=NoticeState.PLANNED, takes_opinions=False)
    is_over = record.posted_to is not None and record.posted_to < as_of
    return NoticeFacts(
        record=record,
        state=NoticeState.TAKEN_DOWN if is_over else NoticeState.POSTED,
        takes_opinions=record.comment_until is not None and record.comment_until >= as_of,
    )


def _meetings(dataset: Dataset, shown: Collection[str], as_of: date) -> list[MeetingFacts]:
    """Arrangements first, then meetings, newest first."""
    found = (one for one in visible(dataset, JointMeeting, as_of).values() if (one.community or "") in {"", *shown})
    in_order = sorted(found, key=lambda one: (one.held_on is not None, -(one.held_on or as_of).toordinal(), one.id))
    raised = {
        key: matter
        for key, matter in visible(dataset, Matter, as_of).items()
        if matter.community in shown and matter.raised_on <= as_of
    }
    return [
        MeetingFacts(
            record=one,
            matters=tuple(raised[key] for key in one.matters if key in raised),
            is_ahead=_is_ahead(one, as_of),
        )
        for one in in_order
    ]


def _is_ahead(meeting: JointMeeting, as_of: date) -> bool:
    """Its day is to come; or it is today, and nothing has come of it yet."""
    if meeting.held_on is None:
        return False
    return meeting.held_on > as_of or (meeting.held_on == as_of and not meeting.minutes_public)


def _homes(meeting: MeetingFacts) -> set[str]:
    """The communities that a meeting concerns."""
    return {key for key in (meeting.record.community, *(matter.community for matter in meeting.matters)) if key}


def _projects(dataset: Dataset, shown: Collection[str], as_of: date) -> list[KeyProject]:
    """Newest year first."""
    found = (one for one in visible(dataset, KeyProject, as_of).values() if (one.community or "") in {"", *shown})
    return sorted(found, key=lambda one: (-one.year, one.id))


def _flows(dataset: Dataset, as_of: date) -> list[OrderFlow]:
    """Newest period first."""
    flows = visible(dataset, OrderFlow, as_of).values()
    return sorted(flows, key=lambda flow: (-flow.period.start.toordinal(), flow.id))
