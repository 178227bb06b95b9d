"""In how many days a commune acknowledges a child that was sent to it, and after how many more the unit above is told."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

FIRST = {"days": 10, "more": 5, "basis": "Quy ước của phần mềm, không theo văn bản"}  # until somebody says otherwise


class TransferTerm(models.Model):
    """The days for transfers sent since a day; a transfer keeps those of the day on which it was sent."""

    valid_from = models.DateField("áp dụng với trẻ chuyển từ ngày", null=True, blank=True)
    days = models.PositiveSmallIntegerField("số ngày để tiếp nhận")
    more = models.PositiveSmallIntegerField("quá hạn thêm bao nhiêu ngày thì báo cấp trên")
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        ordering = [F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"], name="children_transferterm_once_a_day",
                violation_error_message="Ngày này đã có một hạn tiếp nhận. Hãy bỏ dòng cũ rồi ghi lại.",
            ),
            models.UniqueConstraint(
                fields=["valid_from"], condition=Q(valid_from=None), name="children_transferterm_one_first"
            ),
            models.CheckConstraint(
                name="children_transferterm_days", condition=Q(days__gte=1, days__lte=90, more__gte=1, more__lte=90),
                violation_error_message="Số ngày từ 1 đến 90.",
            ),
        ]  # fmt: skip
        verbose_name = "hạn tiếp nhận trẻ chuyển đến"

    def __str__(self):
        return f"{self.days} ngày, thêm {self.more} ngày"

    @property
    def audit_name(self):
        return f"{self.valid_from or 'từ đầu'}: {self}"


class Terms:
    """Every term, read once and only when asked; the last days of any transfer."""

    @cached_property
    def rows(self):
        return list(TransferTerm.objects.all()) or [TransferTerm(**FIRST)]

    def of(self, transfer):
        """The term of the day on which the transfer was sent."""
        begun = [row for row in self.rows if row.valid_from is None or row.valid_from <= transfer.sent_on]
        return begun[-1] if begun else self.rows[0]

    def due(self, transfer):
        """The last day on which the receiving commune acknowledges in time."""
        return transfer.sent_on + timedelta(days=self.of(transfer).days)

    def told_above(self, transfer):
        """The day on which the unit above is told, when nobody has answered by then."""
        return self.due(transfer) + timedelta(days=self.of(transfer).more)
