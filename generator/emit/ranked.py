"""Pages about rankings: the index and its facets, editions, schemes, what changed, what was close, honours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator import addresses
from generator.editions import Subject
from generator.emit.downloads import edition_offers
from generator.emit.page import Page, home_trail, place
from generator.facts import CommendationFacts, EditionFacts, Facts, RowFacts, SchemeFacts
from generator.facts.ranked import newest
from generator.facts.standing import VersionFacts
from generator.records import (
    AssessmentResult,
    AssessmentScheme,
    Commendation,
    ListEntry,
    RankingEdition,
    Record,
    Region,
)
from generator.records.assessment_scheme import ListRule, Stratum
from generator.records.commendation import CommendationKind
from generator.records.ranking import Polarity

_TITLE = "榜单与评级"
#: Corrected by sealing another version, which says so itself.
_SEALED = frozenset({AssessmentResult, ListEntry, RankingEdition})
_TRAIL = home_trail((_TITLE, addresses.RANKINGS))

#: One heading of the filter, with its options: (name, address, how many editions).
_Facet = tuple[str, list[tuple[str, str, int]]]


def pages(facts: Facts, files: Mapping[str, bytes]) -> Iterator[Page]:
    """Every page of this module, in order of kind, then key."""
    editions = sorted(facts.rankings.editions.values(), key=newest, reverse=True)
    yield from _index(facts, editions)
    yield _schemes(facts)
    yield _close(editions)
    yield _commendations(facts)
    yield _verify(facts, files)
    yield _corrections(facts)
    for key, edition in {**facts.rankings.editions, **facts.rankings.withdrawn}.items():
        versions = facts.rankings.versions.get(key, ())
        yield _edition(facts, edition, files, versions, None)
        for version in versions:
            yield _edition(facts, version.edition, files, versions, version)
        if edition.previous and key in facts.rankings.editions:
            yield _changes(facts, edition, facts.rankings.editions[edition.previous.id])
    for scheme in facts.rankings.schemes.values():
        yield _scheme(facts, scheme)


def _index(facts: Facts, editions: Sequence[EditionFacts]) -> Iterator[Page]:
    """All editions, and those of one city, year or kind of subject: filters that are pages."""
    facets, chosen = _facets(editions)
    schemes = tuple(s for s in facts.rankings.schemes.values() if s.record.id == s.versions[0].id)
    shown = {addresses.RANKINGS: (_TITLE, editions), **chosen}
    for uri, (title, some) in shown.items():
        groups: dict[Region, list[EditionFacts]] = {}
        for edition in sorted(some, key=lambda e: e.regions[0].code):
            groups.setdefault(edition.regions[0], []).append(edition)
        is_whole = uri == addresses.RANKINGS
        yield Page(
            uri=uri,
            template="rankings.md.j2",
            title=title,
            description=f"{title}：星级、红黑榜、红黄榜，每一期的名次、得分和理由",
            trail=home_trail() if is_whole else _TRAIL,
            sought=("榜单", "红榜", "黑榜", "黄榜", "星级") if is_whole else (),
            is_part=not is_whole,
            values={
                "groups": groups,
                "facets": facets,
                "schemes": schemes,
                "not_held": facts.rankings.not_held if is_whole else (),
                "withdrawn": sorted(facts.rankings.withdrawn.values(), key=newest, reverse=True) if is_whole else (),
                "models": (RankingEdition, AssessmentResult, ListEntry, AssessmentScheme),
            },
        )


def _facets(
    editions: Sequence[EditionFacts],
) -> tuple[tuple[_Facet, ...], dict[str, tuple[str, list[EditionFacts]]]]:
    """The headings of the filter, and the editions behind each option."""
    chosen: dict[str, tuple[str, list[EditionFacts]]] = {}
    options: dict[str, dict[str, str]] = {"地区": {}, "年度": {}, "评谁": {}}
    for edition in editions:
        year = str(edition.record.period.start.year)
        kind = edition.scheme.subject_type
        city, district = edition.regions[0], edition.regions[-1]
        belongs = [("地区", city.code, city.name), ("年度", year, f"{year} 年"), ("评谁", kind.value, kind.label)]
        belongs += [("地区", district.code, district.name)] if district is not city else []
        for heading, value, name in belongs:
            uri = addresses.facet(value.replace("_", "-"))
            options[heading][uri] = name
            chosen.setdefault(uri, (f"{name}{_TITLE}", []))[1].append(edition)
    everything = ("全部", addresses.RANKINGS, len(editions))
    facets = tuple(
        (
            heading,
            [
                *([everything] if heading == "地区" else []),
                *((n, uri, len(chosen[uri][1])) for uri, n in sorted(of.items())),
            ],
        )
        for heading, of in options.items()
        if of
    )
    return facets, chosen


def _schemes(facts: Facts) -> Page:
    groups: dict[Region, list[SchemeFacts]] = {}
    for scheme in sorted(facts.rankings.schemes.values(), key=lambda s: (s.region.code, s.record.id)):
        groups.setdefault(scheme.region, []).append(scheme)
    return Page(
        uri=addresses.SCHEMES,
        template="schemes.md.j2",
        title=AssessmentScheme.title,
        description="各榜单的评价办法：评谁、看哪几项、怎么上榜、怎么提异议",
        trail=_TRAIL,
        values={"groups": groups},
    )


def _close(editions: Sequence[EditionFacts]) -> Page:
    near = ((edition, [row for row in edition.rows if row.near and row.result.rank]) for edition in editions)
    return Page(
        uri=addresses.facet("margin"),
        template="margin.md.j2",
        title="分差很小的名次",
        description="总分差一点点榜单就会不同的企业和小区",
        trail=_TRAIL,
        is_part=True,
        values={"close": [(edition, rows) for edition, rows in near if rows]},
    )


def _commendations(facts: Facts) -> Page:
    years: dict[str, dict[tuple[Region, str, CommendationKind], list[CommendationFacts]]] = {}
    for one in facts.commendations:
        key = (one.region, one.record.name, one.record.kind)
        years.setdefault(str(one.record.year), {}).setdefault(key, []).append(one)
    return Page(
        uri=addresses.COMMENDATIONS,
        template="commendations.md.j2",
        title="表彰",
        description="受表彰的物业服务企业、党组织、小区和个人",
        sought=("最美物业人", "最美业主", "先进"),
        trail=_TRAIL,
        values={"years": years, "models": (Commendation,)},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The head of the log as people read it."""

    size: int
    root: str
    at: str
    files: tuple[str, ...]


