"""Children, their households, carers and where they live."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from childcare.children.codes import code_of
from childcare.children.models.base import DatedFact, Fact, dates_in_order, void_complete
from childcare.children.models.found import FoundByField
from childcare.children.querysets import (
    ChildManager,
    ChildQuerySet,
    HouseholdQuerySet,
    MembershipQuerySet,
    PovertyQuerySet,
    ResidenceQuerySet,
)
from childcare.lib.calendar import PartialDate, age_on, today
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

EVERY = Q(id__gt=0)


class Household(models.Model):
    """A family at an address. Its members are dated rows."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="households", verbose_name="địa bàn")
    head_name = models.CharField("chủ hộ", max_length=120, blank=True)
    head_folded = models.CharField("chủ hộ (so khớp)", max_length=120, blank=True, db_index=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    found_by = FoundByField("chủ hộ, điện thoại để tìm", names=["head_name"], numbers=["phone"])
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "hộ gia đình"

    def __str__(self):
        return self.head_name or "Hộ chưa rõ chủ hộ"

    @property
    def audit_name(self):
        return f"hộ {self.public_id}"


class Child(models.Model):
    """A child, or a person of 16–17 who is still followed. Own fields are corrected in place with a ChildRevision each."""

    class Sex(models.TextChoices):
        MALE = "m", "nam"
        FEMALE = "f", "nữ"

    class NameState(models.TextChoices):
        NAMED = "named", "có tên"
        UNNAMED = "unnamed", "chưa đặt tên"
        MISSING = "missing", "thiếu tên"

    class Precision(models.TextChoices):
        DAY = "day", "ngày"
        MONTH = "month", "tháng"
        YEAR = "year", "năm"
        ESTIMATED = "estimated", "ước lượng"

    class MinistryState(models.TextChoices):
        UNKNOWN = "", "Chưa rõ"
        PRESENT = "present", "Đã có"
        ABSENT = "absent", "Chưa có"
        DIFFERENT = "different", "Khác thông tin"

    class Removal(models.TextChoices):
        IMPORT_UNDONE = "import_undone", "Hoàn tác lần nhập tệp"
        MERGED = "merged", "Đã gộp vào trẻ khác"

    public_id = models.UUIDField("mã trẻ", default=uuid.uuid4, unique=True, editable=False)
    full_name = models.CharField("họ và tên", max_length=120, blank=True)
    name_state = models.CharField("tình trạng tên", max_length=8, choices=NameState, default=NameState.NAMED)
    folded_name = models.CharField("tên để tìm", max_length=120, blank=True, editable=False)
    name_key = models.CharField("khóa xếp tên", max_length=200, blank=True, editable=False)
    birth_earliest = models.DateField("sinh sớm nhất", null=True, blank=True)
    birth_latest = models.DateField("sinh muộn nhất", null=True, blank=True)
    birth_precision = models.CharField("độ chính xác ngày sinh", max_length=9, choices=Precision, blank=True)
    birth_text = models.CharField("ngày sinh như đã ghi", max_length=60, blank=True)
    sex = models.CharField("giới tính", max_length=1, choices=Sex, blank=True)
    ethnic = models.CharField("dân tộc", max_length=4, blank=True)
    identity_number = models.CharField("số định danh cá nhân", max_length=40, null=True, blank=True)
    identity_valid = models.BooleanField("số định danh hợp lệ", default=False)
    identity_verified_on = models.DateField("ngày công an xác thực", null=True, blank=True)
    birth_certificate = models.CharField("giấy khai sinh", max_length=60, blank=True)
    insurance_number = models.CharField("số thẻ BHYT", max_length=30, blank=True)
    insurance_until = models.DateField("thẻ BHYT đến ngày", null=True, blank=True)
    ministry_state = models.CharField("trên phần mềm của Bộ", max_length=10, choices=MinistryState, blank=True, default="")
    mother_name = models.CharField("họ tên mẹ", max_length=120, blank=True)
    father_name = models.CharField("họ tên cha", max_length=120, blank=True)
    phone = models.CharField("điện thoại gia đình", max_length=30, blank=True)
    found_by = FoundByField("cha mẹ, điện thoại để tìm", names=["mother_name", "father_name"], numbers=["phone"])
    schooling = models.CharField("tình trạng học", max_length=40, blank=True)
    school_name = models.CharField("trường, lớp", max_length=160, blank=True)
    twin = models.BooleanField("sinh đôi, sinh ba", default=False)
    note = EncryptedTextField("ghi chú", blank=True, default="")
    # Copies of the open residence, as of now, written only by actions.residence; the dated rows decide for a past date.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="địa bàn hiện nay")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="children", verbose_name="hộ hiện nay"
    )
    residing = models.BooleanField("đang cư trú", default=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)
    # Set by actions.removal only: the row stays for the history, but is no child of the registry (docs/decisions/removal.md).
    removed_at = models.DateTimeField("đưa ra khỏi sổ lúc", null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đưa ra khỏi sổ"
    )
    removed_reason = models.CharField("lý do đưa ra khỏi sổ", max_length=20, choices=Removal, blank=True, default="")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = ChildManager()
    with_removed = ChildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number"], condition=Q(identity_valid=True, removed_at=None),
                name="children_child_identity_once",
                violation_error_message="Số định danh này đã có ở một trẻ khác.",
            ),
            models.CheckConstraint(
                name="children_child_removal_complete",
                condition=Q(removed_at=None, removed_reason="") | (Q(removed_at__isnull=False) & ~Q(removed_reason="")),
                violation_error_message="Trẻ đưa ra khỏi sổ phải có lý do.",
            ),
            models.CheckConstraint(
                name="children_child_birth_complete",
                condition=Q(birth_precision="", birth_latest=None, birth_earliest=None)
                | (~Q(birth_precision="") & Q(birth_latest__isnull=False, birth_earliest__isnull=False)),
                violation_error_message="Ngày sinh phải có độ chính xác.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "name_key", "id"], name="children_child_by_name"),
            models.Index(fields=["unit", "birth_latest", "id"], name="children_child_by_birth"),
            models.Index(fields=["unit", "-changed_at", "-id"], name="children_child_by_change"),
            models.Index(fields=["unit", "folded_name"], name="children_child_by_folded"),
            models.Index(fields=["folded_name"], name="children_child_folded"),
            # Of a whole district or province: in order at once, whatever its size. Only a question that says pk > 0 may use
            # them (listing.filtered does where many units are asked for): a commune would be sought through all children.
            models.Index(fields=["name_key", "id"], condition=EVERY, name="children_child_all_by_name"),
            models.Index(
                Coalesce("birth_latest", models.Value(date.max)), "id", condition=EVERY, name="children_child_all_by_birth"
            ),
            models.Index(fields=["-changed_at", "-id"], condition=EVERY, name="children_child_all_by_change"),
        ]
        verbose_name = "trẻ em"

    def __str__(self):
        return self.full_name or self.get_name_state_display()

    @property
    def audit_name(self):
        return ""  # the log never holds a child's name

    @property
    def code(self):
        """The code on paper: "TE0001237"."""
        return code_of(self.pk)

    @property
    def display_name(self):
        """The name, or in its place what is known: "(chưa đặt tên)"."""
        return self.full_name or f"({self.get_name_state_display()})"

    @property
    def birth(self):
        """The birth date with its precision, or None."""
        if self.birth_latest is None:
            return None
        return PartialDate(self.birth_earliest, self.birth_latest, self.birth_precision)

    @property
    def age(self):
        """Completed years today by the last day that the birth date allows; None when unknown."""
        return None if self.birth_latest is None else age_on(self.birth_latest, today())


