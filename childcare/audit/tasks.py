from celery import shared_task

from childcare.audit import actions


@shared_task(name="audit.seal")
def seal():
    """Chain the committed entries, each minute."""
    actions.seal()
