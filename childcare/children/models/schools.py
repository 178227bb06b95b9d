"""Pupils as their school wrote them, and the dated rows that say who attended which class."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.children.models.base import DatedFact, dates_in_order, void_complete
from childcare.children.models.people import Child
from childcare.children.querysets_schools import EnrolmentQuerySet, PupilQuerySet
from childcare.lib.calendar import PartialDate
from childcare.units.models import Unit


class Pupil(models.Model):
    """A school's own row about a pupil: what the school brought. The link to the registry is made apart from it.

    `child` set: matched. `asked`: the unit that has to say which child it is. Neither: nobody asked knows the pupil.
    """

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pupils", verbose_name="trường")
    code = models.CharField("mã học sinh", max_length=40, blank=True)
    full_name = models.CharField("họ và tên", max_length=120, blank=True)
    folded_name = models.CharField("tên để tìm", max_length=120, blank=True, editable=False)
    name_key = models.CharField("khóa xếp tên", max_length=200, blank=True, editable=False)
    birth_earliest = models.DateField("sinh sớm nhất", null=True, blank=True)
    birth_latest = models.DateField("sinh muộn nhất", null=True, blank=True)
    birth_precision = models.CharField("độ chính xác ngày sinh", max_length=9, choices=Child.Precision, blank=True)
    sex = models.CharField("giới tính", max_length=1, choices=Child.Sex, blank=True)
    ethnic = models.CharField("dân tộc", max_length=4, blank=True)
    identity_number = models.CharField("số định danh cá nhân", max_length=40, null=True, blank=True)
    identity_valid = models.BooleanField("số định danh hợp lệ", default=False)
    mother_name = models.CharField("họ tên mẹ", max_length=120, blank=True)
    father_name = models.CharField("họ tên cha", max_length=120, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    address = models.CharField("chỗ ở", max_length=300, blank=True)
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="pupils", verbose_name="trẻ em")
    asked = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nơi được hỏi")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận"
    )
    decided_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = PupilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"], condition=~Q(code=""), name="children_pupil_code_once",
                violation_error_message="Trường đã có học sinh mang mã này.",
            ),
            models.CheckConstraint(
                name="children_pupil_matched_or_asked", condition=Q(child=None) | Q(asked=None),
                violation_error_message="Học sinh đã khớp thì không còn phải hỏi.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "name_key", "id"], name="children_pupil_by_name"),
            models.Index(fields=["asked", "name_key", "id"], name="children_pupil_asked"),
        ]
        verbose_name = "học sinh"

    def __str__(self):
        return self.full_name or "(thiếu tên)"

    @property
    def audit_name(self):
        return ""  # the log never holds a child's name

    @property
    def birth(self):
        """The birth date with its precision, or None."""
        if self.birth_latest is None:
            return None
        return PartialDate(self.birth_earliest, self.birth_latest, self.birth_precision)

    @property
    def state(self):
        """ "matched", "asked" or "unknown": all that a school learns of the registry."""
        return "matched" if self.child_id else "asked" if self.asked_id else "unknown"


class Enrolment(DatedFact):
    """A pupil in a class of a school in a school year. `child` is the pupil's, kept here so that a child has one open row."""

    class StartReason(models.TextChoices):
        LIST = "list", "Theo danh sách của trường"
        PROMOTED = "promoted", "Lên lớp"
        CLASS = "class", "Đổi lớp"
        UNIT_CHANGE = "unit_change", "Thay đổi đơn vị hành chính"
        CORRECTION = "correction", "Đính chính"

    class EndReason(models.TextChoices):
        PROMOTED = "promoted", "Hết năm học"
        CLASS = "class", "Đổi lớp"
        GRADUATED = "graduated", "Ra trường, hết cấp học"
        TRANSFERRED = "transferred", "Chuyển trường"
        DROPOUT = "dropout", "Bỏ học"
        UNIT_CHANGE = "unit_change", "Thay đổi đơn vị hành chính"
        DIED = "died", "Mất"
        OTHER = "other", "Lý do khác"

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="enrolments", verbose_name="học sinh")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="enrolments", verbose_name="trẻ em")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="enrolments", verbose_name="trường")
    school_year = models.PositiveSmallIntegerField("năm học (năm bắt đầu)")
    class_name = models.CharField("lớp", max_length=20, blank=True)
    start_reason = models.CharField("lý do bắt đầu", max_length=12, choices=StartReason, default=StartReason.LIST)
    end_reason = models.CharField("lý do kết thúc", max_length=12, choices=EndReason, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(ended_on=None, voided_at=None), name="children_enrolment_child_one_open",
                violation_error_message="Trẻ em này đang học ở một trường khác.",
            ),
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(ended_on=None, voided_at=None), name="children_enrolment_pupil_one_open",
                violation_error_message="Học sinh này đang học ở một lớp rồi.",
            ),
            dates_in_order("children_enrolment_dates"),
            void_complete("children_enrolment_void"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "ended_on", "started_on"], name="children_enrolment_stock")]
        verbose_name = "học ở trường"

    def __str__(self):
        return f"{self.pupil_id} {self.class_name} {self.school_year}"

    @property
    def year_text(self):
        """ "2023–2024"."""
        return f"{self.school_year}–{self.school_year + 1}"
