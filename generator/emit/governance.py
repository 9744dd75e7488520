"""Pages about rules and bodies: complaints, organizations, documents, duties to publish, cities' systems."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from generator import addresses
from generator.emit.page import Page, home_trail, place
from generator.emit.shown import shown
from generator.facts import DocumentFacts, Facts, OrganizationFacts, Origin, RegionFacts, SystemFacts, kept
from generator.records import (
    CandidateReview,
    DisclosurePolicy,
    FeeStandard,
    GovernanceStat,
    GuidePrice,
    Mechanism,
    PolicyDocument,
    Record,
    Region,
)
from generator.records.organization import OrganizationKind


def pages(facts: Facts) -> Iterator[Page]:
    """Every page of this module, in order of kind, then key."""
    regions = _complaint_regions(facts)
    codes = frozenset(region.record.code for region in regions)
    yield from _indexes(facts, regions)
    for region in regions:
        yield _complaints(facts, region)
    for organization in facts.organizations.values():
        yield _organization(organization, codes)
    for document in facts.documents.values():
        yield _document(facts, document)
    for system in facts.systems:
        yield _system(facts, system, codes)
    yield _map(facts, codes)


def _complaint_regions(facts: Facts) -> tuple[RegionFacts, ...]:
    """Cities, and the districts that hold communities: each has a ladder of its own."""
    districts = {district.record.code: district for district in facts.districts}
    return tuple({**{city.record.code: city for city in facts.cities}, **districts}.values())


def _indexes(facts: Facts, regions: Sequence[RegionFacts]) -> Iterator[Page]:
    yield Page(
        uri=addresses.COMPLAINTS,
        template="complaints_index.md.j2",
        title="投诉报修",
        description="物业不理怎么办：各区县找谁、多久答复、再找谁",
        sought=("投诉", "报修", "维权"),
        values={"regions": regions},
    )
    yield Page(
        uri=addresses.ORGANIZATIONS,
        template="organizations.md.j2",
        title="机构",
        description="物业主管部门、街道、社区和有关机构的公开电话",
        sought=("房管局", "主管部门", "街道", "居委会", "电话"),
        values={"groups": _bodies_by_region(facts)},
    )
    yield Page(
        uri=addresses.POLICIES,
        template="policies.md.j2",
        title=PolicyDocument.title,
        description="法律、法规、文件和标准：名称、文号、发布机关、有效性",
        values={"groups": _documents_by_region(facts)},
    )
    yield Page(
        uri=addresses.DISCLOSURE,
        template="disclosure.md.j2",
        title=DisclosurePolicy.title,
        description="谁必须公开什么、多久公开一次、依据是什么，公示了没有",
        sought=("公示栏", "公示", "按时公示", "逾期公示", "信息公开"),
        values={
            "cities": {
                city.record: kept((community.notices for community in city.communities), facts.as_of)
                for city in facts.cities
                if city.communities
            }
        },
    )
    yield Page(
        uri=addresses.SYSTEMS,
        template="systems.md.j2",
        title="各市做法",
        description="各市物业治理的机制和公布的数字",
        sought=("红色物业", "党建", "机制"),
        values={"origins": tuple(origin for system in facts.systems for origin in _origins(facts, system))},
    )


def _bodies_by_region(facts: Facts) -> Mapping[Region, tuple[OrganizationFacts, ...]]:
    """Bodies of the streets and neighbourhoods stand with their district; wider bodies first, then by kind."""
    kinds = list(OrganizationKind)
    groups: dict[str, list[OrganizationFacts]] = {}
    for organization in facts.organizations.values():
        groups.setdefault(organization.district.code, []).append(organization)
    for group in groups.values():
        group.sort(key=lambda o: (len(o.regions), o.regions[-1].code, kinds.index(o.record.kind), o.record.id))
    return {facts.regions[code].record: tuple(groups[code]) for code in sorted(groups)}


def _documents_by_region(facts: Facts) -> Mapping[Region | None, tuple[DocumentFacts, ...]]:
    groups: dict[str, list[DocumentFacts]] = {}
    for document in facts.documents.values():
        groups.setdefault(document.region.code if document.region else "", []).append(document)
    return {facts.regions[code].record if code else None: tuple(groups[code]) for code in sorted(groups)}


def _complaints(facts: Facts, region: RegionFacts) -> Page:
    procedures = {p.id: p for ladder in region.ladders for p in ladder.procedures}
    bodies = {b.id: b for ladder in (*region.ladders, region.usual) for rung in ladder.rungs for b in rung.bodies}
    origins = [facts.origins[procedure.type_name, key] for key, procedure in procedures.items()]
    origins += [origin for key in bodies for origin in facts.organizations[key].origins]
    return Page(
        uri=addresses.complaints(region.record.code),
        template="complaints.md.j2",
        title=f"{region.record.name}投诉报修",
        description=f"在{place(region.regions)}，物业不理找谁、多久答复、要留什么证据",
        trail=home_trail(("投诉报修", addresses.COMPLAINTS)),
        values={"region": region, "origins": tuple(origins)},
    )


def _organization(organization: OrganizationFacts, codes: Collection[str]) -> Page:
    """``codes``: the regions that have a page of ladders."""
    record, code = organization.record, organization.district.code
    return Page(
        uri=addresses.record(record),
        template="organization.md.j2",
        title=record.name,
        description=f"{record.name}的公开电话、地址和职责",
        trail=home_trail(("机构", addresses.ORGANIZATIONS)),
        values={"organization": organization, "ladders": addresses.complaints(code) if code in codes else None},
    )


def _document(facts: Facts, document: DocumentFacts) -> Page:
    record = document.record
    return Page(
        uri=addresses.record(record),
        template="policy.md.j2",
        title=record.name,
        description=f"{record.name}的文号、发布机关、有效性和本站的引用",
        trail=home_trail((PolicyDocument.title, addresses.POLICIES)),
        values={
            "document": document,
            "used": tuple(
                (title, len(records), tuple(dict.fromkeys(where for r in records if (where := _where(facts, r)))))
                for title, records in document.used_by.items()
            ),
        },
    )


def _where(facts: Facts, record: Record) -> tuple[str, str] | None:
    """Where a record can be seen that has no page of its own: (name, address)."""
    if isinstance(record, FeeStandard) and record.community in facts.communities:
        community = facts.communities[record.community].record
        return community.name, f"{addresses.record(community)}#fees"
    if isinstance(record, GuidePrice):
        fees = (r for r in facts.districts if record.region in {region.code for region in r.regions})
        return next(((f"{r.record.name}收费标准", f"{addresses.fees(r.record.code)}#guide") for r in fees), None)
    if isinstance(record, DisclosurePolicy):
        return record.item.label, f"{addresses.DISCLOSURE}#{addresses.mark(record)}"
    if isinstance(record, CandidateReview):
        return record.title, f"{addresses.DELIBERATION}#{addresses.mark(record)}"
    if isinstance(record, Mechanism):
        return record.name, f"{addresses.system(record.region)}#{addresses.mark(record)}"
    return None


def _system(facts: Facts, system: SystemFacts, codes: Collection[str]) -> Page:
    code = system.region.code
    return Page(
        uri=addresses.system(code),
        template="system.md.j2",
        title=f"{system.region.name}：{system.name}",
        description=f"{system.region.name}物业治理的每个机制、公布的数字和在本站的位置",
        trail=home_trail(("各市做法", addresses.SYSTEMS)),
        values={
            "system": system,
            "origins": _origins(facts, system),
            "shown": {m.record.id: shown(facts, m, codes) for group in system.groups.values() for m in group},
        },
    )


def _map(facts: Facts, codes: Collection[str]) -> Page:
    """Every mechanism of every city with the places that show it."""
    systems = [
        (
            system,
            [
                (group, one, shown(facts, one, codes), _said(facts, one.figures))
                for group, found in system.groups.items()
                for one in found
            ],
        )
        for system in facts.systems
    ]
    return Page(
        uri=addresses.MAP,
        template="map.md.j2",
        title="来源里的做法在哪里看",
        description="三个市的每一个做法、公布的数字和在本站的位置",
        sought=("对照表",),
        trail=home_trail(("各市做法", addresses.SYSTEMS)),
        values={
            "systems": systems,
            "origins": tuple(origin for system in facts.systems for origin in _origins(facts, system)),
        },
    )


def _origins(facts: Facts, system: SystemFacts) -> tuple[Origin, ...]:
    """Where a city's mechanisms and figures come from."""
    held = [found for group in system.groups.values() for found in group]
    records: list[Record] = [found.record for found in held]
    records += [figure for found in held for figure in found.figures]
    return tuple(facts.origins[record.type_name, record.key] for record in (*records, *system.others))


def _said(facts: Facts, figures: Sequence[GovernanceStat]) -> tuple[Origin, ...]:
    """Who says figures, as of when; each once."""
    origins = (facts.origins[figure.type_name, figure.id] for figure in figures)
    return tuple({(one.content_source, one.as_of, one.url): one for one in origins}.values())
