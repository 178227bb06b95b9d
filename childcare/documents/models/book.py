"""The book of outgoing documents of an issuer: who numbers by the application, the last number given, one row a number."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.documents.models.files import IssuedDocument
from childcare.documents.querysets import OutgoingQuerySet
from childcare.units.models import Office, Unit


class Book(models.Model):
    """Whose book it is: a unit, or the office that issues for it; of which kind of document ("BC", "KH", "CV" …)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị ban hành")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phòng ban hành")
    code = models.CharField("loại văn bản", max_length=10)

    class Meta:
        abstract = True


class NumberingRule(Book):
    """True while the application gives the numbers of a kind; without a row the officer types what the paper book gave."""

    on = models.BooleanField("phần mềm cấp số", default=False)
    changed_at = models.DateTimeField("đổi lúc", auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đổi")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "office", "code"], name="documents_rule_once"),
            models.UniqueConstraint(
                fields=["unit", "code"], condition=Q(office=None), name="documents_rule_once_for_unit"
            ),
        ]  # fmt: skip
        verbose_name = "cách cấp số"

    def __str__(self):
        return f"{self.unit} {self.code}: {'phần mềm' if self.on else 'sổ giấy'}"


class NumberSeries(Book):
    """The numbers of one kind in one year (01/01–31/12): `last` was given last, `first` begins a year joined in its middle."""

    year = models.PositiveSmallIntegerField("năm")
    first = models.PositiveIntegerField("số đầu tiên", default=1)
    last = models.PositiveIntegerField("số đã cấp", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "office", "code", "year"], name="documents_series_once"),
            models.UniqueConstraint(
                fields=["unit", "code", "year"], condition=Q(office=None), name="documents_series_once_for_unit"
            ),
        ]  # fmt: skip
        verbose_name = "sổ số"

    def __str__(self):
        return f"{self.unit} {self.code} {self.year}: {self.last}"


class OutgoingEntry(Book):
    """A row of the register: a number of a day and year, what for, who signed, to whom. It is never taken out, only cancelled.

    `given`: the application gave the number. The subject of a decision about a child names nobody (docs/decisions/numbers.md).
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("tên loại", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    number = models.CharField("số", max_length=20)
    order = models.PositiveIntegerField("thứ tự", default=0, editable=False)
    notation = models.CharField("ký hiệu", max_length=60)
    issued_on = models.DateField("ngày văn bản")
    subject = models.CharField("trích yếu", max_length=500)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    keeper = models.CharField("đơn vị, người nhận bản lưu", max_length=120, blank=True, default="VT")
    copies = models.PositiveSmallIntegerField("số lượng bản", null=True, blank=True)
    sent_on = models.DateField("ngày chuyển", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    given = models.BooleanField("phần mềm cấp số", default=False)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="entry", verbose_name="văn bản"
    )
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người hủy"
    )
    cancel_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    created_at = models.DateTimeField("vào sổ lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người vào sổ"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "office", "code", "year", "number"], name="documents_number_once"),
            models.UniqueConstraint(
                fields=["unit", "code", "year", "number"], condition=Q(office=None), name="documents_number_once_for_unit"
            ),
            models.CheckConstraint(
                name="documents_number_cancelled_with_reason",
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason=""),
                violation_error_message="Số đã hủy phải có lý do, người hủy và lúc hủy.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "year", "code", "order"], name="documents_register")]
        verbose_name = "dòng sổ văn bản đi"

    def __str__(self):
        return f"{self.full_number} năm {self.year}"

    def save(self, **kwargs):
        self.order = int("".join(letter for letter in self.number if letter.isdigit()) or 0)
        super().save(**kwargs)

    @property
    def full_number(self):
        """ "05/BC-UBND"."""
        return f"{self.number}/{self.notation}"

    @property
    def audit_name(self):
        return f"{self.full_number} năm {self.year}"

    @property
    def what(self):
        """Tên loại và trích yếu, as the register prints it."""
        return f"{self.kind}: {self.subject}" if self.kind else f"Công văn: {self.subject}"
