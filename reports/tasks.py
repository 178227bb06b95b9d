"""Daily work: what is owed this year, and the reminders of the morning."""

from datetime import date, time

from celery import shared_task

from childcare.jobs import actions as jobs
from childcare.jobs.registry import handles
from childcare.lib import calendar
from childcare.units.models import DayOverride
from reports import obligations, reminders

MORNING = time(7, 30)


@shared_task(name="reports.daily")
def daily():
    """From 07:30 on a working day: one job for the reminders of the day. Asking again finds the job there."""
    if calendar.now().time() >= MORNING and calendar.is_working_day(calendar.today(), DayOverride.as_dict()):
        jobs.enqueue("reports.remind", key=f"remind:{calendar.today()}", on=calendar.today().isoformat())


@handles("reports.remind")
def remind(job):
    """Write what is owed for the year of the day, then remind. Every message has its key: running again doubles nothing."""
    on = date.fromisoformat(job.params["on"])
    obligations.ensure_obligations(on.year)
    return reminders.remind(on=on).as_dict()
