from celery import shared_task

from childcare.audit import actions, anchors
from childcare.lib.calendar import now


@shared_task(name="audit.seal")
def seal():
    """Chain the committed entries, each minute."""
    actions.seal()


@shared_task(name="audit.anchor")
def anchor():
    """The anchor of the day, once; asked each hour."""
    anchors.drop(day=now().date())
