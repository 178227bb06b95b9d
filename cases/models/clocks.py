"""The statutory clocks as dated rows, and what a unit has set shorter for itself."""

from django.db import models

from childcare.units.models import Unit


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

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="cases_clockrule_once"),
            models.UniqueConstraint(fields=["code"], condition=models.Q(valid_from=None), name="cases_clockrule_from_before"),
        ]
        verbose_name = "thời hạn theo thủ tục"

    def __str__(self):
        return f"{self.code} {self.name}"


class UnitClock(models.Model):
    """A clock that a unit runs shorter than the decree; never longer."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="clocks", verbose_name="đơn vị")
    code = models.CharField("thời hạn", max_length=8)
    amount = models.PositiveSmallIntegerField("số")
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="cases_unitclock_once")]
        verbose_name = "thời hạn riêng của đơn vị"

    def __str__(self):
        return f"{self.unit} {self.code}"
