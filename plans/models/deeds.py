"""The details of an activity: people by kind, results, products; money and gifts line by line; photos.

The numbers on the activity itself stay the totals that are counted. Lines say what a part of them is made of.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.documents.models import StoredFile
from plans.models.activities import Activity


class Tally(models.Model):
    """How many of one kind: `times` counts visits (lượt), `people` different persons not yet counted in the same year.

    Only `people` of several activities may be added up to a rate. A row with `sex` or `band` is a part of the row without.
    """

    class What(models.TextChoices):
        CHILDREN = "children", "Trẻ em"
        FAMILY = "family", "Cha mẹ, gia đình"
        SCHOOL = "school", "Nhà trường, giáo viên"
        OFFICER = "officer", "Cán bộ"
        COLLABORATOR = "collaborator", "Cộng tác viên"
        COMMUNITY = "community", "Cộng đồng"
        T_OFFICER = "t_officer", "Cán bộ xã, phường"
        T_COLLABORATOR = "t_collaborator", "Cộng tác viên"
        T_TEACHER = "t_teacher", "Giáo viên"
        T_OTHER = "t_other", "Người khác"
        CONSULTED = "consulted", "Trẻ em từ đủ 7 tuổi được lấy ý kiến"
        ONLINE = "online", "Trẻ em được hướng dẫn tham gia môi trường mạng an toàn"
        RIGHTS = "rights", "Trẻ em được nâng cao nhận thức, năng lực về quyền tham gia"
        LEAFLET = "leaflet", "Tờ rơi, sổ tay"
        PANEL = "panel", "Pa nô, áp phích"
        BANNER = "banner", "Băng rôn, khẩu hiệu"
        ARTICLE = "article", "Tin bài, phóng sự"
        BROADCAST = "broadcast", "Lượt phát thanh"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="tallies", verbose_name="hoạt động")
    what = models.CharField("ai, gì", max_length=14, choices=What)
    sex = models.CharField("giới tính", max_length=1, blank=True, choices=[("m", "nam"), ("f", "nữ")])
    band = models.CharField("nhóm tuổi", max_length=6, blank=True)
    times = models.PositiveIntegerField("lượt, số lượng", null=True, blank=True)
    people = models.PositiveIntegerField("người khác nhau", null=True, blank=True)

    class Meta:
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "what", "sex", "band"], name="plans_tally_once"),
            models.CheckConstraint(
                name="plans_tally_people_within_times",
                condition=Q(people=None) | Q(times=None) | Q(people__lte=models.F("times")),
                violation_error_message="Số người khác nhau không được lớn hơn số lượt.",
            ),
        ]
        verbose_name = "số người của hoạt động"

    def __str__(self):
        return f"{self.get_what_display()} {self.sex}{self.band}".strip()


class ActivityMoney(models.Model):
    """One line of what an activity cost or gave: gifts as suất × đơn giá, or an amount, by source."""

    class Source(models.TextChoices):
        CENTRAL = "central", "Ngân sách trung ương"
        PROVINCE = "province", "Ngân sách tỉnh, thành phố"
        DISTRICT = "district", "Ngân sách quận, huyện"
        COMMUNE = "commune", "Ngân sách xã, phường"
        SCHOOL = "school", "Kinh phí nhà trường"
        FUND = "fund", "Quỹ bảo vệ, bảo trợ trẻ em"
        DONOR = "donor", "Nhà hảo tâm, vận động"
        OTHER = "other", "Nguồn khác"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="moneys", verbose_name="hoạt động")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("nội dung", max_length=200)
    source = models.CharField("nguồn", max_length=10, choices=Source)
    donor = models.CharField("nơi tài trợ", max_length=160, blank=True)
    packs = models.PositiveIntegerField("số suất", null=True, blank=True)
    price = models.DecimalField("đơn giá (đồng)", max_digits=12, decimal_places=0, null=True, blank=True)
    amount = models.DecimalField("thành tiền (đồng)", max_digits=14, decimal_places=0)

    class Meta:
        ordering = ["activity", "position"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "position"], name="plans_activitymoney_once"),
            models.CheckConstraint(
                name="plans_activitymoney_product",
                condition=Q(price=None) | Q(packs=None) | Q(amount=models.F("packs") * models.F("price")),
                violation_error_message="Thành tiền phải bằng số suất nhân đơn giá.",
            ),
        ]
        verbose_name = "khoản của hoạt động"

    def __str__(self):
        return self.text


class Photo(models.Model):
    """A photo as evidence, drawn anew without place and camera. A wrong one is voided and opened no more."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    caption = models.CharField("chú thích", max_length=200, blank=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.caption or "Ảnh"


class ActivityPhoto(Photo):
    """A photo of an activity; it goes along when the activity is corrected."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos", verbose_name="hoạt động")

    class Meta:
        ordering = ["activity", "pk"]
        verbose_name = "ảnh của hoạt động"

    @property
    def audit_name(self):
        return self.activity.audit_name
