"""Places and works for children, houses examined as safe homes, hamlets where children are at high risk."""

import uuid
from datetime import timedelta

from django.db import models

from childcare.children.models import Household
from childcare.units.models import Unit
from plans.models.recorded import Recorded, RecordedQuerySet, Spanned, in_order


class ChildPlace(Spanned):
    """A place or work for children in one state from a day on. A new state ends the row and adds one of the same `thing`."""

    class Kind(models.TextChoices):
        PLAY = "play", "Điểm vui chơi, sân chơi"
        CULTURE = "culture", "Thiết chế văn hóa, thể thao"
        POOL = "pool", "Bể bơi, điểm dạy bơi"
        YARD = "yard", "Sân chơi, bãi tập có mái che"
        TOILET = "toilet", "Nhà vệ sinh"
        WATER = "water", "Công trình nước sạch"
        ROOMS = "rooms", "Phòng học, phòng ở, nhà ở của trẻ em"
        UPGRADE = "upgrade", "Nâng cấp, mở rộng, mua trang thiết bị"
        OTHER = "other", "Công trình khác cho trẻ em"

    class State(models.TextChoices):
        PLANNED = "planned", "Đang vận động, chờ làm"
        BUILDING = "building", "Đang làm"
        USED = "used", "Đang dùng"
        BROKEN = "broken", "Hư hỏng, chưa dùng được"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="child_places", verbose_name="ở đâu")
    thing = models.UUIDField("mã công trình", default=uuid.uuid4, editable=False, db_index=True)
    kind = models.CharField("loại", max_length=8, choices=Kind)
    name = models.CharField("tên", max_length=200)
    state = models.CharField("tình trạng", max_length=8, choices=State, default=State.USED)
    year = models.PositiveSmallIntegerField("năm làm", null=True, blank=True)
    money = models.DecimalField("kinh phí (đồng)", max_digits=14, decimal_places=0, null=True, blank=True)
    source = models.CharField("nguồn kinh phí", max_length=120, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [in_order("plans_childplace_in_order")]
        indexes = [models.Index(fields=["unit", "kind", "state"], name="plans_childplace_stock")]
        verbose_name = "điểm vui chơi, công trình cho trẻ em"

    def __str__(self):
        return self.name

    @property
    def audit_name(self):
        return f"{self.name}, {self.unit.name}"

    @property
    def last_day(self):
        return self.ended_on - timedelta(days=1) if self.ended_on else None


class SafeHome(Recorded):
    """A house examined against the criteria of Ngôi nhà an toàn; the last examination up to a day is the one that counts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="safe_homes", verbose_name="thôn, tổ dân phố")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="safe_homes", verbose_name="hộ trong sổ"
    )
    head = models.CharField("chủ hộ ngoài sổ", max_length=120, blank=True)
    assessed_on = models.DateField("ngày đánh giá")
    met = models.BooleanField("đạt")
    unmet = models.JSONField("tiêu chí chưa đạt", default=list, blank=True)
    note = models.CharField("cần sửa gì", max_length=300, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        indexes = [models.Index(fields=["unit", "assessed_on"], name="plans_safehome_stock")]
        verbose_name = "đánh giá ngôi nhà an toàn"

    def __str__(self):
        return f"{self.assessed_on:%d/%m/%Y} {'đạt' if self.met else 'chưa đạt'}"

    @property
    def audit_name(self):
        return f"{self.unit.name} {self}"


class SafeHomeCriterion(models.Model):
    """One criterion of Ngôi nhà an toàn as data; not held against the text until `verified`."""

    code = models.CharField("mã", max_length=10, unique=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("tiêu chí", max_length=300)
    active = models.BooleanField("đang dùng", default=True)
    verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "tiêu chí ngôi nhà an toàn"

    def __str__(self):
        return self.text

    @property
    def audit_name(self):
        return self.code


class RiskArea(Spanned):
    """A hamlet or commune where children are at high risk of special circumstances, with the reasons, from when to when."""

    REASONS = {
        "poor": "nhiều hộ nghèo, cận nghèo", "drugs": "ma túy", "gambling": "cờ bạc", "alcohol": "nghiện rượu",
        "theft": "trộm cắp", "vice": "mại dâm", "water": "ao, hồ, sông không rào", "traffic": "giao thông nguy hiểm",
        "work": "làng nghề, cơ sở có lao động trẻ em", "migration": "cha mẹ đi làm ăn xa", "other": "lý do khác",
    }  # fmt: skip

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="risk_areas", verbose_name="thôn, tổ dân phố, xã")
    reasons = models.JSONField("lý do", default=list)
    note = models.CharField("cụ thể", max_length=300, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "-started_on", "-pk"]
        constraints = [in_order("plans_riskarea_in_order")]
        verbose_name = "cộng đồng nguy cơ cao"

    def __str__(self):
        return self.why

    @property
    def audit_name(self):
        return self.unit.name

    @property
    def why(self):
        """The reasons in words."""
        words = [self.REASONS[key] for key in self.reasons if key in self.REASONS]
        return "; ".join(filter(None, [*words, self.note]))

    @property
    def last_day(self):
        return self.ended_on - timedelta(days=1) if self.ended_on else None
