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


class MergeQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Merges into children whom the officer may judge. The only scoping rule for merges."""
        return self.filter(kept__in=Child.objects.filter(in_units("unit", officer.units_for(Permission.CHILD_MERGE))))

    def standing(self):
        """Merges that were not undone."""
        return self.filter(undone_at=None)


class Merge(models.Model):
    """Two rows of one child made one: `merged` left the registry, `kept` stayed. `record` holds what undoing needs."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Child, models.PROTECT, related_name="merges", verbose_name="hồ sơ giữ lại")
    merged = models.ForeignKey(Child, models.PROTECT, related_name="merged_into", verbose_name="hồ sơ được gộp")
    merged_at = models.DateTimeField("gộp lúc")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gộp")
    reason = EncryptedTextField("căn cứ", blank=True, default="")
    record = EncryptedTextField("nội dung để hoàn tác")
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hoàn tác"
    )
    undo_reason = EncryptedTextField("lý do hoàn tác", blank=True, default="")

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="children_merge_once",
                violation_error_message="Hồ sơ này đã được gộp.",
            ),
            models.CheckConstraint(name="children_merge_of_two", condition=~Q(kept=F("merged"))),
            models.CheckConstraint(
                name="children_merge_undone_complete",
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                violation_error_message="Việc hoàn tác phải có người và ngày.",
            ),
        ]  # fmt: skip
        verbose_name = "lần gộp hồ sơ"

    def __str__(self):
        return f"{self.merged_id} → {self.kept_id}"

    @property
    def audit_name(self):
        return ""
