"""Work to be done is a row first; Celery only makes it happen soon."""

import uuid

from django.conf import settings
from django.db import models

from childcare.jobs.registry import CANCELLABLE


class Job(models.Model):
    """One piece of work with a unique key per effect, a lease, tries and visible progress."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang chạy"
        DONE = "done", "Xong"
        FAILED = "failed", "Không xong"
        REFUSED = "refused", "Bị từ chối"
        CANCELLED = "cancelled", "Đã hủy"

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=60)
    key = models.CharField("khóa", max_length=200, unique=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="jobs", verbose_name="người yêu cầu"
    )
    params = models.JSONField("tham số", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("số lần chạy", default=0)
    max_tries = models.PositiveSmallIntegerField("số lần chạy tối đa", default=3)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tổng số", default=0)
    message = models.CharField("thông báo", max_length=500, blank=True)
    result = models.JSONField("kết quả", default=dict)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    cancel_asked_at = models.DateTimeField("yêu cầu hủy lúc", null=True, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="jobs_job_waiting")]
        verbose_name = "công việc nền"

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def open(self):
        """True while the work is still to be done."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def cancellable(self):
        """True while its requester may still stop it."""
        return self.open and self.kind in CANCELLABLE and self.cancel_asked_at is None

    @property
    def percent(self):
        """Progress in whole percent; 0 while the total is unknown."""
        return 100 if self.state == self.State.DONE else round(100 * self.done / self.total) if self.total else 0


class Heartbeat(models.Model):
    """The last sign of life of a process: "worker" or "beat"."""

    name = models.CharField("tên", max_length=40, primary_key=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "nhịp"

    def __str__(self):
        return self.name
