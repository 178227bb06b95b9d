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
log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """The job belongs to another worker by now."""


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

    Raises LeaseLost when another worker has taken the job: what follows is his to do.
    """
    job.done, job.total, job.message = done, total, message[:500]
    changed = _mine(job).update(done=done, total=total, message=job.message, lease_until=timezone.now() + LEASE)
    if not changed:
        raise LeaseLost(job.pk)


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
