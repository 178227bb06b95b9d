"""One thing recorded for many children at once: what was chosen, for whom, what was written, and how it is taken back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children.models.facts import Circumstance, Support
from childcare.children.models.people import Child, PovertyStatus, Residence
from childcare.children.querysets import in_units
from childcare.jobs.models import Job
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit


class BulkQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Those of the units where the officer may record facts or take lists out. The only scoping rule for bulk actions."""
        units = [*officer.units_for(Permission.FACT_RECORD), *officer.units_for(Permission.CHILD_EXPORT)]
        return self.filter(in_units("unit", units))

    def workable_by(self, officer):
        """Those of them that the officer may carry on with or take back."""
        return self.visible_to(officer).filter(in_units("unit", officer.units_for(Permission.FACT_RECORD)))


class BulkAction(models.Model):
    """A choice of children of one commune, what is recorded for each of them, and what became of it.

    `values` holds what was typed in the form as JSON (days as yyyy-mm-dd, kinds as codes); free text lies encrypted in `note`.
    """

    class Kind(models.TextChoices):
        SUPPORT = "support", "Trợ giúp, tặng quà"
        CIRCUMSTANCE = "circumstance", "Hoàn cảnh, nguy cơ"
        INSURANCE = "insurance", "Thẻ bảo hiểm y tế"
        POVERTY = "poverty", "Loại hộ của năm"
        HAMLET = "hamlet", "Thôn, tổ dân phố"

    class State(models.TextChoices):
        PICKED = "picked", "Đang chuẩn bị"
        WRITING = "writing", "Đang ghi"
        DONE = "done", "Đã ghi"
        UNDONE = "undone", "Đã hoàn tác"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bulk_actions", verbose_name="đơn vị")
    kind = models.CharField("việc", max_length=12, choices=Kind, blank=True)
    values = models.JSONField("nội dung", default=dict)
    note = EncryptedTextField("ghi chú", blank=True, default="")
    pasted = models.BooleanField("dán từ Excel", default=False)
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.PICKED)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chuẩn bị")
    written_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hoàn tác"
    )
    undo_reason = models.CharField("lý do hoàn tác", max_length=300, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = BulkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="children_bulk_undone_complete",
                condition=Q(undone_at=None, undone_by=None, undo_reason="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason="")),
                violation_error_message="Hoàn tác phải có người và lý do.",
            )
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="children_bulk_by_unit")]
        verbose_name = "việc ghi hàng loạt"

    def __str__(self):
        return f"{self.kind} {self.unit}"

    @property
    def audit_name(self):
        return f"{self.get_kind_display()} ({self.unit.name})"


class BulkItem(models.Model):
    """One child of a bulk action: values of its own, why it was left out, the row written for it, what stood there before."""

    bulk = models.ForeignKey(BulkAction, models.PROTECT, related_name="items", verbose_name="việc")
    child = models.ForeignKey(Child, models.PROTECT, related_name="bulk_items", verbose_name="trẻ em")
    position = models.PositiveIntegerField("thứ tự")
    values = models.JSONField("nội dung riêng", default=dict)
    note = EncryptedTextField("ghi chú", blank=True, default="")
    written = models.BooleanField("đã ghi", default=False)
    left_out = models.CharField("vì sao bỏ ra", max_length=200, blank=True)
    printed = models.JSONField("như in trên danh sách", default=dict)
    before = models.JSONField("trước khi ghi", default=dict)
    support = models.ForeignKey(Support, models.PROTECT, null=True, blank=True, related_name="+")
    circumstance = models.ForeignKey(Circumstance, models.PROTECT, null=True, blank=True, related_name="+")
    poverty = models.ForeignKey(PovertyStatus, models.PROTECT, null=True, blank=True, related_name="+")
    residence = models.ForeignKey(Residence, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk", "position"], name="children_bulkitem_place"),
            models.CheckConstraint(
                name="children_bulkitem_written_or_left_out",
                condition=Q(written=False) | Q(left_out=""),
                violation_error_message="Trẻ đã ghi thì không thể nằm ngoài.",
            ),
        ]
        ordering = ["position"]
        verbose_name = "trẻ em trong việc ghi hàng loạt"

    def __str__(self):
        return f"{self.bulk_id} {self.position}"
