"""An import of a workbook: uploaded, read, previewed, written by a job."""

import uuid

from django.conf import settings
from django.db import models

from childcare.accounts.roles import Permission
from childcare.children.querysets import in_units
from childcare.documents.models import StoredFile
from childcare.jobs.models import Job
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit


class ImportQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Imports into the units where the officer may import lists. The only scoping rule for imports."""
        return self.filter(in_units("unit", officer.units_for(Permission.CHILD_IMPORT)))


class ImportBatch(models.Model):
    """One file taken in for one commune on one day. The reading is kept between the preview and the decision."""

    class State(models.TextChoices):
        READING = "reading", "Đang đọc tệp"
        MAPPING = "mapping", "Chờ ghép cột"
        PREVIEW = "preview", "Chờ xem và đồng ý"
        WRITING = "writing", "Đang ghi vào sổ"
        DONE = "done", "Đã nhập"
        REFUSED = "refused", "Không đọc được"
        CANCELLED = "cancelled", "Đã bỏ"
        UNDOING = "undoing", "Đang hoàn tác"
        UNDONE = "undone", "Đã hoàn tác"

    class Kind(models.TextChoices):
        LIST = "list", "Danh sách trẻ em"
        ANSWERS = "answers", "Danh sách rà soát trả lại"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="imports", verbose_name="đơn vị")
    on = models.DateField("ngày nhập")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    errors_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp cần sửa"
    )
    reading = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kết quả đọc")
    kind = models.CharField("loại", max_length=8, choices=Kind, default=Kind.LIST)
    mapping = models.JSONField("cột", default=dict)
    left_out = models.JSONField("trang không đọc", default=list)
    accepted_offers = models.JSONField("đề nghị được nhận", default=list)
    summary = models.JSONField("tổng hợp", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.READING)
    message = models.CharField("thông báo", max_length=500, blank=True)
    read_job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    write_job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người nhập")
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    undo_job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hoàn tác"
    )
    undo_reason = models.CharField("lý do hoàn tác", max_length=300, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập tệp"

    def __str__(self):
        return f"{self.unit} {self.on}"


class ImportTrace(models.Model):
    """What an import wrote: keys of its rows by model, and (encrypted) own fields of children before and after, for undoing."""

    batch = models.OneToOneField(ImportBatch, models.CASCADE, related_name="trace", verbose_name="lần nhập tệp")
    keys = models.JSONField("khóa các dòng đã ghi", default=dict)
    values = EncryptedTextField("thông tin trước và sau", blank=True, default="")

    class Meta:
        verbose_name = "dấu vết của lần nhập tệp"

    def __str__(self):
        return str(self.batch_id)
