"""What a unit that takes reports asks for besides: a report on request, an outline (đề cương), sections, chỉ tiêu bổ sung."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from childcare.documents.models import StoredFile
from childcare.units.models import Unit


class ReportCall(models.Model):
    """Yêu cầu báo cáo đột xuất: a unit asks units below for one report with its own subject and day.

    `public_id` is made by the page of the form, so that a form sent twice asks once. `answers`: the report of the asking unit
    for which it asks, so that it sums up what comes.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="report_calls", verbose_name="đơn vị yêu cầu")
    subject = models.CharField("nội dung báo cáo", max_length=300)
    document = models.CharField("văn bản yêu cầu", max_length=200, blank=True, default="")
    data_from = models.DateField("số liệu từ")
    cutoff = models.DateField("số liệu đến")
    last_day = models.DateField("hạn gửi báo cáo")
    answers = models.ForeignKey(
        "reports.Obligation", models.PROTECT, null=True, blank=True, related_name="calls", verbose_name="phục vụ báo cáo"
    )
    created_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu")
    voided_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    void_reason = models.CharField("lý do thu hồi", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_call_days_in_order", condition=Q(data_from__lte=F("cutoff")),
                violation_error_message="Số liệu đến ngày phải sau số liệu từ ngày.",
            ),
        ]  # fmt: skip
        verbose_name = "yêu cầu báo cáo đột xuất"

    def __str__(self):
        return self.subject

    @property
    def audit_name(self):
        return f"{self.issuer.name}: {self.subject}"[:200]


class Outline(models.Model):
    """Đề cương: what the issuing unit wants in the reports of a call, or of a regime whose data end from `since` to `until`."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="outlines", verbose_name="đơn vị ban hành")
    regime = models.ForeignKey(
        "reports.Regime", models.PROTECT, null=True, blank=True, related_name="outlines", verbose_name="chế độ báo cáo"
    )
    call = models.OneToOneField(
        ReportCall, models.PROTECT, null=True, blank=True, related_name="outline", verbose_name="yêu cầu đột xuất"
    )
    title = models.CharField("tên đề cương", max_length=300)
    since = models.DateField("từ kỳ có ngày chốt")
    until = models.DateField("đến trước kỳ có ngày chốt", null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp đề cương")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    voided_at = models.DateTimeField("thôi dùng lúc", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_outline_of_regime_or_call",
                condition=Q(regime__isnull=False, call=None) | Q(regime=None, call__isnull=False),
                violation_error_message="Đề cương gắn với một chế độ báo cáo hoặc một yêu cầu đột xuất.",
            ),
        ]  # fmt: skip
        verbose_name = "đề cương báo cáo"

    def __str__(self):
        return self.title

    @property
    def audit_name(self):
        return f"{self.issuer.name}: {self.title}"[:200]


class OutlineSection(models.Model):
    """A section that the issuing unit adds to the outline; the reporting unit writes it."""

    outline = models.ForeignKey(Outline, models.PROTECT, related_name="sections", verbose_name="đề cương")
    title = models.CharField("tên mục", max_length=200)
    hint = models.CharField("gợi ý nội dung", max_length=500, blank=True, default="")
    voided_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "mục bổ sung"

    def __str__(self):
        return self.title

    @property
    def key(self):
        """Its key in the text of a report."""
        return f"x{self.pk}"


class ExtraItem(models.Model):
    """Chỉ tiêu bổ sung: a number that the reporting unit types; `summed`: the level above adds the numbers of its units up."""

    outline = models.ForeignKey(Outline, models.PROTECT, related_name="items", verbose_name="đề cương")
    name = models.CharField("tên chỉ tiêu", max_length=200)
    measure = models.CharField("đơn vị tính", max_length=40)
    summed = models.BooleanField("cấp trên cộng lại", default=True)
    hint = models.CharField("cách tính", max_length=500, blank=True, default="")
    voided_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "chỉ tiêu bổ sung"

    def __str__(self):
        return self.name

    @property
    def code(self):
        """Its code among the figures of a report."""
        return f"BS-{self.pk}"
