"""Which existing community an entry is: by name, then by alias, inside its district; coordinates only propose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from generator.importing import values
from generator.importing.districts import Districts
from generator.importing.entries import Entry
from generator.records import Community


class MatchKind(Enum):
    """How an entry relates to the communities of the site."""

    NEW = "new"
    #: The community of that name in that district, or the only one where the entry has no district.
    SAME = "same"
    #: A community of that name stands in another district only; it may be another one.
    ELSEWHERE = "elsewhere"
    RENAMED = "renamed"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What an entry was matched with."""

    kind: MatchKind
    community: Community | None = None
    #: Code of the region the file gives, the site's own where it gives none; a new district has a code already.
    region: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    by_name: Mapping[str, tuple[Community, ...]]
    by_alias: Mapping[str, tuple[Community, ...]]
    by_coordinates: Mapping[str, tuple[Community, ...]]
    districts: Districts

    def candidates(self, entry: Entry) -> tuple[Community, ...]:
        key = values.match_key(entry.name)
        return self.by_name.get(key) or self.by_alias.get(key) or ()

    def within(self, communities: Iterable[Community], region: str) -> list[Community]:
        return [c for c in communities if region in self.districts.above(c.region)]


def match_all(
    entries: Sequence[Entry], regions: Mapping[str, str], communities: Mapping[str, Community], districts: Districts
) -> tuple[Match, ...]:
    """One match an entry, in order; ``regions`` gives the code of every district text that is usable."""
    known = _index(communities, districts)
    present = frozenset(values.match_key(entry.name) for entry in entries)
    exact = {hit.id for entry in entries if (hit := _exact(entry, regions.get(entry.district), known))}
    first: dict[tuple[str, str], Entry] = {}
    found: list[Match] = []
    for entry in entries:
        match = _match(entry, regions.get(entry.district), known, present, exact)
        is_used = match.kind in {MatchKind.NEW, MatchKind.SAME, MatchKind.ELSEWHERE}
        place = match.community.id if match.community else match.region
        key = (place, "" if match.community else values.match_key(entry.name))
        earlier = first.setdefault(key, entry) if is_used else entry
        if earlier is not entry:
            match = Match(kind=MatchKind.NOT_TAKEN, reason=_repeats(entry, earlier))
        found.append(match)
    return tuple(found)


def _index(communities: Mapping[str, Community], districts: Districts) -> _Known:
    names: dict[str, list[Community]] = defaultdict(list)
    aliases: dict[str, list[Community]] = defaultdict(list)
    places: dict[str, list[Community]] = defaultdict(list)
    for community in communities.values():
        if districts.city.code not in districts.above(community.region):
            continue
        names[values.match_key(community.name)].append(community)
        for alias in community.aliases:
            aliases[values.match_key(alias)].append(community)
        if community.coordinates:
            places[community.coordinates].append(community)
    return _Known(
        by_name=_frozen(names), by_alias=_frozen(aliases), by_coordinates=_frozen(places), districts=districts
    )


def _frozen(index: Mapping[str, list[Community]]) -> dict[str, tuple[Community, ...]]:
    return {key: tuple(found) for key, found in index.items()}


def _exact(entry: Entry, region: str | None, known: _Known) -> Community | None:
    if region is None:
        return None
    is_blank = region == known.districts.home.code
    candidates = known.candidates(entry)
    found = [c for c in candidates if c.region == region] if is_blank else known.within(candidates, region)
    return found[0] if len(found) == 1 else None


def _match(entry: Entry, region: str | None, known: _Known, present: frozenset[str], exact: set[str]) -> Match:
    if region is None:
        return Match(kind=MatchKind.NOT_TAKEN, reason=f"所在区「{entry.district}」对应不止一个区域，写全称后再导入")
    home = known.districts.home.code
    if found := _exact(entry, region, known):
        return Match(kind=MatchKind.SAME, community=found, region=region)
    candidates = known.candidates(entry)
    inside = known.within(candidates, region)
    if len(inside) == 1:
        return Match(kind=MatchKind.SAME, community=inside[0], region=region)
    if inside:
        others = "、".join(c.id for c in inside)
        return Match(kind=MatchKind.NOT_TAKEN, reason=f"同名的小区有几个（{others}），分不清是哪一个；补上所在区再导入")
    free = [c for c in candidates if c.id not in exact]
    if len(free) == 1:
        kind = MatchKind.SAME if free[0].region == home else MatchKind.ELSEWHERE
        return Match(kind=kind, community=free[0], region=region)
    if free:
        others = "、".join(c.id for c in free)
        return Match(
            kind=MatchKind.NOT_TAKEN, reason=f"这个区没有，别的区有几个同名小区（{others}）；确是另一个就先手工新建"
        )
    return _renamed(entry, region, known, present)


def _renamed(entry: Entry, region: str, known: _Known, present: frozenset[str]) -> Match:
    """New, unless a community that the file no longer names has the same coordinates."""
    gone = [
        community
        for community in known.by_coordinates.get(entry.fields.get("coordinates", ""), ())
        if not present & {values.match_key(name) for name in (community.name, *community.aliases)}
    ]
    if not gone:
        return Match(kind=MatchKind.NEW, region=region)
    old = gone[0]
    reason = (
        f"坐标与「{old.name}」（{old.id}）相同，而这份表里没有「{old.name}」。是改名就把「{entry.name}」加进它的别名"
        "（或改名并把旧名留在别名），再导入；不是同一个就手工新建"
    )
    return Match(kind=MatchKind.RENAMED, community=old, region=region, reason=reason)


def _repeats(entry: Entry, earlier: Entry) -> str:
    where = f"第 {earlier.row} 行" if earlier.sheet == entry.sheet else f"工作表「{earlier.sheet}」第 {earlier.row} 行"
    is_same = (earlier.fields, earlier.provider, earlier.fee) == (entry.fields, entry.provider, entry.fee)
    return f"与{where}是同一个小区，内容{'相同' if is_same else '不同，取了前面一行'}"
