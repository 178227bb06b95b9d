"""Figures that were counted beforehand for the boards of upper units, and the marks of what has changed since."""

from django.db import models

from childcare.units.models import Unit


class KeptCount(models.Model):
    """Everything that was counted for a unit and those below it in one window, as `measures.kept_table` packs it.

    A copy that may be thrown away at any time. `day`: the day whose units are asked about. `kinds`: codes of the supports that
    count as help, "" = all. `stale`: something was written since, so that the numbers may differ from those of the register.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name="đơn vị")
    data_from = models.DateField("số liệu từ")
    cutoff = models.DateField("số liệu đến")
    day = models.DateField("địa giới ngày")
    kinds = models.CharField("hình thức trợ giúp được tính", max_length=300, blank=True)
    cells = models.BinaryField("số đếm", default=bytes)
    counted_at = models.DateTimeField("tính lúc", null=True)
    seconds = models.FloatField("thời gian tính (giây)", default=0)
    stale = models.BooleanField("đã có thay đổi", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "data_from", "cutoff", "day", "kinds"], name="reports_kept_once")
        ]
        verbose_name = "số tính sẵn"

    def __str__(self):
        return f"{self.unit} {self.data_from} {self.cutoff}"


class CountMark(models.Model):
    """One transaction wrote something that is counted. Written by triggers, taken away by the job that counts again."""

    xact = models.BigIntegerField("giao dịch", db_index=True)
    marked_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "dấu đã thay đổi"

    def __str__(self):
        return str(self.marked_at)
