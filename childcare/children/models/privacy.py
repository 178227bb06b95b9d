"""Personal data by law: why we may process it, who agreed, what must rest, who asked for what, how long rows are kept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.children.models.base import DatedFact, dates_in_order, void_complete
from childcare.children.models.people import Child
from childcare.children.querysets import ChildPaperQuerySet, DataRequestQuerySet
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit


class Purpose(models.Model):
    """A purpose of processing with its legal ground; some need consent of the representative and the child."""

    code = models.CharField("mã", max_length=8, unique=True)
    name = models.CharField("mục đích", max_length=300)
    ground = models.CharField("cơ sở xử lý", max_length=300)
    needs_consent = models.BooleanField("cần đồng ý", default=False)
    data = models.CharField("dữ liệu", max_length=300, blank=True)
    recipients = models.CharField("nơi nhận", max_length=300, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "mục đích xử lý dữ liệu"

    def __str__(self):
        return self.name


class DataRule(models.Model):
    """A clock or a time of keeping, as data: so many days, years … after an event, and what then happens."""

    class Kind(models.TextChoices):
        CLOCK = "clock", "Thời hạn"
        KEEPING = "keeping", "Thời gian lưu giữ"

    class Measure(models.TextChoices):
        WORKING_DAYS = "working_days", "ngày làm việc"
        DAYS = "days", "ngày"
        HOURS = "hours", "giờ"
        MONTHS = "months", "tháng"
        YEARS = "years", "năm"

    code = models.CharField("mã", max_length=8, unique=True)
    kind = models.CharField("loại", max_length=8, choices=Kind)
    about = models.CharField("về", max_length=300)
    amount = models.PositiveSmallIntegerField("số", null=True, blank=True, help_text="Để trống: không xóa.")
    measure = models.CharField("đơn vị", max_length=12, choices=Measure, blank=True)
    starts = models.CharField("tính từ", max_length=200, blank=True)
    then = models.CharField("sau đó", max_length=300, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = "thời hạn về dữ liệu"

    def __str__(self):
        return f"{self.code} {self.about}"

    @property
    def span(self):
        """ "2 ngày làm việc"; "không xóa" without a number."""
        return f"{self.amount} {self.get_measure_display()}" if self.amount is not None else "không xóa"


class Consent(DatedFact):
    """The consent to one purpose, of the representative and from 7 years of the child. `ended_on` = the day of withdrawal."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="consents", verbose_name="trẻ em")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="consents", verbose_name="mục đích")
    giver = EncryptedTextField("người đại diện đồng ý", blank=True, default="")
    relation = models.CharField("quan hệ với trẻ", max_length=60, blank=True)
    child_agreed = models.BooleanField("trẻ em đã đồng ý", default=False)
    proof = EncryptedTextField("chứng minh bằng", blank=True, default="")
    complete = models.BooleanField("đủ điều kiện", default=False, help_text="Do hệ thống xét khi ghi.")

    objects = ChildPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "purpose"], condition=Q(ended_on=None, voided_at=None), name="children_consent_one_open",
                violation_error_message="Trẻ đã có dòng đồng ý cho mục đích này. Hãy rút hoặc hủy dòng cũ trước.",
            ),
            dates_in_order("children_consent_dates"),
            void_complete("children_consent_void"),
        ]  # fmt: skip
        verbose_name = "sự đồng ý"

    def __str__(self):
        return f"{self.child_id} {self.purpose_id}"


class ProcessingRestriction(DatedFact):
    """The child's data rest: they stay in the registry and in the counts, and leave it in no list, export or share."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="restrictions", verbose_name="trẻ em")
    reason = EncryptedTextField("lý do")
    request = models.ForeignKey(
        "children.DataRequest", models.PROTECT, null=True, blank=True, related_name="restrictions", verbose_name="theo yêu cầu"
    )

    objects = ChildPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on=None, voided_at=None), name="children_restriction_one_open",
                violation_error_message="Dữ liệu của trẻ này đang hạn chế xử lý rồi.",
            ),
            dates_in_order("children_restriction_dates"),
            void_complete("children_restriction_void"),
        ]  # fmt: skip
        verbose_name = "hạn chế xử lý dữ liệu"

    def __str__(self):
        return f"{self.child_id}"


class DataRequest(models.Model):
    """What a person asked about data of a child, with its two clocks: the answer, and the deed (NĐ 356/2025/NĐ-CP)."""

    class Kind(models.TextChoices):
        SEE = "see", "Xem, xin bản sao dữ liệu"
        CORRECT = "correct", "Chỉnh sửa dữ liệu"
        STOP = "stop", "Ngừng hoặc hạn chế xử lý"
        OBJECT = "object", "Phản đối xử lý"
        WITHDRAW = "withdraw", "Rút sự đồng ý"
        DELETE = "delete", "Xóa dữ liệu"
        OTHER = "other", "Yêu cầu khác"

    class State(models.TextChoices):
        OPEN = "open", "Chờ trả lời"
        ANSWERED = "answered", "Đã trả lời, đang thực hiện"
        DONE = "done", "Đã thực hiện"
        REFUSED = "refused", "Không thực hiện"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="data_requests", verbose_name="đơn vị nhận")
    number = models.PositiveIntegerField("số thứ tự")
    received_on = models.DateField("ngày nhận")
    asker = EncryptedTextField("người yêu cầu")
    relation = models.CharField("quan hệ với trẻ", max_length=60, blank=True)
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="data_requests", verbose_name="trẻ em")
    kind = models.CharField("yêu cầu", max_length=8, choices=Kind)
    content = EncryptedTextField("nội dung", blank=True, default="")
    answer_by = models.DateField("trả lời chậm nhất")
    act_by = models.DateField("thực hiện chậm nhất")
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.OPEN)
    asker_checked = models.BooleanField("đã kiểm tra người yêu cầu", default=False)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = EncryptedTextField("nội dung trả lời", blank=True, default="")
    extended = models.BooleanField("đã gia hạn", default=False)
    extension_reason = EncryptedTextField("lý do gia hạn", blank=True, default="")
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)
    result = EncryptedTextField("kết quả", blank=True, default="")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="children_datarequest_number_once"),
            models.CheckConstraint(
                name="children_datarequest_answered",
                condition=Q(answered_on=None) | ~Q(state="open"),
                violation_error_message="Yêu cầu đã trả lời không còn ở trạng thái chờ.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="children_datarequest_state")]
        verbose_name = "yêu cầu về dữ liệu"

    def __str__(self):
        return f"Yêu cầu số {self.number}"

    @property
    def audit_name(self):
        return f"yêu cầu số {self.number} ({self.unit})"

    @property
    def open(self):
        """True while something is still owed."""
        return self.state in (self.State.OPEN, self.State.ANSWERED)

    @property
    def due(self):
        """The next last day: of the answer, then of the deed; None when nothing is owed."""
        if self.state == self.State.OPEN:
            return self.answer_by
        return self.act_by if self.state == self.State.ANSWERED else None
