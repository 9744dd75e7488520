"""District names of a spreadsheet -> regions of the site, known or new (domain §3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.importing import values
from generator.importing.plans import ImportRefused
from generator.records import Region
from generator.records.region import Level

_ZONE = r"(?:经济技术开发区|高新技术产业开发区|开发区|示范区)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Districts:
    """Every region of the site's city by the names it goes by."""

    #: Where the site is: a city, or one county of it.
    home: Region
    #: The city that counties and development zones lie in.
    city: Region
    regions: Mapping[str, Region]
    names: Mapping[str, tuple[str, ...]]

    def codes(self, text: str) -> tuple[str, ...]:
        """Codes of the regions that a district text may mean: none when unknown, the site's own when blank."""
        if not _short(text, self.city):
            return (self.home.code,)
        found = self.names.get(values.match_key(text)) or self.names.get(_short(text, self.city))
        return found or ()

    def above(self, code: str) -> frozenset[str]:
        """A region's code and those of all regions around it."""
        codes: list[str] = []
        while code in self.regions and code not in codes:
            codes.append(code)
            code = self.regions[code].parent or ""
        return frozenset(codes)


def index_districts(regions: Mapping[str, Region], home_code: str | None) -> Districts:
    """The districts around the site's own region; refuses a site that does not say which one that is."""
    if home_code is None or home_code not in regions:
        raise ImportRefused(
            'data/site.yml 没有写 region（本站区域），不知道小区属于哪个市。先补上城市代码，如 region: "340100"'
        )
    home = city = regions[home_code]
    while city.level is not Level.CITY and city.parent:
        city = regions[city.parent]
    found: dict[str, list[str]] = {}
    below = [r for r in regions.values() if r.parent == city.code]
    deeper = [r for r in regions.values() if r.parent not in {None, city.code}]
    for group in (below, deeper):
        for region in group:
            for name in dict.fromkeys(_names(region, city)):
                known = found.setdefault(name, [])
                if region.code not in known and (
                    group is below or not any(c in {r.code for r in below} for c in known)
                ):
                    known.append(region.code)
    return Districts(
        home=home,
        city=city,
        regions=regions,
        names={name: tuple(codes) for name, codes in found.items() if name},
    )


def _names(region: Region, city: Region) -> Iterator[str]:
    yield region.code
    for name in (region.name, *region.aliases):
        yield values.match_key(name)
        yield _short(name, city)
        if region.level is Level.DEV_ZONE:
            yield _zone(name, city)


def _short(text: str, city: Region) -> str:
    """包河 for 合肥市包河区 and 包河区; empty for the city itself."""
    key = values.match_key(text)
    city_key = values.match_key(city.name)
    key = re.sub(rf"^.{{0,8}}?{re.escape(city_key)}", "", key)
    key = re.sub(rf"^{re.escape(city_key.removesuffix('市'))}(?=.{{2}}|$)", "", key)
    return re.sub(r"(?<=.{2})[区县市]$", "", key)


def _zone(text: str, city: Region) -> str:
    """新站 for 合肥新站高新技术产业开发区; 高新 and 经开 where nothing stands before the kind of zone."""
    key = re.sub(rf"^{re.escape(city.name.removesuffix('市'))}市?", "", values.match_key(text))
    rest = re.sub(rf"{_ZONE}$", "", key)
    kind = "高新" if "高新技术" in key else "经开" if "经济技术" in key else ""
    return rest or kind


def describe(codes: Iterable[str], districts: Districts) -> str:
    """Names of regions as staff read them."""
    return "、".join(districts.regions[code].name for code in codes if code in districts.regions)
