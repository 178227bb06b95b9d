"""Papers and photos of a child. The bytes lie encrypted; this row says who may open them."""

from django.db import models
from django.db.models import Q

from childcare.children.models.base import Fact, void_complete
from childcare.children.models.people import Child
from childcare.children.querysets import ResidenceQuerySet
from childcare.documents.models import StoredFile
from childcare.lib.encryption import EncryptedTextField


class Attachment(Fact):
    """One paper or photo of a child. A sensitive one lies under the child's protected file."""

    class Kind(models.TextChoices):
        BIRTH = "birth", "Giấy khai sinh"
        IDENTITY = "identity", "Thẻ căn cước, thông báo số định danh"
        INSURANCE = "insurance", "Thẻ bảo hiểm y tế"
        DISABILITY = "disability", "Giấy xác nhận khuyết tật"
        DECISION = "decision", "Quyết định, giấy xác nhận"
        CONSENT = "consent", "Giấy đồng ý"
        PHOTO = "photo", "Ảnh"
        OTHER = "other", "Giấy tờ khác"

    child = models.ForeignKey(Child, models.PROTECT, related_name="attachments", verbose_name="trẻ em")
    kind = models.CharField("loại giấy tờ", max_length=12, choices=Kind)
    title = EncryptedTextField("ghi chú", blank=True, default="")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    protected_file = models.ForeignKey(
        "children.ProtectedFile", models.PROTECT, null=True, blank=True, related_name="attachments"
    )

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [void_complete("children_attachment_void")]
        indexes = [models.Index(fields=["child"], condition=Q(voided_at=None), name="children_attachment_child")]
        verbose_name = "giấy tờ, ảnh"

    def __str__(self):
        return f"{self.child_id} {self.kind}"
