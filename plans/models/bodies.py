"""Boards, standing groups, clubs and networks: founded and renewed by decisions, with members and meetings.

Of a group of children only the number of its members is kept, never a child's name.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from childcare.units.models import Unit
from plans.models.recorded import Recorded, RecordedQuerySet, Spanned, in_order
from plans.models.staff import Staff


class Body(Spanned):
    """A body of a unit. It runs on from year to year until it is ended; `started_on` empty = from before."""

    class Kind(models.TextChoices):
        STANDING = "standing", "Nhóm thường trực bảo vệ trẻ em"
        BOARD = "board", "Ban bảo vệ trẻ em, Ban chỉ đạo công tác trẻ em"
        STEERING = "steering", "Ban điều hành chương trình, dự án"
        NETWORK = "network", "Mạng lưới cộng tác viên, an ninh viên"
        CLUB = "club", "Câu lạc bộ quyền trẻ em"
        CORE = "core", "Nhóm trẻ nòng cốt"
        PARENTS = "parents", "Nhóm cha mẹ"
        TEAM = "team", "Đội, tổ, nhóm khác"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies", verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=8, choices=Kind)
    name = models.CharField("tên gọi", max_length=200)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [in_order("plans_body_in_order")]
        indexes = [models.Index(fields=["unit", "kind"], name="plans_body_stock")]
        verbose_name = "ban, nhóm, câu lạc bộ"

    def __str__(self):
        return self.name

    @property
    def audit_name(self):
        return f"{self.name}, {self.unit.name}"

    @property
    def of_children(self):
        """True for a group of children: only their number is kept."""
        return self.kind in (self.Kind.CLUB, self.Kind.CORE)

    @property
    def last_day(self):
        return self.ended_on - timedelta(days=1) if self.ended_on else None


class OfBodyQuerySet(RecordedQuerySet):
    UNIT = "body__unit"


class BodyDecision(Recorded):
    """A decision that founded or renewed a body, or the roll of a club: number, day, until when, how many children."""

    class Kind(models.TextChoices):
        FOUNDING = "founding", "Thành lập"
        RENEWAL = "renewal", "Kiện toàn"

    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions", verbose_name="ban, nhóm")
    kind = models.CharField("nội dung", max_length=8, choices=Kind)
    number = models.CharField("số quyết định", max_length=60, blank=True)
    signed_on = models.DateField("ngày quyết định", null=True, blank=True)
    valid_until = models.DateField("hiệu lực đến hết ngày", null=True, blank=True)
    children = models.PositiveIntegerField("số trẻ em là thành viên", null=True, blank=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="plans_bodydecision_in_order",
                condition=Q(signed_on=None) | Q(valid_until=None) | Q(signed_on__lte=models.F("valid_until")),
                violation_error_message="Ngày hết hiệu lực ở trước ngày quyết định.",
            )
        ]
        verbose_name = "quyết định của ban, nhóm"

    def __str__(self):
        return " ".join(filter(None, [self.get_kind_display(), self.number]))

    @property
    def audit_name(self):
        return str(self)


class BodyMember(Spanned):
    """An adult in a body: somebody of the staff list, or a name with his post."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="members", verbose_name="ban, nhóm")
    staff = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="người trong danh sách nhân lực"
    )
    name = models.CharField("họ và tên", max_length=120)
    role = models.CharField("vai trò", max_length=80, blank=True)
    position = models.CharField("chức vụ, cơ quan", max_length=160, blank=True)
    place = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [in_order("plans_bodymember_in_order")]
        verbose_name = "thành viên"

    def __str__(self):
        return self.name

    @property
    def audit_name(self):
        return f"thành viên {self.pk}"


class BodyMeeting(Recorded):
    """A meeting: day, content, number of the minutes."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="ban, nhóm")
    held_on = models.DateField("ngày họp")
    content = models.TextField("nội dung, kết luận")
    minutes = models.CharField("số biên bản", max_length=60, blank=True)
    present = models.PositiveSmallIntegerField("số người dự", null=True, blank=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "cuộc họp"

    def __str__(self):
        return f"Họp {self.held_on:%d/%m/%Y}"

    @property
    def audit_name(self):
        return str(self)
