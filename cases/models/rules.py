"""The rule that proposes a level from the marks: dated data, because no text that was read gives it."""

from django.conf import settings
from django.db import models

from cases.models.files import Case
from cases.querysets import DatedQuerySet

MARKS = [("high", "Cao"), ("medium", "Trung bình"), ("low", "Thấp")]


class AssessmentRule(models.Model):
    """Compares how often one mark was given to harm and one to self-protection, from a day on."""

    harm_mark = models.CharField("đếm mức nào của tổn hại", max_length=6, choices=MARKS, default="high")
    ability_mark = models.CharField("đếm mức nào của tự bảo vệ", max_length=6, choices=MARKS, default="high")
    when_more = models.CharField("tổn hại nhiều hơn", max_length=6, choices=Case.Level, default=Case.Level.HIGH)
    when_equal = models.CharField("bằng nhau", max_length=6, choices=Case.Level, default=Case.Level.MEDIUM)
    when_fewer = models.CharField("tổn hại ít hơn", max_length=6, choices=Case.Level, default=Case.Level.LOW)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    valid_from = models.DateField("áp dụng từ", null=True, blank=True)
    valid_to = models.DateField("hết áp dụng từ", null=True, blank=True)
    corrected_at = models.DateTimeField("đính chính lúc", null=True, blank=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = [models.F("valid_from").asc(nulls_first=True)]
        constraints = [models.UniqueConstraint(fields=["valid_from"], name="cases_assessmentrule_once")]
        verbose_name = "quy tắc đề xuất mức độ nguy cơ"

    def __str__(self):
        return f"{self.harm_mark} / {self.ability_mark}"
