"""Tokens by which another program reads the figures of a unit."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from childcare.units.models import Unit


class DataToken(models.Model):
    """One program may read the aggregates of one unit and those below it until a day. Only the digest of the token is kept.

    `minute` and `used` count its questions of the last minute in which it asked.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="data_tokens", verbose_name="đơn vị")
    name = models.CharField("phần mềm, nơi dùng", max_length=120)
    digest = models.CharField("dấu", max_length=64, unique=True)
    expires_on = models.DateField("dùng đến hết ngày")
    created_at = models.DateTimeField("cấp lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cấp")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    minute = models.DateTimeField("lần dùng gần nhất", null=True, blank=True)
    used = models.PositiveIntegerField("số lần trong phút", default=0)

    class Meta:
        verbose_name = "mã đọc số liệu"

    def __str__(self):
        return f"{self.name} · {self.unit}"

    @property
    def audit_name(self):
        return f"{self.name}, {self.unit.name}"

    @property
    def word(self):
        """How it stands: đang dùng được, hết hạn, đã thu hồi."""
        if self.revoked_at:
            return "Đã thu hồi"
        return "Hết hạn" if self.expires_on < timezone.localdate() else "Đang dùng được"

    @property
    def live(self):
        return self.revoked_at is None and self.expires_on >= timezone.localdate()
