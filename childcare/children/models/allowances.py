"""Monthly allowance as data: rates by day, which circumstance answers to which row. Advice is made of it, no decision."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from childcare.units.models import Unit
from childcare.units.querysets import valid_on


class HardAreaQuerySet(models.QuerySet):
    def on(self, day):
        """Those that are so on the day."""
        return self.filter(valid_on(day))


class AllowanceRate(models.Model):
    """One rate between two days (NĐ 20/2021/NĐ-CP and what changed it). `unit`: a province's own, higher rate; else national.

    `valid_to` is the first day on which it no longer holds. An administrator corrects a row and says that he compared it with
    the text; a row is never taken for law before.
    """

    class PaidTo(models.TextChoices):
        CHILD = "child", "Trẻ em"
        CARER = "carer", "Người nuôi dưỡng"
        ONCE = "one-off", "Một lần"

    public_id = models.UUIDField("mã dòng", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=4)
    name = models.CharField("đối tượng", max_length=300)
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("hết áp dụng từ", null=True, blank=True)
    base = models.DecimalField("mức chuẩn (đồng)", max_digits=10, decimal_places=0)
    coefficient = models.DecimalField("hệ số", max_digits=4, decimal_places=1)
    amount = models.DecimalField("mức hưởng (đồng)", max_digits=12, decimal_places=0)
    age_rule = models.CharField("tuổi", max_length=80, blank=True)
    paid_to = models.CharField("người hưởng", max_length=8, choices=PaidTo)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="allowance_rates", verbose_name="mức riêng của tỉnh"
    )
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    verified_on = models.DateField("ngày đối chiếu văn bản", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đối chiếu"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["-valid_from", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], condition=Q(unit=None), name="children_allowancerate_once",
                violation_error_message="Mã này đã có mức từ ngày này.",
            ),
            models.UniqueConstraint(
                fields=["code", "valid_from", "unit"], name="children_allowancerate_once_in_a_province",
                violation_error_message="Tỉnh này đã có mức riêng từ ngày này.",
            ),
            models.CheckConstraint(
                name="children_allowancerate_dates",
                condition=Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
                violation_error_message="Ngày hết áp dụng phải sau ngày áp dụng.",
            ),
        ]  # fmt: skip
        verbose_name = "mức trợ cấp xã hội hằng tháng"

    def __str__(self):
        return f"{self.code} {self.valid_from}"

    @property
    def audit_name(self):
        return str(self)

    @property
    def verified(self):
        """True when the row stands in the text of the law, by our sources or by an administrator's word."""
        return self.evidence == "text" or self.verified_on is not None


class AllowanceCase(models.Model):
    """A case of Điều 5 and the circumstance groups near to it. `sure` is False where the group says more than the case."""

    code = models.CharField("mã", max_length=8, unique=True)
    name = models.CharField("trường hợp", max_length=300)
    groups = models.CharField("nhóm hoàn cảnh", max_length=60, blank=True)
    clause = models.CharField("khoản", max_length=4)
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "trường hợp hưởng trợ cấp xã hội"

    def __str__(self):
        return f"{self.code} {self.name}"


class HardArea(models.Model):
    """A commune or hamlet of ethnic minorities and mountains that is especially hard (NĐ 20/2021 Điều 5.7), by a decision.

    `valid_to` is the first day on which it no longer is. Which places these are is written down by an administrator.
    """

    public_id = models.UUIDField("mã dòng", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="hard_areas", verbose_name="xã, thôn")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("hết từ ngày", null=True, blank=True)
    legal_basis = models.CharField("quyết định công nhận", max_length=300)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    objects = HardAreaQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"], name="children_hardarea_once",
                violation_error_message="Nơi này đã được ghi từ ngày này.",
            ),
            models.CheckConstraint(
                name="children_hardarea_dates",
                condition=Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
                violation_error_message="Ngày hết phải sau ngày bắt đầu.",
            ),
        ]  # fmt: skip
        verbose_name = "vùng đặc biệt khó khăn"

    def __str__(self):
        return f"{self.unit_id} {self.valid_from}"

    @property
    def audit_name(self):
        return self.unit.name
