"""Rules for service points, trusteeships, classes that brand a place, exposures, exits, stories and their pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from generator import pictures, schema, stories
from generator.dataset import Dataset
from generator.problems import Problem, Source
from generator.records import (
    RECORD_TYPES,
    Community,
    DisclosurePolicy,
    ExitProcedure,
    Exposure,
    GovernanceStat,
    ListEntry,
    Measure,
    Mechanism,
    PolicyDocument,
    Record,
    Region,
    ServicePoint,
    Trusteeship,
    VolunteerTeam,
)
from generator.records.community import BRANDING
from generator.records.service_point import PointKind
from generator.records.trusteeship import FIVE_GUARANTEES, TrusteeshipMode
from generator.records.vote import Vote
from generator.rules.shared import above, out_of_order


def brands_were_published(dataset: Dataset) -> Iterator[Problem]:
    """三无, 四失 and 失管 are shown only where an authority published them (domain §1.4 row 19)."""
    for community in dataset.published(Community).values():
        for position, held in enumerate(community.governance_flags):
            if held.flag in BRANDING and held.published_by is None:
                at = dataset.place(community, "governance_flags", position, "flag")
                yield Problem("E750", at, {"value": held.flag.label})


def points_can_be_found(dataset: Dataset) -> Iterator[Problem]:
    """A point says where it is, or how to reach it; a column names its medium (domain §1.4 rows 29 and 30)."""
    for point in dataset.published(ServicePoint).values():
        if point.kind is PointKind.MEDIA_COLUMN:
            if point.outlet is None:
                yield Problem("E752", dataset.place(point, "kind"))
        elif point.place is None and not point.phones:
            yield Problem("E751", dataset.place(point), {"value": point.name})


def communities_lie_in_the_region(dataset: Dataset) -> Iterator[Problem]:
    """What names a community and a region means one place: else it stands on another city's page."""
    regions = dataset.of(Region)
    models: tuple[type[ServicePoint | VolunteerTeam | Exposure | Trusteeship], ...] = (
        ServicePoint,
        VolunteerTeam,
        Exposure,
        Trusteeship,
    )
    for model in models:
        for record in dataset.of(model).values():
            for loc, target, key in schema.referred(record):
                if target != Community.type_name:
                    continue
                community = dataset.of(Community)[key]
                if record.region not in above(regions, community.region):
                    values = {"value": community.name, "first": regions[record.region].name}
                    yield Problem("E753", dataset.place(record, *loc), values)


def trusteeships_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """One provider; 低价有偿 has a price; 五保 are five (domain §1, B08, B09)."""
    for held in dataset.published(Trusteeship).values():
        if sum(one is not None for one in (held.firm, held.organization, held.provider)) != 1:
            yield Problem("E754", dataset.place(held), {"value": held.name})
        if held.mode is TrusteeshipMode.PUBLIC_WELFARE and held.fee is None and held.fee_standard is None:
            yield Problem("E755", dataset.place(held, "mode"), {"value": held.mode.label})
        missing = [one for one in FIVE_GUARANTEES if one not in held.services]
        if held.mode is TrusteeshipMode.FIVE_GUARANTEES and missing:
            yield Problem("E756", dataset.place(held, "services"), {"options": "、".join(missing)})
        yield from out_of_order(dataset, held, (("since", "until"),))


#: Words that judge or insult; what is said of somebody is facts (domain §6.3, WORD-CREDIT). Not what only looks so: a
#: pit in the road, a running course, being on guard against swindlers.
_INSULTS = re.compile(
    r"黑心|老赖|(?<![夜晨慢])跑路(?![线径程段])|无良|无赖|(?<![防识别辨穿破抓被])骗子|骗钱|流氓|缺德|吸血(?![虫蚊])|奇葩|不要脸"
    r"|(?<![零无])垃圾(?:物业|公司|企业|小区)|(?<![路水土基挖填泥弹沙树个])坑(?:人(?!行)|钱|业主)"
)
#: What only says again what somebody else's paper says; any other type is looked through, those to come included.
_QUOTING: tuple[type[Record], ...] = (DisclosurePolicy, GovernanceStat, Mechanism, PolicyDocument)


