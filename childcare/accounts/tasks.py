from celery import shared_task
from django.utils import timezone

from childcare.accounts import drafts


@shared_task(name="accounts.drafts")
def sweep_drafts():
    """Drafts that nobody came back to go."""
    drafts.sweep(now=timezone.now())
