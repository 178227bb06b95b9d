"""Who can take a child in: the register of people and families, and that of shelters, trusted addresses and facilities."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.querysets_placement import CarerQuerySet, ShelterQuerySet
from childcare.children.models import Child, ProtectedFile
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

OFFICER = settings.AUTH_USER_MODEL
# Luật Trẻ em 2016 Điều 63.2, NĐ 56/2017 Điều 39.3: what the worker verifies (Mẫu số 11).
CONDITIONS = {
    "residence": "Cư trú tại Việt Nam",
    "health": "Có sức khỏe (giấy khám sức khỏe trong 06 tháng)",
    "capacity": "Có năng lực hành vi dân sự đầy đủ",
    "morals": "Có tư cách đạo đức tốt",
    "rights": "Không bị hạn chế quyền của cha, mẹ đối với con chưa thành niên",
    "abuse": "Không bị truy cứu trách nhiệm hình sự, xử lý vi phạm hành chính về xâm hại trẻ em",
    "convicted": "Không bị kết án về một trong các tội Luật Trẻ em đã liệt kê",
    "housing": "Có chỗ ở phù hợp",
    "economy": "Có điều kiện kinh tế phù hợp",
    "willing": "Tự nguyện nhận chăm sóc trẻ em",
    "family": "Thành viên gia đình đồng thuận, không bị xử lý về xâm hại trẻ em",
    "age": "Người thân thích là người thành niên; người khác hơn trẻ em từ 20 tuổi trở lên",
}
ANSWERS = [("yes", "Đủ"), ("no", "Không đủ"), ("", "Chưa rõ")]


class Carer(models.Model):
    """A person or family who registered to take a child (Mẫu 08, 09), or a relative who gave notice (Luật Điều 65.4).

    Kept per commune, for those who are trusted with protected files there. A relative's row is about one child and lies
    under that child's protected file when the placement does.
    """

    class Kind(models.TextChoices):
        FAMILY = "family", "Gia đình"
        PERSON = "person", "Cá nhân"
        RELATIVE = "relative", "Người thân thích"

    class State(models.TextChoices):
        APPLIED = "applied", "Chờ xác minh"
        ACCEPTED = "accepted", "Đủ điều kiện"
        REFUSED = "refused", "Không đủ điều kiện"
        WITHDRAWN = "withdrawn", "Thôi đăng ký"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="carers", verbose_name="đơn vị lập danh sách")
    kind = models.CharField("người nhận", max_length=8, choices=Kind)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.APPLIED)
    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="kin_carers", verbose_name="nhận trẻ em"
    )
    protected_file = models.ForeignKey(ProtectedFile, models.PROTECT, null=True, blank=True, related_name="carers")
    name = EncryptedTextField("họ và tên")
    birth = EncryptedTextField("ngày hoặc năm sinh", blank=True, default="")
    identity_number = EncryptedTextField("số định danh cá nhân", blank=True, default="")
    phone = EncryptedTextField("điện thoại", blank=True, default="")
    address = EncryptedTextField("nơi cư trú", blank=True, default="")
    job = EncryptedTextField("nghề nghiệp, thu nhập", blank=True, default="")
    family = EncryptedTextField("thành viên gia đình", blank=True, default="")
    wishes = EncryptedTextField("nguyện vọng về trẻ em", blank=True, default="")
    capacity = models.PositiveSmallIntegerField("có thể nhận (trẻ em)", default=1)
    short_term = models.BooleanField("nhận có thời hạn", default=False)
    applied_on = models.DateField("ngày nhận đơn, thông báo")
    health_paper_on = models.DateField("ngày giấy khám sức khỏe", null=True, blank=True)
    assessed_on = models.DateField("ngày xác minh", null=True, blank=True)
    conditions = models.JSONField("điều kiện đã xác minh", default=dict, blank=True)
    assessment = EncryptedTextField("kết quả xác minh", blank=True, default="")
    decided_on = models.DateField("ngày kết luận", null=True, blank=True)
    decided_by = models.ForeignKey(
        OFFICER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người kết luận"
    )
    decision_reason = EncryptedTextField("lý do", blank=True, default="")
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    created_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = CarerQuerySet.as_manager()

    class Meta:
        ordering = ["applied_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cases_carer_decided",
                condition=Q(state="applied", decided_on=None) | ~Q(state="applied") & Q(decided_on__isnull=False),
                violation_error_message="Kết luận phải có ngày.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="cases_carer_state")]
        verbose_name = "người đăng ký nhận chăm sóc thay thế"

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def audit_name(self):
        return ""  # the log never holds where a child may be


class Shelter(models.Model):
    """A place that takes children in. Its address is shown to its keeper and to the people of a case that uses it."""

    class Kind(models.TextChoices):
        TRUSTED = "trusted", "Địa chỉ tin cậy tại cộng đồng"
        SHELTER = "shelter", "Nhà tạm lánh"
        FACILITY = "facility", "Cơ sở trợ giúp xã hội"
        DAY_CARE = "day_care", "Nơi chăm sóc bán trú"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shelters", verbose_name="đơn vị quản lý")
    kind = models.CharField("loại", max_length=8, choices=Kind)
    name = models.CharField("tên gọi", max_length=160)
    address = EncryptedTextField("địa chỉ", blank=True, default="")
    contact = EncryptedTextField("người liên hệ", blank=True, default="")
    phone = EncryptedTextField("điện thoại", blank=True, default="")
    capacity = models.PositiveSmallIntegerField("số chỗ", null=True, blank=True)
    takes = models.CharField("nhận trẻ em nào", max_length=200, blank=True)
    basis = models.CharField("quyết định, văn bản thành lập", max_length=160, blank=True)
    fee = models.DecimalField("mức phí một tháng (đồng)", max_digits=12, decimal_places=0, null=True, blank=True)
    note = EncryptedTextField("ghi chú", blank=True, default="")
    closed_on = models.DateField("thôi nhận từ", null=True, blank=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    created_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = ShelterQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "pk"]
        verbose_name = "nơi tạm lánh, cơ sở"

    def __str__(self):
        return self.name

    @property
    def audit_name(self):
        return ""


class CarerAnswer(models.Model):
    """Somebody on the register was asked and still wishes to take a child (NĐ 56/2017 Điều 40.1, every quarter)."""

    carer = models.ForeignKey(Carer, models.PROTECT, related_name="answers", verbose_name="người đăng ký")
    asked_on = models.DateField("ngày hỏi")
    how = models.CharField("hỏi bằng cách nào", max_length=100, blank=True)
    words = EncryptedTextField("trả lời", blank=True, default="")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    class Meta:
        ordering = ["asked_on", "pk"]
        verbose_name = "trả lời khi cập nhật danh sách"

    def __str__(self):
        return f"{self.carer_id} {self.asked_on}"

    @property
    def audit_name(self):
        return ""


class RegisterReview(models.Model):
    """A count of the register as it used to be written down: kept to be read. What stops the clock is each one's answer."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="register_reviews", verbose_name="đơn vị")
    reviewed_on = models.DateField("ngày rà soát")
    registered = models.PositiveSmallIntegerField("số người, gia đình còn nguyện vọng")
    note = models.CharField("kết quả", max_length=300, blank=True)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    class Meta:
        ordering = ["reviewed_on", "pk"]
        verbose_name = "rà soát danh sách người đăng ký nhận chăm sóc"

    def __str__(self):
        return f"{self.unit_id} {self.reviewed_on}"

    @property
    def audit_name(self):
        return self.unit.name
