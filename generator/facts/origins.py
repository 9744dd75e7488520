"""Where each record on the site comes from, and where a place lies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from generator import addresses
from generator.dataset import Dataset
from generator.facts.model import Coverage, DataFile, SourceCount
from generator.facts.provenance import Origin
from generator.lasting import visible
from generator.problems import Source
from generator.records import Organization, Record, Region
from generator.records.base import Status
from generator.rules import above


def origin(dataset: Dataset, record: Record) -> Origin:
    """Where one record comes from."""
    source = dataset.source(record)
    publisher = dataset.of(Organization).get(record.publisher or "")
    return Origin(
        title=record.title,
        content_source=record.content_source,
        publisher=publisher.name if publisher and publisher.status is Status.PUBLISHED else None,
        as_of=record.as_of,
        generated_on=record.generated_on,
        published_on=record.published_on,
        url=record.source_url,
        display=record.display if record.approx else None,
        corrections=record.correction,
        source=source,
        link=addresses.source_link(dataset.site, source),
    )


def coverage(origins: Iterable[Origin]) -> Coverage:
    """What a page over many records rests on."""
    seen = {(origin.content_source, origin.as_of) for origin in origins}
    return Coverage(
        sources=tuple(sorted({source for source, _ in seen if source})),
        days=tuple(sorted({str(day) for _, day in seen if day})),
        has_undated=any(day is None for _, day in seen),
    )


def chain(dataset: Dataset, code: str) -> tuple[Region, ...]:
    """From the city down to the region ``code``."""
    regions = dataset.of(Region)
    return tuple(regions[found] for found in reversed(above(regions, code)))


def sources(dataset: Dataset, as_of: date) -> tuple[SourceCount, ...]:
    """Every source with what came from it and the days it speaks of."""
    counts: dict[str | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    days: dict[str | None, set[str]] = defaultdict(set)
    for model in dataset.records:
        for record in visible(dataset, model, as_of).values():
            counts[record.content_source][model.title] += 1
            days[record.content_source].add(str(record.as_of) if record.as_of else "")
    return tuple(
        SourceCount(
            content_source=source,
            as_of=tuple(sorted(days[source], key=lambda day: (not day, day))),
            counts=tuple(counts[source].items()),
        )
        for source in sorted(counts, key=lambda s: s or "")
    )


def files(dataset: Dataset, as_of: date) -> tuple[DataFile, ...]:
    """Every data file with how many records of a type it holds."""
    counts = Counter(
        (dataset.source(record).path, model.title)
        for model in dataset.records
        for record in visible(dataset, model, as_of).values()
    )
    return tuple(
        DataFile(path=path, title=title, records=number, link=addresses.source_link(dataset.site, Source(path, 1)))
        for (path, title), number in sorted(counts.items())
    )
