"""The search index: one list of everything that has a name and a page, fetched when somebody starts to search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from generator import addresses
from generator.emit.handwritten import handwritten
from generator.emit.page import Page
from generator.facts import (
    CommunityFacts,
    DocumentFacts,
    EditionFacts,
    Facts,
    FirmFacts,
    OrganizationFacts,
    RegionFacts,
    SchemeFacts,
    SystemFacts,
)
from generator.records import Mechanism

#: Changes when the meaning of a column changes; the worker refuses what it does not know.
VERSION = 1

Row = tuple[str, str, str, list[str], str, str]


def emit(facts: Facts, made: Iterable[Page], content: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """``search/records.json``: rows of (kind, address, name, aliases, place to be found by, line to show)."""
    rows: list[Row] = [_region(region) for region in facts.regions.values()]
    rows += [_community(community) for community in facts.communities.values()]
    rows += [_accounts(community) for community in facts.communities.values() if community.accounts]
    rows += [row for community in facts.communities.values() for row in _settled(community)]
    rows += [_firm(firm) for firm in facts.firms.values()]
    rows += [_organization(organization) for organization in facts.organizations.values()]
    rows += [_document(document) for document in facts.documents.values()]
    rows += [
        _mechanism(system, m.record) for system in facts.systems for group in system.groups.values() for m in group
    ]
    rows += [_edition(edition) for edition in facts.rankings.editions.values()]
    rows += [_scheme(scheme) for scheme in facts.rankings.schemes.values()]
    rows += [
        ("page", page.uri, page.title, list(page.keywords), "", page.description)
        for page in handwritten(content)
        if page.uri
    ]
    rows += [("page", page.uri, page.title, list(page.sought), "", page.description) for page in made if page.sought]
    index = {"version": VERSION, "records": rows}
    yield addresses.SEARCH_INDEX, json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _region(region: RegionFacts) -> Row:
    record = region.record
    text = f"{record.level.label}，{len(region.communities):,} 个小区"
    whole = "".join(above.name for above in region.regions)
    aliases = [*record.aliases, *([whole] if whole != record.name else [])]
    return record.type_name, addresses.record(record), record.name, aliases, "", text


def _community(community: CommunityFacts) -> Row:
    record = community.record
    firm = community.current.firm if community.current else None
    span = community.fee_span
    shown = (
        "".join(region.name for region in community.regions),
        firm.name if firm else "",
        f"{span.low:f}{'' if span.low == span.high else f'–{span.high:f}'} {span.unit.label}" if span else "",
    )
    text = "，".join(part for part in shown if part)
    return record.type_name, addresses.record(record), record.name, list(record.aliases), record.address or "", text


#: What people type beside a community's name when they look for its money.
_MONEY_WORDS = ("公共收益", "停车费", "电梯广告费", "维修资金", "公摊水电", "账目")


def _accounts(community: CommunityFacts) -> Row:
    """``示例花园停车费`` and ``停车费 示例花园`` both lead to the accounts."""
    record, latest = community.record, community.accounts.latest
    text = "，".join(region.name for region in community.regions[-1:])
    if latest:
        told = f"收入 {latest.income:,.2f} 元，结余 {latest.report.closing_balance:,.2f} 元"
        text = "，".join((text, latest.report.period.label, told))
    aliases = [f"{name}{word}" for name in (record.name, *record.aliases) for word in _MONEY_WORDS]
    return "accounts", addresses.money(record.id), f"{record.name}：公共收益和账目", aliases, "", text


def _settled(community: CommunityFacts) -> Iterator[Row]:
    """The page of what a community settles, then each matter: both are found by the community's name."""
    record, own = community.record, community.deliberation
    if not own.is_known:
        return
    place, uri = community.regions[-1].name, addresses.matters(record.id)
    told = f"正在商量 {len(own.open)} 件，办完 {len(own.closed)} 件"
    yield "matter", uri, f"{record.name}：议事协商", [], "", f"{place}，{told}"
    for matter in own.matters:
        stage = f"，{matter.stage.label}已公示" if matter.stage and matter in own.open else ""
        about = f"{place}，{matter.state.label}{stage}"
        yield "matter", f"{uri}#{addresses.mark(matter.record)}", f"{record.name}：{matter.record.name}", [], "", about


def _firm(firm: FirmFacts) -> Row:
    record = firm.record
    others = [*record.aliases, *(former.name for former in record.former_names)]
    text = f"{record.title}，服务 {len(firm.serving):,} 个小区"
    return record.type_name, addresses.record(record), record.name, others, "", text


def _organization(organization: OrganizationFacts) -> Row:
    record = organization.record
    shown = ("".join(region.name for region in organization.regions), *(phone.number for phone in record.phones))
    aliases = [record.short_name] if record.short_name else []
    return record.type_name, addresses.record(record), record.name, aliases, record.address or "", "，".join(shown)


def _document(document: DocumentFacts) -> Row:
    record = document.record
    aliases = [name for name in (record.short_name, record.doc_no) if name]
    text = "，".join((*record.issuers, f"文号：{record.doc_no or '无'}"))
    return record.type_name, addresses.record(record), record.name, aliases, "", text


def _edition(edition: EditionFacts) -> Row:
    record = edition.record
    place = "".join(region.name for region in edition.regions)
    text = f"{place}，{record.period.label}，评{edition.scheme.subject_type.label}，{record.phase.label}"
    return record.type_name, addresses.record(record), record.name, [], "", text


def _scheme(scheme: SchemeFacts) -> Row:
    record = scheme.record
    text = f"{scheme.region.name}，{record.edition}，评{record.subject_type.label}"
    return record.type_name, addresses.record(record), record.name, [], "", text


def _mechanism(system: SystemFacts, record: Mechanism) -> Row:
    uri = f"{addresses.system(system.region.code)}#{addresses.mark(record)}"
    return record.type_name, uri, record.name, [], "", f"{system.region.name}，{record.text}"
