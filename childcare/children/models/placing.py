"""Children of a split unit, who wait until a person says to which of the new units they belong."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.children.models.people import Child, Household
from childcare.units.models import EndingUnit, Unit


class Unplaced(models.Model):
    """One child of a split unit: where it lived, and where a person placed it."""

    ending = models.ForeignKey(EndingUnit, models.PROTECT, related_name="unplaced", verbose_name="đơn vị bị chia")
    child = models.ForeignKey(Child, models.PROTECT, related_name="unplaced", verbose_name="trẻ em")
    former = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="nơi ở cũ")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ")
    placed_in = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="placed_children", verbose_name="xếp về"
    )
    placed_at = models.DateTimeField("xếp lúc", null=True, blank=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ending", "child"], name="children_unplaced_once")]
        indexes = [models.Index(fields=["ending", "former"], condition=Q(placed_at=None), name="children_unplaced_waiting")]
        verbose_name = "trẻ em chờ xếp về đơn vị mới"

    def __str__(self):
        return f"{self.child_id} {self.former}"
