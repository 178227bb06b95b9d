"""Plans: their text, targets, tasks, money, what was done, who does it, and funds."""

from plans.models.activities import Activity
from plans.models.assignments import Assignment, TargetAnswer
from plans.models.bodies import Body, BodyDecision, BodyMeeting, BodyMember
from plans.models.deeds import ActivityMoney, ActivityPhoto, Tally
from plans.models.feeds import CalendarFeed
from plans.models.friendly import (
    Criterion,
    CriterionPart,
    Evaluation,
    EvaluationPaper,
    FriendlyThreshold,
    PartScore,
    Standard,
)
from plans.models.funds import Fund, FundEntry, FundSupport
from plans.models.inspections import Inspection, InspectionPhoto, InspectionSample, Recommendation, SampleRow
from plans.models.plans import Plan, PlanItem, PlanVersion, Target
from plans.models.records import ChildPlace, RiskArea, SafeHome, SafeHomeCriterion
from plans.models.staff import Staff, StaffPost, TrainingAttendance
from plans.models.tasks import BudgetEntry, BudgetLine, Task, TaskScope

__all__ = [
    "Activity",
    "ActivityMoney",
    "ActivityPhoto",
    "Assignment",
    "Body",
    "BodyDecision",
    "BodyMeeting",
    "BodyMember",
    "BudgetEntry",
    "BudgetLine",
    "CalendarFeed",
    "ChildPlace",
    "Fund",
    "FundEntry",
    "FundSupport",
    "Criterion",
    "CriterionPart",
    "Evaluation",
    "EvaluationPaper",
    "FriendlyThreshold",
    "Inspection",
    "InspectionPhoto",
    "InspectionSample",
    "PartScore",
    "Recommendation",
    "SampleRow",
    "Standard",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "RiskArea",
    "SafeHome",
    "SafeHomeCriterion",
    "Staff",
    "StaffPost",
    "Tally",
    "Target",
    "TargetAnswer",
    "Task",
    "TaskScope",
    "TrainingAttendance",
]
