"""Jobs: claim, run, mark. A kill between any two steps delays a job and never loses or doubles its effect."""

import logging
from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from childcare.jobs.models import Heartbeat, Job
from childcare.jobs.registry import HANDLERS
from childcare.lib.refusal import Refusal

LEASE = timedelta(minutes=10)
STOPPED = "Đã dừng theo yêu cầu; không có tệp nào được giữ lại."
log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """The job belongs to another worker by now."""


class Cancelled(Exception):
    """The requester asked to stop the job."""


def enqueue(kind, *, key, by=None, publish=True, **params):
    """The job of this unique key: made now, or the one that exists. Published after the commit; a lost publish is swept up."""
    job, made = Job.objects.get_or_create(key=key, defaults={"kind": kind, "requested_by": by, "params": params})
    if made and publish:
        transaction.on_commit(lambda: _publish(job.pk))
    return job


def _publish(pk):
    try:
        current_app.send_task("jobs.run", [pk])
    except Exception:  # the broker is down: the sweeper will find the row
        log.warning("publish failed", extra={"job": pk})


def claim(pk, *, now):
    """True for exactly one caller; a job whose lease ran out may be taken again until its tries are used up."""
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    mine = Job.objects.filter(free, pk=pk, tries__lt=F("max_tries"))
    return mine.update(state=Job.State.RUNNING, lease_until=now + LEASE, tries=F("tries") + 1) == 1


def run(pk):
    """Claim and run one job; returns it, or None when somebody else has it."""
    if not claim(pk, now=timezone.now()):
        return None
    job = Job.objects.select_related("requested_by").get(pk=pk)
    try:
        result = HANDLERS[job.kind](job)  # opens its own transaction, so that its progress is visible meanwhile
        finish(job, Job.State.DONE, result=result or {})
    except Refusal as refusal:
        finish(job, Job.State.REFUSED, message=str(refusal))
    except Cancelled:
        finish(job, Job.State.CANCELLED, message=STOPPED)
    except LeaseLost:
        return None
    except Exception:
        log.exception("job failed", extra={"job": pk})
        if job.tries >= job.max_tries:
            finish(
                job, Job.State.FAILED, message="Việc này không chạy xong. Hãy thử lại, nếu vẫn lỗi thì báo quản trị hệ thống."
            )
        else:
            _mine(job).update(state=Job.State.WAITING, lease_until=None)
    job.refresh_from_db()
    return job


def finish(job, state, *, result=None, message=""):
    """Mark the end of a job, unless its lease ran out and another worker has taken it since."""
    changes = {"state": state, "finished_at": timezone.now(), "lease_until": None}
    if message:
        changes["message"] = message[:500]
    if result is not None:
        changes["result"] = result
    _mine(job).update(**changes)


def progress(job, done, total, message=""):
    """Show progress and renew the lease; call it outside of a transaction, or nobody sees it before the end.

    Raises LeaseLost when another worker has taken the job: what follows is his to do; Cancelled when it is to stop.
    """
    job.done, job.total, job.message = done, total, message[:500]
    mine = _mine(job).filter(cancel_asked_at=None)
    if not mine.update(done=done, total=total, message=job.message, lease_until=timezone.now() + LEASE):
        go_on(job)
        raise LeaseLost(job.pk)


def go_on(job):
    """Raise Cancelled when the requester asked to stop; writes nothing, so it may be asked inside a transaction."""
    if _mine(job).filter(cancel_asked_at__isnull=False).exists():
        raise Cancelled(job.pk)


def keep(job, result):
    """Note the result before the end, in the transaction that made it: a job run again after a kill finds it there."""
    job.result = result
    if not _mine(job).update(result=result):
        raise LeaseLost(job.pk)


def cancel(job, *, by):
    """Stop a job that waits, ask one that runs to stop. Refused when it cannot be stopped any more, or not at all."""
    if not job.cancellable:
        raise Refusal("Việc này đã xong hoặc không dừng giữa chừng được.")
    now = timezone.now()
    asked = Job.objects.filter(pk=job.pk, requested_by=by, cancel_asked_at=None)
    stopped = {"state": Job.State.CANCELLED, "finished_at": now, "message": STOPPED}
    if not asked.filter(state=Job.State.WAITING).update(cancel_asked_at=now, **stopped):
        asked.filter(state=Job.State.RUNNING).update(cancel_asked_at=now)
    job.refresh_from_db()


def _mine(job):
    """The row while it still runs in this try: a worker that was thought dead marks nothing any more."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries)


def sweep(*, now):
    """Publish jobs that a lost message, a killed worker or a restart left behind; fail those whose tries are used up."""
    stuck = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now, tries__gte=F("max_tries"))
    stuck.update(
        state=Job.State.FAILED, finished_at=now, message="Việc này đã dừng giữa chừng nhiều lần. Hãy báo quản trị hệ thống."
    )
    waiting = Q(state=Job.State.WAITING, created_at__lt=now - timedelta(seconds=30))
    lost = Q(state=Job.State.RUNNING, lease_until__lt=now)
    keys = list(Job.objects.filter(waiting | lost, tries__lt=F("max_tries")).order_by("pk").values_list("pk", flat=True)[:200])
    for pk in keys:
        _publish(pk)
    return len(keys)


def beat(name, *, now):
    """Write a sign of life."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})
