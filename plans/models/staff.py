"""Who works with children in a unit, with or without an account; dated posts; who came to which training."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from childcare.lib.vietnamese import fold, name_key
from childcare.units.models import Unit
from plans.models.activities import Activity
from plans.models.recorded import Recorded, RecordedQuerySet, Spanned, in_order


class StaffQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """People with a post, of any time, that the officer may see. The only rule for them."""
        posts = StaffPost.objects.visible_to(officer).valid().filter(staff=OuterRef("pk"))
        return self.filter(Exists(posts))


class Staff(models.Model):
    """A person who works with children. Nothing is kept of him but the name, and a phone number when he gives it."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("họ và tên", max_length=120)
    folded_name = models.CharField("tên không dấu", max_length=120, editable=False, db_index=True)
    name_key = models.CharField("khóa sắp tên", max_length=200, editable=False)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    officer = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name="tài khoản"
    )
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = StaffQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        verbose_name = "người làm công tác trẻ em"

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        self.folded_name, self.name_key = fold(self.name), name_key(self.name)
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "folded_name", "name_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def audit_name(self):
        return f"nhân lực {self.pk}"


class StaffPost(Spanned):
    """What a person does for children in a unit, from when to when. A hamlet's collaborator stands at the hamlet itself.

    This is the one list of who works; an account (Appointment) only says who may sign in and see what.
    """

    class Kind(models.TextChoices):
        LEADER = "leader", "Lãnh đạo phụ trách"
        OFFICIAL = "official", "Công chức phụ trách (LĐ-TB&XH, VH-XH)"
        WORKER = "worker", "Người làm công tác bảo vệ trẻ em cấp xã"
        COLLABORATOR = "collaborator", "Cộng tác viên thôn, tổ dân phố"
        SOCIAL_WORKER = "social_worker", "Nhân viên công tác xã hội"
        HEALTH = "health", "Y tế trường học, trạm y tế"
        TEACHER = "teacher", "Giáo viên, Tổng phụ trách Đội"
        SECURITY = "security", "An ninh viên"
        SPEAKER = "speaker", "Tuyên truyền viên"
        VOLUNTEER = "volunteer", "Tình nguyện viên"
        OTHER = "other", "Khác"

    class Time(models.TextChoices):
        UNKNOWN = "", "Chưa rõ"
        FULL = "full", "Chuyên trách"
        PART = "part", "Kiêm nhiệm"

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts", verbose_name="người")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff_posts", verbose_name="nơi làm việc")
    kind = models.CharField("công việc", max_length=14, choices=Kind)
    position = models.CharField("chức danh", max_length=120, blank=True)
    time = models.CharField("chế độ", max_length=4, choices=Time, blank=True, default="")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay cho")

    objects = RecordedQuerySet.as_manager()

    class Meta:
        constraints = [
            in_order("plans_staffpost_in_order"),
            models.UniqueConstraint(
                fields=["staff", "unit", "kind"], condition=Q(voided_at=None, ended_on=None), name="plans_staffpost_open_once",
                violation_error_message="Người này đang làm đúng việc ấy ở nơi này: không cần ghi lần nữa.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "kind"], name="plans_staffpost_stock")]
        verbose_name = "công việc của nhân lực"

    def __str__(self):
        return f"{self.get_kind_display()} · {self.unit}"

    @property
    def audit_name(self):
        return f"{self.get_kind_display()}, {self.unit.name}"

    @property
    def last_day(self):
        """The last day of the post; None while it runs."""
        return self.ended_on - timedelta(days=1) if self.ended_on else None


class AttendanceQuerySet(RecordedQuerySet):
    UNIT = "activity__unit"


class TrainingAttendance(Recorded):
    """A person came to a training: an Activity of the kind "tập huấn"."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attendance", verbose_name="lớp tập huấn")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="attendance", verbose_name="người dự")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "staff"], condition=Q(voided_at=None), name="plans_attendance_once",
                violation_error_message="Người này đã được đánh dấu có dự lớp này.",
            )
        ]  # fmt: skip
        verbose_name = "người dự tập huấn"

    def __str__(self):
        return f"{self.staff} · {self.activity}"
