"""What the officers of a unit said once of the columns and the hamlets of their lists."""

from django.conf import settings
from django.db import models

from childcare.units.models import Unit


class ImportMapping(models.Model):
    """The fields of a table's columns, known again by the texts of its headings. Read with the batches of its unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="import_mappings", verbose_name="đơn vị")
    key = models.CharField("dấu của các tiêu đề", max_length=64)
    fields = models.JSONField("cột", default=list)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghép")
    changed_at = models.DateTimeField("ghép lúc", auto_now=True)

    class Meta:
        verbose_name = "cách ghép cột"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"],
                name="import_mapping_once",
                violation_error_message="Bảng này đã có cách ghép cột.",
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.key[:8]}"


class ImportHamlet(models.Model):
    """Which hamlet a spelling means that is none of its names: picked once on the preview of a list."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="import_hamlets", verbose_name="đơn vị")
    key = models.CharField("cách ghi, để so", max_length=200)
    spelling = models.CharField("cách ghi trong tệp", max_length=200)
    hamlet = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="thôn, tổ dân phố")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chọn")
    changed_at = models.DateTimeField("chọn lúc", auto_now=True)

    class Meta:
        verbose_name = "cách ghi tên thôn, tổ"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"], name="import_hamlet_once",
                violation_error_message="Cách ghi này đã được chọn thôn, tổ.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.unit} {self.spelling}"
