"""Circumstances, supports, incidents: the dated facts that are counted."""

from django.db import models
from django.db.models import Q

from childcare.children.models.base import DatedFact, Fact, dates_in_order, void_complete
from childcare.children.models.kinds import CircumstanceKind, SupportKind
from childcare.children.models.people import Child, Household, Residence
from childcare.children.models.protection import ProtectedFile
from childcare.children.querysets import FactQuerySet, IncidentQuerySet
from childcare.lib.encryption import EncryptedTextField
from childcare.units.models import Unit


class Circumstance(DatedFact):
    """A special circumstance, local group or risk of a child, or a risk of a household."""

    class EndReason(models.TextChoices):
        RESOLVED = "resolved", "Hết hoàn cảnh"
        SIXTEEN = "sixteen", "Đủ 16 tuổi"
        MOVED = "moved", "Chuyển đi"
        DIED = "died", "Tử vong"
        OTHER = "other", "Lý do khác"

    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="circumstances", verbose_name="trẻ em")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="circumstances", verbose_name="hộ"
    )
    kind = models.ForeignKey(CircumstanceKind, models.PROTECT, related_name="circumstances", verbose_name="nhóm")
    end_reason = models.CharField("lý do kết thúc", max_length=10, choices=EndReason, blank=True)
    paper = models.CharField("giấy tờ, quyết định", max_length=200, blank=True)
    paper_on = models.DateField("ngày giấy tờ", null=True, blank=True)
    note = EncryptedTextField("ghi chú", blank=True, default="")
    protected_file = models.ForeignKey(ProtectedFile, models.PROTECT, null=True, blank=True, related_name="circumstances")
    # The end of residence that ended this row; taking that end back opens exactly these rows again.
    ended_with = models.ForeignKey(Residence, models.PROTECT, null=True, blank=True, related_name="%(class)ss_ended")

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind"], condition=Q(ended_on=None, voided_at=None), name="children_circumstance_one_open",
                violation_error_message="Trẻ em này đang có hoàn cảnh này rồi.",
            ),
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(ended_on=None, voided_at=None),
                name="children_circumstance_one_open_house",
                violation_error_message="Hộ này đang có nguy cơ này rồi.",
            ),
            models.CheckConstraint(
                name="children_circumstance_child_or_household",
                condition=Q(child__isnull=False, household=None) | Q(child=None, household__isnull=False),
                violation_error_message="Chọn trẻ em hoặc hộ.",
            ),
            dates_in_order("children_circumstance_dates"),
            void_complete("children_circumstance_void"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["kind", "ended_on", "child"], name="children_circumstance_stock")]
        verbose_name = "hoàn cảnh"

    def __str__(self):
        return f"{self.kind_id} {self.child_id or self.household_id}"


class Support(DatedFact):
    """One act of help. Lượt counts rows, children are counted distinct. A one-off act has its one day in `started_on`."""

    class Per(models.TextChoices):
        ONCE = "once", "một lần"
        MONTH = "month", "một tháng"

    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="supports", verbose_name="trẻ em")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="supports", verbose_name="hộ")
    kind = models.ForeignKey(SupportKind, models.PROTECT, related_name="supports", verbose_name="hình thức")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="supports", verbose_name="đơn vị trợ giúp")
    running = models.BooleanField("đang tiếp tục", default=False)
    amount = models.DecimalField("số tiền (đồng)", max_digits=14, decimal_places=0, null=True, blank=True)
    per = models.CharField("mức tính", max_length=5, choices=Per, default=Per.ONCE)
    source = models.CharField("nguồn", max_length=120, blank=True)
    provider = models.CharField("nơi cung cấp", max_length=160, blank=True)
    occasion = models.CharField("dịp", max_length=80, blank=True)
    decision = models.CharField("quyết định", max_length=120, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    note = EncryptedTextField("ghi chú", blank=True, default="")
    # A monthly allowance keeps the row, coefficient and base of its decision: no past month is reckoned from today's table.
    allowance_code = models.CharField("mã trợ cấp", max_length=4, null=True, blank=True)
    coefficient = models.DecimalField("hệ số", max_digits=4, decimal_places=1, null=True, blank=True)
    base_amount = models.DecimalField("mức chuẩn (đồng)", max_digits=10, decimal_places=0, null=True, blank=True)
    protected_file = models.ForeignKey(ProtectedFile, models.PROTECT, null=True, blank=True, related_name="supports")
    # The end of residence that ended this row; taking that end back opens exactly these rows again.
    ended_with = models.ForeignKey(Residence, models.PROTECT, null=True, blank=True, related_name="%(class)ss_ended")

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="children_support_child_or_household",
                condition=Q(child__isnull=False, household=None) | Q(child=None, household__isnull=False),
                violation_error_message="Chọn trẻ em hoặc hộ.",
            ),
            models.CheckConstraint(
                name="children_support_amount_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message="Số tiền không được âm.",
            ),
            dates_in_order("children_support_dates"),
            void_complete("children_support_void"),
        ]
        indexes = [
            models.Index(fields=["unit", "started_on"], name="children_support_flow"),
            models.Index(fields=["child", "started_on"], name="children_support_child"),
        ]
        verbose_name = "trợ giúp"

    def __str__(self):
        return f"{self.kind_id} {self.child_id or self.household_id}"


