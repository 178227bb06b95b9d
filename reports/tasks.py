"""Daily work: what is owed this year, the reminders of the morning; and the counts of the boards every few minutes."""

from datetime import date, time

from celery import shared_task
from django.urls import reverse
from django.utils import timezone

from childcare.accounts.models import Officer
from childcare.jobs import actions as jobs
from childcare.jobs.beside import Beside
from childcare.jobs.models import Job
from childcare.jobs.registry import handles
from childcare.lib import calendar
from childcare.units.models import DayOverride, UnitChange
from reports import obligations, reminders, standing
from reports.actions import unit_changes

MORNING = time(7, 30)


@shared_task(name="reports.daily")
def daily():
    """Changes of units whose day has come; from 07:30 on a working day one job for the reminders of the day."""
    unit_changes.start_due()
    if calendar.now().time() >= MORNING and calendar.is_working_day(calendar.today(), DayOverride.as_dict()):
        jobs.enqueue("reports.remind", key=f"remind:{calendar.today()}", on=calendar.today().isoformat())


@shared_task(name="reports.counts")
def counts():
    """Every few minutes: when something that boards show was written, one job counts it again; never two at once."""
    standing.collect()
    now = timezone.now()
    if Job.objects.filter(kind="reports.counts", state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
        return
    if next(standing.due(calendar.today(), now), None):
        jobs.enqueue("reports.counts", key=f"counts:{now:%Y-%m-%dT%H:%M}")


@handles("reports.counts")
def count_again(job):
    """Count for the boards what is missing or has changed. Each count is kept by itself: what is done stays done."""
    on = calendar.today()
    standing.collect()
    waiting = list(standing.due(on, timezone.now()))
    for done, (unit, window, kinds, day) in enumerate(waiting):
        jobs.progress(job, done, len(waiting), f"Đang tính số liệu của {unit.name}")
        standing.refresh(unit, window, kinds, day)
    standing.forget(on)
    jobs.progress(job, len(waiting), len(waiting), f"Đã tính {len(waiting)} bảng số liệu")
    return {"counted": len(waiting)}


@handles("reports.remind")
def remind(job):
    """Write what is owed for the year of the day, then remind. Every message has its key: running again doubles nothing."""
    on = date.fromisoformat(job.params["on"])
    obligations.ensure_obligations(on.year)
    return reminders.remind(on=on).as_dict()


@handles(unit_changes.KIND)
def change_units(job):
    """Carry out a change of units: all or nothing, so that a kill leaves nothing half done."""
    change = UnitChange.objects.get(pk=job.params["change"])
    jobs.progress(job, 0, 0, "Đang chuyển trẻ em, hộ gia đình, cán bộ và báo cáo sang đơn vị mới")
    with Beside(job) as watch:
        result = unit_changes.execute(change=change, by=Officer.objects.get(pk=job.requested_by_id), watch=watch)
    words = f"Đã chuyển {result['children']} trẻ em, {result['households']} hộ, {result['posts']} phân công"
    rows = max(1, result["children"] + result["households"])
    jobs.progress(job, rows, rows, words)
    return _seen_at(change)


@handles(unit_changes.UNDO)
def take_units_back(job):
    """Take a change of units back: all or nothing."""
    change = UnitChange.objects.get(pk=job.params["change"])
    jobs.progress(job, 0, 0, "Đang trả trẻ em, hộ gia đình, cán bộ và báo cáo về đơn vị cũ")
    by = Officer.objects.get(pk=job.requested_by_id)
    with Beside(job) as watch:
        unit_changes.undo(change=change, by=by, reason=change.undo_reason, watch=watch)
    jobs.progress(job, 1, 1, "Đã hoàn lại: trẻ em, hộ gia đình, cán bộ và báo cáo trở về như trước ngày thay đổi")
    return _seen_at(change)


def _seen_at(change):
    return {"url": reverse("unit-change", args=[change.public_id]), "label": "Xem kết quả thay đổi"}
