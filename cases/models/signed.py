"""What was signed: the text of a decision as it stood on the paper, kept whole and read again when it is printed later."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.files import Case
from cases.models.placement import Placement
from cases.querysets_signed import SignedQuerySet
from childcare.children.models import ProtectedFile
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Office, Unit


class SignedDecision(models.Model):
    """A decision of a case or of a placement, frozen when its signature was written down (docs/decisions/signed_decisions.md).

    `about` is the public id of the plan, order or placement that it decides on; `unit` and `office` are whose book numbers it.
    A correction voids the row and adds another. Without `text` it was signed before texts were kept: it is built anew.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="signed", verbose_name="hồ sơ")
    placement = models.ForeignKey(
        Placement, models.PROTECT, null=True, blank=True, related_name="signed", verbose_name="chăm sóc thay thế"
    )
    protected_file = models.ForeignKey(
        ProtectedFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hồ sơ được bảo vệ"
    )
    form = models.CharField("mẫu", max_length=20)
    about = models.UUIDField("về", db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị ban hành")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng ban hành")
    number = models.CharField("số", max_length=20, blank=True)
    notation = models.CharField("ký hiệu", max_length=60)
    signed_on = models.DateField("ngày ký")
    text = EncryptedTextField("nội dung đã ký", blank=True, default="")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi nhận ký"
    )
    voided_at = models.DateTimeField("thay lúc", null=True, blank=True)

    objects = SignedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="cases_signed_of_something",
                condition=Q(case__isnull=False) | Q(placement__isnull=False),
                violation_error_message="Quyết định phải thuộc một hồ sơ hoặc một việc chăm sóc thay thế.",
            ),
            models.UniqueConstraint(
                fields=["form", "about"], condition=Q(voided_at=None), name="cases_signed_once",
                violation_error_message="Quyết định này đã được ghi.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "signed_on"], name="cases_signed_book")]
        verbose_name = "quyết định đã ký"

    def __str__(self):
        return f"{self.form} {self.about}"

    @property
    def audit_name(self):
        return ""
