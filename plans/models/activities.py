"""What was done: activities with their day, place, participants and money."""

import uuid

from django.conf import settings
from django.db import models

from childcare.lib.calendar import show
from childcare.units.models import Unit
from plans.models.plans import Target
from plans.models.tasks import Task
from plans.querysets import ActivityQuerySet


class Activity(models.Model):
    """What was done: kind, day, unit, participants by kind, money. Flow: counted at its unit and day."""

    class Kind(models.TextChoices):
        COMMUNICATION = "communication", "Truyền thông"
        TRAINING = "training", "Tập huấn"
        ACTION_MONTH = "action_month", "Tháng hành động vì trẻ em"
        MID_AUTUMN = "mid_autumn", "Tết Trung thu"
        FORUM = "forum", "Diễn đàn trẻ em"
        PARTICIPATION = "participation", "Hoạt động quyền tham gia của trẻ em"
        GIFTS = "gifts", "Thăm hỏi, tặng quà"
        SCREENING = "screening", "Khám sàng lọc, khám sức khỏe"
        VOCATION = "vocation", "Lớp học nghề"
        SWIMMING = "swimming", "Dạy bơi, giải bơi"
        CLUB = "club", "Sinh hoạt câu lạc bộ, nhóm trẻ nòng cốt"
        CULTURE = "culture", "Văn nghệ, thể thao, vui chơi"
        SURVEY = "survey", "Khảo sát, rà soát"
        FUNDRAISING = "fundraising", "Vận động nguồn lực"
        INSPECTION = "inspection", "Kiểm tra, giám sát"
        GUIDANCE = "guidance", "Ban hành văn bản chỉ đạo"
        OTHER = "other", "Hoạt động khác"

    class Occasion(models.TextChoices):
        NONE = "", "Không nhân dịp nào"
        ACTION_MONTH = "action_month", "Tháng hành động vì trẻ em, 1/6"
        MID_AUTUMN = "mid_autumn", "Tết Trung thu"
        NEW_YEAR = "new_year", "Tết Nguyên đán"
        SCHOOL_YEAR = "school_year", "Khai giảng năm học"
        SUDDEN = "sudden", "Đột xuất"
        OTHER = "other", "Dịp khác"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="activities", verbose_name="đơn vị thực hiện")
    held_on = models.DateField("ngày")  # the last day of an activity of several days: on it the activity counts
    begins_on = models.DateField("bắt đầu", null=True, blank=True)
    planned = models.BooleanField("mới là dự kiến", default=False)  # counted nowhere before it is held
    occasion = models.CharField("nhân dịp", max_length=12, choices=Occasion, blank=True, default="")
    kind = models.CharField("loại", max_length=16, choices=Kind)
    title = models.CharField("nội dung", max_length=300)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    children = models.PositiveIntegerField("lượt trẻ em", null=True, blank=True)
    adults = models.PositiveIntegerField("lượt người lớn", null=True, blank=True)
    staff = models.PositiveIntegerField("cán bộ, cộng tác viên được tập huấn", null=True, blank=True)
    products = models.PositiveIntegerField("sản phẩm truyền thông", null=True, blank=True)
    gifts = models.PositiveIntegerField("suất quà", null=True, blank=True)
    money = models.DecimalField("kinh phí (đồng)", max_digits=14, decimal_places=0, null=True, blank=True)
    raised = models.DecimalField("vận động được (đồng)", max_digits=14, decimal_places=0, null=True, blank=True)
    source = models.CharField("nguồn kinh phí", max_length=120, blank=True)
    note = models.TextField("ghi chú", blank=True)
    targets = models.ManyToManyField(Target, blank=True, related_name="activities", verbose_name="phục vụ chỉ tiêu")
    tasks = models.ManyToManyField(Task, blank=True, related_name="activities", verbose_name="thực hiện nhiệm vụ")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "held_on", "kind"], name="plans_activity_flow")]
        constraints = [
            models.CheckConstraint(
                name="plans_activity_days_in_order",
                condition=models.Q(begins_on=None) | models.Q(begins_on__lte=models.F("held_on")),
                violation_error_message="Ngày bắt đầu không được sau ngày kết thúc.",
            )
        ]
        verbose_name = "hoạt động"

    def __str__(self):
        return self.title

    @property
    def audit_name(self):
        return f"{self.unit.name} {self.held_on:%d/%m/%Y}"

    @property
    def people_trained(self):
        """How many people are ticked as having come to this training."""
        return self.attendance.filter(voided_at=None).count()

    @property
    def days(self):
        """ "01/06/2024" or "28/05/2024 – 01/06/2024"."""
        return f"{show(self.begins_on)} – {show(self.held_on)}" if self.begins_on else show(self.held_on)
