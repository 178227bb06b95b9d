"""Đợt rà soát: between two days every child of a commune is looked at in its hamlet: still here, gone, something to mend."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from childcare.accounts.roles import Permission
from childcare.children.models.people import Child
from childcare.children.querysets import in_units
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

SEES = (Permission.REVIEW_TICK, Permission.CHILD_EXPORT)


def _units(officer):
    return [unit for permission in SEES for unit in officer.units_for(permission)]


class RoundQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Rounds of the communes at, below or above the units where the officer ticks or takes lists out."""
        units = _units(officer)
        above = [key for unit in units for key in unit.ancestor_keys]
        return self.filter(in_units("unit", units) | Q(unit__in=above, unit__kind=Unit.Kind.COMMUNE))

    def led_by(self, officer):
        """Those that the officer may open, close and work off."""
        return self.visible_to(officer).filter(in_units("unit", officer.units_for(Permission.CHILD_EDIT)))


class TickQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Lines of the officer's own places, of children whom he may still see. The only scoping rule for them."""
        return self.filter(in_units("unit", _units(officer)), child__in=Child.objects.visible_to(officer))


class ReviewRound(models.Model):
    """One round of a commune. Which children it is about is settled on its first day; closed, it changes no more."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="review_rounds", verbose_name="đơn vị")
    title = models.CharField("tên đợt", max_length=160)
    started_on = models.DateField("từ ngày")
    due_on = models.DateField("đến ngày")
    opened_at = models.DateTimeField("mở lúc", auto_now_add=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người mở")
    closed_at = models.DateTimeField("chốt lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chốt"
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(closed_at=None), name="children_round_one_open",
                violation_error_message="Đơn vị đang có một đợt rà soát chưa chốt. Hãy chốt đợt đó trước.",
            ),
            models.CheckConstraint(
                name="children_round_dates",
                condition=Q(started_on__lte=F("due_on")),
                violation_error_message="Ngày kết thúc đợt phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="children_round_closed_complete",
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message="Chốt đợt phải có người chốt.",
            ),
        ]  # fmt: skip
        verbose_name = "đợt rà soát"

    def __str__(self):
        return self.title

    @property
    def audit_name(self):
        return f"{self.title} ({self.unit.name})"


class ReviewTick(models.Model):
    """One child of a round, in the hamlet where it lived when the round was opened, and what was found."""

    class Answer(models.TextChoices):
        UNSEEN = "", "Chưa rà soát"
        STAYS = "stays", "Còn, không thay đổi"
        MEND = "mend", "Còn, cần sửa"
        LEFT = "left", "Đã chuyển đi"

    round = models.ForeignKey(ReviewRound, models.PROTECT, related_name="ticks", verbose_name="đợt rà soát")
    child = models.ForeignKey(Child, models.PROTECT, related_name="review_ticks", verbose_name="trẻ em")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="địa bàn")
    answer = models.CharField("kết quả", max_length=5, choices=Answer, blank=True, default="")
    note = EncryptedTextField("nội dung cần sửa", blank=True, default="")
    answered_at = models.DateTimeField("lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người rà soát"
    )

    objects = TickQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "child"], name="children_tick_once")]
        indexes = [models.Index(fields=["round", "unit", "answer"], name="children_tick_progress")]
        verbose_name = "trẻ em trong đợt rà soát"

    def __str__(self):
        return f"{self.round_id} {self.child_id}"
