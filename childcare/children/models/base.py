"""What every dated fact of the registry has."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Fact(models.Model):
    """A row that was recorded and may be voided; a correction voids it and adds one that replaces it.

    `recorded_at` and `voided_at` let any past date be counted as it was known then.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hủy"
    )
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        abstract = True


class DatedFact(Fact):
    """A fact that holds from a day to the day before another.

    `started_on` empty = "từ trước, không rõ ngày": true on every earlier date, counted at the start of a period, never as new.
    `ended_on` is the first day on which the row no longer holds.
    """

    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField("hết hiệu lực từ", null=True, blank=True)

    class Meta:
        abstract = True


def dates_in_order(name):
    """The constraint that an end does not lie before its start."""
    return models.CheckConstraint(
        name=name,
        condition=Q(started_on=None) | Q(ended_on=None) | Q(started_on__lte=F("ended_on")),
        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
    )


def void_complete(name):
    """The constraint that a voided row says when and why."""
    return models.CheckConstraint(
        name=name,
        condition=Q(voided_at=None, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
        violation_error_message="Dòng bị hủy phải có lý do.",
    )
