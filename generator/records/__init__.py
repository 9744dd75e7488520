"""Record types, one file each. The models are the one schema: columns, labels and messages derive from them."""

from __future__ import annotations

from generator.records.base import Record
from generator.records.community import Community
from generator.records.engagement import Engagement
from generator.records.fee_standard import FeeStandard
from generator.records.firm import Firm
from generator.records.grade import Grade
from generator.records.guide_price import GuidePrice
from generator.records.organization import Organization
from generator.records.region import Region
from generator.records.site import Site

#: Every record type, in the order in which people read about them.
RECORD_TYPES: tuple[type[Record], ...] = (
    Region,
    Organization,
    Firm,
    Community,
    Engagement,
    FeeStandard,
    Grade,
    GuidePrice,
)

__all__ = [
    "RECORD_TYPES",
    "Community",
    "Engagement",
    "FeeStandard",
    "Firm",
    "Grade",
    "GuidePrice",
    "Organization",
    "Record",
    "Region",
    "Site",
]
