"""Whether what had to be posted was posted in time: periods, deadlines and what became of each (domain §2.4, §3.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from generator.kinds import Choice
from generator.records import DisclosureNotice, DisclosurePolicy
from generator.records.base import BasisStatus
from generator.records.disclosure_policy import Cadence, DayKind

_YEAR = 12
_SATURDAY = 5
#: (month, day) of the holidays that do not move (《全国年节及纪念日放假办法》 第二条): 元旦, 劳动节, 国庆节.
_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_NAMES = {
    Cadence.QUARTERLY: ("第一季度", "第二季度", "第三季度", "第四季度"),
    Cadence.SEMIANNUAL: ("上半年", "下半年"),
}


class Timeliness(Choice):
    """What became of one duty of one period, on one day."""

    ON_TIME = "on_time", "按时"
    LATE = "late", "逾期公示"
    MISSING = "missing", "逾期，没有公示记录"
    NOT_DUE = "not_due", "还没有到期"
    UNSETTLED = "unsettled", "节假日安排未公布"

    @property
    def is_failure(self) -> bool:
        """Whether the deadline was missed."""
        return self in {Timeliness.LATE, Timeliness.MISSING}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One period of the calendar; both ends are included."""

    start: date
    end: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One item that was due for one period, and what was posted."""

    policy: DisclosurePolicy
    span: Span
    #: The last day; while it is not final, as weekends and fixed holidays make it.
    due: date
    #: Whether the holidays of that year have been announced.
    is_final: bool
    #: The first one that was posted for the period.
    notice: DisclosureNotice | None
    timeliness: Timeliness
    #: Calendar days after the last day, on the day it was posted or, where it was not, today; 0 in time.
    late: int
    #: Days it hung, both ends included, where that has ended and was shorter than the rule wants; else None.
    hung_short: int | None


def is_computed(policy: DisclosurePolicy) -> bool:
    """Whether deadlines follow from a rule: it says them, and somebody has held it against the issuer's text."""
    is_said = policy.due_days is not None and policy.due_kind is not None and policy.cadence.months > 0
    return is_said and policy.basis_status is BasisStatus.VERIFIED and policy.valid_from is not None


def spans(cadence: Cadence, first: date, last: date) -> Iterator[Span]:
    """Whole periods of the calendar that begin on ``first`` or later and end on ``last`` or earlier, oldest first."""
    step = cadence.months
    if not step:
        return
    month = first.year * _YEAR + first.month - 1
    month += -month % step
    if first.day > 1 and _first(month) < first:
        month += step
    while (end := _first(month + step) - timedelta(days=1)) <= last:
        yield Span(_first(month), end, _label(cadence, month))
        month += step


@cache
def deadline(end: date, days: int, kind: DayKind) -> tuple[date, bool]:
    """The last day: so many days after ``end``, the next working day where it is a day off (民法典 二百〇三条).

    And whether that is final: beyond the years whose holidays have been announced only weekends and the holidays on
    fixed days are off.
    """
    try:
        return _counted(end, days, kind, chinese_calendar.is_workday), True
    except NotImplementedError:  # what the library says of a year it does not know
        return _counted(end, days, kind, _is_likely_workday), False


def _is_likely_workday(day: date) -> bool:
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _HOLIDAYS


def _counted(end: date, days: int, kind: DayKind, is_workday: Callable[[date], bool]) -> date:
    def from_here(day: date) -> date:
        while not is_workday(day):
            day += timedelta(days=1)
        return day

    if kind is DayKind.CALENDAR:
        return from_here(end + timedelta(days=days))
    day = end
    for _ in range(days):
        day = from_here(day + timedelta(days=1))
    return day


def duties(
    policy: DisclosurePolicy, notices: Sequence[DisclosureNotice], first: date, as_of: date, until: date | None = None
) -> tuple[Duty, ...]:
    """Every period of one computed policy from ``first`` to ``until``, newest first; ``until`` is today unless said.

    ``notices``: those of one community for the policy's item, in any order.
    """
    begins = max(first, policy.valid_from or first)
    last = until or as_of
    ends = min(last, policy.valid_to or last)
    found = (_duty(policy, span, _of(span, notices), as_of) for span in spans(policy.cadence, begins, ends))
    return tuple(sorted(found, key=lambda duty: duty.span, reverse=True))


def _duty(policy: DisclosurePolicy, span: Span, notice: DisclosureNotice | None, as_of: date) -> Duty:
    assert policy.due_days is not None
    assert policy.due_kind is not None
    due, is_final = deadline(span.end, policy.due_days, policy.due_kind)
    late = max(0, ((notice.posted_from if notice else as_of) - due).days)
    if notice is None and not late:
        timeliness = Timeliness.NOT_DUE
    elif not is_final:
        timeliness = Timeliness.UNSETTLED
    elif notice is None:
        timeliness = Timeliness.MISSING
    else:
        timeliness = Timeliness.LATE if late else Timeliness.ON_TIME
    return Duty(
        policy=policy,
        span=span,
        due=due,
        is_final=is_final,
        notice=notice,
        timeliness=timeliness,
        late=late if is_final else 0,
        hung_short=_short(policy, notice, as_of) if notice else None,
    )


def _of(span: Span, notices: Iterable[DisclosureNotice]) -> DisclosureNotice | None:
    """The first notice for a period."""
    found = (n for n in notices if n.period and (n.period.start, n.period.end) == (span.start, span.end))
    return min(found, key=lambda notice: (notice.posted_from, notice.id), default=None)


def _short(policy: DisclosurePolicy, notice: DisclosureNotice, as_of: date) -> int | None:
    """Calendar days it hung, where the rule counts those and it was taken down too early."""
    if policy.min_days is None or policy.day_kind is not DayKind.CALENDAR or notice.posted_to is None:
        return None
    hung = (notice.posted_to - notice.posted_from).days + 1
    return hung if notice.posted_to < as_of and hung < policy.min_days else None


def _first(month: int) -> date:
    """The first day of a month counted from year 0."""
    return date(month // _YEAR, month % _YEAR + 1, 1)


def _label(cadence: Cadence, month: int) -> str:
    year, rest = divmod(month, _YEAR)
    if cadence is Cadence.ANNUAL:
        return f"{year}年度"
    name = _NAMES[cadence][rest // cadence.months] if cadence in _NAMES else f"{rest + 1}月"
    return f"{year}年{name}"
