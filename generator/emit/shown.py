"""Where a mechanism can be seen at work: the deepest place of the site that shows it, part by part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from generator import addresses
from generator.facts import Facts, MechanismFacts
from generator.facts.ranked import newest
from generator.records.measure import MeasureKind
from generator.records.mechanism import ShownAt


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One part of the site, and the pages or sections of it that show the mechanism: (text, address)."""

    at: ShownAt
    targets: tuple[tuple[str, str], ...]
    #: Each target has a name of its own; else it is simply the part.
    is_named: bool


def shown(facts: Facts, found: MechanismFacts, codes: Collection[str]) -> tuple[Place, ...]:
    """In the order of the record. ``codes``: the regions that have a page of ladders.

    A part with nothing of the mechanism in it is left out where only what is named can show it.
    """
    general = _general(facts, found.record.region, codes)
    places = []
    for at in found.record.shown_at:
        named = tuple(_NAMED[at](facts, found)) if at in _NAMED else ()
        if named:
            places.append(Place(at=at, targets=named, is_named=True))
        elif at in general:
            places.append(Place(at=at, targets=((at.label, general[at]),), is_named=False))
    return tuple(places)


def _general(facts: Facts, city: str, codes: Collection[str]) -> Mapping[ShownAt, str]:
    """Where a city's own part begins; the whole page where a part is not divided by city."""
    region = facts.regions[city]
    has_rankings = any(edition.regions[0].code == city for edition in facts.rankings.editions.values())
    bodies = {organization.district.code for organization in facts.organizations.values()}
    papers = {document.region.code for document in facts.documents.values() if document.region}
    settled = {found.region.code for found in facts.deliberation}
    points = {point.regions[0].code for point in facts.places.points}
    has_accounts = any(community.accounts for community in region.communities)
    duties = {of.code if of else "all" for of in facts.duties}
    duty = next((code for code in (city, "all") if code in duties), None)

    def part(uri: str, is_there: bool) -> str:
        return f"{uri}#r-{city}" if is_there else uri

    return {
        ShownAt.COMMUNITIES: addresses.record(region.record),
        ShownAt.FIRMS: addresses.FIRMS,
        ShownAt.FEES: addresses.FEES,
        ShownAt.COMPLAINTS: addresses.complaints(city) if city in codes else addresses.COMPLAINTS,
        ShownAt.ORGANIZATIONS: part(addresses.ORGANIZATIONS, city in bodies),
        ShownAt.POLICIES: part(addresses.POLICIES, city in papers),
        ShownAt.DISCLOSURE: f"{addresses.DISCLOSURE}#r-{duty}" if duty else addresses.DISCLOSURE,
        ShownAt.RANKINGS: addresses.facet(city) if has_rankings else addresses.RANKINGS,
        ShownAt.COMMENDATIONS: addresses.COMMENDATIONS,
        ShownAt.ACCOUNTS: addresses.accounts(city) if has_accounts else addresses.ACCOUNTS,
        ShownAt.BACKSTOP: part(addresses.BACKSTOP, region.record.parent is None),
        ShownAt.PLACES: part(addresses.PLACES, city in points),
        ShownAt.EXPOSURES: f"{addresses.EXPOSURES}#entries",
        ShownAt.DELIBERATION: part(addresses.DELIBERATION, city in settled),
    }


_Targets = Iterator[tuple[str, str]]


def _organizations(facts: Facts, found: MechanismFacts) -> _Targets:
    for key in found.record.organizations:
        if key in facts.organizations:
            body = facts.organizations[key].record
            yield body.name, addresses.record(body)


def _documents(facts: Facts, found: MechanismFacts) -> _Targets:
    for document in found.documents:
        yield document.name, addresses.record(document)


def _measures(facts: Facts, found: MechanismFacts) -> _Targets:
    """Of each kind of measure the newest of the city, in the row of the edition that it followed from."""
    wanted = dict.fromkeys(found.record.measures)
    seen: dict[MeasureKind, str] = {}
    editions = (one for one in facts.rankings.editions.values() if one.regions[0].code == found.record.region)
    for edition in sorted(editions, key=newest, reverse=True):
        for group in edition.groups:
            name = group.stratum.id if group.stratum else "all"
            for index, row in enumerate(group.rows, 1):
                for measure in (measure for case in row.cases for measure in case.measures):
                    seen.setdefault(measure.record.kind, f"{addresses.record(edition.record)}#r-{name}-{index}")
    yield from ((kind.label, seen[kind]) for kind in wanted if kind in seen)


def _exits(facts: Facts, found: MechanismFacts) -> _Targets:
    here = {community.record.id for community in facts.regions[found.record.region].communities}
    newest_one = next((one for one in facts.places.exits if one.community.id in here), None)
    if newest_one:
        anchor = addresses.mark(newest_one.record)
        yield newest_one.community.name, f"{addresses.record(newest_one.community)}#{anchor}"


def _boards(facts: Facts, found: MechanismFacts) -> _Targets:
    """The board that lacks least, of several the one that was looked at last."""
    boards = [
        (len(board.absent), -board.checked_on.toordinal(), community.record.id, community.record.name)
        for community in facts.regions[found.record.region].communities
        if (board := community.notices.board)
    ]
    if boards:
        *_, key, name = min(boards)
        yield name, f"{addresses.notices(key)}#board"


def _trusteeships(facts: Facts, found: MechanismFacts) -> _Targets:
    """Those whose figures are the mechanism's own."""
    for one in facts.places.trusteeships:
        if any(figure.mechanism == found.record.id for figure in one.figures):
            yield one.record.name, f"{addresses.BACKSTOP}#{addresses.mark(one.record)}"


def _stories(facts: Facts, found: MechanismFacts) -> _Targets:
    for one in facts.places.stories:
        if any(mechanism.id == found.record.id for mechanism in one.mechanisms):
            yield one.story.title, one.uri


#: What finds the records of a mechanism itself.
_NAMED: Mapping[ShownAt, Callable[[Facts, MechanismFacts], _Targets]] = {
    ShownAt.ORGANIZATIONS: _organizations,
    ShownAt.POLICIES: _documents,
    ShownAt.RANKINGS: _measures,
    ShownAt.EXITS: _exits,
    ShownAt.BOARDS: _boards,
    ShownAt.BACKSTOP: _trusteeships,
    ShownAt.STORIES: _stories,
}
