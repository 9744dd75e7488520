"""Everything that pages say and records do not, derived once from a checked dataset and one day."""

from __future__ import annotations

from generator.facts.deriving import derive
from generator.facts.model import (
    CommunityFacts,
    Coverage,
    Facts,
    FirmFacts,
    Named,
    Origin,
    RegionFacts,
    Served,
    SourceCount,
)

__all__ = [
    "CommunityFacts",
    "Coverage",
    "Facts",
    "FirmFacts",
    "Named",
    "Origin",
    "RegionFacts",
    "Served",
    "SourceCount",
    "derive",
]
