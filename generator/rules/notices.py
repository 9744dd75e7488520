"""Rules for duties to publish, notices and boards."""

from __future__ import annotations

from collections.abc import Iterator

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem
from generator.records import Community, DisclosureNotice, DisclosurePolicy, Firm, NoticeBoard
from generator.records.disclosure_policy import DisclosureItem
from generator.records.notice_board import STANDING_ITEMS
from generator.rules.communities import served_by, services_are_known
from generator.rules.shared import repeated

#: What is posted again for every period (domain §1.4 row 2, §3.9).
PERIODIC_ITEMS = frozenset(
    {
        DisclosureItem.BILLING_ITEMS,
        DisclosureItem.COLLECTION,
        DisclosureItem.PUBLIC_REVENUE,
        DisclosureItem.MAINTENANCE_FUND,
        DisclosureItem.SHARED_UTILITIES,
        DisclosureItem.ELEVATOR_MAINTENANCE,
        DisclosureItem.WATER_QUALITY,
        DisclosureItem.FULFILMENT,
    }
)


def deadlines_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """A deadline in days says which days, after which period, and since when the rule holds (domain §2.4)."""
    for policy in dataset.of(DisclosurePolicy).values():
        if (policy.due_days is None) != (policy.due_kind is None):
            name = "due_days" if policy.due_days is None else "due_kind"
            values = {"value": schema.label(DisclosurePolicy, (name,)), "field": name}
            yield Problem("E770", dataset.place(policy, name), values)
        elif policy.due_days is not None and not policy.cadence.months:
            yield Problem("E771", dataset.place(policy, "cadence"), {"value": policy.cadence.label})
        elif policy.due_days is not None and policy.valid_from is None:
            values = {"value": schema.label(DisclosurePolicy, ("valid_from",)), "field": "valid_from"}
            yield Problem("E770", dataset.place(policy, "due_days"), values)


def notices_name_their_period(dataset: Dataset) -> Iterator[Problem]:
    """What is posted every period says for which, and no sooner than it ended."""
    for notice in dataset.of(DisclosureNotice).values():
        period = notice.period
        if period is None:
            if notice.item in PERIODIC_ITEMS:
                yield Problem("E772", dataset.place(notice, "item"), {"value": notice.item.label})
        elif period.start <= period.end and notice.posted_from <= period.end:
            values = {"value": f"{notice.posted_from}", "first": period.label}
            yield Problem("E774", dataset.place(notice, "posted_from"), values)


def notices_are_distinct(dataset: Dataset) -> Iterator[Problem]:
    """One item is posted once a day in a community for a period; what was replaced later has another day."""
    communities = dataset.of(Community)

    def said(notice: DisclosureNotice) -> str:
        where, period = communities[notice.community].name, notice.period
        span = f"{period.start} {period.end}" if period else ""
        shown = f"{where} {notice.item.label} {period.label if period else ''} {notice.posted_from}"
        return f"{notice.community} {span}\n{shown}"

    notices = dataset.of(DisclosureNotice).values()
    yield from repeated(dataset, ((said(notice), notice) for notice in notices), "E775", "posted_from")


def boards_are_one(dataset: Dataset) -> Iterator[Problem]:
    """One record a community; what it lacks is one of the six items, said once (domain §1.3 N09)."""
    names = dataset.of(Community)
    boards = dataset.of(NoticeBoard).values()
    keyed = ((f"{board.community}\n{names[board.community].name}", board) for board in boards)
    yield from repeated(dataset, keyed, "E776", "community")
    six = "、".join(item.label for item in STANDING_ITEMS)
    for board in boards:
        seen: set[DisclosureItem] = set()
        for position, absence in enumerate(board.absent):
            if absence.item not in STANDING_ITEMS or absence.item in seen:
                place = dataset.place(board, "absent", position, "item")
                yield Problem("E777", place, {"value": absence.item.label, "options": six})
            seen.add(absence.item)


def firms_post_where_they_serve(dataset: Dataset) -> Iterator[Problem]:
    """Who posted has served in the community at some time, where that can be told."""
    served = served_by(dataset)
    for notice in dataset.of(DisclosureNotice).values() if services_are_known(dataset) else ():
        if notice.firm and notice.community not in {community for community, *_ in served[notice.firm]}:
            values = {
                "value": dataset.of(Firm)[notice.firm].name,
                "first": dataset.of(Community)[notice.community].name,
            }
            yield Problem("E778", dataset.place(notice, "firm"), values)
