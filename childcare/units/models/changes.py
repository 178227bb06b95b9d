"""A change of units: which end, which begin, and a journal of every row that went over, so that it can be undone."""

import uuid

from django.conf import settings
from django.db import models

from childcare.jobs.models import Job
from childcare.units.models.units import Unit


class UnitChange(models.Model):
    """Merge, split, rename, other parent, end: `ending` units give way to `beginning` ones from a day on."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        PLANNED = "planned", "Chờ đến ngày"
        DONE = "done", "Đã thực hiện"
        CANCELLED = "cancelled", "Đã bỏ"
        UNDONE = "undone", "Đã hoàn lại"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    effective_on = models.DateField("có hiệu lực từ ngày")
    basis = models.CharField("căn cứ", max_length=300)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    posts = models.JSONField("nơi đến của cán bộ", default=dict, blank=True)  # post of a split unit → position of the new one
    result = models.JSONField("kết quả", default=dict, blank=True)
    message = models.CharField("thông báo", max_length=500, blank=True)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    executed_at = models.DateTimeField("thực hiện lúc", null=True, blank=True)
    undone_at = models.DateTimeField("hoàn lại lúc", null=True, blank=True)
    undo_reason = models.CharField("lý do hoàn lại", max_length=300, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["-effective_on", "-pk"]
        verbose_name = "thay đổi đơn vị"

    def __str__(self):
        return f"{self.effective_on:%d/%m/%Y} {self.basis}"

    @property
    def audit_name(self):
        return str(self)


class EndingUnit(models.Model):
    """A unit that ends by the change. Until a person has placed its children, a split one keeps them in `holding`."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="ending", verbose_name="thay đổi")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ending_in", verbose_name="đơn vị kết thúc")
    holding = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="holding_for")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "unit"], name="units_endingunit_once",
                violation_error_message="Đơn vị này đã có trong danh sách.",
            )
        ]  # fmt: skip
        verbose_name = "đơn vị kết thúc"

    def __str__(self):
        return str(self.unit)


class NewUnit(models.Model):
    """A unit that begins by the change, or goes on and takes others in; `takes`: which ending units, whole or in part."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="beginning", verbose_name="thay đổi")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên", max_length=200)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị cấp trên")
    takes = models.ManyToManyField(EndingUnit, related_name="goes_to", blank=True, verbose_name="nhận từ")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="begun_in", verbose_name="đơn vị")
    made = models.BooleanField("do lần thay đổi này lập", default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "code"], name="units_newunit_code_once",
                violation_error_message="Mã này đã có trong danh sách đơn vị mới.",
            )
        ]  # fmt: skip
        verbose_name = "đơn vị mới"

    def __str__(self):
        return self.name


class UnitMove(models.Model):
    """One row that went over to another unit: what it was, its key, its unit before, and a value that was overwritten."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="moves", verbose_name="thay đổi")
    what = models.CharField("loại dòng", max_length=30)
    key = models.BigIntegerField("khóa")
    before = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị trước")
    was = models.CharField("giá trị trước", max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "what", "key"], name="units_unitmove_once")]
        verbose_name = "dòng đã chuyển"

    def __str__(self):
        return f"{self.what} {self.key}"
