"""The plan of a unit: its head, its ordered text as printed, its targets, and the versions that were in force."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.documents.models import IssuedDocument
from childcare.indicators.models import Indicator
from childcare.lib.vietnamese import number
from childcare.units.models import Office, Unit
from plans.querysets import PlanQuerySet

SAYINGS = {
    "decrease": "giảm so với cùng kỳ năm trước",
    "increase": "tăng so với cùng kỳ năm trước",
    "qualitative": "đánh giá bằng nhận xét",
}
DIRECTIONS = {"decrease": "giảm", "increase": "tăng"}
AROUND = {
    "ge": ("từ ", " trở lên"), "le": ("không quá ", ""), "gt": ("trên ", ""), "lt": ("dưới ", ""), "eq": ("đúng ", ""),
}  # fmt: skip


class Plan(models.Model):
    """A plan as issued. Number, day and month may be blank: two of the five seed plans leave them so."""

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        ISSUED = "issued", "Đã ban hành"

    class Kind(models.TextChoices):
        YEAR = "year", "Kế hoạch năm"
        MULTI_YEAR = "multi_year", "Kế hoạch nhiều năm"
        SCHEME = "scheme", "Thực hiện đề án, chương trình"
        SCHOOL_YEAR = "school_year", "Kế hoạch năm học"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name="đơn vị")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="phòng")
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.YEAR)
    first_year = models.PositiveSmallIntegerField("từ năm")
    last_year = models.PositiveSmallIntegerField("đến năm")
    subject = models.CharField("trích yếu", max_length=500)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    place = models.CharField("địa danh", max_length=80, blank=True)
    issued_text = models.CharField("ngày như đã ghi", max_length=80, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer_lines = models.JSONField("thẩm quyền ký", default=list, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.ISSUED)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="plan", verbose_name="văn bản đã ban hành"
    )
    seed = models.CharField("nguồn nạp", max_length=60, blank=True)
    carries_out = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="carried_out_by", verbose_name="thực hiện kế hoạch của cấp trên"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="tiếp theo kế hoạch"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "first_year", "last_year", "seed"], name="plans_plan_once"),
            models.CheckConstraint(
                name="plans_plan_years_in_order", condition=Q(first_year__lte=models.F("last_year")),
                violation_error_message="Năm cuối không được trước năm đầu.",
            ),
        ]  # fmt: skip
        verbose_name = "kế hoạch"

    def __str__(self):
        return self.subject

    @property
    def audit_name(self):
        return f"{self.unit.name} {self.years}"

    @property
    def years(self):
        """ "2024" or "2014–2020"."""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"


class PlanVersion(models.Model):
    """What a plan said before it was changed: all of it, who changed it, when and why. Never written again."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions", verbose_name="kế hoạch")
    number = models.PositiveIntegerField("phiên bản")
    content = models.JSONField("nội dung")
    reason = models.CharField("lý do thay đổi", max_length=300, blank=True)
    made_at = models.DateTimeField("thay đổi lúc", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người thay đổi"
    )

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_version_once")]
        verbose_name = "phiên bản của kế hoạch"

    def __str__(self):
        return f"{self.plan} ({self.number})"