def _verify(facts: Facts, files: Mapping[str, bytes]) -> Page:
    head = facts.rankings.head
    logs = tuple(path for path in files if path.startswith(addresses.log_file("")))
    return Page(
        uri=addresses.VERIFY,
        template="verify.md.j2",
        title="怎么核验榜单",
        description="自己核验一期榜单有没有被改过、名次算得对不对：五分钟，只要 Python",
        sought=("核验", "封存", "指纹"),
        trail=_TRAIL,
        values={
            "versions": _newest_first(facts),
            "head": _Head(size=int(head[1]), root=head[4], at=head[3], files=logs) if head else None,
        },
    )


def _newest_first(facts: Facts) -> list[VersionFacts]:
    sealed = (one for versions in facts.rankings.versions.values() for one in versions)
    return sorted(sealed, key=lambda one: (one.sealed.sealed_at, one.edition.record.id, one.number), reverse=True)


def _corrections(facts: Facts) -> Page:
    return Page(
        uri=addresses.CORRECTIONS,
        template="corrections.md.j2",
        title="更正记录",
        description="本站改过什么、为什么改、影响了谁",
        sought=("更正", "撤回"),
        values={
            "changes": [one for one in _newest_first(facts) if one.sealed.kind != "seal" or one.sealed.is_withdrawn],
            "fixes": tuple(_fixes(facts)),
        },
    )


