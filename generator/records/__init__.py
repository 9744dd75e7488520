"""Record types, one file each. The models are the one schema: columns, labels and messages derive from them."""

from __future__ import annotations

from generator.records.assessment_result import AssessmentResult
from generator.records.assessment_scheme import AssessmentScheme
from generator.records.base import Record
from generator.records.candidate_review import CandidateReview
from generator.records.collection import Collection
from generator.records.commendation import Commendation
from generator.records.community import Community
from generator.records.complaint_procedure import ComplaintProcedure
from generator.records.credit_repair import CreditRepair
from generator.records.cross_appointment import CrossAppointment
from generator.records.disclosure_notice import DisclosureNotice
from generator.records.disclosure_policy import DisclosurePolicy
from generator.records.elevator_maintenance import ElevatorMaintenance
from generator.records.engagement import Engagement
from generator.records.exit_procedure import ExitProcedure
from generator.records.exposure import Exposure
from generator.records.fee_standard import FeeStandard
from generator.records.firm import Firm
from generator.records.fulfilment import Fulfilment
from generator.records.governance_stat import GovernanceStat
from generator.records.grade import Grade
from generator.records.guide_price import GuidePrice
from generator.records.joint_meeting import JointMeeting
from generator.records.key_project import KeyProject
from generator.records.list_entry import ListEntry
from generator.records.list_line import ListLine
from generator.records.maintenance_fund import MaintenanceFund
from generator.records.matter import Matter
from generator.records.measure import Measure
from generator.records.mechanism import Mechanism
from generator.records.notice_board import NoticeBoard
from generator.records.objection import Objection, Review
from generator.records.order_flow import OrderFlow
from generator.records.organization import Organization
from generator.records.periodic_report import PeriodicReport
from generator.records.policy_document import PolicyDocument
from generator.records.public_revenue import PublicRevenue
from generator.records.ranking_edition import RankingEdition
from generator.records.region import Region
from generator.records.service_item import ServiceItem
from generator.records.service_point import ServicePoint
from generator.records.shared_utilities import SharedUtilities
from generator.records.site import Site
from generator.records.trusteeship import Trusteeship
from generator.records.volunteer_team import VolunteerTeam
from generator.records.water_test import WaterTest

#: Every record type, in the order in which people read about them.
RECORD_TYPES: tuple[type[Record], ...] = (
    Region,
    Organization,
    Firm,
    Community,
    Engagement,
    ServiceItem,
    FeeStandard,
    Grade,
    GuidePrice,
    PublicRevenue,
    Collection,
    SharedUtilities,
    MaintenanceFund,
    ElevatorMaintenance,
    WaterTest,
    Fulfilment,
    ComplaintProcedure,
    PolicyDocument,
    DisclosurePolicy,
    NoticeBoard,
    DisclosureNotice,
    Mechanism,
    GovernanceStat,
    AssessmentScheme,
    RankingEdition,
    AssessmentResult,
    ListEntry,
    Measure,
    Objection,
    Review,
    CreditRepair,
    Commendation,
    ServicePoint,
    Trusteeship,
    VolunteerTeam,
    Exposure,
    ExitProcedure,
    JointMeeting,
    Matter,
    ListLine,
    OrderFlow,
    KeyProject,
    CandidateReview,
    CrossAppointment,
)

__all__ = [
    "RECORD_TYPES",
    "AssessmentResult",
    "AssessmentScheme",
    "CandidateReview",
    "Collection",
    "Commendation",
    "Community",
    "ComplaintProcedure",
    "CreditRepair",
    "CrossAppointment",
    "DisclosureNotice",
    "DisclosurePolicy",
    "ElevatorMaintenance",
    "Engagement",
    "ExitProcedure",
    "Exposure",
    "FeeStandard",
    "Firm",
    "Fulfilment",
    "GovernanceStat",
    "Grade",
    "GuidePrice",
    "JointMeeting",
    "KeyProject",
    "ListEntry",
    "ListLine",
    "MaintenanceFund",
    "Matter",
    "Measure",
    "Mechanism",
    "NoticeBoard",
    "Objection",
    "OrderFlow",
    "Organization",
    "PeriodicReport",
    "PolicyDocument",
    "PublicRevenue",
    "RankingEdition",
    "Record",
    "Region",
    "Review",
    "ServiceItem",
    "ServicePoint",
    "SharedUtilities",
    "Site",
    "Trusteeship",
    "VolunteerTeam",
    "WaterTest",
]
