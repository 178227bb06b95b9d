"""Messages to officers: in the app at once, by e-mail as one digest a day, each sent exactly once."""

import uuid

from django.conf import settings
from django.db import models

ERRORS = {
    "ConnectionRefusedError": "Không nối được tới máy chủ thư",
    "gaierror": "Không tìm thấy máy chủ thư",
    "TimeoutError": "Máy chủ thư không trả lời",
    "SMTPAuthenticationError": "Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu",
    "SMTPRecipientsRefused": "Máy chủ thư không nhận địa chỉ người nhận",
    "SMTPServerDisconnected": "Máy chủ thư ngắt kết nối",
    "ValueError": "Địa chỉ người nhận viết sai",
}


class MessageQuerySet(models.QuerySet):
    def unread(self):
        """Messages nobody has opened yet."""
        return self.filter(read_at=None)

    def unread_first(self):
        """Unread ones first, the newest on top of each kind."""
        return self.order_by(models.Case(models.When(read_at=None, then=0), default=1), "-pk")


class Message(models.Model):
    """One reminder or notice to one officer. The key says what it is about: a second run finds it there."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox", verbose_name="người nhận")
    key = models.CharField("khóa", max_length=200)
    day = models.DateField("ngày")
    subject = models.CharField("nội dung", max_length=300)
    body = models.TextField("chi tiết", blank=True)
    url = models.CharField("đường dẫn", max_length=200, blank=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    digest = models.ForeignKey(
        "Digest", models.SET_NULL, null=True, blank=True, related_name="messages", verbose_name="thư tổng hợp"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="inbox_message_once")]
        indexes = [models.Index(fields=["officer", "-id"], name="inbox_message_officer")]
        verbose_name = "nhắc việc"

    def __str__(self):
        return self.subject


class Digest(models.Model):
    """The one e-mail of an officer and day. Claimed, sent, marked; a crash between delays it and never doubles it."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", verbose_name="người nhận")
    day = models.DateField("ngày")
    message_id = models.CharField("Message-ID", max_length=120, unique=True)
    claimed_at = models.DateTimeField("nhận gửi lúc", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    error = models.CharField("lỗi", max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "day"], name="inbox_digest_one_a_day")]
        verbose_name = "thư tổng hợp"

    def __str__(self):
        return self.message_id

    @property
    def error_words(self):
        """What went wrong, in words for the administrator, with the technical name behind."""
        return f"{ERRORS.get(self.error, 'Máy chủ thư báo lỗi')} ({self.error})"
