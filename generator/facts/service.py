"""Who serves a community now, and what has become of each contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.kinds import Choice
from generator.records import Engagement, Firm, Grade
from generator.records.engagement import NoticeBy, TermKind
from generator.rules import replaces


class ServiceState(Choice):
    """State of one engagement on one day (domain §3.5, rule E1)."""

    UPCOMING = "upcoming", "尚未开始"
    IN_TERM = "in_term", "服务期限内"
    PAST_TERM_CONTINUING = "past_term_continuing", "期满继续服务"
    TERMINATED_HANDOVER = "terminated_handover", "已终止，交接中"
    ENDED = "ended", "已结束"
    TERM_NOT_STATED = "term_not_stated", "服务期限未提供"

    @property
    def is_serving(self) -> bool:
        """True while somebody looks after the community under this engagement."""
        return self not in {ServiceState.UPCOMING, ServiceState.ENDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One engagement with whoever serves, seen on one day."""

    engagement: Engagement
    #: None where there is no firm, and where the firm is not shown (``is_withheld``).
    firm: Firm | None
    grade: Grade | None
    state: ServiceState
    #: The day the owners' contract replaced a preliminary one (民法典 940).
    replaced_on: date | None
    #: Notice was given: the earliest lawful day to end the contract, where the record says enough. Not advice.
    leaves_from: date | None

    @property
    def is_withheld(self) -> bool:
        """True where a firm serves whose own record is not on the site any more."""
        return self.firm is None and self.engagement.firm is not None


def services(
    group: Sequence[Engagement], firms: Mapping[str, Firm], grades: Mapping[str, Grade], as_of: date
) -> tuple[Service, ...]:
    """Every engagement of one community, newest first. ``group`` is sorted by start, oldest first."""
    found = []
    for index, engagement in enumerate(group):
        begun = [e for e in group[index + 1 :] if (e.term_start or date.max) <= as_of]
        successor = next((e for e in begun if replaces(e, engagement)), next(iter(begun), None))
        state, replaced_on = _state(engagement, successor, as_of)
        found.append(
            Service(
                engagement=engagement,
                firm=firms.get(engagement.firm or ""),
                grade=grades.get(engagement.grade or ""),
                state=state,
                replaced_on=replaced_on,
                leaves_from=_leaves_from(engagement) if state.is_serving else None,
            )
        )
    return tuple(reversed(found))


def _state(engagement: Engagement, successor: Engagement | None, as_of: date) -> tuple[ServiceState, date | None]:
    """A term that has run out goes on as 不定期 until somebody ends it (民法典 948, 950); it is never "none"."""
    if engagement.ended_on and engagement.ended_on <= as_of:
        is_handover = engagement.handover_until is not None and as_of <= engagement.handover_until
        return (ServiceState.TERMINATED_HANDOVER if is_handover else ServiceState.ENDED), None
    if engagement.term_start and as_of < engagement.term_start:
        return ServiceState.UPCOMING, None
    if successor and replaces(successor, engagement):
        return ServiceState.ENDED, successor.term_start
    past_term = engagement.term_end is not None and engagement.term_end < as_of
    if successor and past_term:
        return ServiceState.ENDED, None
    if past_term:
        return ServiceState.PAST_TERM_CONTINUING, None
    if engagement.term_start is None and engagement.term_end is None:
        return ServiceState.TERM_NOT_STATED, None
    return ServiceState.IN_TERM, None


def _leaves_from(engagement: Engagement) -> date | None:
    """60 days after the owners' notice (民法典 946), or anybody's once no term binds (948).

    A firm inside a fixed term gives 90 days and stays to its end (947). None where the term is not known, or
    nothing was signed.
    """
    notice, end, kind = engagement.exit_notice_on, engagement.term_end, engagement.contract_kind
    if notice is None or engagement.exit_notice_by is None or (kind and not kind.is_contract):
        return None
    is_open = engagement.term_kind is TermKind.INDEFINITE or (end is not None and end < notice)
    if engagement.exit_notice_by is NoticeBy.OWNERS or is_open:
        return notice + timedelta(days=60)
    return max(notice + timedelta(days=90), end) if end else None


def serving_on(found: Sequence[Service], day: date) -> Service | None:
    """The newest service of a firm that went on that day; a term that ran out ends none (民法典 948)."""
    for service in found:
        e = service.engagement
        if e.firm and (e.term_start or date.min) <= day < (e.ended_on or e.handover_until or date.max):
            return service
    return None


def current(found: Sequence[Service]) -> Service | None:
    """The service that goes on now: the newest that is serving, one in hand-over last."""
    serving = [service for service in found if service.state.is_serving]
    settled = [service for service in serving if service.state is not ServiceState.TERMINATED_HANDOVER]
    return next(iter(settled or serving), None)
