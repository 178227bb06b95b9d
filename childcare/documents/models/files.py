"""Files behind an access check, and issued documents with their bytes."""

import uuid

from django.conf import settings
from django.db import models

from childcare.units.models import Office, Unit


class StoredFile(models.Model):
    """Bytes kept encrypted under a random name outside the web root. Whoever shows it checks the right to its owner row."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("loại", max_length=120)
    size = models.PositiveIntegerField("số byte")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người tải lên"
    )
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    discarded_at = models.DateTimeField("đã xóa nội dung lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tệp lưu"

    def __str__(self):
        return self.name


class IssuedDocument(models.Model):
    """An administrative document that was signed: number, day, signer, frozen bytes, and the scan of the paper."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="đơn vị ban hành")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name="phòng ban hành"
    )
    kind = models.CharField("loại văn bản", max_length=40)
    number = models.CharField("số", max_length=20, blank=True)
    notation = models.CharField("ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    subject = models.CharField("trích yếu", max_length=500)
    signer_authority = models.JSONField("thẩm quyền ký", default=list)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    mandate = models.CharField("văn bản ủy quyền ký", max_length=200, blank=True)
    check_token = models.CharField("mã kiểm tra", max_length=40, unique=True, null=True, editable=False)
    method = models.CharField("cách ký", max_length=10, choices=[("wet", "ký trên giấy"), ("digital", "ký số")], default="wet")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="bản PDF")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="bản DOCX")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản quét")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi nhận ký"
    )
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    class Meta:
        verbose_name = "văn bản"

    def __str__(self):
        return f"{self.kind} {self.full_number}"

    @property
    def row(self):
        """Its row of the register, or None for a document from before the book or of a paper report that was typed in."""
        return getattr(self, "entry", None)

    @property
    def audit_name(self):
        return str(self)

    @property
    def full_number(self):
        """Số and ký hiệu as printed: "05/BC-UBND"."""
        return f"{self.number}/{self.notation}"