class Incident(Fact):
    """One event (vụ) with one or more children. Flow: counted at its unit and day."""

    class Kind(models.TextChoices):
        ABUSE = "abuse", "Xâm hại trẻ em"
        INJURY = "injury", "Tai nạn, thương tích"
        DISASTER = "disaster", "Thiên tai, thảm họa"
        SCHOOL_VIOLENCE = "school_violence", "Bạo lực học đường"
        OFFENCE = "offence", "Trẻ em vi phạm pháp luật"
        CHILD_MARRIAGE = "child_marriage", "Tảo hôn"

    class Cause(models.TextChoices):
        DROWNING = "drowning", "Đuối nước"
        TRAFFIC = "traffic", "Giao thông"
        FALL = "fall", "Ngã"
        BURN = "burn", "Bỏng"
        ELECTRIC = "electric", "Điện giật"
        ANIMAL = "animal", "Súc vật cắn"
        POISON = "poison", "Ngộ độc"
        OTHER = "other", "Khác"

    class Setting(models.TextChoices):
        FAMILY = "family", "Gia đình"
        SCHOOL = "school", "Nhà trường"
        COMMUNITY = "community", "Cộng đồng"
        ONLINE = "online", "Môi trường mạng"
        ROAD = "road", "Đường giao thông"
        WATER = "water", "Sông, hồ, ao"
        OTHER = "other", "Nơi khác"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="incidents", verbose_name="nơi xảy ra")
    occurred_on = models.DateField("ngày xảy ra")
    kind = models.CharField("loại vụ việc", max_length=16, choices=Kind)
    cause = models.CharField("nguyên nhân", max_length=10, choices=Cause, blank=True)
    setting = models.CharField("nơi, môi trường", max_length=10, choices=Setting, blank=True)
    description = EncryptedTextField("diễn biến", blank=True, default="")
    outcome = models.CharField("kết quả xử lý", max_length=200, blank=True)
    protected_file = models.ForeignKey(ProtectedFile, models.PROTECT, null=True, blank=True, related_name="incidents")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [void_complete("children_incident_void")]
        indexes = [models.Index(fields=["unit", "occurred_on", "kind"], name="children_incident_flow")]
        verbose_name = "vụ việc"

    def __str__(self):
        return f"{self.kind} {self.occurred_on}"


class IncidentChild(models.Model):
    """A child in an incident, from the registry or only known by sex and birth year."""

    class Form(models.TextChoices):
        VIOLENCE = "violence", "Bạo lực"
        EXPLOITATION = "exploitation", "Bóc lột"
        SEXUAL = "sexual", "Xâm hại tình dục"
        TRAFFICKING = "trafficking", "Mua bán"
        ABANDONMENT = "abandonment", "Bỏ rơi"
        NEGLECT = "neglect", "Bỏ mặc"
        OTHER = "other", "Hình thức khác"

    class Outcome(models.TextChoices):
        INJURED = "injured", "Bị thương, bị tổn hại"
        DIED = "died", "Tử vong"
        UNHARMED = "unharmed", "Không tổn hại"
        UNKNOWN = "", "Chưa rõ"

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="children", verbose_name="vụ việc")
    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="incidents", verbose_name="trẻ em")
    sex = models.CharField("giới tính", max_length=1, choices=Child.Sex, blank=True)
    birth_latest = models.DateField("sinh muộn nhất", null=True, blank=True)
    form = models.CharField("hình thức xâm hại", max_length=14, choices=Form, blank=True)
    outcome = models.CharField("hậu quả", max_length=9, choices=Outcome, blank=True, default="")
    intervened_on = models.DateField("ngày bắt đầu can thiệp, hỗ trợ", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "child"], name="children_incidentchild_once")]
        verbose_name = "trẻ em trong vụ việc"

    def __str__(self):
        return f"{self.incident_id} {self.child_id}"
