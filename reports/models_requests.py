"""What the unit that owes a report asks of the unit above: more time, or to correct what it has sent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.lib.encryption import EncryptedTextField


class ReportRequest(models.Model):
    """Xin gia hạn or Đề nghị chỉnh sửa sau khi gửi: who asked what and why, who granted or refused it and why.

    An extension that the unit above gives by itself has nobody who asked. `old_last_day`: what the last day was before.
    """

    class Kind(models.TextChoices):
        EXTEND = "extend", "Xin gia hạn"
        REVISE = "revise", "Đề nghị chỉnh sửa sau khi gửi"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    obligation = models.ForeignKey(
        "reports.Obligation", models.PROTECT, related_name="requests", verbose_name="báo cáo phải gửi"
    )
    kind = models.CharField("loại", max_length=8, choices=Kind)
    reason = EncryptedTextField("lý do")
    wanted_on = models.DateField("xin gửi chậm nhất ngày", null=True, blank=True)
    asked_at = models.DateTimeField("đề nghị lúc", auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đề nghị"
    )
    granted = models.BooleanField("đồng ý", null=True, blank=True)
    granted_on = models.DateField("được gửi chậm nhất ngày", null=True, blank=True)
    old_last_day = models.DateField("hạn trước đó", null=True, blank=True)
    answer = EncryptedTextField("trả lời", blank=True, default="")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trả lời"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "kind"], condition=Q(answered_at=None), name="reports_request_one_open",
                violation_error_message="Đề nghị này đang chờ trả lời.",
            ),
        ]  # fmt: skip
        verbose_name = "đề nghị về báo cáo"

    def __str__(self):
        return f"{self.get_kind_display()} {self.obligation}"

    @property
    def audit_name(self):
        return f"{self.obligation.audit_name}: {self.get_kind_display()}"
