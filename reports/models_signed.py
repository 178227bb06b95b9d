"""A signed paper whose words are not those of the system: who held its figures against ours; a figure that was another one."""

import uuid

from django.conf import settings
from django.db import models

from childcare.lib.encryption import EncryptedTextField


class SignedWords(models.Model):
    """Phần lời theo bản ký: the scan is the text that holds; its figures were found equal to the snapshot's, by table.

    `scan_sha256` is that of the scan the officer held beside the tables: it says something of that signature and of no other.
    """

    submission = models.OneToOneField("reports.Submission", models.CASCADE, related_name="signed_words", verbose_name="báo cáo")
    scan_sha256 = models.CharField("SHA-256 của bản quét", max_length=64)
    tables = models.JSONField("bảng đã đối chiếu", default=list)
    confirmed_at = models.DateTimeField("đối chiếu lúc", auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người đối chiếu")

    class Meta:
        verbose_name = "phần lời theo bản ký"

    def __str__(self):
        return f"{self.submission} {self.scan_sha256[:12]}"


class FigureCorrection(models.Model):
    """The signed paper says another number: which figures, why, and the snapshot as it was before; a new one was taken."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey("reports.Submission", models.CASCADE, related_name="corrections", verbose_name="báo cáo")
    before = models.ForeignKey(
        "reports.Snapshot", models.PROTECT, related_name="corrected_in", verbose_name="số liệu chốt trước"
    )
    reason = EncryptedTextField("lý do")
    figures = models.JSONField("số đã sửa", default=list)
    made_at = models.DateTimeField("sửa lúc", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người sửa")

    class Meta:
        ordering = ["pk"]
        verbose_name = "số liệu sửa theo bản ký"

    def __str__(self):
        return f"{self.submission} {len(self.figures)}"