class PlanItem(models.Model):
    """One paragraph in print order, with the kind of the seed list: section, task, target, budget, recipient …

    `task` is the task, project or assignment of which the paragraph tells the aim, scope, content or money.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự")
    path = models.CharField("mục", max_length=40, blank=True)
    kind = models.CharField("loại", max_length=30)
    bullet = models.CharField("dấu đầu dòng", max_length=20, blank=True)
    text = models.TextField("nội dung")
    note = models.TextField("ghi chú", blank=True)
    task = models.ForeignKey(
        "plans.Task", models.SET_NULL, null=True, blank=True, related_name="items", verbose_name="của nhiệm vụ"
    )

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_item_position_once")]
        verbose_name = "đoạn của kế hoạch"

    def __str__(self):
        return f"{self.path} {self.text[:60]}"


class Target(models.Model):
    """What shall be reached: an indicator, or free wording, with comparison and value."""

    class Comparison(models.TextChoices):
        GE = "ge", "ít nhất"
        LE = "le", "không quá"
        GT = "gt", "trên"
        LT = "lt", "dưới"
        EQ = "eq", "bằng"
        DECREASE = "decrease", "giảm so với cùng kỳ"
        INCREASE = "increase", "tăng so với cùng kỳ"
        QUALITATIVE = "qualitative", "định tính"

    IN_WORDS = "định tính"  # as the unit of count of a decrease or increase that is told in words

    class Status(models.TextChoices):
        NONE = "", "Chưa đánh giá"
        NOT_STARTED = "not_started", "Chưa thực hiện"
        RUNNING = "running", "Đang thực hiện"
        MET = "met", "Đạt"
        MISSED = "missed", "Không đạt"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="targets", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã nguồn", max_length=20, blank=True)
    section = models.CharField("mục", max_length=40, blank=True)
    text = models.CharField("chỉ tiêu", max_length=600)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name="chỉ tiêu thống kê"
    )
    comparison = models.CharField("so sánh", max_length=12, choices=Comparison)
    value = models.DecimalField("giá trị", max_digits=16, decimal_places=4, null=True, blank=True)
    unit_text = models.CharField("đơn vị tính", max_length=60, blank=True)
    multiplier = models.PositiveIntegerField("hệ số", null=True, blank=True)
    kind = models.CharField("loại", max_length=20, blank=True)
    due_on = models.DateField("phải đạt trước ngày", null=True, blank=True)
    baseline = models.DecimalField("số gốc", max_digits=16, decimal_places=4, null=True, blank=True)
    baseline_text = models.CharField("số gốc lấy từ", max_length=200, blank=True)
    definition = models.TextField("cách hiểu chỉ tiêu", blank=True)
    group_text = models.CharField("chỉ tính nhóm", max_length=200, blank=True)
    task = models.ForeignKey(
        "plans.Task", models.SET_NULL, null=True, blank=True, related_name="targets", verbose_name="của nhiệm vụ"
    )
    assigned_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="assigned_to", verbose_name="giao từ chỉ tiêu"
    )
    counted_kinds = models.JSONField("hình thức trợ giúp được tính", default=list, blank=True)
    status = models.CharField("đánh giá", max_length=12, choices=Status, blank=True, default="")
    status_note = models.TextField("nhận xét", blank=True)
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plans_target_position_once"),
            models.CheckConstraint(
                name="plans_target_value_with_comparison",
                condition=Q(comparison__in=["decrease", "increase", "qualitative"]) | Q(value__isnull=False),
                violation_error_message="Chỉ tiêu này phải có giá trị.",
            ),
        ]
        verbose_name = "chỉ tiêu"

    def __str__(self):
        return self.text

    @property
    def audit_name(self):
        return f"{self.plan.audit_name} {self.code}"

    @property
    def qualitative(self):
        """True when no figure judges it: a state and a note do. So too "từng bước thu hẹp khoảng cách", that nobody counts."""
        return self.comparison == self.Comparison.QUALITATIVE or self.unit_text == self.IN_WORDS

    @property
    def wanted(self):
        """What shall be reached, in words: "từ 99% trở lên", "không có (0 trẻ em)", "giảm so với cùng kỳ năm trước"."""
        return self.wanted_of(self.value)

    def wanted_of(self, value):
        """The same for another value, as handed down to a unit."""
        unit = (
            self.unit_text if self.unit_text in ("%", "‰") or self.unit_text.startswith("/") else f" {self.unit_text}".rstrip()
        )
        if value and self.comparison in DIRECTIONS:
            return f"{DIRECTIONS[self.comparison]} ít nhất {number(value)}{unit} so với cùng kỳ năm trước"
        if self.comparison in SAYINGS or value is None:
            return SAYINGS.get(self.comparison, SAYINGS["qualitative"])
        if self.comparison == self.Comparison.EQ and value == 0:
            return f"không có (0{unit})"
        before, after = AROUND[self.comparison]
        return f"{before}{number(value)}{unit}{after}"
