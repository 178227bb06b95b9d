"""What a family promised in writing when it was helped (kế hoạch mô hình 2: hỗ trợ sinh kế có cam kết), and how it kept it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.files import Case
from cases.querysets_placement import CommitmentQuerySet
from childcare.children.models import Child, ProtectedFile, Support
from childcare.children.models.base import Fact, void_complete
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit


class Commitment(Fact):
    """A promise of the child's family: text, day, who signed, until when."""

    class Subject(models.TextChoices):
        SCHOOL = "school", "Cho trẻ em đi học, không bỏ học"
        LABOUR = "labour", "Không để trẻ em lao động sớm, nặng nhọc, độc hại"
        HOME = "home", "Không để trẻ em lang thang"
        SAFETY = "safety", "Không bạo lực, bảo đảm an toàn cho trẻ em"
        OTHER = "other", "Cam kết khác"

    class Outcome(models.TextChoices):
        RUNNING = "", "Đang thực hiện"
        KEPT = "kept", "Đã thực hiện tốt"
        BROKEN = "broken", "Không thực hiện"
        ENDED = "ended", "Không còn cần"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commitments", verbose_name="đơn vị")
    child = models.ForeignKey(Child, models.PROTECT, related_name="commitments", verbose_name="trẻ em")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="hồ sơ can thiệp"
    )
    protected_file = models.ForeignKey(ProtectedFile, models.PROTECT, null=True, blank=True, related_name="commitments")
    support = models.ForeignKey(
        Support, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="trợ giúp kèm theo"
    )
    subject = models.CharField("về việc", max_length=6, choices=Subject)
    text = EncryptedTextField("nội dung cam kết")
    signed_by = EncryptedTextField("người cam kết")
    signed_on = models.DateField("ngày cam kết")
    until = models.DateField("đến hết ngày", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=6, choices=Outcome, blank=True, default="")
    closed_on = models.DateField("ngày kết luận", null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cases_commitment_dates",
                condition=Q(until=None) | Q(signed_on__lte=F("until")),
                violation_error_message="Ngày hết cam kết phải sau ngày ký.",
            ),
            models.CheckConstraint(
                name="cases_commitment_closed",
                condition=Q(outcome="", closed_on=None) | ~Q(outcome="") & Q(closed_on__isnull=False),
                violation_error_message="Kết luận phải có ngày.",
            ),
            void_complete("cases_commitment_void"),
        ]
        verbose_name = "cam kết của gia đình"

    def __str__(self):
        return f"{self.subject} {self.pk}"

    @property
    def audit_name(self):
        return ""


class CommitmentCheck(models.Model):
    """A look at how a promise is kept."""

    class Kept(models.TextChoices):
        YES = "yes", "Thực hiện đúng"
        PARTLY = "partly", "Thực hiện một phần"
        NO = "no", "Không thực hiện"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="checks", verbose_name="cam kết")
    checked_on = models.DateField("ngày kiểm tra")
    kept = models.CharField("tình hình", max_length=6, choices=Kept)
    note = EncryptedTextField("ghi chú", blank=True, default="")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người kiểm tra"
    )

    class Meta:
        ordering = ["checked_on", "pk"]
        verbose_name = "kiểm tra cam kết"

    def __str__(self):
        return f"{self.commitment_id} {self.checked_on}"
