"""An entry against the records of the community it was matched with: what differs, and what an update would write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from generator import schema
from generator.importing import values
from generator.importing.entries import Entry
from generator.importing.firms import FirmBook
from generator.importing.matching import Match, MatchKind
from generator.importing.plans import Finding, FindingKind
from generator.importing.values import Fee, ProviderKind
from generator.records import Community, Engagement, FeeStandard, Firm, Record
from generator.records.engagement import ContractKind
from generator.schema import LIST_SEPARATOR

PROVIDER_LABEL = schema.label(Firm, ("name",))
FEE_LABEL = schema.label(FeeStandard, ("amount",))
CONTRACT_KINDS = {ProviderKind.SELF_MANAGED: ContractKind.SELF_MANAGED, ProviderKind.BACKSTOP: ContractKind.BACKSTOP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """A community as the site has it: itself, its current engagement, its current property fees."""

    community: Community
    engagement: Engagement | None
    fees: tuple[FeeStandard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionNames:
    """Names of all regions by code, those that this import makes included; and which one is the site's own."""

    names: Mapping[str, str]
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One finding and what carrying it out would write; nothing where only a person can."""

    finding: Finding
    #: Cells of existing records.
    edits: tuple[tuple[Record, Mapping[str, str]], ...] = ()
    #: True when the entry's engagement, or its fee, becomes a new record.
    adds: frozenset[type[Record]] = field(default_factory=frozenset)

    @property
    def is_applicable(self) -> bool:
        """True when an update can carry it out."""
        return bool(self.edits or self.adds)


def compare(entry: Entry, match: Match, old: Existing, book: FirmBook, regions: RegionNames) -> Iterator[Difference]:
    """Everything in which the entry and the site differ, provider first."""
    yield from _compare_provider(entry, old, book)
    yield from _compare_fee(entry, old)
    yield from _compare_region(match, old, regions)
    for name, text in entry.fields.items():
        yield from _compare_field(name, text, old.community)


def _difference(kind: FindingKind, label: str, before: str, after: str, reason: str = "", **rest: Any) -> Difference:
    return Difference(finding=Finding(kind=kind, label=label, old=before, new=after, reason=reason), **rest)


def _compare_provider(entry: Entry, old: Existing, book: FirmBook) -> Iterator[Difference]:
    before, after = shown_provider(old, book), entry.provider
    if entry.provider_kind in {ProviderKind.NOT_GIVEN, ProviderKind.UNSPECIFIC}:
        if before:
            yield _difference(
                FindingKind.ABSENT, PROVIDER_LABEL, before, values.clean(entry.provider_cell), "新表没有给，旧值保留"
            )
    elif _is_same_provider(entry, old, book):
        stored = book.names[old.engagement.firm] if old.engagement and old.engagement.firm else before
        if entry.provider_kind is not ProviderKind.NONE and values.clean_name(stored) != _brackets_only(
            entry.provider_cell
        ):
            yield _difference(FindingKind.SPELLING, PROVIDER_LABEL, before, entry.provider_cell, "同一主体，写法不同")
    elif entry.provider_kind is ProviderKind.NONE:
        yield _none_by_source(entry, old, before)
    else:
        yield _another_provider(entry, old, book, before, after)


def _brackets_only(cell: str) -> str:
    """The cell with brackets as on the licence, its edge spaces kept: a space is a difference of spelling."""
    edges = len(cell) - len(cell.lstrip()), len(cell.rstrip())
    return cell[: edges[0]] + values.clean_name(cell) + cell[edges[1] :]


def shown_provider(old: Existing, book: FirmBook) -> str:
    """Who serves the community now, as staff read it; empty when nobody knows."""
    if old.engagement is None:
        return "来源称无物业" if old.community.no_provider else ""
    if old.engagement.firm:
        return book.names[old.engagement.firm]
    kind = old.engagement.contract_kind
    return old.engagement.provider or (kind.label if kind else "")


def _is_same_provider(entry: Entry, old: Existing, book: FirmBook) -> bool:
    if entry.provider_kind is ProviderKind.NONE:
        return old.engagement is None and bool(old.community.no_provider)
    if old.engagement is None:
        return False
    if entry.provider_kind is ProviderKind.FIRM:
        return old.engagement.firm == book.ids[entry.provider]
    is_same_kind = old.engagement.contract_kind is CONTRACT_KINDS[entry.provider_kind]
    return old.engagement.firm is None and is_same_kind and old.engagement.provider in {None, entry.provider}


def _none_by_source(entry: Entry, old: Existing, before: str) -> Difference:
    if old.engagement is None:
        edits = ((old.community, {"no_provider": "true"}),)
        return _difference(FindingKind.SUPPLEMENT, PROVIDER_LABEL, before, entry.provider, edits=edits)
    reason = f"先给服务关系 {old.engagement.id} 填上实际终止日期，再导入"
    return _difference(FindingKind.CONFLICT, PROVIDER_LABEL, before, entry.provider, reason)


def _another_provider(entry: Entry, old: Existing, book: FirmBook, before: str, after: str) -> Difference:
    if old.engagement is None:
        clears = ((old.community, {"no_provider": ""}),) if old.community.no_provider else ()
        kind = FindingKind.CONFLICT if old.community.no_provider else FindingKind.SUPPLEMENT
        return _difference(kind, PROVIDER_LABEL, before, after, edits=clears, adds=frozenset({Engagement}))
    cells = provider_cells(entry, book)
    kept = old.engagement.contract_kind
    if entry.provider_kind is ProviderKind.FIRM and kept and kept.needs_firm:
        cells["contract_kind"] = kept.value
    edits = ((old.engagement, {**cells, **_provenance(entry)}),)
    return _difference(FindingKind.CONFLICT, PROVIDER_LABEL, before, after, edits=edits)


def provider_cells(entry: Entry, book: FirmBook) -> dict[str, str]:
    """The cells of an engagement that say who serves."""
    if entry.provider_kind is ProviderKind.FIRM:
        return {"firm": book.ids[entry.provider], "provider": "", "contract_kind": ""}
    return {"firm": "", "provider": entry.provider, "contract_kind": CONTRACT_KINDS[entry.provider_kind].value}


def _provenance(entry: Entry) -> dict[str, str]:
    """Engagements and fees hold one fact: when it changes, its source and date change with it."""
    return {"content_source": entry.provenance.content_source, "as_of": entry.provenance.as_of}


def _compare_fee(entry: Entry, old: Existing) -> Iterator[Difference]:
    before = "；".join(_shown_fee(fee) for fee in old.fees)
    if entry.fee is None:
        if old.fees:
            yield _difference(FindingKind.ABSENT, FEE_LABEL, before, "", "新表没有给，旧值保留")
    elif not old.fees:
        yield _difference(FindingKind.SUPPLEMENT, FEE_LABEL, "", entry.fee.shown, adds=frozenset({FeeStandard}))
    elif not any(_is_same_fee(entry.fee, fee) for fee in old.fees):
        edits = ((old.fees[0], {**fee_cells(entry.fee), **_provenance(entry)}),) if len(old.fees) == 1 else ()
        reason = "" if edits else "现有几条物业费标准，请手工核对"
        yield _difference(FindingKind.CONFLICT, FEE_LABEL, before, entry.fee.shown, reason, edits=edits)


def _is_same_fee(new: Fee, old: FeeStandard) -> bool:
    texts = (new.amount, new.low, new.high)
    return tuple(Decimal(text) if text else None for text in texts) == (old.amount, old.amount_min, old.amount_max)


def _shown_fee(fee: FeeStandard) -> str:
    amount = fee.amount if fee.amount is not None else f"{fee.amount_min} 至 {fee.amount_max}"
    return f"{amount} {fee.unit.label}"


def fee_cells(fee: Fee) -> dict[str, str]:
    """The cells of a fee standard that say how much."""
    return {"amount": fee.amount, "amount_min": fee.low, "amount_max": fee.high}


def _compare_region(match: Match, old: Existing, regions: RegionNames) -> Iterator[Difference]:
    label = schema.label(Community, ("region",))
    before, after = regions.names[old.community.region], regions.names[match.region]
    if match.kind is MatchKind.ELSEWHERE:
        reason = "同名小区在另一个区：是同一个就手工改它的所在区域，是另一个就手工新建；这一行的其他内容也不会更新"
        yield _difference(FindingKind.CONFLICT, label, before, after, reason)
    elif old.community.region == regions.home != match.region:
        yield _difference(
            FindingKind.SUPPLEMENT, label, before, after, edits=((old.community, {"region": match.region}),)
        )


def _compare_field(name: str, text: str, community: Community) -> Iterator[Difference]:
    label, before = schema.label(Community, (name,)), getattr(community, name)
    if before == _typed(name, text):
        return
    kind = FindingKind.SUPPLEMENT if before in (None, ()) else FindingKind.CONFLICT
    edits = ((community, {name: text}),)
    yield _difference(kind, label, _written(before), text, edits=edits)


@cache
def _typed(name: str, text: str) -> Any:
    value = schema.split_list(text) if schema.shape(Community, name).is_list else text
    trial = {"id": "cm-trial", "name": "试", "region": "100000", "as_of": "unknown", name: value}
    return getattr(Community.model_validate(trial), name)


def _written(value: Any) -> str:
    if value is None:
        return ""
    return LIST_SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)
