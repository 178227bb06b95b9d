"""Sign-ins of officers, the machines they come from, the second factor, and what each role must do to come in."""

import uuid

from django.conf import settings
from django.db import models

from childcare.accounts.roles import Role
from childcare.lib.encryption import EncryptedTextField


class RoleRule(models.Model):
    """How the holders of a role come in, where it differs from the settings file. Of several roles the strictest holds."""

    role = models.CharField("vai trò", max_length=20, choices=Role, unique=True)
    second_factor = models.BooleanField("phải xác nhận hai bước")
    idle_minutes = models.PositiveSmallIntegerField("khóa màn hình sau (phút)")

    class Meta:
        verbose_name = "quy định đăng nhập"

    def __str__(self):
        return self.get_role_display()


class SecondFactor(models.Model):
    """The secret that an officer's telephone shares with us; it counts from its first right code on."""

    officer = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor", verbose_name="cán bộ"
    )
    secret = EncryptedTextField("khóa bí mật")  # base32
    confirmed_at = models.DateTimeField("bật lúc", null=True, blank=True)
    last_step = models.BigIntegerField("mã dùng gần nhất", default=0)  # of 30 seconds since 1970: no code opens twice
    failures = models.PositiveIntegerField("số lần sai liên tiếp", default=0)
    wait_until = models.DateTimeField("chờ đến", null=True, blank=True)

    class Meta:
        verbose_name = "xác nhận hai bước"

    def __str__(self):
        return str(self.officer)


class BackupCode(models.Model):
    """A code on paper for the day on which the telephone is lost. Opens once; only its digest is kept."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="backup_codes", verbose_name="xác nhận hai bước")
    digest = models.CharField("dấu", max_length=64)
    used_at = models.DateTimeField("dùng lúc", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="accounts_backup_code_once")]
        verbose_name = "mã dự phòng"

    def __str__(self):
        return f"{self.factor} {self.pk}"


class Device(models.Model):
    """A browser from which an officer has come in before, known by its cookie; only the digest of that is kept."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices", verbose_name="cán bộ")
    digest = models.CharField("dấu", max_length=64)
    first_at = models.DateTimeField("lần đầu")
    last_at = models.DateTimeField("lần cuối")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "digest"], name="accounts_device_once")]
        verbose_name = "máy đã dùng"

    def __str__(self):
        return f"{self.officer} {self.first_at:%d/%m/%Y}"


class SignIn(models.Model):
    """One sign-in, open until its session ends: what the officer and his manager see and can end."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins", verbose_name="cán bộ")
    session_key = models.CharField("phiên", max_length=40, db_index=True)
    address = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    browser = models.CharField("trình duyệt", max_length=80, blank=True)
    started_at = models.DateTimeField("bắt đầu")
    seen_at = models.DateTimeField("thao tác gần nhất")
    ended_at = models.DateTimeField("kết thúc", null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["officer", "ended_at"], name="accounts_signin_open")]
        verbose_name = "lần đăng nhập"

    def __str__(self):
        return f"{self.officer} {self.started_at:%d/%m/%Y}"
