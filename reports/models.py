"""Reporting: who owes what when, the versions that were made, the figures that were frozen, figures of other sources."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from childcare.documents.models import IssuedDocument, StoredFile
from childcare.indicators.models import Indicator
from childcare.lib import periods
from childcare.lib.encryption import EncryptedTextField
from childcare.lib.vietnamese import small
from childcare.units.models import Office, Unit
from plans.models import Activity
from reports.models_comments import ReportComment  # noqa: F401
from reports.models_drafts import DraftKeys  # noqa: F401
from reports.models_kept import CountMark, KeptCount  # noqa: F401  models of this app in modules of their own
from reports.models_outlines import ExtraItem, Outline, OutlineSection, ReportCall  # noqa: F401
from reports.models_requests import ReportRequest  # noqa: F401
from reports.models_signed import FigureCorrection, SignedWords  # noqa: F401
from reports.models_sources import FigureSource  # noqa: F401
from reports.models_tokens import DataToken  # noqa: F401
from reports.querysets import ManualFigureQuerySet, ObligationQuerySet, RegimeQuerySet, SubmissionQuerySet


class Regime(models.Model):
    """Who reports to whom, how often, by when. Dated rows with their legal basis.

    The last day of a yearly report is `due_day`/`due_month`, of a month or quarter `due_day` of the month that lies `due_after`
    months behind the period's last, of an event `due_day` days after it. A campaign lasts from `period_start` to `period_end`.
    """

    class Every(models.TextChoices):
        MONTH = "month", "Hằng tháng"
        QUARTER = "quarter", "Hằng quý"
        HALF = "half", "6 tháng"
        NINE = "nine", "9 tháng"
        YEAR = "year", "Năm"
        CAMPAIGN = "campaign", "Chiến dịch"
        EVENT = "event", "Sau sự kiện"
        REQUEST = "request", "Đột xuất, theo yêu cầu"

    code = models.CharField("mã", max_length=8)
    name = models.CharField("tên", max_length=300)
    report_kind = models.CharField("loại báo cáo", max_length=20)
    every = models.CharField("kỳ báo cáo", max_length=8, choices=Every, default=Every.YEAR)
    from_kinds = models.JSONField("cấp báo cáo", default=list)
    by_office = models.BooleanField("do phòng chuyên môn lập", default=False)
    to_kind = models.CharField("cấp nhận", max_length=30)
    due_rule = models.CharField("cách tính hạn", max_length=40)
    due_day = models.PositiveSmallIntegerField("ngày", null=True, blank=True)
    due_month = models.PositiveSmallIntegerField("tháng", null=True, blank=True)
    due_after = models.PositiveSmallIntegerField("hạn sau kỳ (tháng)", default=1)
    due_year_offset = models.PositiveSmallIntegerField("hạn ở năm sau", default=0)
    period_start = models.CharField("chiến dịch từ", max_length=5, blank=True, default="")
    period_end = models.CharField("chiến dịch đến", max_length=5, blank=True, default="")
    cutoff_day = models.PositiveSmallIntegerField("ngày chốt số liệu", null=True, blank=True)
    cutoff_month = models.PositiveSmallIntegerField("tháng chốt số liệu", null=True, blank=True)
    reminder_days = models.JSONField("nhắc trước (ngày)", default=list)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20)
    scope = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="regimes", verbose_name="áp dụng trong")
    active = models.BooleanField("đang dùng", default=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)

    PLAN = "PLAN"  # the kind that is no report: the duty to issue a plan, fulfilled by the plan itself
    ABOVE = "cấp trên"  # the receiver is the nearest unit above that takes reports, whatever its level

    objects = RegimeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "every", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "every", "scope"], name="reports_regime_once"),
            models.UniqueConstraint(fields=["code", "every"], condition=Q(scope=None), name="reports_regime_once_everywhere"),
        ]
        verbose_name = "chế độ báo cáo"

    def __str__(self):
        return f"{self.code} {self.name}"


class Obligation(models.Model):
    """One unit owes one regime for one period. Period, data window and due date are different dates, each kept."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    regime = models.ForeignKey(Regime, models.PROTECT, related_name="obligations", verbose_name="chế độ báo cáo")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="obligations", verbose_name="đơn vị báo cáo")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="obligations", verbose_name="phòng lập báo cáo"
    )
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="owed_obligations", verbose_name="nơi nhận")
    period = models.CharField("kỳ", max_length=16)
    subject = models.CharField("nội dung", max_length=300, blank=True, default="")  # of a campaign, an event, a request
    event = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="obligations", verbose_name="sự kiện"
    )
    call = models.ForeignKey(
        ReportCall, models.PROTECT, null=True, blank=True, related_name="obligations", verbose_name="theo yêu cầu"
    )
    data_from = models.DateField("số liệu từ")
    cutoff = models.DateField("số liệu đến")
    last_day = models.DateField("hạn gửi báo cáo", help_text="Ngày cuối cùng được gửi: trước ngày 10/5 là chậm nhất 09/5.")
    extended_from = models.DateField("hạn trước khi gia hạn", null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regime", "unit", "period"], name="reports_obligation_once"),
            models.CheckConstraint(
                name="reports_obligation_window", condition=Q(data_from__lte=F("cutoff")),
                violation_error_message="Ngày chốt số liệu phải sau ngày bắt đầu.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["last_day", "unit"], name="reports_obligation_due")]
        verbose_name = "báo cáo phải gửi"

    def __str__(self):
        return f"{self.regime.code} {self.unit} {self.period}"

    @property
    def words(self):
        """What it tells of: "6 tháng đầu năm 2024", "kết quả Tháng hành động vì trẻ em năm 2024"."""
        return small(self.subject) if self.subject else periods.parse(self.period).name

    @property
    def title(self):
        """Its name on a page: "Báo cáo 6 tháng đầu năm 2024"."""
        return f"Báo cáo {self.words}"

    @property
    def audit_name(self):
        return f"{self.unit.name} {self.regime.code} {self.period}"


class Snapshot(models.Model):
    """Figures and text frozen by signing. A signed report never changes."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="snapshots", verbose_name="đơn vị")
    period = models.CharField("kỳ", max_length=16)
    data_from = models.DateField("số liệu từ")
    cutoff = models.DateField("số liệu đến")
    text = EncryptedTextField("lời báo cáo (JSON)")
    digest = models.CharField("SHA-256", max_length=64)
    taken_at = models.DateTimeField("chốt lúc", auto_now_add=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người chốt"
    )

    class Meta:
        verbose_name = "số liệu chốt"

    def __str__(self):
        return f"{self.unit} {self.period} {self.digest[:12]}"


class SnapshotFigure(models.Model):
    """One frozen figure: code × unit × breakdown. `missing` = no figure, which differs from zero."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="figures", verbose_name="số liệu chốt")
    code = models.CharField("mã", max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    breakdown = models.CharField("phân tổ", max_length=60, blank=True)
    numerator = models.DecimalField("tử số", max_digits=18, decimal_places=2, null=True)
    denominator = models.DecimalField("mẫu số", max_digits=18, decimal_places=2, null=True)
    missing = models.BooleanField("chưa có số liệu", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "code", "unit", "breakdown"], name="reports_snapshotfigure_once"),
            models.UniqueConstraint(
                fields=["snapshot", "code", "breakdown"], condition=Q(unit=None), name="reports_snapshotfigure_once_whole"
            ),
        ]
        verbose_name = "số chốt"

    def __str__(self):
        return f"{self.code} {self.breakdown}"


class SnapshotKeys(models.Model):
    """The keys of the rows counted in a figure, so that a later difference can be opened to its cause. Access-checked."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="keys", verbose_name="số liệu chốt")
    code = models.CharField("mã", max_length=20)
    keys = models.JSONField("khóa", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "code"], name="reports_snapshotkeys_once")]
        verbose_name = "khóa của số chốt"

    def __str__(self):
        return self.code


class Submission(models.Model):
    """One version of an owed report: dự thảo → chờ ký → đã ký → đã gửi → đã tiếp nhận | yêu cầu chỉnh sửa → new version."""

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        TO_SIGN = "to_sign", "Chờ ký"
        SIGNED = "signed", "Đã ký"
        SENT = "sent", "Đã gửi"
        ACCEPTED = "accepted", "Đã tiếp nhận"
        RETURNED = "returned", "Yêu cầu chỉnh sửa"
        REPLACED = "replaced", "Đã được thay thế"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="submissions", verbose_name="báo cáo phải gửi")
    number = models.PositiveSmallIntegerField("bản", default=1)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    current = models.BooleanField("bản hiện hành", default=True)
    on_behalf = models.BooleanField("nhập thay", default=False)
    as_office = models.BooleanField("ban hành với danh nghĩa phòng", default=False)
    text = EncryptedTextField("nội dung soạn (JSON)", blank=True, default="")
    estimates = models.JSONField("ước thực hiện cả kỳ", default=dict, blank=True)
    figures_at = models.DateTimeField("số liệu cập nhật lúc", null=True, blank=True)
    snapshot = models.OneToOneField(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="submission", verbose_name="số liệu chốt"
    )
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="submission", verbose_name="văn bản"
    )
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="báo cáo giấy")
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người soạn"
    )
    presented_at = models.DateTimeField("trình ký lúc", null=True, blank=True)
    presented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    opinion = EncryptedTextField("ý kiến của lãnh đạo", blank=True, default="")
    opinion_agrees = models.BooleanField("đồng ý ký", null=True, blank=True)
    opinion_at = models.DateTimeField("cho ý kiến lúc", null=True, blank=True)
    opinion_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    shown_at = models.DateTimeField("cho cấp trên xem dự thảo lúc", null=True, blank=True)
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = EncryptedTextField("lý do yêu cầu chỉnh sửa", blank=True, default="")
    confirmed_at = models.DateTimeField("đơn vị xác nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "number"], name="reports_submission_number_once"),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(current=True), name="reports_submission_one_current",
                violation_error_message="Báo cáo này đã có một bản hiện hành.",
            ),
            models.CheckConstraint(
                name="reports_submission_signed_has_snapshot",
                condition=Q(state__in=["draft", "to_sign", "replaced"]) | Q(snapshot__isnull=False),
                violation_error_message="Báo cáo đã ký phải có số liệu chốt.",
            ),
        ]  # fmt: skip
        verbose_name = "báo cáo"

    def __str__(self):
        return f"{self.obligation} bản {self.number}"

    @property
    def audit_name(self):
        return f"{self.obligation.audit_name} bản {self.number}"

    @property
    def words_by_paper(self):
        """Who held the tables against the scan that was signed, when its words are those that hold; else None."""
        scan = self.document.scan if self.document_id else None
        said = getattr(self, "signed_words", None)
        return said if said and scan and said.scan_sha256 == scan.sha256 else None


class ZeroConfirmation(models.Model):
    """Xác nhận không phát sinh of a sensitive count: who, when, checked with whom. Only then a zero is printed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="zero_confirmations", verbose_name="đơn vị")
    code = models.CharField("mã chỉ tiêu", max_length=20)
    data_from = models.DateField("số liệu từ")
    cutoff = models.DateField("số liệu đến")
    checked_with = models.CharField("đã đối chiếu với", max_length=200)
    confirmed_at = models.DateTimeField("xác nhận lúc", auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người xác nhận")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code", "data_from", "cutoff"], name="reports_zero_once")]
        verbose_name = "xác nhận không phát sinh"

    def __str__(self):
        return f"{self.unit} {self.code} {self.cutoff}"


