"""How the lists of a unit look, as they were taken in, and in which layout its officers export."""

import uuid

from django.conf import settings
from django.db import models

from childcare.units.models import Unit


class ListLayout(models.Model):
    """The headings of a list that was taken in, with what they hold; known again by the key of its headings.

    `table` is what `importing.layout.of_sheet` tells; no value of a child stands in it.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="list_layouts", verbose_name="đơn vị")
    key = models.CharField("dấu của các tiêu đề", max_length=64)
    file_name = models.CharField("tệp", max_length=200)
    taken_in_on = models.DateField("nhập ngày")
    table = models.JSONField("cột", default=dict)
    changed_at = models.DateTimeField("ghi lúc", auto_now=True)

    class Meta:
        verbose_name = "mẫu danh sách của đơn vị"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"],
                name="list_layout_once",
                violation_error_message="Đơn vị đã có mẫu danh sách này.",
            )
        ]

    def __str__(self):
        return f"{self.unit} {self.key[:8]}"


class ExportChoice(models.Model):
    """In which form the officers of a unit exported last: it is offered first the next time."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="export_choice", verbose_name="đơn vị")
    form = models.CharField("dạng tệp", max_length=8)
    layout = models.ForeignKey(
        ListLayout, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="mẫu của đơn vị"
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chọn")
    changed_at = models.DateTimeField("chọn lúc", auto_now=True)

    class Meta:
        verbose_name = "dạng tệp xuất của đơn vị"

    def __str__(self):
        return f"{self.unit} {self.form}"
