"""The statutory clocks as dated rows, and what a unit has set shorter for itself."""

from django.conf import settings
from django.db import models

from cases.querysets import DatedQuerySet
from childcare.units.models import Unit

OFFICER = settings.AUTH_USER_MODEL


class ClockRule(models.Model):
    """A time limit of the procedure with its source. `amount` empty: the text gives no figure."""

    class Measure(models.TextChoices):
        HOURS = "hours", "giờ"
        WORKING_DAYS = "working_days", "ngày làm việc"
        DAYS = "days", "ngày"
        MONTHS = "months", "tháng"

    class Configurable(models.TextChoices):
        NO = "no", "không đổi được"
        SHORTER = "shorter", "chỉ rút ngắn"
        YES = "yes", "đổi được"

    code = models.CharField("mã", max_length=8)
    name = models.CharField("tên", max_length=300)
    starts_at = models.CharField("tính từ", max_length=120)
    amount = models.PositiveSmallIntegerField("số", null=True, blank=True)
    measure = models.CharField("đơn vị", max_length=12, choices=Measure)
    actor = models.CharField("người làm", max_length=200, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    configurable = models.CharField("tự đặt", max_length=8, choices=Configurable, default=Configurable.NO)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)
    corrected_at = models.DateTimeField("đính chính lúc", null=True, blank=True)
    corrected_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["code", models.F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="cases_clockrule_once"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_from=None), name="cases_clockrule_from_before"),
        ]
        verbose_name = "thời hạn theo thủ tục"

    def __str__(self):
        return f"{self.code} {self.name}"


class UnitClock(models.Model):
    """A clock that a unit runs shorter than the decree; never longer. Dated, so that an older case keeps its own time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="clocks", verbose_name="đơn vị")
    code = models.CharField("thời hạn", max_length=8)
    amount = models.PositiveSmallIntegerField("số")
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("hết áp dụng từ", null=True, blank=True)
    set_at = models.DateTimeField("đặt lúc", null=True, blank=True)
    set_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đặt")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"], condition=models.Q(valid_to=None), name="cases_unitclock_one_open",
                violation_error_message="Đơn vị đã đặt thời hạn này; hãy bỏ thời hạn cũ rồi đặt lại.",
            )
        ]  # fmt: skip
        verbose_name = "thời hạn riêng của đơn vị"

    def __str__(self):
        return f"{self.unit} {self.code}"


class ClockReminder(models.Model):
    """When somebody is told of a running clock: so many hours, or working days at half past seven, from its end.

    Negative: before it. Rows with a code stand in the place of those that hold for every clock of the measure.
    """

    class Measure(models.TextChoices):
        HOURS = "hours", "giờ"
        DAYS = "days", "ngày làm việc"

    class To(models.TextChoices):
        WORKER = "worker", "người phụ trách"
        LEADER = "leader", "lãnh đạo UBND xã, phường"
        ABOVE = "above", "cấp trên trực tiếp (chỉ số lượng)"

    code = models.CharField("thời hạn", max_length=8, blank=True)
    measure = models.CharField("đơn vị", max_length=5, choices=Measure)
    goes_to = models.CharField("nhắc ai", max_length=6, choices=To)
    offset = models.SmallIntegerField("cách lúc hết hạn")
    active = models.BooleanField("đang dùng", default=True)

    class Meta:
        ordering = ["measure", "code", "offset", "goes_to"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "measure", "goes_to", "offset"], name="cases_clockreminder_once",
                violation_error_message="Lần nhắc này đã có.",
            )
        ]  # fmt: skip
        verbose_name = "lần nhắc thời hạn"

    def __str__(self):
        return f"{self.code or self.measure} {self.goes_to} {self.offset:+d}"


class ClockTold(models.Model):
    """An officer of the unit above was told of this mark of a clock, as part of a number."""

    officer = models.ForeignKey(OFFICER, models.CASCADE, related_name="+", verbose_name="người nhận")
    key = models.CharField("khóa", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="cases_clocktold_once")]
        verbose_name = "thời hạn đã báo bằng số"

    def __str__(self):
        return self.key
