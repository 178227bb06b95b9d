"""A unit's fund for children: what came in, in money and in kind, what it was spent on, and which supports it paid."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.children.models import Support
from childcare.children.models.base import Fact, void_complete
from childcare.units.models import Unit
from plans.models.activities import Activity
from plans.querysets import FundEntryQuerySet, FundQuerySet


class Fund(models.Model):
    """Quỹ bảo vệ trẻ em or Quỹ Bảo trợ trẻ em of a unit. Its balance is the sum of its entries, never a stored number."""

    class Kind(models.TextChoices):
        PROTECTION = "protection", "Quỹ bảo vệ trẻ em"
        SPONSOR = "sponsor", "Quỹ Bảo trợ trẻ em"
        OTHER = "other", "Quỹ khác vì trẻ em"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="funds", verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    name = models.CharField("tên quỹ", max_length=160)
    opened_on = models.DateField("bắt đầu theo dõi từ ngày")
    goes_on_in = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed", verbose_name="chuyển sang sổ quỹ"
    )
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )

    objects = FundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], name="plans_fund_once", violation_error_message="Đơn vị đã có quỹ mang tên này."
            )
        ]
        verbose_name = "quỹ"

    def __str__(self):
        return self.name

    @staticmethod
    def usual_name(kind, unit):
        """ "Quỹ bảo vệ trẻ em phường Nam Sơn"."""
        return f"{Fund.Kind(kind).label} {unit.name[:1].lower()}{unit.name[1:]}"[:160]

    @property
    def since(self):
        """The first day of its book, or of the books that it carries on."""
        return min([self.opened_on, *self.followed.values_list("opened_on", flat=True)])

    @property
    def audit_name(self):
        return f"{self.unit.name}: {self.name}"


class FundEntry(Fact):
    """Money or goods that came into the fund or left it on a day. A mistake is voided, never changed.

    `amount` in đồng; of goods their value, `estimated` when nobody paid it. Numbers run per fund, kind and year and are not
    used again when an entry is voided.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", "Số dư đầu"
        INCOME = "income", "Thu"
        SPENDING = "spending", "Chi"
        HANDED = "handed", "Bàn giao cho đơn vị mới"

    OUT = (Kind.SPENDING, Kind.HANDED)  # what makes the balance smaller

    class Form(models.TextChoices):
        MONEY = "money", "Tiền"
        GOODS = "goods", "Hiện vật"

    class Origin(models.TextChoices):
        DONOR = "donor", "Ủng hộ, tài trợ"
        CAMPAIGN = "campaign", "Vận động, quyên góp chung"
        BUDGET = "budget", "Ngân sách cấp"
        TRANSFER = "transfer", "Quỹ cấp khác chuyển"
        INTEREST = "interest", "Lãi, khoản khác"

    class Purpose(models.TextChoices):
        HEALTH = "health", "Sức khỏe, dinh dưỡng"
        EDUCATION = "education", "Giáo dục"
        PROTECTION = "protection", "Bảo vệ trẻ em"
        GROWTH = "growth", "Tham gia, phát triển"
        RELIEF = "relief", "Thăm hỏi, hỗ trợ đột xuất"
        ACTIVITY = "activity", "Hoạt động chung"
        OTHER = "other", "Chi khác"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries", verbose_name="quỹ")
    kind = models.CharField("loại", max_length=8, choices=Kind)
    form = models.CharField("hình thức", max_length=5, choices=Form, default=Form.MONEY)
    on = models.DateField("ngày")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    formerly = models.CharField("số ở sổ quỹ cũ", max_length=20, blank=True)
    paper = models.CharField("số chứng từ", max_length=40, blank=True)
    amount = models.DecimalField("số tiền, giá trị (đồng)", max_digits=14, decimal_places=0)
    estimated = models.BooleanField("giá trị ước tính", default=False)
    origin = models.CharField("nguồn thu", max_length=8, choices=Origin, blank=True)
    donor = models.CharField("người ủng hộ", max_length=160, blank=True)
    anonymous = models.BooleanField("không nêu tên khi công khai", default=False)
    purpose = models.CharField("mục đích chi", max_length=10, choices=Purpose, blank=True)
    text = models.CharField("nội dung", max_length=300)
    children = models.PositiveIntegerField("số trẻ em không ghi tên", null=True, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="fund_entries", verbose_name="hoạt động"
    )
    carried_from = models.ForeignKey(Fund, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="từ sổ quỹ cũ")

    objects = FundEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "kind", "year", "number"], name="plans_fundentry_number_once"),
            models.UniqueConstraint(
                fields=["fund", "kind", "year", "paper"], condition=Q(voided_at=None) & ~Q(paper=""),
                name="plans_fundentry_paper_once", violation_error_message="Số chứng từ này đã ghi ở một khoản khác trong năm.",
            ),
            models.CheckConstraint(
                name="plans_fundentry_positive", condition=Q(amount__gt=0),
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
            models.UniqueConstraint(
                fields=["carried_from", "form"], condition=Q(voided_at=None), name="plans_fundentry_carried_once"
            ),
            void_complete("plans_fundentry_void"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["fund", "on"], name="plans_fundentry_flow")]
        verbose_name = "khoản của quỹ"

    def __str__(self):
        return self.code

    @property
    def audit_name(self):
        return f"{self.fund.audit_name} {self.code}"

    @property
    def code(self):
        """ "T03/2024" of what came in, "C12/2024" of what was spent."""
        letter = {"income": "T", "spending": "C", "handed": "B"}.get(self.kind, "Đ")
        return f"{letter}{self.number:02d}/{self.year}"


class FundSupport(models.Model):
    """A support of a named child that an entry paid. The support is the fact; here is only which money it was.

    `released_at`: the entry was voided, and the support may be paid by another one.
    """

    entry = models.ForeignKey(FundEntry, models.PROTECT, related_name="paid", verbose_name="khoản chi")
    support = models.ForeignKey(Support, models.PROTECT, related_name="paid_by", verbose_name="trợ giúp")
    released_at = models.DateTimeField("thôi gắn lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["support"], condition=Q(released_at=None), name="plans_fundsupport_once",
                violation_error_message="Trợ giúp này đã được quỹ chi ở một khoản khác.",
            )
        ]  # fmt: skip
        verbose_name = "trợ giúp do quỹ chi"

    def __str__(self):
        return f"{self.entry_id} {self.support_id}"
