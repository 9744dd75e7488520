"""Pages: one Markdown file an address, from one template a kind of page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from jinja2 import Environment

from generator import addresses
from generator.emit import accounts, deliberation, dictionary, downloads, governance, notices, places, ranked
from generator.emit.charts import Point, flow, histogram, ranks
from generator.emit.handwritten import Handwritten, handwritten
from generator.emit.page import Page, home_trail, place, region_trail
from generator.facts import CommunityFacts, Facts, FirmFacts, HistoryFacts, Named, RegionFacts
from generator.facts.names import LETTERS, OTHER, first_syllable, initial
from generator.facts.ranked import newest
from generator.records import RECORD_TYPES, Firm, Record, Region
from generator.records.region import Level

#: So many editions are named on the home page.
_ON_HOME = 6


def emit(
    facts: Facts,
    made: Sequence[Page],
    env: Environment,
    content: Mapping[str, bytes],
    only: Collection[str] | None = None,
) -> Iterator[tuple[str, str]]:
    """(Markdown file, text) of the pages that were ``made``, and of the map; ``content`` is what people wrote.

    ``only``: the files that need their text, where not all do.
    """
    written = tuple(handwritten(content))
    guides = {page.uri: page for page in written if page.uri.startswith(addresses.GUIDES)}
    whole = (*made, _sitemap(made, written))
    columns = {page.uri: page for page in whole if _is_column(page)}
    for page in whole:
        path = addresses.page_file(page.uri)
        if only is not None and path not in only:
            yield path, ""
            continue
        column = columns.get(page.column)
        text = env.get_template(page.template).render(
            page=page, column=column, facts=facts, guides=guides, **page.values
        )
        yield path, text


def pages(facts: Facts, files: Mapping[str, bytes]) -> Iterator[Page]:
    """Every page of the data, in order of kind, then key. ``files``: the downloads."""
    yield Page(
        uri=addresses.HOME,
        template="home.md.j2",
        title=facts.site.name,
        description=f"{facts.site.name}：查自己小区的物业电话、收费标准和服务期限",
        trail=(),
        values={"rankings": sorted(facts.rankings.editions.values(), key=newest, reverse=True)[:_ON_HOME]},
    )
    yield from _indexes(facts)
    for model in INDEXED:
        yield _index(facts, model)
    yield _downloads(facts, files)
    yield _dictionary_index()
    for model in RECORD_TYPES:
        yield _dictionary(model)
    for region in facts.regions.values():
        yield _region(facts, region)
    for community in facts.communities.values():
        yield _community(facts, community)
    for firm in facts.firms.values():
        yield _firm(facts, firm)
    for district in facts.districts:
        yield _fees(district)
        yield _quality(district)
    for letter in (*LETTERS, OTHER):
        yield _letter(facts, letter)
    yield from accounts.pages(facts)
    yield from governance.pages(facts)
    yield from notices.pages(facts, files)
    yield from deliberation.pages(facts)
    yield from ranked.pages(facts, files)
    yield from places.pages(facts)


def _indexes(facts: Facts) -> Iterator[Page]:
    kinds = (
        (addresses.COMMUNITIES, "communities.md.j2", "查小区", "按区县和拼音查找小区", ()),
        (addresses.REGIONS, "regions.md.j2", "行政区域", "本站有数据的市、区县、开发区和街道", ()),
        (
            addresses.FEES,
            "fees_index.md.j2",
            "收费标准",
            "各区县的物业服务费，只在同一区县、同一类型内比较",
            ("物业费",),
        ),
        (addresses.AZ, "az_index.md.j2", "按拼音找", "全部小区和企业，按拼音首字母排列", ()),
        (addresses.QUALITY, "quality_index.md.j2", "数据质量", "各区县应公开的信息提供了多少", ()),
        (addresses.SOURCES, "sources.md.j2", "数据来源", "本站数据从哪里来、截至什么时候", ()),
    )
    for uri, template, title, description, sought in kinds:
        yield Page(uri=uri, template=template, title=title, description=description, sought=sought)


#: Types whose index is simply every record's name; communities and regions are entered by district.
INDEXED: tuple[type[Record], ...] = (Firm,)


def _index(facts: Facts, model: type[Record]) -> Page:
    of_type = ((letter, [e for e in group if e.kind == model.title]) for letter, group in facts.letters.items())
    groups = {letter: entries for letter, entries in of_type if entries}
    return Page(
        uri=f"{model.folder}/",
        template="index.md.j2",
        title=model.title,
        description=f"全部{model.title}，按拼音排列",
        values={"groups": groups, "total": sum(map(len, groups.values()))},
    )


def _downloads(facts: Facts, files: Mapping[str, bytes]) -> Page:
    ordered = sorted(facts.rankings.editions.values(), key=newest, reverse=True)
    return Page(
        uri=addresses.DOWNLOADS,
        template="downloads.md.j2",
        title="数据下载",
        description="本站全部记录，按类型下载：CSV、Excel 和 JSON",
        values={
            "offers": downloads.offers(files),
            "editions": [(one, downloads.edition_offers(one.record.id, None, files)) for one in ordered],
        },
    )


def _dictionary_index() -> Page:
    own = {model: len(dictionary.own_fields(model)) for model in RECORD_TYPES}
    return Page(
        uri=addresses.DICTIONARY,
        template="dictionary_index.md.j2",
        title="数据字典",
        description="本站有哪些类型的记录，每一项是什么意思、怎么写",
        values={"own": own, "common": len(Record.model_fields)},
    )


def _dictionary(model: type[Record]) -> Page:
    return Page(
        uri=addresses.dictionary(model),
        template="dictionary.md.j2",
        title=f"数据字典：{model.title}",
        description=f"{model.title}的每一项是什么意思、怎么写、是否应当公开",
        trail=home_trail(("数据字典", addresses.DICTIONARY)),
        values={
            "model": model,
            "own": dictionary.entries(model, common=False),
            "common": dictionary.entries(model, common=True),
            "groups": dictionary.groups(model),
        },
    )


def _region(facts: Facts, region: RegionFacts) -> Page:
    record = region.record
    ordered = sorted(facts.rankings.editions.values(), key=newest, reverse=True)
    groups: dict[str, list[CommunityFacts]] = {}
    for community in region.communities if region.record.level is not Level.CITY or region.is_district else ():
        groups.setdefault(initial(community.record.name), []).append(community)
    return Page(
        uri=addresses.record(record),
        template="region.md.j2",
        title=record.name,
        description=f"{place(region.regions)}的小区、物业服务企业和物业主管部门",
        trail=region_trail(region.regions[:-1]),
        values={
            "region": region,
            "groups": groups,
            "rankings": [e for e in ordered if e.record.region == record.code],
        },
    )


def _community(facts: Facts, community: CommunityFacts) -> Page:
    firm = community.current.firm if community.current else None
    return Page(
        uri=addresses.record(community.record),
        template="community.md.j2",
        title=community.record.name,
        cited=f"{place(community.regions)}{community.record.name}物业服务信息",
        description=f"{place(community.regions)}{community.record.name}的物业电话、收费标准和服务期限",
        trail=region_trail(community.regions),
        values={
            "community": community,
            "flow": flow(community.accounts.latest) if community.accounts.latest else (),
            "histories": _histories(facts, community.record),
            "firm_histories": _histories(facts, firm) if firm else (),
        },
    )


def _histories(facts: Facts, record: Record) -> Sequence[tuple[HistoryFacts, Sequence[Point]]]:
    """What a subject was given, the series with the newest edition first, each with its chart."""
    found = facts.rankings.histories.get((record.type_name, record.key), ())
    ordered = sorted(found, key=lambda history: newest(history.latest.edition), reverse=True)
    return [(history, ranks(history)) for history in ordered]


def _firm(facts: Facts, firm: FirmFacts) -> Page:
    return Page(
        uri=addresses.record(firm.record),
        template="firm.md.j2",
        title=firm.record.name,
        description=f"{firm.record.name}的公开电话、统一社会信用代码和服务的小区",
        trail=home_trail((Firm.title, addresses.FIRMS)),
        values={
            "firm": firm,
            "histories": _histories(facts, firm.record),
            "served": facts.rankings.served.get(firm.record.id, ()),
            "awards": [one for one in facts.commendations if one.recipient is firm.record],
        },
    )


def _fees(district: RegionFacts) -> Page:
    return Page(
        uri=addresses.fees(district.record.code),
        template="fees.md.j2",
        title=f"{district.record.name}物业服务费",
        description=f"{place(district.regions)}各小区的物业服务费，按房屋类型分开比较",
        trail=home_trail(("收费标准", addresses.FEES)),
        values={"region": district, "charts": [(c, histogram(c)) for c in district.comparisons]},
    )


def _quality(district: RegionFacts) -> Page:
    return Page(
        uri=addresses.quality(district.record.code),
        template="quality.md.j2",
        title=f"{district.record.name}数据质量",
        description=f"{place(district.regions)}应公开的信息提供了多少",
        trail=home_trail(("数据质量", addresses.QUALITY)),
        values={"region": district},
    )


def _letter(facts: Facts, letter: str) -> Page:
    name = "数字和符号" if letter == OTHER else letter
    entries = facts.letters.get(letter, ())
    syllables: dict[str, list[Named]] = {}
    for entry in entries:
        syllables.setdefault(first_syllable(entry.name), []).append(entry)
    return Page(
        uri=addresses.letter(letter),
        template="az.md.j2",
        title=f"拼音首字母 {name}",
        description=f"拼音首字母为 {name} 的小区和企业",
        trail=home_trail(("按拼音找", addresses.AZ)),
        values={"letter": letter, "name": name, "total": len(entries), "syllables": syllables},
    )


def _sitemap(made: Sequence[Page], written: tuple[Handwritten, ...]) -> Page:
    """Every column with the columns below its address, the regions, and what people wrote."""
    columns = {page.uri: page for page in made if _is_column(page)}
    below: dict[str, list[Page]] = {uri: [] for uri in columns if _above(uri, columns) is None}
    for uri, page in columns.items():
        if above := _above(uri, columns):
            below[above].append(page)
    return Page(
        uri=addresses.SITEMAP,
        template="sitemap.md.j2",
        title="网站地图",
        description="本站的全部栏目、行政区域和说明，一页看完",
        values={
            "columns": tuple((columns[uri], pages) for uri, pages in below.items()),
            "regions": tuple(page for page in made if isinstance(page.record, Region)),
            "written": written,
        },
    )


def _is_column(page: Page) -> bool:
    return page.record is None and not page.is_part and page.uri != addresses.HOME


def _above(uri: str, columns: Mapping[str, Page]) -> str | None:
    """The column that a column is listed under; none where it stands at the top."""
    top = addresses.column(uri)
    return top if top in columns and top != uri else None
