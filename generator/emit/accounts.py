"""Pages of periodic accounts: the index with its filters, and one page a community with all its periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator import addresses
from generator.emit.charts import flow
from generator.emit.page import Page, home_trail, place, region_trail
from generator.facts import CommunityFacts, Facts
from generator.records import Region
from generator.rules import REPORTS

_TITLE = "公共收益和账目"

#: City, then district, then its communities in pinyin order.
_Groups = Mapping[Region, Mapping[Region, Sequence[CommunityFacts]]]


def pages(facts: Facts) -> Iterator[Page]:
    """The index, its filters, and the accounts of every community that has some."""
    told = [community for community in facts.communities.values() if community.accounts]
    facets = _facets(facts, told)
    yield _index(addresses.ACCOUNTS, _TITLE, _groups(facts, told), facets)
    for code, of in facets.items():
        yield _index(addresses.accounts(code), f"{of.name}{_TITLE}", _groups(facts, told, code), facets)
    for community in told:
        yield _money(community)


def _facets(facts: Facts, told: Sequence[CommunityFacts]) -> dict[str, Region]:
    """Cities and districts that have accounts, by code."""
    found = {region.code: region for c in told for region in (c.regions[0], c.district)}
    return dict(sorted(found.items()))


def _groups(facts: Facts, told: Sequence[CommunityFacts], code: str | None = None) -> _Groups:
    keys = {community.record.id for community in told}
    groups: dict[Region, dict[Region, list[CommunityFacts]]] = {}
    for city in facts.cities:
        for community in city.communities:
            if community.record.id in keys and code in (None, city.record.code, community.district.code):
                groups.setdefault(city.record, {}).setdefault(community.district, []).append(community)
    return {city: dict(sorted(of.items(), key=lambda entry: entry[0].code)) for city, of in groups.items()}


def _index(uri: str, title: str, groups: _Groups, facets: Mapping[str, Region]) -> Page:
    is_whole = uri == addresses.ACCOUNTS
    return Page(
        uri=uri,
        template="accounts.md.j2",
        title=title,
        description="停车费、电梯广告费去哪了：各小区最近一期公共收益，收入、净收益、支出和结余",
        trail=home_trail() if is_whole else home_trail((_TITLE, addresses.ACCOUNTS)),
        sought=("停车费", "电梯广告费", "维修资金", "公摊水电", "收缴率", "账目") if is_whole else (),
        is_part=not is_whole,
        values={"groups": groups, "facets": facets, "models": REPORTS},
    )


def _money(community: CommunityFacts) -> Page:
    record = community.record
    return Page(
        uri=addresses.money(record.id),
        template="money.md.j2",
        title=f"{record.name}：{_TITLE}",
        cited=f"{place(community.regions)}{record.name}{_TITLE}",
        description=f"{place(community.regions)}{record.name}每一期的公共收益、费用缴纳、公摊水电、维修资金",
        trail=(*region_trail(community.regions), (record.name, addresses.record(record))),
        is_part=True,
        values={
            "community": community,
            "flows": [(revenue, flow(revenue)) for revenue in community.accounts.revenues],
            "models": REPORTS,
        },
    )
