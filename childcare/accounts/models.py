"""Officers and their appointments. Rights come from the current appointments and from nothing else."""

import uuid
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from childcare.accounts.models_sessions import (  # noqa: F401  in a module of their own
    BackupCode,
    Device,
    RoleRule,
    SecondFactor,
    SignIn,
)
from childcare.accounts.querysets import AppointmentQuerySet, OfficerQuerySet
from childcare.accounts.roles import GRANTS, Role
from childcare.lib.calendar import today
from childcare.lib.compiled import compiled
from childcare.lib.encryption import EncryptedTextField
from childcare.lib.vietnamese import fold, name_key
from childcare.units.models import Office, Unit


class OfficerManager(BaseUserManager.from_queryset(OfficerQuerySet)):
    def create_officer(self, username, full_name, password=None, **fields):
        """A new officer; without a password the account opens by a one-use link."""
        officer = self.model(username=username.strip().lower(), full_name=full_name, **fields)
        officer.set_password(password)
        officer.save(using=self._db)
        return officer


class Officer(AbstractBaseUser):
    """A person with an account. Without a current appointment he sees nothing."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    folded_name = models.CharField("tên không dấu", max_length=120, editable=False)
    name_key = models.CharField("khóa sắp tên", max_length=200, editable=False, db_index=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    is_active = models.BooleanField("đang hoạt động", default=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = OfficerManager()
    USERNAME_FIELD = "username"
    request_address = ""
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["username"]
        verbose_name = "cán bộ"

    def __str__(self):
        return self.full_name

    def save(self, **kwargs):
        self.folded_name, self.name_key = fold(self.full_name), name_key(self.full_name)
        super().save(**kwargs)

    @property
    def audit_name(self):
        return f"{self.full_name} ({self.username})"

    @property
    def audit_scopes(self):
        """The paths of his units between semicolons, kept in the log: who may later read the entry."""
        return "".join(f";{path}" for path in {row.unit.path: 1 for row in self.current_appointments})

    @cached_property
    def current_appointments(self):
        """Appointments that hold today, read once a request: rights end at the next request."""
        if not self.is_active:
            return []
        rows = _holding.rows(officer=self.pk, day=today())
        for row in rows:
            row.officer = self
        return rows

    @cached_property
    def permissions(self):
        """Everything that any current appointment grants."""
        return set().union(*(GRANTS[Role(row.role)] for row in self.current_appointments))

    def can(self, permission):
        """True when a current appointment grants the permission somewhere."""
        return permission in self.permissions

    def units_for(self, permission):
        """The units in which the officer holds the permission; it reaches everything below them."""
        return [row.unit for row in self.current_appointments if permission in GRANTS[Role(row.role)]]

    def can_in(self, permission, unit):
        """True when the officer holds the permission in this unit or above it."""
        return any(unit.is_under(own) for own in self.units_for(permission))

    @property
    def unit(self):
        """The unit of the first appointment, for headings; None without one."""
        return self.current_appointments[0].unit if self.current_appointments else None

    @property
    def role_names(self):
        return "; ".join({row.get_role_display(): 1 for row in self.current_appointments})

    @property
    def unit_names(self):
        return "; ".join({row.unit.name: 1 for row in self.current_appointments})


class Appointment(models.Model):
    """A post: officer, unit (and office), role, from, until."""

    public_id = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="appointments", verbose_name="cán bộ")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name="đơn vị")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="phòng")
    role = models.CharField("vai trò", max_length=20, choices=Role)
    position = models.CharField("chức vụ", max_length=120, blank=True)
    started_on = models.DateField("từ ngày")
    ended_on = models.DateField("đến trước ngày", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=120, blank=True)
    created_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người lập")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_appointment_dates_in_order",
                condition=Q(ended_on=None) | Q(started_on__lte=F("ended_on")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            )
        ]
        verbose_name = "phân công"

    def __str__(self):
        return f"{self.officer} · {self.get_role_display()} · {self.unit}"

    @property
    def audit_name(self):
        return f"{self.officer.username} {self.role} {self.unit.code}"

    @property
    def last_day(self):
        """The last day on which the post holds; None while no end is known."""
        return self.ended_on - timedelta(days=1) if self.ended_on else None


@compiled(officer=models.BigIntegerField(), day=models.DateField())
def _holding(officer, day):
    """The appointments of an officer on a day with their units: asked by every request."""
    rows = Appointment.objects.filter(officer=officer).on(day)
    return rows.select_related("unit", "unit__parent__parent", "office").order_by("pk")


class AccessLink(models.Model):
    """A one-use link to choose a password; only its digest is kept."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="access_links", verbose_name="cán bộ")
    digest = models.CharField("dấu", max_length=64, unique=True)
    made_by = models.ForeignKey(Officer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="người tạo")
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "đường dẫn dùng một lần"

    def __str__(self):
        return f"{self.officer} {self.created_at:%d/%m/%Y}"


class Draft(models.Model):
    """What an officer typed into one form and has not saved yet. His own only; encrypted; a saved form closes it."""

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="drafts", verbose_name="cán bộ")
    key = models.CharField("biểu mẫu", max_length=300)  # the address of the page of the form
    page = models.CharField("trang", max_length=40)  # which opening of the page wrote it last
    fields = EncryptedTextField("nội dung", blank=True, default="")  # JSON of [name, value]; empty: closed by saving
    version = models.PositiveIntegerField("phiên bản", default=1)
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "key"], name="accounts_draft_once")]
        verbose_name = "bản nháp"

    def __str__(self):
        return f"{self.officer} {self.key}"
