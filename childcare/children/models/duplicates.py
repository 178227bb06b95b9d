"""Two rows that may be one child: pairs that were found, what a person decided about them, and merges that can be undone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from childcare.accounts.roles import Permission
from childcare.children.models.people import Child
from childcare.children.querysets import in_units
from childcare.lib.encryption import EncryptedTextField


class PairQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Pairs of which the officer may judge both children. The only scoping rule for pairs."""
        mine = Child.objects.filter(in_units("unit", officer.units_for(Permission.CHILD_MERGE)))
        return self.filter(first__in=mine, second__in=mine)

    def waiting(self):
        """Pairs that nobody has judged and that are no twins."""
        return self.filter(state=DuplicatePair.State.OPEN, twins=False)


class DuplicatePair(models.Model):
    """Two children who look alike. A search writes and removes the open ones; a decision stays until either child changes."""

    class State(models.TextChoices):
        OPEN = "open", "Chưa xem"
        DISTINCT = "distinct", "Không trùng"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(Child, models.CASCADE, related_name="+", verbose_name="trẻ thứ nhất")
    second = models.ForeignKey(Child, models.CASCADE, related_name="+", verbose_name="trẻ thứ hai")
    score = models.SmallIntegerField("điểm")
    reasons = models.JSONField("vì sao", default=list)  # codes of pairing.WORDS
    twins = models.BooleanField("có thể sinh đôi", default=False)
    basis = models.CharField("thông tin đã so", max_length=64)  # digest of what was compared
    state = models.CharField("kết luận", max_length=8, choices=State, default=State.OPEN)
    found_at = models.DateTimeField("tìm thấy lúc", auto_now_add=True)
    decided_at = models.DateTimeField("kết luận lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người kết luận"
    )
    reason = EncryptedTextField("lý do", blank=True, default="")

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="children_pair_once"),
            models.CheckConstraint(name="children_pair_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="children_pair_decided",
                condition=~Q(state="distinct") | Q(decided_at__isnull=False, decided_by__isnull=False),
                violation_error_message="Kết luận phải có người và ngày.",
            ),
        ]
        indexes = [models.Index(fields=["-score", "id"], name="children_pair_by_score")]
        verbose_name = "cặp trẻ có thể trùng"

    def __str__(self):
        return f"{self.first_id} {self.second_id}"