def facts_do_not_insult(dataset: Dataset) -> Iterator[Problem]:
    """What is said of somebody, in any text on the site, is facts; whoever reads them judges (民法典 1024, 1025)."""
    for model in RECORD_TYPES:
        for record in dataset.published(model).values() if model not in _QUOTING else ():
            for loc, text in schema.texts(record):
                if found := _INSULTS.search(text):
                    yield Problem("E758", dataset.place(record, *loc), {"value": found.group()})


#: So long bad news is shown without anybody's asking why.
_YEAR = timedelta(days=366)
#: What speaks against somebody, and the days from the last of which it is counted how long.
_BAD_NEWS: Mapping[type[Record], tuple[str, ...]] = {
    Exposure: ("exposed_on",),
    ExitProcedure: ("started_on", "decided_on", "handover_from", "handover_on", "ended_on"),
}


def bad_news_ends(dataset: Dataset) -> Iterator[Problem]:
    """What speaks against somebody has its last day on the site (domain §0.2-9), and does not stay for years."""
    for model, names in _BAD_NEWS.items():
        for record in dataset.published(model).values():
            if record.display_until is None:
                yield Problem("E757", dataset.place(record), {"value": model.title})
                continue
            last, name = max((getattr(record, name) or date.min, name) for name in names)
            if record.display_until > last + _YEAR:
                values = {
                    "type": model.title,
                    "value": f"{record.display_until}",
                    "first": f"{schema.label(model, (name,))} {last}",
                }
                yield Problem("N750", dataset.place(record, "display_until"), values)


_EXPOSURE_STEPS = (("exposed_on", "reply_on"), ("exposed_on", "rectified_on"), ("exposed_on", "display_until"))


def exposures_are_whole(dataset: Dataset) -> Iterator[Problem]:
    """An exposure says of what or of whom; what followed came after it."""
    for exposure in dataset.published(Exposure).values():
        if exposure.community is None and exposure.firm is None:
            yield Problem("E759", dataset.place(exposure))
        yield from out_of_order(dataset, exposure, _EXPOSURE_STEPS)
        for position, step in enumerate(exposure.follow_up):
            if step.date < exposure.exposed_on:
                days = {"value": f"后来怎样的日期 {step.date}", "first": f"曝光日期 {exposure.exposed_on}"}
                yield Problem("E406", dataset.place(exposure, "follow_up", position, "date"), days)


_TWO_THIRDS, _HALF = Decimal(200) / 3, Decimal(50)


def shortfalls(vote: Vote) -> tuple[str, ...]:
    """What a vote on the firm lacks, by the basis it lacks it on; empty where it carries (民法典 278).

    Two thirds of the area and of the owners take part; of those, more than half of either agree. Two decimals are
    published, so 66.67 stands for two thirds.
    """
    needed = (
        ("took_part_area_pct", vote.took_part_area_pct >= _TWO_THIRDS, "不到三分之二"),
        ("took_part_owners_pct", vote.took_part_owners_pct >= _TWO_THIRDS, "不到三分之二"),
        ("agreed_area_pct", vote.agreed_area_pct > _HALF, "没有过半"),
        ("agreed_owners_pct", vote.agreed_owners_pct > _HALF, "没有过半"),
    )
    return tuple(
        f"{schema.label(Vote, (name,))} {getattr(vote, name):f}%，{short}" for name, holds, short in needed if not holds
    )


_EXIT_STEPS = (
    ("started_on", "decided_on"),
    ("decided_on", "notice_given_on"),
    ("decided_on", "handover_from"),
    ("notice_given_on", "handover_from"),
    ("handover_from", "handover_on"),
    ("decided_on", "handover_on"),
    ("started_on", "ended_on"),
    ("started_on", "display_until"),
)
#: What comes after the decision, and so not without it.
_AFTER_DECISION = ("notice_given_on", "handover_from", "handover_on")
_NOTICE = timedelta(days=60)


