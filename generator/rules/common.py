"""Rules for every record: days in order and not to come, approximations in their own words."""

from __future__ import annotations

from collections.abc import Iterator

from generator import schema
from generator.dataset import Dataset
from generator.problems import Problem, Source
from generator.records import (
    RECORD_TYPES,
    DisclosureNotice,
    Engagement,
    FeeStandard,
    GuidePrice,
    JointMeeting,
    Matter,
    PolicyDocument,
    Record,
)
from generator.rules.shared import is_after, out_of_order

_EVERYWHERE = (("valid_from", "valid_to"), ("generated_on", "published_on"))


def days_in_order(dataset: Dataset) -> Iterator[Problem]:
    """Days that cannot come before each other (domain §3.0, §3.5, §3.7)."""
    steps: dict[type[Record], tuple[tuple[str, str], ...]] = {
        Engagement: (("term_start", "term_end"), ("term_start", "ended_on"), ("ended_on", "handover_until")),
        FeeStandard: (("effective_from", "effective_to"),),
        GuidePrice: (("effective_from", "effective_to"), ("effective_from", "next_review")),
        DisclosureNotice: (("posted_from", "posted_to"),),
        PolicyDocument: (("issued_on", "valid_until"), ("effective_from", "valid_until")),
        JointMeeting: (("sign_up_until", "held_on"),),
        Matter: (("raised_on", "due"), ("raised_on", "escalated_on"), ("raised_on", "closed_on")),
    }
    for model in RECORD_TYPES:
        for record in dataset.of(model).values():
            yield from out_of_order(dataset, record, (*_EVERYWHERE, *steps.get(model, ())), apart={"term_end"})


def nothing_has_happened_in_days_to_come(dataset: Dataset) -> Iterator[Problem]:
    """What a record tells as done was done by the day its data is of (domain §3.0): plans have other fields."""
    for model in RECORD_TYPES:
        for record in dataset.published(model).values():
            for loc, day in schema.happened(record):
                if record.as_of and is_after(day, record.as_of):
                    values = {"label": schema.label(model, loc), "value": str(day), "first": str(record.as_of)}
                    yield Problem("E726", dataset.place(record, *loc), values)


def approximations_keep_their_wording(dataset: Dataset) -> Iterator[Problem]:
    """余, 多, 超 and 约 are printed as the source writes them (domain §1.0)."""
    for model in RECORD_TYPES:
        for record in dataset.of(model).values():
            if record.approx and not record.display:
                yield Problem("E425", dataset.place(record, "approx"))


def the_site_says_who_runs_it(dataset: Dataset) -> Iterator[Problem]:
    """Readers are told to report errors to the operator: there should be one, with a telephone or an address."""
    site = dataset.site
    if site.operator is None or (site.operator_phone is None and site.report is None):
        yield Problem("N412", Source("data/site.yml", 1, 1))
