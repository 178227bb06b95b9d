"""The seal of an issuer, kept encrypted, and the copies of issued documents that bear digital signatures."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.documents.models.files import IssuedDocument, StoredFile
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Office, Unit


class UnitSeal(models.Model):
    """The digital seal of a unit or office: its PKCS#12 and password under FIELD_KEYS, and what its certificate says."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seals", verbose_name="đơn vị")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng")
    key = EncryptedTextField("chứng thư và khóa")  # PKCS#12 in base64
    password = EncryptedTextField("mật khẩu", blank=True, default="")
    subject = models.CharField("cấp cho", max_length=200)
    issuer = models.CharField("nơi cấp", max_length=200)
    serial = models.CharField("số hiệu", max_length=60)
    valid_from = models.DateTimeField("có hiệu lực từ")
    valid_until = models.DateTimeField("hết hiệu lực lúc")
    picture = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ảnh dấu")
    width_mm = models.PositiveSmallIntegerField("đường kính dấu (mm)", default=36)
    added_at = models.DateTimeField("đưa vào lúc", auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đưa vào")
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người gỡ"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "office"], condition=Q(removed_at=None), name="documents_seal_one_of_office"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(removed_at=None, office=None), name="documents_seal_one_of_unit"
            ),
            models.CheckConstraint(
                name="documents_seal_removed_and_by", condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                violation_error_message="Lúc gỡ và người gỡ phải đi cùng nhau.",
            ),
        ]  # fmt: skip
        verbose_name = "chứng thư số của cơ quan"

    def __str__(self):
        return self.subject

    @property
    def audit_name(self):
        return f"{self.subject} ({self.serial})"


class SignedCopy(models.Model):
    """An issued PDF with one more digital signature behind its frozen bytes; the newest copy carries all of them."""

    class Kind(models.TextChoices):
        PERSON = "person", "Chữ ký số của người có thẩm quyền"
        SEAL = "seal", "Chữ ký số của cơ quan"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="signed_copies", verbose_name="văn bản")
    kind = models.CharField("loại", max_length=8, choices=Kind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    subject = models.CharField("người ký theo chứng thư", max_length=200)
    issuer = models.CharField("nơi cấp chứng thư", max_length=200)
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    trusted = models.BooleanField("chuỗi tin cậy đã kiểm được", default=False)
    added_at = models.DateTimeField("nhận lúc", auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đưa vào")

    class Meta:
        ordering = ["pk"]
        verbose_name = "bản ký số"

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def audit_name(self):
        return f"{self.document} {self.kind}"

    @property
    def chain(self):
        """What is known about who vouches for the signer."""
        return "chuỗi tin cậy đã kiểm" if self.trusted else "chưa kiểm được chuỗi tin cậy"
