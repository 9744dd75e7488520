"""A checked dataset and a day in, facts out. Pure: same dataset, same day, equal facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from generator import addresses, editions, schema
from generator.dataset import Dataset
from generator.facts import accounts as account_facts
from generator.facts import deliberation, governance, names, quality, service
from generator.facts import fees as fee_facts
from generator.facts.deliberation import CommunityDeliberation
from generator.facts.governance import DocumentFacts
from generator.facts.model import (
    CommendationFacts,
    CommunityFacts,
    Facts,
    FirmFacts,
    Named,
    OrganizationFacts,
    RegionFacts,
    Served,
)
from generator.facts.notices import Postings, expected
from generator.facts.offer import offer
from generator.facts.origins import chain, coverage, files, origin, sources
from generator.facts.places import Places, without_ended_flags
from generator.facts.placing import gather
from generator.facts.procedures import Book
from generator.facts.quality import TypeQuality
from generator.facts.ranked import ranked
from generator.lasting import holds, in_force, visible
from generator.records import (
    CandidateReview,
    Commendation,
    Community,
    ComplaintProcedure,
    CrossAppointment,
    DisclosureNotice,
    DisclosurePolicy,
    Engagement,
    FeeStandard,
    Firm,
    GovernanceStat,
    Grade,
    GuidePrice,
    JointMeeting,
    KeyProject,
    ListLine,
    Matter,
    Mechanism,
    NoticeBoard,
    OrderFlow,
    Organization,
    PolicyDocument,
    Record,
    Region,
    ServiceItem,
)
from generator.records.organization import OrganizationKind
from generator.rules import engagements_by_community, scope
from generator.sealed import History

R = TypeVar("R", bound=Record)
K = TypeVar("K")


#: Types whose records stand on pages of others, which name where each comes from.
_QUOTED: tuple[type[Record], ...] = (
    ComplaintProcedure,
    PolicyDocument,
    DisclosurePolicy,
    DisclosureNotice,
    NoticeBoard,
    Mechanism,
    GovernanceStat,
    JointMeeting,
    Matter,
    ListLine,
    OrderFlow,
    KeyProject,
    CandidateReview,
    CrossAppointment,
)


def derive(dataset: Dataset, as_of: date, past: History | None = None) -> Facts:
    """The facts of a dataset and of what was sealed, on one day (Asia/Shanghai). Same arguments: equal facts."""
    book = _book(dataset, as_of)
    standings = ranked(dataset, editions.gather(dataset), past or History(), as_of)
    around = gather(dataset, standings.withheld, standings.pending, as_of)
    settled = deliberation.of_communities(dataset, as_of)
    communities = _communities(dataset, book, around, settled, as_of)
    in_order = tuple(sorted(communities.values(), key=lambda c: (names.sort_key(c.record.name), c.record.id)))
    firms = _firms(dataset, in_order, book, around, as_of)
    regions = _regions(dataset, in_order, firms, book, as_of)
    known, documents = dataset.of(Region), visible(dataset, PolicyDocument, as_of)
    figures = sorted(visible(dataset, GovernanceStat, as_of).values(), key=dataset.source)
    mechanisms = visible(dataset, Mechanism, as_of).values()
    papers = governance.documents(known, documents, _users(dataset, as_of))
    systems = governance.systems(known, mechanisms, figures, documents)
    return Facts(
        site=dataset.site,
        as_of=as_of,
        communities=communities,
        firms=firms,
        regions=regions,
        organizations=_organizations(dataset, regions, in_order, papers, as_of),
        documents=papers,
        systems=systems,
        deliberation=deliberation.of_cities(dataset, systems, settled, as_of),
        duties=governance.duties(known, in_force(dataset, DisclosurePolicy, as_of).values()),
        expected=expected(visible(dataset, DisclosurePolicy, as_of).values(), known, as_of),
        rankings=standings,
        commendations=_commendations(dataset, as_of),
        places=around,
        origins={
            (model.type_name, key): origin(dataset, record)
            for model in _QUOTED
            for key, record in visible(dataset, model, as_of).items()
        },
        letters=_letters(in_order, firms.values()),
        records={
            model: tuple(_offered(dataset, model, communities, standings.withheld, as_of)) for model in dataset.records
        },
        sources=sources(dataset, as_of),
        files=files(dataset, as_of),
        coverage=coverage(origin(dataset, r) for m in dataset.records for r in visible(dataset, m, as_of).values()),
    )


def _offered(
    dataset: Dataset,
    model: type[R],
    communities: Mapping[str, object],
    withheld: Collection[tuple[str, str]],
    as_of: date,
) -> Iterator[R]:
    """What is on the site of one type: nothing of a community that is not, nor of an entry that has ended."""
    for record in visible(dataset, model, as_of).values():
        owner = getattr(record, "community", None)
        if (owner is None or owner in communities) and (record.type_name, record.key) not in withheld:
            yield without_ended_flags(record, as_of)


def _commendations(dataset: Dataset, as_of: date) -> tuple[CommendationFacts, ...]:
    """Honours that were not revoked, newest first, then by name of the honour and of who received it."""
    bodies = visible(dataset, Organization, as_of)
    found = []
    for record in visible(dataset, Commendation, as_of).values():
        if record.revoked_on is not None and record.revoked_on <= as_of:
            continue
        known = (
            visible(dataset, Firm, as_of).get(record.firm or ""),
            visible(dataset, Community, as_of).get(record.community or ""),
            bodies.get(record.organization or ""),
        )
        recipient = next((one for one in known if one is not None), None)
        found.append(
            CommendationFacts(
                record=record,
                region=dataset.of(Region)[record.region],
                awarded_by=dataset.of(Organization)[record.awarded_by].name,
                recipient=recipient,
                name=record.recipient or (recipient.name if recipient else ""),
                origin=origin(dataset, record),
            )
        )
    shown = (one for one in found if one.name)
    return tuple(sorted(shown, key=lambda c: (-c.record.year, c.record.name, names.sort_key(c.name), c.record.id)))


def _communities(
    dataset: Dataset, book: Book, around: Places, settled: Mapping[str, CommunityDeliberation], as_of: date
) -> dict[str, CommunityFacts]:
    firms, grades = visible(dataset, Firm, as_of), visible(dataset, Grade, as_of)
    offices = _offices(dataset, as_of)
    prices = _guide_prices(dataset, as_of)
    charges, postings = visible(dataset, FeeStandard, as_of), Postings(dataset, as_of)
    standards = _grouped(charges.values(), lambda standard: standard.community)
    items = _grouped(dataset.of(ServiceItem).values(), lambda item: item.community)
    shown = visible(dataset, Engagement, as_of)
    groups = engagements_by_community(dataset)
    accounts = account_facts.accounts(dataset, as_of, lambda record: origin(dataset, record))
    found = {}
    for community in visible(dataset, Community, as_of).values():
        group = [e for e in groups.get(community.id, ()) if e.id in shown]
        services = service.services(group, firms, grades, as_of)
        current = service.current(services)
        regions = chain(dataset, community.region)
        guides: fee_facts.GuidePrices = {
            (p.grade, p.dwelling_type): p for region in regions for p in prices[region.code]
        }
        fees = fee_facts.holding(standards[community.id], grades, guides, as_of)
        buys = offer(items[community.id], charges, as_of)
        firm = current.firm if current else None
        served_by = [key for key in (firm.id, firm.parent_firm) if key in firms] if firm else []
        owners = [("community", community.id), *(("firm", str(key)) for key in served_by)]
        # silence of the source is no "none": only where somebody else serves, or nobody, is there no firm to call
        has_firm = current.engagement.firm is not None if current else not (services or community.no_provider)
        ladders = book.ladders(regions, owners, has_firm=has_firm)
        helping = tuple(office for region in reversed(regions) for office in offices.get(region.code, ()))
        behind: list[Record] = [community, *(s.engagement for s in services), *(f.standard for f in fees)]
        behind += [firm] if firm else []
        behind += helping
        money = accounts.get(community.id, account_facts.NONE)
        behind += (money.latest.report,) if money.latest else ()
        behind += (found.item for group in buys.groups.values() for found in group)
        own = settled.get(community.id, deliberation.NOTHING)
        behind += (matter.record for matter in own.open)
        behind += _distinct(procedure for ladder in ladders for procedure in ladder.procedures)
        near = around.near(community, regions)
        found[community.id] = CommunityFacts(
            record=community,
            regions=regions,
            services=services,
            current=current,
            fees=fees,
            offer=buys,
            notices=postings.of(community, regions, services, [fee.standard for fee in fees]),
            ladders=ladders,
            usual=book.usual(regions, has_firm=has_firm),
            offices=helping,
            accounts=money,
            around=near,
            deliberation=own,
            origins=(*(origin(dataset, record) for record in behind), *near.origins),
        )
    return found


def _grouped(records: Iterable[R], key: Callable[[R], K]) -> dict[K, list[R]]:
    """Records by ``key``, in their order; no records where there is no such key."""
    found: dict[K, list[R]] = defaultdict(list)
    for record in records:
        found[key(record)].append(record)
    return found


def _distinct(records: Iterable[R]) -> list[R]:
    return list({record.key: record for record in records}.values())


def _guide_prices(dataset: Dataset, as_of: date) -> dict[str, list[GuidePrice]]:
    """The guide prices that hold on the day, by region."""
    prices = visible(dataset, GuidePrice, as_of).values()
    current = (price for price in prices if holds(price.effective_from, price.effective_to, as_of))
    return _grouped(current, lambda price: price.region)


def _book(dataset: Dataset, as_of: date) -> Book:
    organizations = visible(dataset, Organization, as_of)
    offices = _grouped(organizations.values(), lambda organization: (organization.region, organization.kind))
    procedures = {(scope(p), p.kind): p for p in in_force(dataset, ComplaintProcedure, as_of).values()}
    return Book(procedures, offices, organizations)


def _users(dataset: Dataset, as_of: date) -> dict[str, list[Record]]:
    """Document -> the records that rest on it, other documents left out."""
    found: dict[str, list[Record]] = defaultdict(list)
    for model in dataset.records:
        if model is PolicyDocument:
            continue
        for record in visible(dataset, model, as_of).values():
            for key in {key for _, target, key in schema.referred(record) if target == PolicyDocument.type_name}:
                found[key].append(record)
    return found


#: Whom a resident may turn to, nearest first.
_HELPING = (OrganizationKind.RESIDENTS_COMMITTEE, OrganizationKind.SUBDISTRICT, OrganizationKind.HOUSING_AUTHORITY)


def _offices(dataset: Dataset, as_of: date) -> dict[str, list[Organization]]:
    helping = (o for o in visible(dataset, Organization, as_of).values() if o.kind in _HELPING)
    found = _grouped(helping, lambda organization: organization.region)
    for group in found.values():
        group.sort(key=lambda o: (_HELPING.index(o.kind), o.id))
    return found


def _firms(
    dataset: Dataset, communities: Sequence[CommunityFacts], book: Book, around: Places, as_of: date
) -> dict[str, FirmFacts]:
    firms = visible(dataset, Firm, as_of)
    services: dict[str, list[Served]] = defaultdict(list)
    branches: dict[str, list[Firm]] = defaultdict(list)
    for community in communities:
        for found in community.services:
            if found.firm:
                services[found.firm.id].append(Served(community=community, service=found))
    for firm in firms.values():
        if firm.parent_firm:
            branches[firm.parent_firm].append(firm)
    return {
        firm.id: FirmFacts(
            record=firm,
            parent=firms.get(firm.parent_firm or ""),
            branches=tuple(branches[firm.id]),
            registered=_registered(dataset, firm),
            services=tuple(services[firm.id]),
            ladders=book.ladders((), [("firm", firm.id)]),
            around=around.about(firm),
            origins=(origin(dataset, firm), *around.about(firm).origins),
        )
        for firm in firms.values()
    }


def _registered(dataset: Dataset, firm: Firm) -> str | None:
    if firm.registered_region is None:
        return None
    region = dataset.of(Region).get(firm.registered_region)
    return region.name if region else f"行政区划代码 {firm.registered_region}"


def _regions(
    dataset: Dataset, communities: Sequence[CommunityFacts], firms: Mapping[str, FirmFacts], book: Book, as_of: date
) -> dict[str, RegionFacts]:
    regions, offices = dataset.of(Region), _offices(dataset, as_of)
    grades = visible(dataset, Grade, as_of)
    below: dict[str, list[CommunityFacts]] = defaultdict(list)
    for community in communities:
        for region in community.regions:
            below[region.code].append(community)
    prices = _guide_prices(dataset, as_of)
    found = {}
    for region in regions.values():
        here = below[region.code]
        line = chain(dataset, region.code)
        found[region.code] = RegionFacts(
            record=region,
            regions=line,
            children=tuple(child for child in regions.values() if child.parent == region.code),
            communities=tuple(here),
            offices=tuple(office for r in reversed(line) for office in offices.get(r.code, ())),
            comparisons=fee_facts.compare([(c.record, c.fees) for c in here]),
            charges=fee_facts.by_item([(c.record, c.fees) for c in here]),
            ladders=book.ladders(line),
            usual=book.usual(line),
            guide_prices=tuple((p, grades.get(p.grade)) for r in reversed(line) for p in prices[r.code]),
            quality=_quality(here, firms),
            origins=(origin(dataset, region),),
            coverage=coverage(origin for c in here for origin in c.origins),
        )
    return found


def _organizations(
    dataset: Dataset,
    regions: Mapping[str, RegionFacts],
    communities: Iterable[CommunityFacts],
    papers: Mapping[str, DocumentFacts],
    as_of: date,
) -> dict[str, OrganizationFacts]:
    matters: dict[str, dict[str, None]] = defaultdict(dict)
    for ladders in (*(r.ladders for r in regions.values()), *(c.ladders for c in communities)):
        for ladder in ladders:
            for rung in ladder.rungs:
                for body in rung.bodies:
                    matters[body.id][ladder.kind.label] = None
    return {
        organization.id: OrganizationFacts(
            record=organization,
            regions=regions[organization.region].regions,
            matters=tuple(matters[organization.id]),
            documents=tuple(paper for paper in papers.values() if organization.name in paper.record.issuers),
            origins=(origin(dataset, organization),),
        )
        for organization in visible(dataset, Organization, as_of).values()
    }


def _quality(communities: Sequence[CommunityFacts], firms: Mapping[str, FirmFacts]) -> tuple[TypeQuality, ...]:
    current = [c.current for c in communities if c.current]
    serving = sorted({s.firm.id for s in current if s.firm})
    return quality.count(
        (
            (Community, [c.record for c in communities]),
            (Engagement, [s.engagement for s in current]),
            (ServiceItem, [found.item for c in communities for group in c.offer.groups.values() for found in group]),
            (FeeStandard, [fee.standard for c in communities for fee in c.fees]),
            (Firm, [firms[key].record for key in serving]),
        )
    )


def _letters(communities: Sequence[CommunityFacts], firms: Iterable[FirmFacts]) -> dict[str, tuple[Named, ...]]:
    entries = [
        Named(name=c.record.name, kind=c.record.title, address=addresses.record(c.record), about=c.district.name)
        for c in communities
    ]
    entries += [
        Named(name=f.record.name, kind=f.record.title, address=addresses.record(f.record), about="企业") for f in firms
    ]
    entries.sort(key=lambda entry: (names.sort_key(entry.name), entry.address))
    found: dict[str, list[Named]] = defaultdict(list)
    for entry in entries:
        found[names.initial(entry.name)].append(entry)
    return {letter: tuple(found[letter]) for letter in (*names.LETTERS, names.OTHER) if letter in found}
