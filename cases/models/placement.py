"""Alternative care (Luật Trẻ em 2016 Điều 61–69): one form of care for one child, through four stages, with its visits."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.models.carers import Carer, Shelter
from cases.models.files import Case
from cases.querysets_placement import PlacementPartQuerySet, PlacementQuerySet
from childcare.children.models import Child, ProtectedFile, Support
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit

OFFICER = settings.AUTH_USER_MODEL


class Placement(models.Model):
    """One child in one form of care. What is counted is its Support of the registry (S22, S24–S26, S28, S29), entered once.

    It lies under the protected file of its case, or under one of its own when it is sensitive; kinship care of an orphan
    needs neither. `ended_on` is the first day on which the care no longer holds.
    """

    class Form(models.TextChoices):
        RELATIVE = "relative", "Người thân thích"
        FAMILY = "family", "Cá nhân, gia đình không phải người thân thích"
        TIMED = "timed", "Nhận nuôi có thời hạn"
        FACILITY = "facility", "Cơ sở trợ giúp xã hội"
        SHELTER = "shelter", "Tạm lánh, tạm trú an toàn"
        DAY_CARE = "day_care", "Chăm sóc bán trú"

    class State(models.TextChoices):
        PREPARING = "preparing", "Chuẩn bị, tìm người nhận"
        PROPOSED = "proposed", "Đã đề xuất người nhận"
        DECIDED = "decided", "Đã có quyết định, chờ giao nhận"
        CARING = "caring", "Đang chăm sóc"
        ENDING = "ending", "Đề nghị chấm dứt"
        ENDED = "ended", "Đã chấm dứt"
        CANCELLED = "cancelled", "Không thực hiện"

    class Ground(models.TextChoices):
        ALONE = "alone", "Mồ côi cả cha và mẹ, bị bỏ rơi, không nơi nương tựa"
        UNSAFE = "unsafe", "Không thể sống an toàn cùng cha, mẹ"
        DISASTER = "disaster", "Bị ảnh hưởng bởi thiên tai, thảm họa, xung đột"
        REFUGE = "refuge", "Lánh nạn, tị nạn, chưa tìm được cha, mẹ"

    class Consent(models.TextChoices):
        GUARDIAN = "guardian", "Người giám hộ đồng ý bằng văn bản"
        PARENTS = "parents", "Cha, mẹ đồng ý bằng văn bản"
        NOT_NEEDED = "not_needed", "Không cần đồng ý (Điều 50.2.b, 50.2.c, 52.3 hoặc cha, mẹ bị hạn chế quyền)"
        WAITING = "", "Chưa có"

    class EndReason(models.TextChoices):
        REUNITED = "reunited", "Đoàn tụ gia đình an toàn, đủ điều kiện"
        CARER_UNFIT = "carer_unfit", "Người nhận không còn đủ điều kiện"
        CARER_HARMS = "carer_harms", "Người nhận vi phạm, gây tổn hại cho trẻ em"
        CARER_ASKS = "carer_asks", "Người nhận đề nghị chấm dứt"
        CHILD_HARMS = "child_harms", "Trẻ em cố ý gây tổn hại nghiêm trọng cho người nhận"
        CHILD_ASKS = "child_asks", "Trẻ em đề nghị chấm dứt"
        TERM = "term", "Hết thời hạn"
        GROWN = "grown", "Trẻ em đủ tuổi (16 hoặc 18)"
        ADOPTED = "adopted", "Được nhận làm con nuôi"
        DIED = "died", "Trẻ em tử vong"
        OTHER = "other", "Lý do khác"

    class Next(models.TextChoices):
        HOME = "home", "Về với gia đình"
        OTHER_CARER = "other_carer", "Chuyển người nhận, hình thức khác"
        FACILITY = "facility", "Vào cơ sở trợ giúp xã hội"
        INDEPENDENT = "independent", "Sống tự lập, có hỗ trợ"
        NONE = "none", "Không"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements", verbose_name="đơn vị quyết định")
    child = models.ForeignKey(Child, models.PROTECT, related_name="placements", verbose_name="trẻ em")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name="hồ sơ can thiệp"
    )
    protected_file = models.ForeignKey(ProtectedFile, models.PROTECT, null=True, blank=True, related_name="placements")
    form = models.CharField("hình thức", max_length=8, choices=Form)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.PREPARING)
    # 1. Trước khi tiếp nhận (Mẫu 10, 14)
    opened_on = models.DateField("ngày lập")
    ground = models.CharField("căn cứ (Điều 62)", max_length=8, choices=Ground, blank=True)
    situation = EncryptedTextField("hoàn cảnh, tình trạng của trẻ em", blank=True, default="")
    needs = EncryptedTextField("nhu cầu chăm sóc", blank=True, default="")
    child_view = EncryptedTextField("ý kiến, nguyện vọng của trẻ em", blank=True, default="")
    consent = models.CharField("sự đồng ý", max_length=10, choices=Consent, blank=True, default="")
    consent_note = EncryptedTextField("người đồng ý, ngày", blank=True, default="")
    siblings = EncryptedTextField("anh, chị, em ruột", blank=True, default="")
    from_facility = models.ForeignKey(
        Shelter, models.PROTECT, null=True, blank=True, related_name="leaving", verbose_name="đang ở cơ sở"
    )
    photo_on = models.DateField("ngày chụp ảnh của trẻ em", null=True, blank=True)
    file_received_on = models.DateField("ngày nhận đủ hồ sơ của cơ sở", null=True, blank=True)
    carer = models.ForeignKey(
        Carer, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name="người nhận"
    )
    shelter = models.ForeignKey(
        Shelter, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name="nơi nhận"
    )
    proposed_on = models.DateField("ngày đề xuất", null=True, blank=True)
    match_reason = EncryptedTextField("lý do chọn", blank=True, default="")
    meetings = EncryptedTextField("các lần gặp trước khi giao", blank=True, default="")
    meetings_held = models.PositiveSmallIntegerField("số lần đã gặp", default=0)
    # 2. Tiếp nhận (Mẫu 12)
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    decision_signer = models.CharField("người ký", max_length=120, blank=True)
    guardian = models.BooleanField("cử làm người giám hộ", default=False)
    planned_until = models.DateField("dự kiến đến hết ngày", null=True, blank=True)
    # 3. Thực hiện
    started_on = models.DateField("ngày giao nhận", null=True, blank=True)
    minutes = EncryptedTextField("biên bản giao nhận", blank=True, default="")
    minutes_people = EncryptedTextField("người giao, người nhận, người chứng kiến", blank=True, default="")
    fee = models.DecimalField("phí một tháng (đồng)", max_digits=12, decimal_places=0, null=True, blank=True)
    support = models.OneToOneField(
        Support, models.PROTECT, null=True, blank=True, related_name="placement", verbose_name="trợ giúp được tính"
    )
    # 4. Dừng chăm sóc (Mẫu 15, 16)
    request_on = models.DateField("ngày nhận đề nghị chấm dứt", null=True, blank=True)
    request_by = EncryptedTextField("người đề nghị", blank=True, default="")
    request_reason = EncryptedTextField("lý do đề nghị", blank=True, default="")
    end_reason = models.CharField("lý do chấm dứt", max_length=11, choices=EndReason, blank=True)
    end_decision_number = models.CharField("số quyết định chấm dứt", max_length=60, blank=True)
    end_decision_on = models.DateField("ngày quyết định chấm dứt", null=True, blank=True)
    end_signer = models.CharField("người ký quyết định chấm dứt", max_length=120, blank=True)
    end_note = EncryptedTextField("bàn giao, đánh giá khi chấm dứt", blank=True, default="")
    next = models.CharField("tiếp theo", max_length=11, choices=Next, blank=True)
    ended_on = models.DateField("hết hiệu lực từ", null=True, blank=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    created_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="cases_placement_caring_since",
                condition=Q(state__in=["preparing", "proposed", "decided", "cancelled"], started_on=None)
                | Q(state__in=["caring", "ending", "ended"], started_on__isnull=False),
                violation_error_message="Đang chăm sóc thì phải có ngày giao nhận.",
            ),
            models.CheckConstraint(
                name="cases_placement_ended",
                condition=Q(state="ended", ended_on__isnull=False) & ~Q(end_reason="") | ~Q(state="ended") & Q(ended_on=None),
                violation_error_message="Chấm dứt thì phải có ngày và lý do.",
            ),
            models.CheckConstraint(
                name="cases_placement_dates",
                condition=Q(started_on=None) | Q(ended_on=None) | Q(started_on__lte=F("ended_on")),
                violation_error_message="Ngày chấm dứt phải sau ngày giao nhận.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="cases_placement_state")]
        verbose_name = "chăm sóc thay thế"

    def __str__(self):
        return self.code

    @property
    def code(self):
        """What it is called in a message; it neither counts nor names."""
        return f"CS-{self.public_id.hex[:8].upper()}"

    @property
    def audit_name(self):
        return ""

    @property
    def open(self):
        """True while something is still to be done."""
        return self.state not in ("ended", "cancelled")

    @property
    def caring(self):
        """True while the child is there."""
        return self.state in ("caring", "ending")

    @property
    def needs_decision(self):
        """True when the law asks for a match and a decision; a shelter or day care begins with the child's coming."""
        return self.form not in ("shelter", "day_care")


