"""Every computed duty of every community as a table to take away: who is behind is a filter in Excel."""

from __future__ import annotations

from collections.abc import Iterator

from generator import addresses
from generator.emit.files import csv_bytes, workbook
from generator.facts import CommunityFacts, Facts

FORMS = ("csv", "xlsx")
_HEAD = (
    *(("city", "市"), ("district", "区县"), ("street", "街道"), ("community", "小区编号"), ("name", "小区")),
    *(("policy", "公示要求"), ("item", "公示事项"), ("period", "哪一期"), ("period.start", "起"), ("period.end", "止")),
    *(("due", "最后一天"), ("posted_from", "公示日期"), ("timeliness", "结果"), ("late", "逾期天数")),
)


def emit(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """The table in each form, a row a community, duty and period; nothing where no duty is computed."""
    body = [row for community in facts.communities.values() for row in _rows(community)]
    if body:
        grid = [[name for name, _ in _HEAD], [label for _, label in _HEAD], *body]
        yield addresses.timeliness("csv"), csv_bytes(grid)
        yield addresses.timeliness("xlsx"), workbook("公示按时情况", grid)


def _rows(community: CommunityFacts) -> Iterator[list[str]]:
    street = community.regions[-1].name if community.regions[-1] != community.district else ""
    where = [community.regions[0].name, community.district.name, street]
    for duty in community.notices.duties:
        yield [
            *where,
            *(community.record.id, community.record.name, duty.policy.id, duty.policy.item.label),
            *(duty.span.label, str(duty.span.start), str(duty.span.end), str(duty.due) if duty.is_final else ""),
            str(duty.notice.posted_from) if duty.notice else "",
            duty.timeliness.label,
            str(duty.late or ""),
        ]
