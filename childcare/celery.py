"""The Celery application. The database row is the truth about work; Celery only makes it happen soon."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "childcare.settings")
app = Celery("childcare")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep-jobs": {"task": "jobs.sweep", "schedule": 60},
    "beat-heartbeat": {"task": "jobs.beat", "schedule": 30},
    "seal-audit": {"task": "audit.seal", "schedule": 60},
    "anchor-audit": {"task": "audit.anchor", "schedule": 3600},
    "duplicates": {"task": "children.duplicates", "schedule": 3600},
    "drafts": {"task": "accounts.drafts", "schedule": 3600},
    "daily": {"task": "reports.daily", "schedule": 600},
    "counts": {"task": "reports.counts", "schedule": 300},
    "retention": {"task": "children.retention", "schedule": 3600},
    "clocks": {"task": "cases.clocks", "schedule": 300},
    "rematch": {"task": "cases.rematch", "schedule": 6 * 3600},
    "digests": {"task": "inbox.digests", "schedule": 300},
}
