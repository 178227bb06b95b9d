"""People who work with children and trainings, for the tests."""

from datetime import date

from plans.actions import staff
from plans.actions import training as actions
from plans.models import Activity


def post(unit, name="Mai Thị Cúc", kind="collaborator", **facts):
    """A person in a post of the unit."""
    return staff.add(by=None, unit=unit, name=name, kind=kind, **facts)


def training(unit, title="Tập huấn", on=date(2024, 3, 12), people=None, came=()):
    """A training of the unit: `people` is a number that was typed, `came` are persons who were ticked."""
    activity = Activity.objects.create(unit=unit, held_on=on, kind="training", title=title, staff=people)
    if came:
        actions.set_attendance(activity=activity, by=None, among=came, came=came)
    return activity
