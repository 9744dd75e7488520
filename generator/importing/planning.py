"""Sheets, mapping and the site's records -> a plan. Pure: nothing is read or written here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from generator import rules
from generator.dataset import Dataset
from generator.importing import ids, merging, values
from generator.importing.accounting import account_columns, account_sheets
from generator.importing.columns import Proposal
from generator.importing.comparing import Existing
from generator.importing.deciding import Work, community_naming, decide, source_cells
from generator.importing.districts import Districts, index_districts
from generator.importing.entries import Entry, Provenance, read_entries, totals_off
from generator.importing.firms import open_book
from generator.importing.matching import Match, MatchKind, match_all
from generator.importing.plans import Addition, MergeProposal, Plan, RowOutcome
from generator.importing.recording import list_additions, list_edits
from generator.importing.tables import Sheet
from generator.importing.values import ProviderKind
from generator.records import Community, FeeStandard, Firm, Region
from generator.records.fee_standard import FeeItem


def plan(
    sheets: tuple[Sheet, ...],
    proposal: Proposal,
    dataset: Dataset,
    *,
    update: bool,
    merges: Sequence[tuple[str, ...]] = (),
    file_name: str,
) -> Plan:
    """What importing would do. ``merges``: spellings a person holds for one firm, the right one first."""
    read = [read_entries(sheet, mapping, file_name) for sheet, mapping in zip(sheets, proposal.sheets, strict=True)]
    entries = tuple(entry for found, _ in read for entry in found)
    others = [outcome for _, found in read for outcome in found]
    districts = index_districts(dataset.of(Region), dataset.site.region)
    regions, new_regions = _find_regions(entries, districts)
    matches = match_all(entries, regions, dataset.of(Community), districts)
    firm_names = {entry.provider for entry in entries if entry.provider_kind is ProviderKind.FIRM}
    work = Work(
        dataset=dataset,
        districts=districts,
        regions=regions,
        new_regions=new_regions,
        book=open_book(firm_names, dataset.of(Firm), merges),
        existing=_existing(dataset),
        new_ids=_name_communities(entries, matches, dataset),
        is_update=update,
    )
    decisions = [decide(entry, match, work) for entry, match in zip(entries, matches, strict=True)]
    rows = _in_file_order(sheets, [*(decision.outcome for decision in decisions), *others])
    counts = Counter(entry.provider for entry in entries if entry.provider_kind is ProviderKind.FIRM)
    return Plan(
        file_name=file_name,
        is_update=update,
        sheets=account_sheets(sheets, proposal),
        columns=account_columns(sheets, proposal, rows),
        rows=rows,
        additions=list_additions(entries, decisions, work),
        edits=list_edits(entries, decisions, work),
        proposals=_proposals(counts, work),
        remarks=tuple(
            line
            for sheet, mapping, (found, _) in zip(sheets, proposal.sheets, read, strict=True)
            for line in totals_off(sheet, mapping, len(found))
        ),
    )


def _in_file_order(sheets: tuple[Sheet, ...], rows: Iterable[RowOutcome]) -> tuple[RowOutcome, ...]:
    place = {sheet.name: number for number, sheet in enumerate(sheets)}
    return tuple(sorted(rows, key=lambda row: (place[row.sheet], row.row)))


def _existing(dataset: Dataset) -> dict[str, Existing]:
    """Each community with its current engagement and its current property fees."""
    engagements = rules.engagements_by_community(dataset)
    fees: dict[str, list[FeeStandard]] = defaultdict(list)
    for fee in dataset.of(FeeStandard).values():
        if fee.item is FeeItem.PROPERTY_FEE and fee.effective_to is None:
            fees[fee.community].append(fee)
    return {
        community.id: Existing(
            community=community,
            engagement=next((e for e in reversed(engagements.get(community.id, [])) if e.ended_on is None), None),
            fees=tuple(fees[community.id]),
        )
        for community in dataset.of(Community).values()
    }


def _find_regions(entries: Sequence[Entry], districts: Districts) -> tuple[dict[str, str], tuple[Addition, ...]]:
    """District text -> code; a text that no region goes by becomes a local region, an ambiguous one stays out."""
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.district, entry)
    found = {text: districts.codes(text) for text in first}
    new = {values.clean_name(text): text for text, codes in found.items() if not codes}
    city = districts.city.code
    codes = ids.assign([(city, (name,)) for name in new], districts.regions, length=4)
    additions = tuple(
        _local_region(codes[city, (name,)], name, city, first[text].provenance) for name, text in new.items()
    )
    known = {text: options[0] for text, options in found.items() if len(options) == 1}
    return {
        **known,
        **{text: codes[city, (values.clean_name(text),)] for text, options in found.items() if not options},
    }, additions


def _local_region(code: str, name: str, city: str, provenance: Provenance) -> Addition:
    cells = {"code": code, "code_system": "local", "name": name, "level": "dev_zone", "parent": city}
    return Addition(path="data/regions/imported.csv", model=Region, values={**cells, **source_cells(provenance)})


def _name_communities(entries: Sequence[Entry], matches: Sequence[Match], dataset: Dataset) -> Mapping[ids.Naming, str]:
    new = [community_naming(e, m.region) for e, m in zip(entries, matches, strict=True) if m.kind is MatchKind.NEW]
    return ids.assign(new, dataset.of(Community))


def _proposals(counts: Mapping[str, int], work: Work) -> tuple[MergeProposal, ...]:
    """Look-alikes among the names of this file and the firms of the site; what is one firm already is one name."""
    rows: Counter[str] = Counter()
    for key in work.book.existing:
        rows[work.book.names[key]] = 0
    for name, count in counts.items():
        rows[work.book.names[work.book.ids[name]]] += count
    places = {place.removesuffix("市").removesuffix("县") for r in work.districts.regions.values() if (place := r.name)}
    return merging.propose_merges(rows, {place for place in places if 2 <= len(place) <= 3})
