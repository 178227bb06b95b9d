"""The append-only log. Nothing here points at another table: names and keys are text, so the log outlives what it tells."""

from django.db import models

from childcare.audit.querysets import EntryQuerySet


class Entry(models.Model):
    """One act: who did or read what, when, from where. Never the sensitive value itself."""

    at = models.DateTimeField("lúc", db_index=True)
    action = models.CharField("việc", max_length=60, db_index=True)
    actor_id = models.CharField("mã người làm", max_length=40, blank=True, db_index=True)
    actor = models.CharField("người làm", max_length=200, blank=True)
    role = models.CharField("vai trò", max_length=200, blank=True)
    unit = models.CharField("đơn vị", max_length=300, blank=True)
    scopes = models.CharField(
        "phạm vi", max_length=500, blank=True, help_text="Đường dẫn các đơn vị của người làm lúc đó: ai được xem dòng này."
    )
    address = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    subject_type = models.CharField("loại đối tượng", max_length=60, blank=True)
    subject_id = models.CharField("mã đối tượng", max_length=60, blank=True)
    subject = models.CharField("đối tượng", max_length=300, blank=True)
    fields = models.JSONField("trường thay đổi", default=list)
    shown = models.JSONField("mã đã hiển thị", default=list)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="audit_entry_subject")]
        verbose_name = "dòng nhật ký"

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_id}"

    @property
    def copy_number(self):
        """Which copy of this kind its holder has taken: 1 for the first. With holder and kind it finds the entry again.

        Never the number of the entry itself: two copies would tell how much was done between them, and by everybody.
        """
        mine = Entry.objects.filter(actor_id=self.actor_id, action=self.action, pk__lte=self.pk)
        return mine.count()


class Seal(models.Model):
    """The link of one committed entry in the hash chain; written by the one sealer, never changed."""

    position = models.BigIntegerField("thứ tự", primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal", verbose_name="dòng nhật ký")
    previous = models.CharField("dấu trước", max_length=64)
    digest = models.CharField("dấu", max_length=64)
    sealed_at = models.DateTimeField("niêm lúc")

    class Meta:
        verbose_name = "dấu niêm"

    def __str__(self):
        return f"{self.position}:{self.digest[:12]}"
