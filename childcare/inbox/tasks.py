from celery import shared_task

from childcare.inbox import actions
from childcare.lib.calendar import today


@shared_task(name="inbox.digests")
def digests():
    """Make and send the digests of the day."""
    actions.prepare_digests(day=today())
    actions.deliver_waiting()
