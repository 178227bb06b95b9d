from celery import shared_task
from django.utils import timezone

from childcare.accounts import drafts, sign_ins


@shared_task(name="accounts.drafts")
def sweep_drafts():
    """Drafts that nobody came back to go, and sign-ins that are long past."""
    drafts.sweep(now=timezone.now())
    sign_ins.sweep(moment=timezone.now())
