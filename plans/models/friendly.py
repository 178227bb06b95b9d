"""Xã, phường phù hợp với trẻ em (QĐ 06/QĐ-TTg 03/01/2019): the criteria as data, and what a commune scored.

A criterion whose points were not loaded from the original cannot be scored; nothing is made up for it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.documents.models import StoredFile
from childcare.units.models import Unit
from plans.querysets_friendly import EvaluationQuerySet


class Standard(models.Model):
    """A set of criteria with the days on which it holds."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("ký hiệu", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    legal_basis = models.CharField("căn cứ", max_length=200)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    full_points = models.PositiveSmallIntegerField("thang điểm", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = "bộ tiêu chí"

    def __str__(self):
        return self.name

    @property
    def audit_name(self):
        return self.code


class Criterion(models.Model):
    """One of the criteria. It can be scored once it has parts and each of them has points."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="criteria", verbose_name="bộ tiêu chí")
    number = models.PositiveSmallIntegerField("tiêu chí số")
    name = models.CharField("tên tiêu chí", max_length=300)
    indicators = models.JSONField("chỉ tiêu thống kê", default=list, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["standard", "number"]
        constraints = [models.UniqueConstraint(fields=["standard", "number"], name="plans_criterion_once")]
        verbose_name = "tiêu chí"

    def __str__(self):
        return f"{self.number}. {self.name}"


class CriterionPart(models.Model):
    """What is scored: its words, the most it gives, the steps by which a figure proposes points: [[98, 50], …]."""

    class Evidence(models.TextChoices):
        TEXT = "text", "đã đối chiếu văn bản"
        UNVERIFIED = "unverified", "chưa đối chiếu văn bản"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="parts", verbose_name="tiêu chí")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("nội dung", max_length=600)
    max_points = models.DecimalField("điểm tối đa", max_digits=6, decimal_places=1, null=True, blank=True)
    indicator = models.CharField("chỉ tiêu thống kê", max_length=20, blank=True)
    steps = models.JSONField("nấc điểm", default=list, blank=True)
    evidence = models.CharField("đối chiếu", max_length=12, choices=Evidence, default=Evidence.UNVERIFIED)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        ordering = ["criterion", "position"]
        constraints = [models.UniqueConstraint(fields=["criterion", "position"], name="plans_criterionpart_once")]
        verbose_name = "mục của tiêu chí"

    def __str__(self):
        return self.text

    @property
    def audit_name(self):
        return f"tiêu chí {self.criterion.number} mục {self.position}"


class FriendlyThreshold(models.Model):
    """The least total for a kind of unit."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    standard = models.ForeignKey(Standard, models.CASCADE, related_name="thresholds", verbose_name="bộ tiêu chí")
    code = models.CharField("ký hiệu", max_length=20)
    text = models.CharField("loại đơn vị", max_length=200)
    points = models.PositiveSmallIntegerField("tổng điểm tối thiểu")
    evidence = models.CharField("đối chiếu", max_length=12, choices=CriterionPart.Evidence, default="unverified")
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["standard", "-points"]
        constraints = [models.UniqueConstraint(fields=["standard", "code"], name="plans_friendlythreshold_once")]
        verbose_name = "ngưỡng điểm"

    def __str__(self):
        return self.text

    @property
    def audit_name(self):
        return f"{self.standard.code} {self.code}"


class Evaluation(models.Model):
    """What a commune scored for a year, and what became of it."""

    class State(models.TextChoices):
        SCORING = "scoring", "Đang tự chấm điểm"
        COUNCIL = "council", "Hội đồng đã họp"
        SUBMITTED = "submitted", "Đã trình"
        RECOGNISED = "recognised", "Được công nhận"
        REFUSED = "refused", "Không được công nhận"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evaluations", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm đánh giá")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="evaluations", verbose_name="bộ tiêu chí")
    threshold = models.ForeignKey(FriendlyThreshold, models.PROTECT, related_name="+", verbose_name="loại đơn vị")
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.SCORING)
    held_on = models.DateField("hội đồng họp ngày", null=True, blank=True)
    chair = models.CharField("chủ trì", max_length=120, blank=True)
    secretary = models.CharField("thư ký", max_length=120, blank=True)
    members = models.TextField("thành viên dự họp", blank=True)
    opinions = models.TextField("ý kiến, kết luận của hội đồng", blank=True)
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.CharField("ý kiến của cấp trên", max_length=500, blank=True)
    recorded_at = models.DateTimeField("lập lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "unit__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], name="plans_evaluation_once_a_year",
                violation_error_message="Đơn vị này đã có bản tự chấm của năm.",
            ),
            models.CheckConstraint(
                name="plans_evaluation_decided_with_number",
                condition=~Q(state__in=["recognised", "refused"]) | (Q(decided_on__isnull=False) & ~Q(decision="")),
                violation_error_message="Kết quả xét phải có số và ngày của văn bản.",
            ),
        ]  # fmt: skip
        verbose_name = "đánh giá xã, phường phù hợp với trẻ em"

    def __str__(self):
        return f"{self.unit} {self.year}"

    @property
    def audit_name(self):
        return f"{self.unit.name} {self.year}"

    @property
    def decided(self):
        return self.state in (self.State.RECOGNISED, self.State.REFUSED)


class PartScore(models.Model):
    """The points that people gave a part; `most` and `proposed` are kept as they were when they gave them."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="scores", verbose_name="đánh giá")
    part = models.ForeignKey(CriterionPart, models.PROTECT, related_name="scores", verbose_name="mục")
    points = models.DecimalField("điểm", max_digits=6, decimal_places=1)
    most = models.DecimalField("điểm tối đa khi chấm", max_digits=6, decimal_places=1)
    figure = models.CharField("số liệu hệ thống khi chấm", max_length=120, blank=True)
    source = models.CharField("nguồn số liệu", max_length=300, blank=True)
    note = models.TextField("diễn giải", blank=True)
    scored_at = models.DateTimeField("chấm lúc", auto_now=True)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "part"], name="plans_partscore_once"),
            models.CheckConstraint(
                name="plans_partscore_within", condition=Q(points__gte=0) & Q(points__lte=models.F("most")),
                violation_error_message="Điểm phải từ 0 đến điểm tối đa của mục.",
            ),
        ]  # fmt: skip
        verbose_name = "điểm"

    def __str__(self):
        return f"{self.part_id}: {self.points}"


class EvaluationPaper(models.Model):
    """A paper that shows what was scored. The bytes lie encrypted; who may see the evaluation may open it."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="papers", verbose_name="đánh giá")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="tiêu chí")
    title = models.CharField("tên giấy tờ", max_length=200)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="tệp")
    kept_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    voided_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    class Meta:
        ordering = ["criterion__number", "pk"]
        verbose_name = "minh chứng"

    def __str__(self):
        return self.title

    @property
    def audit_name(self):
        return f"{self.evaluation.audit_name} tiêu chí {self.criterion.number}"