class Residence(DatedFact):
    """Where a child lives, in one unit (hamlet, or the commune when the hamlet is unknown). Decides every stock figure."""

    class Kind(models.TextChoices):
        PERMANENT = "permanent", "Thường trú"
        TEMPORARY = "temporary", "Tạm trú"
        AWAY = "away", "Đi vắng"

    class Reason(models.TextChoices):
        EXISTING = "existing", "Có sẵn khi lập sổ"
        BIRTH = "birth", "Sinh ra"
        ARRIVAL = "arrival", "Chuyển đến"
        DEPARTURE = "departure", "Chuyển đi"
        DEATH = "death", "Tử vong"
        UNIT_CHANGE = "unit_change", "Thay đổi đơn vị hành chính"
        CORRECTION = "correction", "Đính chính"

    child = models.ForeignKey(Child, models.PROTECT, related_name="residences", verbose_name="trẻ em")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="residences", verbose_name="địa bàn")
    kind = models.CharField("loại cư trú", max_length=10, choices=Kind, default=Kind.PERMANENT)
    start_reason = models.CharField("lý do bắt đầu", max_length=12, choices=Reason, default=Reason.EXISTING)
    end_reason = models.CharField("lý do kết thúc", max_length=12, choices=Reason, blank=True)
    protected_file = models.ForeignKey(
        "children.ProtectedFile", models.PROTECT, null=True, blank=True, related_name="residences"
    )

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on=None, voided_at=None), name="children_residence_one_open",
                violation_error_message="Trẻ em này đã có nơi cư trú đang hiệu lực.",
            ),
            dates_in_order("children_residence_dates"),
            void_complete("children_residence_void"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "ended_on", "started_on"], name="children_residence_stock")]
        verbose_name = "cư trú"

    def __str__(self):
        return f"{self.child_id} {self.unit}"


