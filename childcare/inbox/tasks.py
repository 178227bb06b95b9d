from datetime import time

from celery import shared_task

from childcare.inbox import actions
from childcare.lib.calendar import now, today

# After the reminders of the morning (07:30, asked for every ten minutes), so that the one mail of the day tells them.
AFTER_REMINDERS = time(7, 45)


@shared_task(name="inbox.digests")
def digests():
    """Make and send the digests of the day; what could not be sent yesterday goes too."""
    if now().time() >= AFTER_REMINDERS:
        actions.prepare_digests(day=today())
    actions.deliver_waiting()
