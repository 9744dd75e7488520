"""The search index: one list of everything that has a name and a page, fetched when somebody starts to search."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator import addresses
from generator.facts import CommunityFacts, Facts, FirmFacts, RegionFacts

#: Changes when the meaning of a column changes; the worker refuses what it does not know.
VERSION = 1

Row = tuple[str, str, str, list[str], str, str]


def emit(facts: Facts) -> Iterator[tuple[str, str]]:
    """``search/records.json``: rows of (kind, address, name, aliases, place to be found by, line to show)."""
    rows: list[Row] = [_region(region) for region in facts.regions.values()]
    rows += [_community(community) for community in facts.communities.values()]
    rows += [_firm(firm) for firm in facts.firms.values()]
    index = {"version": VERSION, "records": rows}
    yield addresses.SEARCH_INDEX, json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _region(region: RegionFacts) -> Row:
    record = region.record
    text = f"{record.level.label}，{len(region.communities):,} 个小区"
    return record.type_name, addresses.record(record), record.name, list(record.aliases), "", text


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


def _firm(firm: FirmFacts) -> Row:
    record = firm.record
    others = [*record.aliases, *(former.name for former in record.former_names)]
    text = f"{record.title}，服务 {len(firm.serving):,} 个小区"
    return record.type_name, addresses.record(record), record.name, others, "", text
