"""What became of an incident: a person writes down to whom it was passed and how it was dealt with."""

from django.db import models

from childcare.children.models.base import Fact, void_complete
from childcare.children.models.facts import Incident
from childcare.children.querysets import OutcomeQuerySet


class IncidentOutcome(Fact):
    """One result of an incident, as a body wrote or said it. As visible as the incident."""

    class Kind(models.TextChoices):
        REFERRED = "referred", "Chuyển cơ quan có thẩm quyền"
        CRIMINAL = "criminal", "Xử lý hình sự"
        ADMINISTRATIVE = "administrative", "Xử lý vi phạm hành chính"

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="outcomes", verbose_name="vụ việc")
    kind = models.CharField("kết quả xử lý", max_length=14, choices=Kind)
    on = models.DateField("ngày")
    body = models.CharField("cơ quan", max_length=160)
    document = models.CharField("văn bản", max_length=160, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            void_complete("children_outcome_void"),
            models.UniqueConstraint(
                fields=["incident", "kind"], condition=models.Q(voided_at=None), name="children_outcome_once",
                violation_error_message="Kết quả này đã được ghi. Ghi sai thì hủy dòng cũ rồi ghi lại.",
            ),
        ]  # fmt: skip
        verbose_name = "kết quả xử lý vụ việc"

    def __str__(self):
        return f"{self.incident_id} {self.kind}"