def _fixes(facts: Facts) -> list[tuple[date, str, str, str, str, str | None]]:
    """Corrections of records, newest first: day, what, why, the type's title, the record's name, its page."""
    owners: list[Record] = [one.record for one in facts.communities.values()]
    owners += [one.record for one in facts.firms.values()]
    owners += [one.record for one in facts.organizations.values()]
    pages = {(record.type_name, record.key) for record in owners}
    found = []
    for model, records in facts.records.items():
        for record in records if model not in _SEALED else ():
            known = (model.type_name, record.key) in pages
            name = getattr(record, "name", record.key)
            target = addresses.record(record) if known else None
            found += [(fix.date, fix.what, fix.why, model.title, name, target) for fix in record.correction]
    return sorted(found, key=lambda fix: (fix[0], fix[4]), reverse=True)


def _edition(
    facts: Facts,
    edition: EditionFacts,
    files: Mapping[str, bytes],
    versions: Sequence[VersionFacts],
    version: VersionFacts | None,
) -> Page:
    """An edition as it is now, or one sealed version of it; the newest is what the first of these two shows."""
    record = edition.record
    shown = version or next(reversed(versions), None)
    number = f"（第 {shown.number} 版）" if shown else ""
    return Page(
        uri=addresses.version(record.id, version.number) if version else addresses.record(record),
        template="edition.md.j2",
        title=f"{record.name}{number}",
        description=f"{place(edition.regions)}{record.period.label}：{record.name}{number}的名次、得分、理由和程序",
        trail=home_trail((_TITLE, addresses.RANKINGS), (record.name, addresses.record(record))) if version else _TRAIL,
        is_part=version is not None,
        values={
            "edition": edition,
            "version": version,
            "versions": versions,
            "shown": shown,
            "later": next((one for one in versions if shown and one.number == shown.number + 1), None),
            "is_gone": record.id in facts.rankings.withdrawn,
            "is_withdrawn": version is None and record.id in facts.rankings.withdrawn,
            "files": edition_offers(record.id, version.number if version else None, files),
            "names": _names(edition.scheme),
            "lists": _good_first(edition.scheme),
            "off": sum(bool(row.off) for row in edition.rows),
            "assessors": [
                f"{_assessor(facts, one.organization, one.name)}（{one.role}）" for one in edition.scheme.assessors
            ],
        },
    )


def _good_first(scheme: AssessmentScheme) -> list[ListRule]:
    return sorted(scheme.lists, key=lambda rule: rule.polarity is not Polarity.POSITIVE)


def _names(scheme: AssessmentScheme) -> Mapping[str, str]:
    return {one.id: one.label for one in (*scheme.levels, *scheme.lists)}


def _changes(facts: Facts, edition: EditionFacts, before: EditionFacts) -> Page:
    was = {row.who: row for row in before.rows if not row.is_hidden}
    now = {row.who for row in edition.rows if not row.is_hidden}
    is_told = not before.has_gaps and not edition.has_gaps
    return Page(
        uri=addresses.changes(edition.record.id),
        template="changes.md.j2",
        title=f"{edition.record.name}：与上期比",
        description=f"{edition.record.period.label}和{before.record.period.label}的名次、总分和榜单逐个对照",
        trail=home_trail((_TITLE, addresses.RANKINGS), (edition.record.name, addresses.record(edition.record))),
        is_part=True,
        values={
            "edition": edition,
            "before": before,
            "between": [
                record
                for record in facts.rankings.not_held
                if record.region == edition.record.region
                and record.scheme in {edition.scheme.id, before.scheme.id}
                and before.record.period.start < record.period.start < edition.record.period.start
            ],
            "groups": [
                (group, [(row, was.get(row.who)) for row in group.rows if not row.is_hidden])
                for group in edition.groups
            ],
            "is_told": is_told,
            "joined": [row for row in _scored(edition) if is_told and row.who not in was],
            "left": [row for row in _scored(before) if is_told and row.who not in now],
            "origins": (edition.origins[0], before.origins[0]),
        },
    )


