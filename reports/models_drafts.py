"""What a draft keeps beside its text: the keys of the rows behind its figures, so that a later change can be explained."""

from django.db import models


class DraftKeys(models.Model):
    """The keys of the rows counted in a figure when the draft last took its figures. Replaced at each refresh."""

    submission = models.ForeignKey("reports.Submission", models.CASCADE, related_name="draft_keys", verbose_name="báo cáo")
    code = models.CharField("mã", max_length=20)
    keys = models.JSONField("khóa", default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "code"], name="reports_draftkeys_once")]
        verbose_name = "khóa của số trong dự thảo"

    def __str__(self):
        return self.code