class Membership(DatedFact):
    """A child in a household."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="memberships", verbose_name="trẻ em")
    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships", verbose_name="hộ")
    relation_to_head = models.CharField("quan hệ với chủ hộ", max_length=40, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on=None, voided_at=None), name="children_membership_one_open"
            ),
            dates_in_order("children_membership_dates"),
            void_complete("children_membership_void"),
        ]
        verbose_name = "thành viên hộ"

    def __str__(self):
        return f"{self.child_id} {self.household_id}"


class Caregiver(DatedFact):
    """Who cares for the child, in which relation."""

    class Relation(models.TextChoices):
        MOTHER = "mother", "Mẹ"
        FATHER = "father", "Cha"
        GRANDPARENT = "grandparent", "Ông, bà"
        RELATIVE = "relative", "Người thân thích"
        GUARDIAN = "guardian", "Người giám hộ"
        FACILITY = "facility", "Cơ sở"
        OTHER = "other", "Người khác"

    child = models.ForeignKey(Child, models.PROTECT, related_name="caregivers", verbose_name="trẻ em")
    name = models.CharField("họ và tên", max_length=120)
    relation = models.CharField("quan hệ", max_length=12, choices=Relation)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    protected_file = models.ForeignKey(
        "children.ProtectedFile", models.PROTECT, null=True, blank=True, related_name="caregivers"
    )

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [dates_in_order("children_caregiver_dates"), void_complete("children_caregiver_void")]
        verbose_name = "người chăm sóc"

    def __str__(self):
        return self.name


class PovertyStatus(Fact):
    """The class of a household in a year. One valid row per household and year."""

    class Level(models.TextChoices):
        POOR = "poor", "hộ nghèo"
        NEAR = "near", "hộ cận nghèo"
        OTHER = "other", "khác"

    household = models.ForeignKey(Household, models.PROTECT, related_name="poverty", verbose_name="hộ")
    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("loại hộ", max_length=5, choices=Level)
    decision = models.CharField("quyết định", max_length=120, blank=True)

    objects = PovertyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "year"], condition=Q(voided_at=None), name="children_poverty_once_a_year",
                violation_error_message="Hộ này đã có loại hộ của năm này.",
            ),
            void_complete("children_poverty_void"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["year", "level", "household"], name="children_poverty_year")]
        verbose_name = "loại hộ theo năm"

    def __str__(self):
        return f"{self.household_id} {self.year} {self.level}"


class ChildRevision(models.Model):
    """One change of one of a child's own fields."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="revisions", verbose_name="trẻ em")
    field = models.CharField("trường", max_length=40)
    old = EncryptedTextField("từ", blank=True, default="")
    new = EncryptedTextField("thành", blank=True, default="")
    at = models.DateTimeField("lúc", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người sửa")
    source = models.CharField("nguồn", max_length=60, blank=True)
    version = models.PositiveIntegerField("phiên bản sau khi sửa", default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = "lịch sử thông tin trẻ em"

    def __str__(self):
        return f"{self.child_id} {self.field}"
