"""Lists that are taken in beside the commune's own: pupils of a school, the export of the ministry's software."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.children.models.people import Child
from childcare.children.querysets_schools import DifferenceQuerySet, ListQuerySet
from childcare.documents.models import StoredFile
from childcare.jobs.models import Job
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit


class TakenList(models.Model):
    """One file for one school or commune on one day. The reading is kept between the preview and the decision."""

    class Kind(models.TextChoices):
        PUPILS = "pupils", "Danh sách học sinh"
        MINISTRY = "ministry", "Tệp xuất từ phần mềm của Bộ"

    class State(models.TextChoices):
        READING = "reading", "Đang đọc tệp"
        PREVIEW = "preview", "Chờ xem và đồng ý"
        WRITING = "writing", "Đang ghi"
        DONE = "done", "Đã nhập"
        REFUSED = "refused", "Không đọc được"
        CANCELLED = "cancelled", "Đã bỏ"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    on = models.DateField("tính đến ngày")
    asked = models.JSONField("được hỏi", default=dict)  # pupils: school_year · ministry: whole (the file is complete)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    errors_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp cần sửa"
    )
    reading = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kết quả đọc")
    accepted = models.JSONField("được nhận", default=dict)
    summary = models.JSONField("tổng hợp", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.READING)
    message = models.CharField("thông báo", max_length=500, blank=True)
    read_job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    write_job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập")
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "danh sách nhận vào"

    def __str__(self):
        return f"{self.kind} {self.unit} {self.on}"

    @property
    def audit_name(self):
        return f"tệp {self.public_id}"


class MinistryDifference(models.Model):
    """One field of a child that the ministry's software tells otherwise. Taking their word or keeping ours is a decision."""

    class Decision(models.TextChoices):
        OPEN = "", "Chưa quyết định"
        THEIRS = "theirs", "Lấy theo phần mềm của Bộ"
        OURS = "ours", "Giữ theo sổ"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="ministry_differences", verbose_name="trẻ em")
    field = models.CharField("thông tin", max_length=20)
    ours = EncryptedTextField("trong sổ", blank=True, default="")
    theirs = EncryptedTextField("trên phần mềm của Bộ", blank=True, default="")
    source = models.ForeignKey(TakenList, models.PROTECT, related_name="differences", verbose_name="tệp")
    decision = models.CharField("quyết định", max_length=6, choices=Decision, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "field"], condition=~Q(decision="theirs"), name="children_difference_one_a_field"
            )
        ]
        verbose_name = "khác thông tin với phần mềm của Bộ"

    def __str__(self):
        return f"{self.child_id} {self.field}"
