"""Cuộc kiểm tra: who checks whom, what was found, what must be mended by when; and the sample that an inspector drew."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models import Case
from childcare.accounts.models import Appointment
from childcare.children.models import Child
from childcare.lib.calendar import show
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit
from plans.models.deeds import Photo
from plans.querysets_inspections import InspectionQuerySet, RecommendationQuerySet


class Inspection(models.Model):
    """One check of a unit, by a unit above, by a Đoàn with its decision, or by the unit itself (tự kiểm tra)."""

    class State(models.TextChoices):
        PLANNED = "planned", "Chưa kết luận"
        CONCLUDED = "concluded", "Đã kết luận"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections", verbose_name="đơn vị được kiểm tra")
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections_made", verbose_name="đơn vị kiểm tra")
    team = models.CharField("đoàn kiểm tra", max_length=200, blank=True)
    decision = models.CharField("quyết định", max_length=120, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    scope = models.TextField("nội dung kiểm tra")
    findings = EncryptedTextField("kết quả, nhận xét", blank=True, default="")
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    answer = EncryptedTextField("giải trình của đơn vị", blank=True, default="")
    answered_at = models.DateTimeField("giải trình lúc", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.PLANNED)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_inspection_days_in_order", condition=Q(starts_on__lte=F("ends_on")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
        ]  # fmt: skip
        verbose_name = "cuộc kiểm tra"

    def __str__(self):
        return f"{self.unit} {self.starts_on:%d/%m/%Y}"

    @property
    def audit_name(self):
        return f"{self.unit.name} {self.starts_on:%d/%m/%Y}"

    @property
    def own(self):
        """True for a self-check."""
        return self.unit_id == self.by_unit_id

    @property
    def concluded(self):
        return self.state == self.State.CONCLUDED

    @property
    def days(self):
        """ "16/04/2024 – 17/04/2024", or the one day."""
        one = self.starts_on == self.ends_on
        return show(self.starts_on) if one else f"{show(self.starts_on)} – {show(self.ends_on)}"

    @property
    def checker(self):
        """Who checks, in words."""
        return "Tự kiểm tra" if self.own else self.team or self.by_unit.name


class Recommendation(models.Model):
    """One kiến nghị: what must be mended, by when (None: chưa ấn định hạn), and what was done."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="recommendations", verbose_name="cuộc kiểm tra")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("kiến nghị", max_length=600)
    due_on = models.DateField("hạn khắc phục", null=True, blank=True)
    done_on = models.DateField("khắc phục xong ngày", null=True, blank=True)
    result = models.TextField("kết quả khắc phục", blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "position"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "position"], name="plans_recommendation_once"),
            models.CheckConstraint(
                name="plans_recommendation_done_with_result", condition=Q(done_on=None) | ~Q(result=""),
                violation_error_message="Khắc phục xong thì phải ghi kết quả.",
            ),
        ]  # fmt: skip
        verbose_name = "kiến nghị"

    def __str__(self):
        return self.text[:60]

    @property
    def audit_name(self):
        return f"{self.inspection.audit_name} kiến nghị {self.position}"


class InspectionPhoto(Photo):
    """A photo of a check: of who checks, from the first day; of the unit that was checked, once it is concluded."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="photos", verbose_name="cuộc kiểm tra")
    of_checked = models.BooleanField("của đơn vị được kiểm tra", default=False)

    class Meta:
        ordering = ["inspection", "pk"]
        verbose_name = "ảnh của cuộc kiểm tra"

    @property
    def audit_name(self):
        return self.inspection.audit_name


class InspectionSample(models.Model):
    """Files drawn at random by an inspector: the seed says again which they were. It opens them as long as his post holds."""

    class Kind(models.TextChoices):
        CHILDREN = "children", "Trẻ em có hoàn cảnh đặc biệt"
        CASES = "cases", "Hồ sơ can thiệp"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="samples", verbose_name="phân công")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("loại hồ sơ", max_length=10, choices=Kind)
    size = models.PositiveSmallIntegerField("số hồ sơ yêu cầu")
    seed = models.CharField("số ngẫu nhiên", max_length=32)
    drawn_at = models.DateTimeField("chọn lúc", auto_now_add=True)

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["appointment", "unit", "kind"], name="plans_sample_once")]
        verbose_name = "mẫu hồ sơ kiểm tra"

    def __str__(self):
        return f"{self.unit} {self.kind}"

    @property
    def audit_name(self):
        return f"{self.unit.name} {self.seed}"


class SampleRow(models.Model):
    """One file of a sample."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    sample = models.ForeignKey(InspectionSample, models.CASCADE, related_name="rows", verbose_name="mẫu")
    position = models.PositiveSmallIntegerField("thứ tự")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trẻ em")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hồ sơ")

    class Meta:
        ordering = ["sample", "position"]
        constraints = [models.UniqueConstraint(fields=["sample", "position"], name="plans_samplerow_once")]
        verbose_name = "hồ sơ trong mẫu"

    def __str__(self):
        return f"{self.sample_id} {self.position}"
