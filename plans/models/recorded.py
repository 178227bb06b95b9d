"""What every dated fact of staff, bodies and records carries: who wrote it down when, and why it was voided."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from childcare.accounts.roles import Permission
from plans.querysets import below


class RecordedQuerySet(models.QuerySet):
    """Facts of a unit: read at and above it, changed by who edits its plans."""

    UNIT = "unit"

    def visible_to(self, officer):
        """Facts of the officer's units and below. The only rule for them."""
        return self.filter(below(self.UNIT, officer, Permission.PLAN_VIEW))

    def editable_by(self, officer):
        """Facts that the officer may end, correct or void."""
        return self.filter(below(self.UNIT, officer), voided_at=None)

    def valid(self):
        return self.filter(voided_at=None)

    def on(self, day):
        """Facts that hold at the end of the day; no start = "từ trước"."""
        begun = Q(started_on=None) | Q(started_on__lte=day)
        return self.filter(begun, Q(ended_on=None) | Q(ended_on__gt=day), voided_at=None)


class Recorded(models.Model):
    """A fact that is never edited in place: voided with a reason, and written anew."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        abstract = True


class Spanned(Recorded):
    """A fact that holds from a day (empty: from before) to the day before `ended_on`."""

    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        abstract = True


def in_order(name):
    """The constraint that an end is not before its beginning."""
    return models.CheckConstraint(
        name=name,
        condition=Q(started_on=None) | Q(ended_on=None) | Q(started_on__lte=F("ended_on")),
        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
    )
