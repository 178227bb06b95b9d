"""Targets handed down: which value of which target a unit was given, by whom and when; and what a unit answers on a target."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.units.models import Unit
from plans.models.plans import Target
from plans.querysets import AssignmentQuerySet


class Assignment(models.Model):
    """One value given to one unit. Never changed: another value ends the row and begins a new one; withdrawing ends it."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    target = models.ForeignKey(Target, models.PROTECT, related_name="assignments", verbose_name="chỉ tiêu của cấp giao")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="đơn vị được giao")
    value = models.DecimalField("giá trị giao", max_digits=16, decimal_places=4, null=True, blank=True)
    given_at = models.DateTimeField("giao lúc", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người giao"
    )
    reason = models.CharField("lý do điều chỉnh", max_length=300, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    ended_at = models.DateTimeField("thôi giao lúc", null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = models.CharField("lý do thôi giao", max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["target", "unit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "unit"], condition=Q(ended_at=None), name="plans_assignment_one_open",
                violation_error_message="Chỉ tiêu này đang được giao cho đơn vị.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "ended_at"], name="plans_assignment_of_unit")]
        verbose_name = "chỉ tiêu được giao"

    def __str__(self):
        return f"{self.unit}: {self.target}"

    @property
    def audit_name(self):
        return f"{self.target.audit_name} → {self.unit.name}"

    @property
    def wanted(self):
        """What the unit shall reach, in words."""
        return self.target.wanted_of(self.value)


class TargetAnswer(models.Model):
    """What a unit said of a target on a day: how far it is, so many of so many. The last one stands; none is changed."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="answers", verbose_name="chỉ tiêu")
    status = models.CharField("đánh giá", max_length=12, choices=Target.Status, blank=True, default="")
    done = models.DecimalField("đã đạt", max_digits=16, decimal_places=2, null=True, blank=True)
    of = models.DecimalField("trên tổng số", max_digits=16, decimal_places=2, null=True, blank=True)
    note = models.TextField("nhận xét", blank=True)
    told_at = models.DateTimeField("trả lời lúc", auto_now_add=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )

    class Meta:
        ordering = ["target", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_answer_total_needs_part", condition=Q(of=None) | Q(done__isnull=False, of__gt=0),
                violation_error_message="Có tổng số thì phải có số đã đạt.",
            ),
        ]  # fmt: skip
        verbose_name = "trả lời chỉ tiêu"

    def __str__(self):
        return f"{self.target} {self.told_at:%d/%m/%Y}"