def _scored(edition: EditionFacts) -> Iterator[RowFacts]:
    return (row for group in edition.groups for row in group.rows if not row.is_hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One subject over several editions."""

    row: RowFacts
    stratum: Stratum | None
    cells: tuple[RowFacts | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matrix:
    """Ranks of one region over all editions of a scheme's line, oldest first."""

    editions: tuple[EditionFacts, ...]
    lines: tuple[_Line, ...]


def _matrix(editions: Sequence[EditionFacts]) -> _Matrix:
    """Subjects in the order of the newest edition they were in, by group and rank; hidden names stand nowhere.

    Where a name has left the newest edition, only who is named in it has a line: who is missing would be found.
    """
    ordered = tuple(sorted(editions, key=newest))
    cells: dict[Subject, dict[str, RowFacts]] = {}
    first: dict[Subject, tuple[RowFacts, Stratum | None]] = {}
    for edition in reversed(ordered):
        for group in edition.groups:
            for row in group.rows:
                if not row.is_hidden:
                    key = row.who
                    if edition is ordered[-1] or not ordered[-1].has_gaps:
                        first.setdefault(key, (row, group.stratum))
                    cells.setdefault(key, {})[edition.record.id] = row
    return _Matrix(
        editions=ordered,
        lines=tuple(
            _Line(row=row, stratum=stratum, cells=tuple(cells[key].get(e.record.id) for e in ordered))
            for key, (row, stratum) in first.items()
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """One list of the worked example: for each rule, each condition and whether it holds."""

    list: str
    ways: tuple[tuple[tuple[object, bool | None], ...], ...]

    @property
    def met(self) -> bool:
        """Whether some rule holds whole."""
        return any(all(passed for _, passed in way) for way in self.ways)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Example:
    """A row to show the arithmetic on."""

    edition: EditionFacts
    group: object
    row: RowFacts
    verdicts: tuple[_Verdict, ...]


def _example(scheme: SchemeFacts) -> _Example | None:
    """The first row of the newest edition whose scores were published."""
    for edition in scheme.editions:
        for group in edition.groups:
            for row in group.rows:
                if row.steps and row.speaks and not row.vetoes and row.result.rank:
                    return _Example(edition=edition, group=group, row=row, verdicts=_verdicts(scheme, row))
    return None


def _verdicts(scheme: SchemeFacts, row: RowFacts) -> tuple[_Verdict, ...]:
    rules = {rule.id: rule for rule in scheme.record.lists}
    return tuple(
        _Verdict(
            list=name,
            ways=tuple(
                tuple(zip(rule.all_of, passed, strict=True))
                for rule, passed in zip(rules[name].rules, ways, strict=True)
            ),
        )
        for name, ways in row.verdicts
        if ways
    )


def _scheme(facts: Facts, scheme: SchemeFacts) -> Page:
    record = scheme.record
    line = {one.id for one in scheme.versions}
    regions: dict[Region, list[EditionFacts]] = {}
    for edition in facts.rankings.editions.values():
        if edition.scheme.id in line:
            regions.setdefault(edition.regions[-1], []).append(edition)
    return Page(
        uri=addresses.record(record),
        template="scheme.md.j2",
        title=record.name,
        cited=f"{record.name}（{record.edition}）",
        description=f"{record.name}：看哪几项、多少分、怎么上榜、怎么提异议，附一步一步的算例",
        trail=_TRAIL,
        values={
            "scheme": scheme,
            "lists": _good_first(record),
            "names": _names(record),
            "labels": {dimension.id: dimension.label for dimension in record.dimensions},
            "tie_break": [d.label for key in record.tie_break for d in record.dimensions if d.id == key],
            "assessors": [_assessor(facts, one.organization, one.name) for one in record.assessors],
            "example": _example(scheme),
            "matrices": {region: _matrix(regions[region]) for region in sorted(regions, key=lambda r: r.code)},
        },
    )


def _assessor(facts: Facts, organization: str | None, name: str | None) -> str:
    known = facts.organizations.get(organization or "")
    return known.record.name if known else name or "评价主体未提供"
