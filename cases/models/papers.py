"""What the printed forms need beside the steps: the forms themselves as data, the minutes, the orders of isolation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.files import Case, EmergencyStep
from cases.querysets import CasePartQuerySet
from childcare.lib.encryption import EncryptedTextField

OFFICER = settings.AUTH_USER_MODEL


class StatutoryForm(models.Model):
    """A form of NĐ 56/2017 as a dated row: its title, the bases that it quotes, and how far it was held against the text."""

    class Evidence(models.TextChoices):
        TEXT = "text", "Đã đối chiếu nguyên văn"
        SECONDARY = "secondary", "Theo tổng hợp, chưa đối chiếu nguyên văn"
        UNVERIFIED = "unverified", "Chưa đối chiếu văn bản"

    code = models.CharField("mẫu", max_length=8)
    name = models.CharField("tên", max_length=300)
    used_for = models.CharField("dùng khi, căn cứ", max_length=300, blank=True)
    bases = models.TextField("căn cứ ghi trên văn bản", blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=12, choices=Evidence, default=Evidence.UNVERIFIED)
    to_check = models.CharField("phần chưa đối chiếu", max_length=300, blank=True)
    checked_against = models.CharField("đối chiếu theo văn bản", max_length=200, blank=True)
    checked_on = models.DateField("ngày đối chiếu", null=True, blank=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="cases_form_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_from=None), name="cases_form_from_before"),
        ]
        verbose_name = "mẫu văn bản"

    def __str__(self):
        return f"{self.label} {self.name}"

    @property
    def label(self):
        """ "Mẫu số 05"; the minutes have no number."""
        return f"Mẫu số {self.code}" if self.code.isdigit() else "Biên bản"

    @property
    def audit_name(self):
        return self.label


class Meeting(models.Model):
    """The meeting that finds the measures (Điều 27.2). Corrected by a new row; the voided one stays."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="meetings", verbose_name="hồ sơ")
    held_at = models.DateTimeField("họp lúc")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.CharField("người chủ trì", max_length=160, blank=True)
    secretary = models.CharField("người ghi biên bản", max_length=160, blank=True)
    participants = EncryptedTextField("thành phần", blank=True, default="")
    opinions = EncryptedTextField("ý kiến", blank=True, default="")
    measures = EncryptedTextField("biện pháp thống nhất", blank=True, default="")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay cho")
    voided_at = models.DateTimeField("thay lúc", null=True, blank=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    objects = CasePartQuerySet.as_manager()

    class Meta:
        ordering = ["held_at", "pk"]
        verbose_name = "cuộc họp xác định biện pháp"

    def __str__(self):
        return f"{self.case_id} {self.held_at:%d/%m/%Y}"


class IsolationOrder(models.Model):
    """A decision on the isolation of a child (Điều 32): the order, an extension of it, or its end."""

    class Kind(models.TextChoices):
        ORDER = "order", "Quyết định tạm thời cách ly"
        EXTENSION = "extension", "Quyết định gia hạn cách ly"
        ENDING = "ending", "Quyết định kết thúc cách ly"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(EmergencyStep, models.PROTECT, related_name="orders", verbose_name="việc cách ly")
    kind = models.CharField("quyết định", max_length=10, choices=Kind)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    until = models.DateField("đến hết ngày", null=True, blank=True)
    place = EncryptedTextField("nơi ở trong thời gian cách ly", blank=True, default="")
    carer = EncryptedTextField("người chăm sóc trong thời gian cách ly", blank=True, default="")
    reason = EncryptedTextField("lý do", blank=True, default="")
    asked_by = models.CharField("cơ quan yêu cầu kéo dài", max_length=160, blank=True)
    voided_at = models.DateTimeField("thay lúc", null=True, blank=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    class Meta:
        ordering = ["pk"]
        verbose_name = "quyết định về cách ly"

    def __str__(self):
        return f"{self.step_id} {self.kind}"
