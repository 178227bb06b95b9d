"""Protected files: who may, and who must not, see a child's sensitive facts. Every `visible_to` reads this and nothing else."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from childcare.units.models import Unit


class ProtectedFile(models.Model):
    """The cover of a child's sensitive facts. Restriction hides the file and its facts, never the child."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(
        "children.Child", models.PROTECT, null=True, related_name="protected_files", verbose_name="trẻ em"
    )
    restricted = models.BooleanField("hạn chế tiếp cận", default=False)
    held_by = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị giữ hạn chế"
    )
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    class Meta:
        verbose_name = "hồ sơ được bảo vệ"

    def __str__(self):
        return str(self.public_id)


class FileAccess(models.Model):
    """A right to a protected file, or its denial, for an officer or for those of a unit who hold the permission."""

    class Kind(models.TextChoices):
        TEAM = "team", "được giao"
        EXCLUDED = "excluded", "không được tiếp cận"
        EMERGENCY = "emergency", "khẩn cấp"

    file = models.ForeignKey(ProtectedFile, models.CASCADE, related_name="access", verbose_name="hồ sơ")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="file_access", verbose_name="cán bộ"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="file_access", verbose_name="đơn vị")
    since = models.DateTimeField("từ lúc")
    until = models.DateTimeField("đến lúc", null=True, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="children_fileaccess_officer_or_unit",
                condition=Q(officer__isnull=False, unit=None) | Q(officer=None, unit__isnull=False),
                violation_error_message="Chọn cán bộ hoặc đơn vị.",
            )
        ]
        indexes = [models.Index(fields=["officer", "kind"], name="children_fileaccess_officer")]
        verbose_name = "quyền tiếp cận hồ sơ"

    def __str__(self):
        return f"{self.kind} {self.file_id}"