def exits_are_decided_by_owners(dataset: Dataset) -> Iterator[Problem]:
    """An exit has a cause, and goes on only after a vote that carried on both bases (民法典 278, 946)."""
    for found in dataset.published(ExitProcedure).values():
        if (found.entry is None) == (found.reason is None):
            yield Problem("E762", dataset.place(found))
        yield from _decided(dataset, found)
        if (found.ended_on is None) != (found.ended_reason is None):
            yield Problem("E763", dataset.place(found, "ended_on" if found.ended_on else "ended_reason"))
        yield from out_of_order(dataset, found, _EXIT_STEPS)
        leaves = found.handover_from or found.handover_on
        if found.notice_given_on and leaves and timedelta() <= leaves - found.notice_given_on < _NOTICE:
            values = {"value": f"{(leaves - found.notice_given_on).days}"}
            yield Problem("N751", dataset.place(found, "notice_given_on"), values)
        entry = dataset.of(ListEntry)[found.entry] if found.entry else None
        if entry and not {entry.community, entry.firm} & {found.community, found.firm}:
            yield Problem("E769", dataset.place(found, "entry"), {"value": entry.id})
    for measure in dataset.published(Measure).values():
        if measure.vote and (measure.successor or measure.handover_on):
            yield from _carried(dataset, measure, measure.vote)


def _decided(dataset: Dataset, found: ExitProcedure) -> Iterator[Problem]:
    if found.decided_on is None:
        after = next((name for name in _AFTER_DECISION if getattr(found, name)), None)
        if after:
            yield Problem("E761", dataset.place(found, after), {"value": schema.label(ExitProcedure, (after,))})
    elif found.vote is None:
        yield Problem("E761", dataset.place(found, "decided_on"), {"value": schema.label(ExitProcedure, ("vote",))})
    else:
        yield from _carried(dataset, found, found.vote)


def _carried(dataset: Dataset, record: Record, vote: Vote) -> Iterator[Problem]:
    if short := shortfalls(vote):
        yield Problem("E760", dataset.place(record, "vote"), {"options": "；".join(short)})


#: A picture in Markdown with nothing said about it.
_SILENT = re.compile(r"!\[\s*\]")


def stories_describe_their_pictures(dataset: Dataset, content: Mapping[str, bytes]) -> Iterator[Problem]:
    """Every picture of a story is listed with what is in it and who has agreed, and said where it stands.

    While some story cannot be read, it may be the one that lists a picture.
    """
    listed = set()
    for path, story in dataset.stories.items():
        for position, photo in enumerate(story.photos):
            listed.add(photo.file)
            if photo.file not in content:
                at = dataset.story_place(path, "photos", position, "file")
                yield Problem("E765", at, {"value": photo.file})
    written = {path: raw for path, raw in content.items() if path.startswith(stories.FOLDER)}
    are_read = all(path in dataset.stories for path in written if path.endswith(".md"))
    for path, raw in written.items():
        if path.endswith(pictures.SUFFIXES) and path not in listed and are_read:
            yield Problem("E766", Source(f"content/{path}"))
        elif path.endswith(".md"):
            for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), start=1):
                if found := _SILENT.search(line):
                    yield Problem("E764", Source(f"content/{path}", number, found.start() + 1))


def pictures_say_nothing_else(content: Mapping[str, bytes]) -> Iterator[Problem]:
    """No place, camera, owner or comment in a picture; none that cannot be looked into (domain §6.3, PII-IMG)."""
    for path, raw in content.items():
        if not path.endswith(pictures.SUFFIXES):
            continue
        try:
            found = pictures.extras(raw)
        except pictures.NoPicture:
            yield Problem("E768", Source(f"content/{path}"))
            continue
        if found:
            yield Problem("E767", Source(f"content/{path}"), {"options": "、".join(found)})
