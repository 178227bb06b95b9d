"""Children who go from one commune to another: sent and acknowledged, or asked for and answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.children.models.people import Child, Household, Residence
from childcare.children.querysets import AskQuerySet, TransferQuerySet
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

OFFICER = settings.AUTH_USER_MODEL


class Transfer(models.Model):
    """A child sent to another commune. Rights move with the residence, at once; the receiving commune acknowledges.

    `left` is the residence that it ended (None: the child had left before), `arrived` the one that it opened, `household`
    the one of the child before. The dated rows decide every figure: this row only tells that somebody has to answer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "chờ tiếp nhận"
        RECEIVED = "received", "đã tiếp nhận"
        RETURNED = "returned", "bị trả lại"
        WITHDRAWN = "withdrawn", "đã rút lại"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="transfers", verbose_name="trẻ em")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="nơi đi")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="nơi đến")
    moved_on = models.DateField("chuyển từ ngày")
    left = models.ForeignKey(Residence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cư trú cũ")
    arrived = models.ForeignKey(Residence, models.PROTECT, related_name="+", verbose_name="cư trú mới")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ cũ")
    note = EncryptedTextField("lời nhắn", blank=True, default="")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING)
    sent_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người chuyển")
    sent_on = models.DateField("ngày gửi")
    sent_at = models.DateTimeField("gửi lúc")
    answered_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answer = EncryptedTextField("lý do", blank=True, default="")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(state="waiting"), name="children_transfer_one_open",
                violation_error_message="Trẻ em này đang được chuyển đi, chờ nơi đến tiếp nhận.",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["to_unit", "state"], name="children_transfer_to"),
            models.Index(fields=["from_unit", "state"], name="children_transfer_from"),
        ]
        verbose_name = "chuyển trẻ em giữa các xã, phường"

    def __str__(self):
        return f"{self.from_unit} → {self.to_unit}"

    @property
    def audit_name(self):
        return f"{self.from_unit.name} → {self.to_unit.name}"


class TransferAsk(models.Model):
    """A commune asks for a child by its code or identity number, and learns nothing before the commune of the child answers.

    `child` is None when nobody in the registry has the number: for the one who asks the two look alike.
    """

    class State(models.TextChoices):
        OPEN = "open", "chờ trả lời"
        AGREED = "agreed", "đã đồng ý chuyển"
        DECLINED = "declined", "không đồng ý"
        WITHDRAWN = "withdrawn", "đã thôi"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị xin")
    number = EncryptedTextField("mã trẻ hoặc số định danh")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="asks", verbose_name="trẻ em")
    reason = EncryptedTextField("lý do", blank=True, default="")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.OPEN)
    asked_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người xin")
    asked_on = models.DateField("ngày xin")
    answered_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trả lời"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answer = EncryptedTextField("trả lời", blank=True, default="")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = AskQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "state"], name="children_ask_unit")]
        verbose_name = "xin chuyển trẻ em về"

    def __str__(self):
        return str(self.public_id)

    @property
    def audit_name(self):
        return self.unit.name
