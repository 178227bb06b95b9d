"""Case files: Intake → Assessment → InterventionPlan → Review → close (NĐ 56/2017/NĐ-CP, Chương III)."""

from cases.models.carers import Carer, CarerAnswer, RegisterReview, Shelter
from cases.models.clocks import ClockReminder, ClockRule, ClockTold, UnitClock
from cases.models.commitments import Commitment, CommitmentCheck
from cases.models.files import Case, CaseEvent, EmergencyStep, Intake
from cases.models.papers import IsolationOrder, Meeting, StatutoryForm
from cases.models.placement import CarerNotice, CareVisit, Placement, PlacementEvent
from cases.models.reporting import Handover, Notice
from cases.models.rules import AssessmentRule
from cases.models.secrecy import DeclaredPerson, EmergencyOpening, LiftProposal, SecrecyRule, Suspect
from cases.models.signed import SignedDecision
from cases.models.work import Assessment, AssessmentItem, InterventionPlan, Mark, PlannedService

__all__ = [
    "Assessment",
    "AssessmentItem",
    "AssessmentRule",
    "CareVisit",
    "Carer",
    "CarerAnswer",
    "CarerNotice",
    "Case",
    "CaseEvent",
    "ClockReminder",
    "ClockRule",
    "ClockTold",
    "Commitment",
    "CommitmentCheck",
    "DeclaredPerson",
    "EmergencyOpening",
    "EmergencyStep",
    "Handover",
    "Intake",
    "InterventionPlan",
    "LiftProposal",
    "IsolationOrder",
    "Mark",
    "Placement",
    "PlacementEvent",
    "Notice",
    "Meeting",
    "PlannedService",
    "RegisterReview",
    "SecrecyRule",
    "Shelter",
    "SignedDecision",
    "Suspect",
    "StatutoryForm",
    "UnitClock",
]
