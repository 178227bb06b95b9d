"""Plans: their text, targets, tasks, money, what was done, and who does it."""

from plans.models.activities import Activity
from plans.models.assignments import Assignment, TargetAnswer
from plans.models.feeds import CalendarFeed
from plans.models.plans import Plan, PlanItem, PlanVersion, Target
from plans.models.staff import Staff, StaffPost, TrainingAttendance
from plans.models.tasks import BudgetEntry, BudgetLine, Task, TaskScope

__all__ = [
    "Activity",
    "Assignment",
    "BudgetEntry",
    "BudgetLine",
    "CalendarFeed",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "Staff",
    "StaffPost",
    "Target",
    "TargetAnswer",
    "Task",
    "TaskScope",
    "TrainingAttendance",
]
