"""What a plan says shall be done and paid: tasks, projects, models, solutions and assignments; their scope; the money."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.units.models import Office, Unit
from plans.models.plans import Plan


class Task(models.Model):
    """A task, project, model, solution or assignment of a plan. What it says is in the paragraphs tied to it."""

    class Kind(models.TextChoices):
        TASK = "task", "Nhiệm vụ"
        PROJECT = "project", "Dự án"
        MODEL = "model", "Mô hình"
        SOLUTION = "solution", "Giải pháp"
        DUTY = "duty", "Phân công"

    class Status(models.TextChoices):
        NONE = "", "Chưa đánh giá"
        NOT_STARTED = "not_started", "Chưa thực hiện"
        RUNNING = "running", "Đang thực hiện"
        DONE = "done", "Đã hoàn thành"
        DROPPED = "dropped", "Không thực hiện"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks", verbose_name="kế hoạch")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name="thuộc")
    position = models.PositiveSmallIntegerField("thứ tự")
    path = models.CharField("mục", max_length=40, blank=True)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    text = models.TextField("nội dung")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị chịu trách nhiệm"
    )
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng chủ trì")
    doer = models.CharField("người, bộ phận thực hiện", max_length=120, blank=True)
    partners = models.CharField("phối hợp", max_length=300, blank=True)
    areas = models.ManyToManyField(
        Unit, blank=True, related_name="priority_tasks", verbose_name="địa bàn nguy cơ cao được ưu tiên"
    )
    starts_on = models.DateField("bắt đầu", null=True, blank=True)
    ends_on = models.DateField("hạn hoàn thành", null=True, blank=True)
    status = models.CharField("tiến độ", max_length=12, choices=Status, blank=True, default="")
    result = models.TextField("kết quả", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plans_task_position_once"),
            models.CheckConstraint(
                name="plans_task_days_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(starts_on__lte=models.F("ends_on")),
                violation_error_message="Hạn hoàn thành không được trước ngày bắt đầu.",
            ),
        ]
        verbose_name = "nhiệm vụ"

    def __str__(self):
        return self.text[:80]

    @property
    def audit_name(self):
        return f"{self.plan.audit_name} {self.path}".strip()

    @property
    def title(self):
        """The first sentence of a long task, or all of a short one: what a list shows."""
        line = self.text.split("\n")[0]
        return line if len(line) <= 160 else f"{line[:157].rsplit(' ', 1)[0]} …"

    @property
    def worked_on(self):
        """True when somebody wrote down who does it, by when, or what came of it."""
        return bool(
            self.status
            or self.result
            or self.doer
            or self.partners
            or self.starts_on
            or self.ends_on
            or self.unit_id
            or self.areas.all()
        )


class TaskScope(models.Model):
    """Where a task, project or model is carried out: "08 xã" of Lý Nhân, and which of them the plan names."""

    class Status(models.TextChoices):
        START = "start", "Triển khai"
        EXPAND = "expand", "Mở rộng"
        KEEP = "keep", "Duy trì"

    task = models.ForeignKey(Task, models.CASCADE, related_name="scopes", verbose_name="nhiệm vụ")
    position = models.PositiveSmallIntegerField("thứ tự")
    status = models.CharField("hình thức", max_length=8, choices=Status, default=Status.START)
    within = models.CharField("thuộc", max_length=120, blank=True)
    kind_word = models.CharField("cấp", max_length=20, blank=True)
    stated = models.PositiveSmallIntegerField("số đơn vị theo kế hoạch", null=True, blank=True)
    names = models.JSONField("tên đơn vị", default=list, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["task", "position"]
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="plans_scope_position_once")]
        verbose_name = "phạm vi"

    def __str__(self):
        return self.said

    @property
    def said(self):
        """ "Mở rộng: 8 xã của Lý Nhân (Đức Lý, Bắc Lý)"."""
        count = f"{self.stated} {self.kind_word}" if self.stated else self.kind_word
        where = " ".join(filter(None, [count, f"của {self.within}" if self.within else ""]))
        named = f" ({', '.join(self.names)})" if self.names else ""
        return f"{self.get_status_display()}: {where}{named}"

    @property
    def gap(self):
        """What the plan leaves open: fewer names than it says, or none; "" when all are named."""
        if not self.stated or len(self.names) == self.stated:
            return ""
        if not self.names:
            return f"Kế hoạch ghi {self.stated} {self.kind_word} nhưng không nêu tên."
        return f"Kế hoạch ghi {self.stated} {self.kind_word} nhưng nêu {len(self.names)} tên."


class BudgetLine(models.Model):
    """Money of a plan in đồng; an amount left empty keeps its text. A total names what it is the total of by `part_of`."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="budget_lines", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("nội dung")
    amount = models.DecimalField("số tiền (đồng)", max_digits=16, decimal_places=0, null=True, blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name="nằm trong")
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="budget_lines", verbose_name="của nhiệm vụ"
    )

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_budgetline_position_once")]
        verbose_name = "kinh phí"

    def __str__(self):
        return self.text[:60]


class BudgetEntry(models.Model):
    """Money allocated to or spent from a budget line, on a day. A mistake is voided, never changed."""

    class Kind(models.TextChoices):
        ALLOCATED = "allocated", "Được cấp"
        SPENT = "spent", "Đã chi"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="entries", verbose_name="khoản")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    on = models.DateField("ngày")
    amount = models.DecimalField("số tiền (đồng)", max_digits=16, decimal_places=0)
    note = models.CharField("nội dung", max_length=300, blank=True)
    activity = models.ForeignKey(
        "plans.Activity", models.PROTECT, null=True, blank=True, related_name="spendings", verbose_name="chi cho hoạt động"
    )
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)

    class Meta:
        ordering = ["line", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_budgetentry_positive", condition=Q(amount__gt=0),
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
        ]  # fmt: skip
        verbose_name = "khoản thu chi"

    def __str__(self):
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    @property
    def audit_name(self):
        return f"{self.line.plan.audit_name}: {self}"
