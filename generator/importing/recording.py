"""What the decisions write: new records with their ids, and the cells of existing records that change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.importing import ids
from generator.importing.comparing import fee_cells, provider_cells
from generator.importing.deciding import Decision, Work, source_cells
from generator.importing.entries import Entry, Provenance
from generator.importing.firms import new_firm
from generator.importing.plans import Addition, Edit
from generator.importing.values import ProviderKind
from generator.records import Community, Engagement, FeeStandard, Firm, Record
from generator.records.fee_standard import FeeItem
from generator.schema import LIST_SEPARATOR

_LINE_LIMIT = 200
Pair = tuple[Entry, Decision]


def list_additions(entries: Sequence[Entry], decisions: Sequence[Decision], work: Work) -> tuple[Addition, ...]:
    """Every new record, each type in the order of the file; a new region or firm only when something names it."""
    pairs = tuple(zip(entries, decisions, strict=True))
    communities = tuple(_into(Community, d.community["region"], d.community) for _, d in pairs if d.community)
    used = {a.values["region"] for a in communities} | {
        cells["region"] for d in decisions for _, cells in d.edits if "region" in cells
    }
    return (
        *(addition for addition in work.new_regions if addition.key in used),
        *_new_firms(pairs, work),
        *communities,
        *_new_engagements(pairs, work),
        *_new_fees(pairs, work),
    )


def _into(model: type[Record], region: str, cells: Mapping[str, str]) -> Addition:
    return Addition(
        path=f"data/{model.folder}/{region}.csv", model=model, values={n: text for n, text in cells.items() if text}
    )


def _new_firms(pairs: Sequence[Pair], work: Work) -> Iterator[Addition]:
    """Firms that an engagement written now names, in the order of the file."""
    first: dict[str, Provenance] = {}
    for entry, decision in pairs:
        names_firm = Engagement in decision.adds or any(isinstance(record, Engagement) for record, _ in decision.edits)
        if names_firm and entry.provider_kind is ProviderKind.FIRM:
            first.setdefault(work.book.ids[entry.provider], entry.provenance)
    new = {key: provenance for key, provenance in first.items() if key not in work.book.existing}
    for key, provenance in new.items():
        yield _into(Firm, work.districts.city.code, new_firm(work.book, key, provenance, new))


def _region_of(decision: Decision, work: Work) -> str:
    if decision.community:
        return decision.community["region"]
    moved = (cells["region"] for _, cells in decision.edits if "region" in cells)
    return next(moved, work.existing[decision.outcome.key].community.region)


def _new_engagements(pairs: Sequence[Pair], work: Work) -> Iterator[Addition]:
    wanted: dict[ids.Naming, Pair] = {}
    for entry, decision in pairs:
        if Engagement in decision.adds:
            naming: ids.Naming = f"en-{_region_of(decision, work)}", (decision.outcome.key, entry.provider)
            wanted[naming] = entry, decision
    keys = ids.assign(wanted, work.dataset.of(Engagement))
    for naming, (entry, decision) in wanted.items():
        cells = {
            "id": keys[naming],
            "community": decision.outcome.key,
            **provider_cells(entry, work.book),
            **source_cells(entry.provenance),
        }
        yield _into(Engagement, _region_of(decision, work), cells)


def _new_fees(pairs: Sequence[Pair], work: Work) -> Iterator[Addition]:
    wanted: dict[ids.Naming, Pair] = {}
    for entry, decision in pairs:
        if FeeStandard in decision.adds:
            naming: ids.Naming = f"fee-{_region_of(decision, work)}", (decision.outcome.key, "property_fee")
            wanted[naming] = (
                entry,
                decision,
            )
    keys = ids.assign(wanted, work.dataset.of(FeeStandard))
    fixed = {"item": FeeItem.PROPERTY_FEE.value, "basis": "area_month", "unit": "yuan_m2_month"}
    for naming, (entry, decision) in wanted.items():
        if entry.fee:
            cells = {
                "id": keys[naming],
                "community": decision.outcome.key,
                **fixed,
                **fee_cells(entry.fee),
                **source_cells(entry.provenance),
            }
            yield _into(FeeStandard, _region_of(decision, work), cells)


def list_edits(entries: Sequence[Entry], decisions: Sequence[Decision], work: Work) -> tuple[Edit, ...]:
    """One edit a record, cells of all its differences together."""
    cells: dict[tuple[type[Record], str], dict[str, str]] = {}
    records: dict[tuple[type[Record], str], Record] = {}
    for entry, decision in zip(entries, decisions, strict=True):
        for record, changed in decision.edits:
            place = type(record), record.key
            records[place] = record
            cells.setdefault(place, {}).update(changed)
            if isinstance(record, Community):
                cells[place] |= _joined_source(record, entry.provenance)
    for firm, aliases in _merged_aliases(work):
        records[Firm, firm.id] = firm
        cells.setdefault((Firm, firm.id), {})["aliases"] = LIST_SEPARATOR.join(aliases)
    return tuple(
        Edit(path=work.dataset.source(records[place]).path, model=place[0], key=place[1], values=changed)
        for place, changed in cells.items()
    )


def _joined_source(community: Community, provenance: Provenance) -> dict[str, str]:
    """A community's cells may now come from two sources; both are named while they fit in a line."""
    old, new = community.content_source or "", provenance.content_source
    joined = "、".join(filter(None, (old, new)))
    return {} if new in old or len(joined) > _LINE_LIMIT else {"content_source": joined}


def _merged_aliases(work: Work) -> Iterator[tuple[Firm, tuple[str, ...]]]:
    for key, spellings in work.book.spellings.items():
        if key in work.book.existing:
            firm = work.dataset.of(Firm)[key]
            yield firm, tuple(dict.fromkeys((*firm.aliases, *spellings)))
