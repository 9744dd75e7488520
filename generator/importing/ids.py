"""Ids at first import: a readable prefix and a short hash. Never re-derived afterwards."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping

#: One record to be named: what stands before the hash, and what is hashed.
Naming = tuple[str, tuple[str, ...]]

#: Letters and digits of a hash: 40 bits, so that 10,000 records collide once in 20,000 imports.
LENGTH = 8


def assign(wanted: Collection[Naming], taken: Collection[str], length: int = LENGTH) -> Mapping[Naming, str]:
    """An id for each naming, whatever the order; those that collide get a longer hash, all of them."""
    groups: dict[str, list[Naming]] = defaultdict(list)
    for naming in set(wanted):
        groups[_name(naming, length)].append(naming)
    known = frozenset(taken)
    found = {group[0]: key for key, group in groups.items() if len(group) == 1 and key not in known}
    again = [naming for naming in set(wanted) if naming not in found]
    return {**found, **assign(again, known | groups.keys(), length + 2)} if again else found


def _name(naming: Naming, length: int) -> str:
    prefix, parts = naming
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return f"{prefix}-{base64.b32encode(digest).decode().lower()[:length]}"
