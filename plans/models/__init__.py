"""Plans: their text, targets, tasks, money, and what was done."""

from plans.models.activities import Activity
from plans.models.feeds import CalendarFeed
from plans.models.plans import Plan, PlanItem, PlanVersion, Target
from plans.models.tasks import BudgetEntry, BudgetLine, Task, TaskScope

__all__ = [
    "Activity",
    "BudgetEntry",
    "BudgetLine",
    "CalendarFeed",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "Target",
    "Task",
    "TaskScope",
]
