"""The secret address by which an officer's own calendar program reads his dates."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """One address of one officer. Only its digest is kept: who lost the address makes a new one, and the old one is dead."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds", verbose_name="cán bộ")
    digest = models.CharField("dấu", max_length=64, unique=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer"], condition=Q(revoked_at=None), name="plans_calendarfeed_one"),
        ]
        verbose_name = "đường dẫn lịch"

    def __str__(self):
        return f"{self.officer} {self.created_at:%d/%m/%Y}"

    @property
    def audit_name(self):
        return self.officer.audit_name
