"""Provider names -> firms: known by name, alias or former name, or new; a person's merges applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.importing import ids, values
from generator.importing.entries import Provenance
from generator.importing.plans import ImportRefused
from generator.records import Firm
from generator.records.firm import EntityKind
from generator.schema import LIST_SEPARATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmBook:
    """Which firm each spelling means: an existing record's id, or the id a new record gets."""

    #: Spelling (clean) -> firm id.
    ids: Mapping[str, str]
    #: Firm id -> its name, existing and new.
    names: Mapping[str, str]
    #: Ids of firms that exist already.
    existing: frozenset[str]
    #: Firm id -> further spellings that a person merged into it.
    spellings: Mapping[str, tuple[str, ...]]


def open_book(names: Collection[str], firms: Mapping[str, Firm], merges: Sequence[tuple[str, ...]]) -> FirmBook:
    """Find or name the firm behind every spelling. Only ``merges`` make two spellings one firm."""
    known = _known_spellings(firms)
    leaders = _leaders(merges, set(names) | known.keys(), known)
    new = sorted({leaders.get(name, name) for name in names} - known.keys())
    fresh = ids.assign([("firm", (name,)) for name in new], firms)
    own = {name: fresh["firm", (name,)] for name in new}
    found = {**own, **known}
    spellings: dict[str, list[str]] = defaultdict(list)
    for name, leader in leaders.items():
        if name != leader and name not in known:
            spellings[found[leader]].append(name)
    return FirmBook(
        ids={**found, **{name: found[leader] for name, leader in leaders.items()}},
        names={**{key: firm.name for key, firm in firms.items()}, **{key: name for name, key in own.items()}},
        existing=frozenset(firms),
        spellings={key: tuple(sorted(others)) for key, others in spellings.items()},
    )


def _known_spellings(firms: Mapping[str, Firm]) -> dict[str, str]:
    """Every name by which exactly one existing firm goes; proper names win over aliases and former names."""
    others: dict[str, set[str]] = defaultdict(set)
    for firm in firms.values():
        for name in (*firm.aliases, *(former.name for former in firm.former_names)):
            others[values.clean_name(name)].add(firm.id)
    found = {name: next(iter(owners)) for name, owners in others.items() if len(owners) == 1}
    return {**found, **{firm.name: firm.id for firm in firms.values()}}


def _leaders(merges: Sequence[tuple[str, ...]], names: Collection[str], known: Mapping[str, str]) -> dict[str, str]:
    """Spelling -> the one of its group that is a record already, else the first that is a registered name."""
    leaders: dict[str, str] = {}
    for group in merges:
        members = [values.clean_name(name) for name in group]
        if strangers := [name for name in members if name not in names]:
            raise ImportRefused(f"要合并的企业名称在文件和数据里都没有：{'、'.join(strangers)}")
        if twice := [name for name in members if name in leaders]:
            raise ImportRefused(f"企业名称同时要并入两家：{'、'.join(twice)}")
        records = {known[name]: name for name in members if name in known}
        if len(records) > 1:
            raise ImportRefused(
                f"这些企业已经是不同的记录：{'、'.join(records.values())}。"
                "请手工把服务关系都改到一家，再把另一家的名称记入它的别名"
            )
        registered = next((name for name in members if entity_kind(name)), members[0])
        leader = next(iter(records.values()), registered)
        leaders |= dict.fromkeys(members, leader)
    return leaders


def new_firm(book: FirmBook, key: str, provenance: Provenance, used: Collection[str]) -> dict[str, str]:
    """The cells of a new firm record; a parent is named only when it is a record itself."""
    name = book.names[key]
    kind = entity_kind(name)
    parent = (
        _parent(name, {book.names[other]: other for other in (*book.existing, *used)})
        if kind is EntityKind.BRANCH
        else None
    )
    cells = {
        "id": key,
        "name": name,
        "aliases": LIST_SEPARATOR.join(book.spellings.get(key, ())),
        "entity_kind": kind.value if kind else "",
        "parent_firm": parent or "",
        "content_source": provenance.content_source,
        "as_of": provenance.as_of,
    }
    return {field: text for field, text in cells.items() if text}


def entity_kind(name: str) -> EntityKind | None:
    """What the name itself says about the legal form."""
    if name.endswith("分公司"):
        return EntityKind.BRANCH
    return EntityKind.COMPANY if name.endswith("公司") else None


def _parent(branch: str, names: Mapping[str, str]) -> str | None:
    """The id of the firm whose exact name a branch's name starts with."""
    ends = (end for end in range(len(branch) - 3, 3, -1) if branch[:end] in names)
    whole = next((branch[:end] for end in ends if re.fullmatch(r"[\u4e00-\u9fff]{0,10}分公司", branch[end:])), None)
    return names[whole] if whole else None
