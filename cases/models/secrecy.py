"""Who is suspected, whom an officer declares as his own, who opened a file in an emergency, who asked to lift a restriction."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.files import Case
from cases.querysets import CasePartQuerySet
from cases.querysets_secrecy import DeclaredQuerySet, LiftQuerySet, OpeningQuerySet
from childcare.children.models import FileAccess
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

OFFICER = settings.AUTH_USER_MODEL


class KnownPerson(models.Model):
    """A person as far as known. The two keys are blind indexes: equal for equal numbers, useless without the key."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    name = EncryptedTextField("họ và tên", blank=True, default="")
    born = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    identity = EncryptedTextField("số định danh", blank=True, default="")
    identity_key = models.CharField("dấu của số định danh", max_length=64, blank=True, db_index=True, editable=False)
    phone = EncryptedTextField("điện thoại", blank=True, default="")
    phone_key = models.CharField("dấu của điện thoại", max_length=64, blank=True, db_index=True, editable=False)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        abstract = True


class DeclaredPerson(KnownPerson):
    """The officer himself or one of his kin, as he declared it. Seen by himself alone; read by the matching besides."""

    class Relation(models.TextChoices):
        SELF = "self", "Bản thân"
        SPOUSE = "spouse", "Vợ, chồng"
        PARENT = "parent", "Cha, mẹ (cả bên vợ, chồng)"
        CHILD = "child", "Con"
        SIBLING = "sibling", "Anh, chị, em ruột"
        KIN = "kin", "Người thân khác"

    officer = models.ForeignKey(OFFICER, models.CASCADE, related_name="declared_persons", verbose_name="cán bộ")
    relation = models.CharField("là", max_length=8, choices=Relation)

    objects = DeclaredQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "người thân do cán bộ khai"

    def __str__(self):
        return f"{self.officer_id} {self.relation}"

    @property
    def audit_name(self):
        return ""


class Suspect(KnownPerson):
    """Who is suspected of the harm. A correction voids the row and adds another."""

    class Relation(models.TextChoices):
        UNKNOWN = "", "Chưa rõ"
        FATHER = "father", "Cha"
        MOTHER = "mother", "Mẹ"
        STEPPARENT = "stepparent", "Cha dượng, mẹ kế"
        KIN = "kin", "Người thân khác"
        CARER = "carer", "Người chăm sóc, giáo viên"
        KNOWN = "known", "Người quen, hàng xóm"
        STRANGER = "stranger", "Người lạ"

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspects", verbose_name="hồ sơ")
    relation = models.CharField("quan hệ với trẻ em", max_length=10, choices=Relation, blank=True, default="")
    works_in = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đơn vị công tác của người đó hoặc người thân",
    )
    note = EncryptedTextField("điều đã biết khác", blank=True, default="")
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho dòng"
    )

    objects = CasePartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "người bị nghi gây hại"

    def __str__(self):
        return f"{self.case_id} {self.pk}"

    @property
    def audit_name(self):
        return ""


class SecrecyRule(models.Model):
    """Units of which kind hold restricted files, and who decides there in place of the commune's chairman. Data, not law."""

    class Post(models.TextChoices):
        CHAIR = "chair", "Chủ tịch UBND của đơn vị giữ hồ sơ"
        OFFICE = "office", "Thủ trưởng phòng, sở của đơn vị giữ hồ sơ"

    unit_kind = models.CharField("cấp", max_length=10, choices=[("district", "Cấp huyện"), ("province", "Cấp tỉnh")])
    holds = models.BooleanField("giữ hồ sơ hạn chế", default=True)
    decider = models.CharField("người quyết định thay", max_length=200)
    post = models.CharField("văn bản do ai ký", max_length=8, choices=Post, default=Post.CHAIR)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["unit_kind", F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit_kind", "valid_from"], name="cases_secrecyrule_once"),
            models.UniqueConstraint(fields=["unit_kind"], condition=Q(valid_from=None), name="cases_secrecyrule_from_before"),
            models.CheckConstraint(
                name="cases_secrecyrule_dates",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]
        verbose_name = "quy tắc giữ hồ sơ hạn chế"

    def __str__(self):
        return f"{self.unit_kind} {self.valid_from}"


class LiftProposal(models.Model):
    """One officer of the holding unit proposes to lift the restriction, or an exclusion; another confirms or refuses."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="lift_proposals", verbose_name="hồ sơ")
    exclusion = models.ForeignKey(
        FileAccess, models.CASCADE, null=True, blank=True, related_name="lift_proposals", verbose_name="việc loại trừ"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị quyết định")
    reason = EncryptedTextField("lý do")
    proposed_by = models.ForeignKey(OFFICER, models.PROTECT, related_name="+", verbose_name="người đề nghị")
    proposed_at = models.DateTimeField("đề nghị lúc")
    decided_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người quyết định"
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    confirmed = models.BooleanField("đồng ý", null=True, blank=True)
    answer = EncryptedTextField("ý kiến", blank=True, default="")

    objects = LiftQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cases_lift_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                violation_error_message="Người xác nhận phải khác người đề nghị.",
            ),
            models.CheckConstraint(
                name="cases_lift_decided_together",
                condition=Q(decided_by=None, decided_at=None, confirmed=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, confirmed__isnull=False),
                violation_error_message="Người quyết định, ngày và kết quả phải đi cùng nhau.",
            ),
        ]
        verbose_name = "đề nghị bỏ hạn chế"

    def __str__(self):
        return f"{self.case_id} {self.proposed_at:%Y-%m-%d}"

    @property
    def audit_name(self):
        return ""


class EmergencyOpening(models.Model):
    """Somebody outside the team opened a file for three hours, why, and whom the system told at once."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="emergency_openings", verbose_name="hồ sơ")
    officer = models.ForeignKey(OFFICER, models.PROTECT, related_name="+", verbose_name="người mở")
    reason = EncryptedTextField("lý do")
    opened_at = models.DateTimeField("mở lúc")
    until = models.DateTimeField("đến lúc")
    told = models.ManyToManyField(OFFICER, related_name="+", verbose_name="đã báo")
    reviewed_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xem xét"
    )
    reviewed_at = models.DateTimeField("xem xét lúc", null=True, blank=True)
    justified = models.BooleanField("có lý do chính đáng", null=True, blank=True)
    finding = EncryptedTextField("nhận xét", blank=True, default="")

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cases_opening_not_own_judge",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("officer")),
                violation_error_message="Người mở hồ sơ không tự xem xét việc mở của mình.",
            )
        ]
        verbose_name = "lần mở hồ sơ khẩn cấp"

    def __str__(self):
        return f"{self.case_id} {self.opened_at:%Y-%m-%d %H:%M}"

    @property
    def audit_name(self):
        return ""
