"""Assessment (Mẫu 02, 03, 06), the plan (Mẫu 04) with its services, and the decision on it (Mẫu 05)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.files import Case
from cases.querysets import CasePartQuerySet
from childcare.children.models import Support, SupportKind
from childcare.lib.encryption import EncryptedTextField

OFFICER = settings.AUTH_USER_MODEL


class AssessmentItem(models.Model):
    """One line of an assessment form: data, so that an administrator can put it right without programming."""

    class Part(models.TextChoices):
        HARM = "harm", "Mức độ tổn hại, nguy cơ"
        ABILITY = "ability", "Khả năng tự bảo vệ, phục hồi"

    code = models.CharField("mã", max_length=8, unique=True)
    form = models.CharField("phiếu", max_length=8)
    part = models.CharField("phần", max_length=8, choices=Part)
    name = models.CharField("nội dung", max_length=300)
    high = models.CharField("Cao", max_length=300, blank=True)
    medium = models.CharField("Trung bình", max_length=300, blank=True)
    low = models.CharField("Thấp", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    active = models.BooleanField("đang dùng", default=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    valid_from = models.DateField("dùng từ", null=True, blank=True)
    valid_to = models.DateField("thôi dùng từ", null=True, blank=True)
    corrected_at = models.DateTimeField("đính chính lúc", null=True, blank=True)
    corrected_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]
        verbose_name = "nội dung đánh giá"

    def __str__(self):
        return f"{self.code} {self.name}"


class Assessment(models.Model):
    """An assessment: marks, both totals, the level proposed by the rule and the one a person confirmed with a reason."""

    class Form(models.TextChoices):
        INITIAL = "initial", "Đánh giá nguy cơ ban đầu (Mẫu số 02)"
        FULL = "full", "Đánh giá nguy cơ cụ thể (Mẫu số 03)"
        REVIEW = "review", "Rà soát, đánh giá sau kế hoạch (Mẫu số 06)"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments", verbose_name="hồ sơ")
    form = models.CharField("phiếu", max_length=8, choices=Form)
    done_on = models.DateField("ngày đánh giá")
    proposed = models.CharField("mức do quy tắc đề xuất", max_length=6, choices=Case.Level, blank=True)
    level = models.CharField("mức được xác nhận", max_length=6, choices=Case.Level)
    reason = EncryptedTextField("lý do của mức", blank=True, default="")
    findings = EncryptedTextField("thông tin thu thập", blank=True, default="")
    needs = EncryptedTextField("nhu cầu của trẻ em", blank=True, default="")
    safety = EncryptedTextField("an toàn tạm thời", blank=True, default="")
    child_view = EncryptedTextField("ý kiến, nguyện vọng của trẻ em", blank=True, default="")
    carer_view = EncryptedTextField("ý kiến của cha, mẹ, người chăm sóc", blank=True, default="")
    completed_at = models.DateTimeField("xong lúc")
    completed_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người đánh giá")

    objects = CasePartQuerySet.as_manager()

    class Meta:
        ordering = ["completed_at", "pk"]
        verbose_name = "đánh giá"

    def __str__(self):
        return f"{self.case_id} {self.form}"


class Mark(models.Model):
    """The mark of one item."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="marks", verbose_name="đánh giá")
    item = models.ForeignKey(AssessmentItem, models.PROTECT, related_name="marks", verbose_name="nội dung")
    mark = models.CharField("mức", max_length=6, choices=[("high", "Cao"), ("medium", "Trung bình"), ("low", "Thấp")])

    class Meta:
        ordering = ["item__position"]
        constraints = [models.UniqueConstraint(fields=["assessment", "item"], name="cases_mark_once")]
        verbose_name = "điểm đánh giá"

    def __str__(self):
        return f"{self.assessment_id} {self.item_id}"


class InterventionPlan(models.Model):
    """One round of support and intervention (Điều 28.3), submitted, approved or returned."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang lập"
        SUBMITTED = "submitted", "Chờ phê duyệt"
        RETURNED = "returned", "Trả lại bổ sung"
        APPROVED = "approved", "Đã phê duyệt"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="plans", verbose_name="hồ sơ")
    round = models.PositiveSmallIntegerField("lần", default=1)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    goals = EncryptedTextField("mục tiêu", blank=True, default="")
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    decided_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    return_reason = EncryptedTextField("lý do trả lại", blank=True, default="")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = CasePartQuerySet.as_manager()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="cases_plan_round_once"),
            models.CheckConstraint(
                name="cases_plan_dates_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=models.F("ends_on")),
                violation_error_message="Ngày kết thúc kế hoạch phải sau ngày bắt đầu.",
            ),
        ]
        verbose_name = "kế hoạch hỗ trợ, can thiệp"

    def __str__(self):
        return f"{self.case_id} {self.round}"


class PlannedService(models.Model):
    """One service of a plan; what was done is a Support of the registry, entered once."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(InterventionPlan, models.PROTECT, related_name="services", verbose_name="kế hoạch")
    kind = models.ForeignKey(SupportKind, models.PROTECT, related_name="+", verbose_name="dịch vụ")
    detail = EncryptedTextField("công việc", blank=True, default="")
    starts_on = models.DateField("bắt đầu", null=True, blank=True)
    ends_on = models.DateField("dự kiến kết thúc", null=True, blank=True)
    responsible = EncryptedTextField("chịu trách nhiệm", blank=True, default="")
    provider = models.CharField("nơi cung cấp", max_length=160, blank=True)
    cost = models.DecimalField("dự toán (đồng)", max_digits=14, decimal_places=0, null=True, blank=True)
    dropped_reason = EncryptedTextField("lý do không thực hiện", blank=True, default="")
    support = models.OneToOneField(
        Support, models.PROTECT, null=True, blank=True, related_name="planned", verbose_name="trợ giúp đã thực hiện"
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = "dịch vụ trong kế hoạch"

    def __str__(self):
        return f"{self.plan_id} {self.kind_id}"
