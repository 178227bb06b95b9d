"""The registry. What is counted is a dated row; a fact is never edited in place: a correction voids the row and adds one."""

from childcare.children.models.allowances import AllowanceCase, AllowanceRate, HardArea
from childcare.children.models.attachments import Attachment
from childcare.children.models.bulk import BulkAction, BulkItem
from childcare.children.models.checklists import CheckList, CheckListRow
from childcare.children.models.duplicates import DuplicatePair, Merge
from childcare.children.models.facts import Circumstance, Incident, IncidentChild, Support
from childcare.children.models.households import HouseholdRevision
from childcare.children.models.import_mappings import ImportHamlet, ImportMapping
from childcare.children.models.imports import ImportBatch, ImportTrace
from childcare.children.models.kinds import CircumstanceKind, SupportKind
from childcare.children.models.layouts import ExportChoice, ListLayout
from childcare.children.models.lists import MinistryDifference, TakenList
from childcare.children.models.outcomes import IncidentOutcome
from childcare.children.models.people import Caregiver, Child, ChildRevision, Household, Membership, PovertyStatus, Residence
from childcare.children.models.placing import Unplaced
from childcare.children.models.privacy import Consent, DataRequest, DataRule, ProcessingRestriction, Purpose
from childcare.children.models.protection import FileAccess, ProtectedFile
from childcare.children.models.rounds import ReviewRound, ReviewTick
from childcare.children.models.schools import Enrolment, Pupil
from childcare.children.models.transfer_terms import Terms, TransferTerm
from childcare.children.models.transfers import Transfer, TransferAsk

__all__ = [
    "AllowanceCase",
    "AllowanceRate",
    "CheckList",
    "CheckListRow",
    "Attachment",
    "BulkAction",
    "BulkItem",
    "Caregiver",
    "Child",
    "ChildRevision",
    "Circumstance",
    "CircumstanceKind",
    "Consent",
    "DataRequest",
    "DataRule",
    "DuplicatePair",
    "ExportChoice",
    "FileAccess",
    "HardArea",
    "Household",
    "HouseholdRevision",
    "ImportBatch",
    "ImportHamlet",
    "ImportMapping",
    "ImportTrace",
    "Incident",
    "IncidentChild",
    "ListLayout",
    "Membership",
    "Merge",
    "PovertyStatus",
    "ProcessingRestriction",
    "ProtectedFile",
    "Purpose",
    "Residence",
    "ReviewRound",
    "ReviewTick",
    "Support",
    "SupportKind",
    "Transfer",
    "TransferAsk",
    "Unplaced",
]
__all__ += ["Terms", "TransferTerm"]
__all__ += ["Enrolment", "MinistryDifference", "Pupil", "TakenList"]
__all__ += ["IncidentOutcome"]
