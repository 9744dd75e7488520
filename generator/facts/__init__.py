"""Everything that pages say and records do not, derived once from a checked dataset and one day."""

from __future__ import annotations

from generator.facts.deriving import derive
from generator.facts.governance import DocumentFacts, MechanismFacts, SystemFacts
from generator.facts.model import (
    CommendationFacts,
    CommunityFacts,
    Coverage,
    Facts,
    FirmFacts,
    Named,
    OrganizationFacts,
    RegionFacts,
    Served,
    SourceCount,
)
from generator.facts.notices import Expected, Kept, Notices, kept
from generator.facts.provenance import Origin, gathered
from generator.facts.standing import EditionFacts, HistoryFacts, RankingFacts, RowFacts, SchemeFacts

__all__ = [
    "CommendationFacts",
    "CommunityFacts",
    "Coverage",
    "DocumentFacts",
    "EditionFacts",
    "Expected",
    "Facts",
    "FirmFacts",
    "HistoryFacts",
    "Kept",
    "MechanismFacts",
    "Named",
    "Notices",
    "OrganizationFacts",
    "Origin",
    "RankingFacts",
    "RegionFacts",
    "RowFacts",
    "SchemeFacts",
    "Served",
    "SourceCount",
    "SystemFacts",
    "derive",
    "gathered",
    "kept",
]