class ManualFigure(models.Model):
    """A figure of another sector or of the time before the system, with its source and date.

    Numerator and denominator are summed upwards; a bare percentage is shown and never summed.
    """

    class Origin(models.TextChoices):
        SECTOR = "sector", "số liệu ngành khác"
        OLD = "old_report", "theo báo cáo cũ"
        PAPER = "paper", "theo báo cáo giấy"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="manual_figures", verbose_name="đơn vị")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="manual_figures", verbose_name="chỉ tiêu")
    breakdown = models.CharField("phân tổ", max_length=60, blank=True)
    data_from = models.DateField("số liệu từ")
    cutoff = models.DateField("số liệu đến")
    numerator = models.DecimalField("tử số", max_digits=18, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField("mẫu số", max_digits=18, decimal_places=2, null=True, blank=True)
    percentage = models.DecimalField("tỷ lệ ghi sẵn", max_digits=12, decimal_places=4, null=True, blank=True)
    origin = models.CharField("loại nguồn", max_length=10, choices=Origin, default=Origin.SECTOR)
    source = models.CharField("nguồn", max_length=200)
    source_date = models.DateField("ngày của số liệu", null=True, blank=True)
    note = models.CharField("giải thích chênh lệch với sổ", max_length=300, blank=True)
    entered_at = models.DateTimeField("nhập lúc", auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người nhập"
    )
    voided_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    void_reason = models.CharField("lý do hủy", max_length=300, blank=True)

    objects = ManualFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "breakdown", "data_from", "cutoff", "origin"], condition=Q(voided_at=None),
                name="reports_manualfigure_once",
                violation_error_message="Số liệu này đã được nhập; hãy sửa dòng đã có.",
            ),
            models.CheckConstraint(
                name="reports_manualfigure_has_value",
                condition=Q(numerator__isnull=False) | Q(percentage__isnull=False),
                violation_error_message="Hãy nhập tử số, hoặc tỷ lệ nếu chỉ biết tỷ lệ.",
            ),
        ]  # fmt: skip
        verbose_name = "số liệu nhập tay"

    def __str__(self):
        return f"{self.unit} {self.indicator.code} {self.cutoff}"

    @property
    def audit_name(self):
        return f"{self.unit.name} {self.indicator.code}"
