"""Where a unit takes a typed figure of its report from."""

from django.conf import settings
from django.db import models

from childcare.indicators.models import Indicator
from childcare.units.models import Unit


class FigureSource(models.Model):
    """In the reports of a regime the unit adds the figure up from below, or types it itself."""

    class Mode(models.TextChoices):
        SUM = "sum", "Cộng từ cấp dưới"
        OWN = "own", "Nhập tại cấp này"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="figure_sources", verbose_name="đơn vị báo cáo")
    regime = models.ForeignKey("reports.Regime", models.PROTECT, related_name="figure_sources", verbose_name="chế độ báo cáo")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figure_sources", verbose_name="chỉ tiêu")
    mode = models.CharField("lấy số từ", max_length=4, choices=Mode)
    set_at = models.DateTimeField("chọn lúc", auto_now=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chọn")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "regime", "indicator"], name="reports_figuresource_once")]
        verbose_name = "nguồn của số nhập tay"

    def __str__(self):
        return f"{self.unit} {self.indicator.code} {self.mode}"
