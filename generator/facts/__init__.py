"""Everything that pages say and records do not, derived once from a checked dataset and one day."""

from __future__ import annotations

from generator.facts.deriving import derive
from generator.facts.governance import DocumentFacts, MechanismFacts, SystemFacts
from generator.facts.model import (
    CommunityFacts,
    Coverage,
    Facts,
    FirmFacts,
    Named,
    OrganizationFacts,
    Origin,
    RegionFacts,
    Served,
    SourceCount,
    gathered,
)

__all__ = [
    "CommunityFacts",
    "Coverage",
    "DocumentFacts",
    "Facts",
    "FirmFacts",
    "MechanismFacts",
    "Named",
    "OrganizationFacts",
    "Origin",
    "RegionFacts",
    "Served",
    "SourceCount",
    "SystemFacts",
    "derive",
    "gathered",
]
