"""The case file and what opened it. Every case lies under a protected file, and what is told in it is encrypted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.told import Told
from cases.querysets import CasePartQuerySet, CaseQuerySet
from childcare.children.models import Child, CircumstanceKind, ProtectedFile
from childcare.lib.calendar import stamp
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

OFFICER = settings.AUTH_USER_MODEL


class Case(models.Model):
    """One child's way through NĐ 56/2017, Điều 25–30. The child may not be known yet."""

    class State(models.TextChoices):
        NEW = "new", "Mới tiếp nhận"
        SCREENED_OUT = "screened_out", "Không phải lập hồ sơ"
        ASSESSING = "assessing", "Đang đánh giá ban đầu"
        EMERGENCY = "emergency", "Đang can thiệp khẩn cấp"
        PLANNING = "planning", "Đang đánh giá cụ thể, lập kế hoạch"
        SUBMITTED = "submitted", "Chờ phê duyệt"
        RETURNED = "returned", "Trả lại bổ sung"
        APPROVED = "approved", "Đã phê duyệt"
        IN_PROGRESS = "in_progress", "Đang thực hiện kế hoạch"
        IN_REVIEW = "in_review", "Đang rà soát, đánh giá"
        CLOSED = "closed", "Đã kết thúc"
        REOPENED = "reopened", "Mở lại"
        TRANSFERRED = "transferred", "Đã chuyển"

    class Level(models.TextChoices):
        HIGH = "high", "Nguy cơ cao"
        MEDIUM = "medium", "Nguy cơ trung bình"
        LOW = "low", "Nguy cơ thấp"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases", verbose_name="đơn vị lập hồ sơ")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="trẻ em")
    protected_file = models.ForeignKey(ProtectedFile, models.PROTECT, related_name="cases", verbose_name="hồ sơ được bảo vệ")
    state = models.CharField("tình trạng", max_length=12, choices=State, default=State.NEW)
    kind = models.ForeignKey(
        CircumstanceKind, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="nhóm, nguy cơ"
    )
    level = models.CharField("mức độ nguy cơ", max_length=6, choices=Level, blank=True)
    emergency = models.BooleanField("cần can thiệp khẩn cấp", null=True, blank=True)
    worker = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="người phụ trách"
    )
    opened_at = models.DateTimeField("nhận tin lúc")
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    created_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_case_closed_on",
                condition=Q(closed_on=None) & ~Q(state__in=["closed", "screened_out"])
                | Q(closed_on__isnull=False, state__in=["closed", "screened_out", "transferred"]),
                violation_error_message="Hồ sơ kết thúc phải có ngày kết thúc.",
            )
        ]
        indexes = [models.Index(fields=["unit", "state"], name="cases_case_state")]
        verbose_name = "hồ sơ can thiệp"

    def __str__(self):
        return self.code

    @property
    def code(self):
        """What the file is called in a message: neither a number that counts nor a name that tells."""
        return f"HS-{self.public_id.hex[:8].upper()}"

    @property
    def audit_name(self):
        return ""  # the log knows the protected file and no more

    @property
    def open(self):
        """True while something is still to be done."""
        return self.closed_on is None


class Intake(Told):
    """A report received (Mẫu 01). Almost everything may be unknown; the clock runs from `received_at`, not from the typing."""

    class Channel(models.TextChoices):
        PHONE = "phone", "Điện thoại"
        VISIT = "visit", "Gặp trực tiếp"
        TOLD = "told", "Người khác báo"
        LINE_111 = "line_111", "Tổng đài 111"
        OFFICE = "office", "Cơ quan, tổ chức chuyển đến"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="intakes", verbose_name="hồ sơ")
    channel = models.CharField("nguồn tin", max_length=10, choices=Channel)
    received_at = models.DateTimeField("giờ nhận tin")
    entered_at = models.DateTimeField("giờ nhập máy", default=stamp, editable=False)
    happened_in = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã, phường nơi xảy ra"
    )
    received_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người tiếp nhận")

    objects = CasePartQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu tiếp nhận"

    def __str__(self):
        return f"phiếu {self.pk}"

    @property
    def audit_name(self):
        return ""


class CaseEvent(models.Model):
    """One step of the timeline: who did what, when, why. Nothing is ever taken away."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name="hồ sơ")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người làm")
    what = models.CharField("việc", max_length=40)
    state = models.CharField("tình trạng sau đó", max_length=12, choices=Case.State)
    note = EncryptedTextField("ghi chú", blank=True, default="")

    objects = CasePartQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "bước của hồ sơ"

    def __str__(self):
        return f"{self.case_id} {self.what}"


class EmergencyStep(models.Model):
    """What was done at once for the child's safety (NĐ 56/2017 Điều 31.3); the first stops the clock of twelve hours."""

    class Kind(models.TextChoices):
        POLICE = "police", "Kết nối công an ngăn chặn hành vi"
        MEDICAL = "medical", "Phối hợp sơ cứu, cấp cứu, khám chữa bệnh"
        EVIDENCE = "evidence", "Lưu giữ đồ vật, tài liệu về tổn hại"
        SHELTER = "shelter", "Bố trí nơi tạm trú an toàn"
        ISOLATION = "isolation", "Tạm thời cách ly khỏi người gây hại"
        LINE_111 = "line_111", "Liên hệ Tổng đài 111"
        OTHER = "other", "Việc khác"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="emergency_steps", verbose_name="hồ sơ")
    kind = models.CharField("việc đã làm", max_length=10, choices=Kind)
    done_at = models.DateTimeField("lúc")
    detail = EncryptedTextField("nội dung", blank=True, default="")
    decision = models.CharField("quyết định cách ly", max_length=120, blank=True)
    until = models.DateField("cách ly đến hết ngày", null=True, blank=True)
    ended_on = models.DateField("kết thúc cách ly ngày", null=True, blank=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    objects = CasePartQuerySet.as_manager()

    class Meta:
        ordering = ["done_at", "pk"]
        verbose_name = "việc khẩn cấp"

    def __str__(self):
        return f"{self.case_id} {self.kind}"
