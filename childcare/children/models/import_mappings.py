"""What the officers of a unit said once of the columns of their lists."""

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