class CarerNotice(models.Model):
    """What the carer told the commune of the child (Luật Trẻ em Điều 64.1.b): after six months, then yearly."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="carer_notices", verbose_name="chăm sóc thay thế")
    told_on = models.DateField("ngày thông báo")
    text = EncryptedTextField("nội dung", blank=True, default="")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")

    objects = PlacementPartQuerySet.as_manager()

    class Meta:
        ordering = ["told_on", "pk"]
        verbose_name = "thông báo của người nhận chăm sóc"

    def __str__(self):
        return f"{self.placement_id} {self.told_on}"


class PlacementEvent(models.Model):
    """One step of a placement: who did what, when. Nothing is ever taken away."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="events", verbose_name="chăm sóc thay thế")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người làm")
    what = models.CharField("việc", max_length=40)
    state = models.CharField("tình trạng sau đó", max_length=9, choices=Placement.State)
    note = EncryptedTextField("ghi chú", blank=True, default="")

    objects = PlacementPartQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "bước chăm sóc thay thế"

    def __str__(self):
        return f"{self.placement_id} {self.what}"


class CareVisit(models.Model):
    """A visit to a child in care; with `report` it is also the report of Mẫu số 13 (NĐ 56/2017 Điều 43.2)."""

    class Outcome(models.TextChoices):
        GO_ON = "go_on", "Phù hợp, tiếp tục"
        HELP = "help", "Tiếp tục, cần hỗ trợ thêm"
        CHANGE = "change", "Cần đổi người nhận, hình thức"
        STOP = "stop", "Cần chấm dứt"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="visits", verbose_name="chăm sóc thay thế")
    visited_on = models.DateField("ngày thăm")
    report = models.BooleanField("là báo cáo Mẫu số 13", default=False)
    living = EncryptedTextField("điều kiện sống", blank=True, default="")
    health = EncryptedTextField("sức khỏe thể chất, tinh thần", blank=True, default="")
    schooling = EncryptedTextField("học tập", blank=True, default="")
    fitting_in = EncryptedTextField("hòa nhập", blank=True, default="")
    child_view = EncryptedTextField("ý kiến của trẻ em", blank=True, default="")
    problems = EncryptedTextField("vấn đề phát sinh", blank=True, default="")
    actions = EncryptedTextField("việc đã làm, kiến nghị", blank=True, default="")
    outcome = models.CharField("đánh giá", max_length=6, choices=Outcome, default=Outcome.GO_ON)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(OFFICER, models.PROTECT, null=True, related_name="+", verbose_name="người thăm")

    objects = PlacementPartQuerySet.as_manager()

    class Meta:
        ordering = ["visited_on", "pk"]
        verbose_name = "theo dõi chăm sóc thay thế"

    def __str__(self):
        return f"{self.placement_id} {self.visited_on}"
