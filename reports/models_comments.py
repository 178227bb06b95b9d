"""What the unit and the unit above say to each other about a paragraph of a report, before and after it goes back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

OF_UNIT = (Permission.REPORT_WRITE, Permission.REPORT_SIGN, Permission.REPORT_SEND)


def parties(officer):
    """(keys of units whose reports the officer makes, keys of units that take reports by him)."""
    own = {unit.pk for permission in OF_UNIT for unit in officer.units_for(permission)}
    return own, {unit.pk for unit in officer.units_for(Permission.REPORT_ACCEPT)}


class ReportCommentQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Only of the two units: the one that owes the report and the one that takes it. Nobody above them, no inspector."""
        own, takes = parties(officer)
        return self.filter(Q(obligation__unit__in=own) | Q(obligation__to_unit__in=takes))

    def threads(self):
        return self.filter(thread=None)

    def open(self):
        """Threads that nobody has marked as done."""
        return self.threads().filter(resolved_at=None)


class ReportComment(models.Model):
    """One remark on a section, on one paragraph of it when `quote` says which; the first of a thread, or an answer in one.

    `number`: the version that was read. Only the first of a thread is resolved.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    obligation = models.ForeignKey(
        "reports.Obligation", models.PROTECT, related_name="comments", verbose_name="báo cáo phải gửi"
    )
    thread = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers", verbose_name="trả lời cho"
    )
    section = models.CharField("mục", max_length=12)
    number = models.PositiveSmallIntegerField("bản", default=1)
    quote = EncryptedTextField("đoạn được nói tới", blank=True, default="")
    text = EncryptedTextField("nội dung trao đổi")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị của người viết")
    written_at = models.DateTimeField("viết lúc", auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người viết")
    resolved_at = models.DateTimeField("xong lúc", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi xong"
    )

    objects = ReportCommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_comment_resolved_thread", condition=Q(thread=None) | Q(resolved_at=None),
                violation_error_message="Chỉ cả trao đổi mới ghi xong được.",
            ),
        ]  # fmt: skip
        verbose_name = "trao đổi về báo cáo"

    def __str__(self):
        return f"{self.obligation} {self.section}"

    @property
    def audit_name(self):
        return f"{self.obligation.audit_name}, mục {self.section}"
