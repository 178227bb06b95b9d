"""Reports sent in by schools, collaborators, health stations and facilities, and case files handed over between communes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models.files import Case, Intake
from cases.models.told import Told
from cases.querysets_reporting import HandoverQuerySet, NoticeQuerySet
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

OFFICER = settings.AUTH_USER_MODEL


class Notice(Told):
    """Mẫu số 01 sent from a page of its own (Luật Trẻ em Điều 51, NĐ 56/2017 Điều 25.1). Received the moment it was sent.

    `addressed_to` is the unit that the sender chose and that alone may know who sent it; `unit` is where the notice lies.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    sent_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="notices", verbose_name="người gửi")
    sent_from = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="gửi từ")
    sent_at = models.DateTimeField("gửi lúc")
    addressed_to = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="gửi tới")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="notices", verbose_name="đơn vị đang giữ")
    emergency = models.BooleanField("cần can thiệp khẩn cấp", null=True, blank=True)
    passed_on_at = models.DateTimeField("chuyển lúc", null=True, blank=True)
    passed_on_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chuyển"
    )
    barred = models.ManyToManyField(OFFICER, related_name="+", blank=True, verbose_name="không được thấy")
    intake = models.OneToOneField(Intake, models.PROTECT, null=True, blank=True, related_name="notice", verbose_name="phiếu")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_notice_passed_on",
                condition=Q(passed_on_at=None, passed_on_by=None) | Q(passed_on_at__isnull=False, passed_on_by__isnull=False),
                violation_error_message="Giờ chuyển và người chuyển phải đi cùng nhau.",
            )
        ]
        indexes = [models.Index(fields=["unit", "intake"], name="cases_notice_waiting")]
        verbose_name = "tin báo"

    def __str__(self):
        return self.code

    @property
    def code(self):
        """What the sender is told: neither a number that counts nor one that leads to a file."""
        return f"PT-{self.public_id.hex[:8].upper()}"

    @property
    def audit_name(self):
        return ""


class Handover(models.Model):
    """A case file sent from the commune of the event to the commune where the child lives (Luật Điều 52.2, NĐ 56 Điều 26.1).

    Emergency steps stay with the sender. The plan is the receiver's once it has acknowledged, in a case of its own.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers", verbose_name="hồ sơ")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="chuyển tới")
    reason = EncryptedTextField("lý do, việc còn lại", blank=True, default="")
    sent_at = models.DateTimeField("chuyển lúc")
    sent_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+", verbose_name="người chuyển")
    opened_at = models.DateTimeField("xác nhận đã nhận lúc", null=True, blank=True)
    opened_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận đã nhận"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trả lời"
    )
    new_case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="came_by", verbose_name="hồ sơ ở nơi nhận"
    )
    refusal = EncryptedTextField("lý do không nhận", blank=True, default="")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="cases_handover_one_open",
                violation_error_message="Hồ sơ này đã gửi đi và đang chờ trả lời.",
            ),
            models.CheckConstraint(
                name="cases_handover_answered",
                condition=Q(answered_at=None, answered_by=None, new_case=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                violation_error_message="Giờ trả lời và người trả lời phải đi cùng nhau.",
            ),
            models.CheckConstraint(
                name="cases_handover_opened",
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
                violation_error_message="Giờ xác nhận và người xác nhận phải đi cùng nhau.",
            ),
        ]  # fmt: skip
        verbose_name = "chuyển hồ sơ can thiệp"

    def __str__(self):
        return f"{self.case_id} → {self.to_unit_id}"

    @property
    def audit_name(self):
        return ""

    @property
    def open(self):
        """True until the other commune has answered."""
        return self.answered_at is None
