from celery import shared_task
from django.utils import timezone

from childcare.jobs import actions


@shared_task(name="jobs.run")
def run_job(pk):
    """Run one job, if nobody else has it."""
    actions.run(pk)


@shared_task(name="jobs.sweep")
def sweep():
    """Pick up what was left behind; runs in the worker, so it is also the worker's sign of life."""
    actions.beat("worker", now=timezone.now())
    actions.sweep(now=timezone.now())


@shared_task(name="jobs.beat")
def beat():
    """Sign of life: beat sent it, the worker ran it."""
    for name in ("beat", "worker"):
        actions.beat(name, now=timezone.now())
