"""Places and bodies as dated rows. A change of name, parent, kind or boundary closes the row and opens a successor."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from childcare.lib.vietnamese import fold
from childcare.units.querysets import OfficeQuerySet, UnitQuerySet


class Dated(models.Model):
    """A row that holds from a day to the day before another; an empty bound is open."""

    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True, help_text="Ngày đầu tiên không còn hiệu lực.")
    evidence = models.CharField("mức đối chiếu", max_length=20, default="unverified")
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        abstract = True

    def valid_on(self, day):
        """True when the row holds on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Unit(Dated):
    """A place or body. The same code may have named other units at other times: (code, valid_from) is unique."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "Tỉnh, thành phố"
        DISTRICT = "district", "Quận, huyện"
        COMMUNE = "commune", "Xã, phường"
        HAMLET = "hamlet", "Thôn, tổ dân phố"
        SCHOOL = "school", "Trường học"
        FACILITY = "facility", "Cơ sở trợ giúp xã hội"

    public_id = models.UUIDField("mã công khai", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=20, db_index=True)
    kind = models.CharField("cấp", max_length=10, choices=Kind)
    name = models.CharField("tên", max_length=200)
    folded_name = models.CharField("tên để tìm", max_length=200, editable=False, default="", db_index=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="đơn vị cấp trên"
    )
    path = models.CharField("đường dẫn", max_length=120, db_index=True, editable=False, default="")
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, related_name="successors", blank=True, verbose_name="đơn vị trước"
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="units_unit_code_once_a_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_from=None), name="units_unit_code_once_from_before"),
            models.CheckConstraint(
                name="units_unit_dates_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lt=F("valid_to")),
                violation_error_message="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
            ),
        ]
        verbose_name = "đơn vị"

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        self.folded_name = fold(self.name)
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "folded_name"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def audit_name(self):
        return f"{self.name} ({self.code})"

    @property
    def label(self):
        """What a picker shows and takes back: "Phường Kiến An, Thành phố Hải Phòng (11443)"."""
        return f"{self.name}{f', {self.parent.name}' if self.parent else ''} ({self.code})"

    @property
    def bare_name(self):
        """The name without its kind: "Nam Sơn" of "Phường Nam Sơn"."""
        for word in ("Thành phố ", "Tỉnh ", "Quận ", "Huyện ", "Thị xã ", "Phường ", "Xã ", "Thị trấn ", "Đặc khu "):
            if self.name.startswith(word):
                return self.name[len(word) :]
        return self.name

    @property
    def kind_word(self):
        """What the unit calls itself, in small letters: phường, xã, quận, huyện, thành phố, tỉnh, trường …"""
        return self.name.removesuffix(self.bare_name).strip().lower() or self.get_kind_display().lower()

    @property
    def hamlet_word(self):
        """What the hamlets of this commune are called: "tổ dân phố" in a ward, "thôn" elsewhere."""
        return "tổ dân phố" if self.kind_word in ("phường", "thị trấn") else "thôn"

    @property
    def ancestor_keys(self):
        """Primary keys from the top down to this unit, itself included."""
        return [int(key) for key in self.path.strip(".").split(".")]

    @cached_property
    def former_keys(self):
        """Primary keys of the units that this one followed, back to the first; read once."""
        found, wave = set(), [self.pk]
        while wave:
            wave = set(Unit.objects.filter(successors__in=wave).order_by().values_list("pk", flat=True)) - found
            found |= wave
        return sorted(found)

    def follows(self, other):
        """True when the other unit, or one above it, is among those that this one followed."""
        return any(key in self.former_keys for key in other.ancestor_keys)

    def as_of(self, day):
        """The day itself, or the last day on which the unit held: a page of a unit that ended shows its last state."""
        return day if self.valid_to is None or day < self.valid_to else self.valid_to - timedelta(days=1)

    def is_under(self, other):
        """True when this unit is `other` or lies below it."""
        return self.path.startswith(other.path)


class Office(Dated):
    """A body that issues documents and reports for a unit: Phòng LĐTBXH, Sở LĐTBXH, Phòng Văn hóa - Xã hội."""

    public_id = models.UUIDField("mã công khai", default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField("mã", max_length=20, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices", verbose_name="đơn vị")
    name = models.CharField("tên", max_length=200)
    abbreviation = models.CharField("viết tắt", max_length=40, blank=True)
    sign = models.CharField("ký hiệu văn bản", max_length=40, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="units_office_code_once_a_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_from=None), name="units_office_code_once_from_before"),
        ]
        verbose_name = "cơ quan, phòng ban"

    def __str__(self):
        return self.name

    @property
    def audit_name(self):
        return f"{self.name} ({self.code})"


class UnitYear(models.Model):
    """A general figure of a unit in a year with its source: population, households, schools, children by the police."""

    class Key(models.TextChoices):
        POPULATION = "population", "Dân số"
        HOUSEHOLDS = "households", "Số hộ"
        CHILDREN_OFFICIAL = "children_official", "Số trẻ em theo Công an hoặc Thống kê"
        SCHOOLS = "schools", "Số trường học"
        FAMILIES = "families", "Số gia đình có trẻ em"
        SCHOOL_STAFF = "school_staff", "Số cán bộ, giáo viên, nhân viên các trường"
        ADULTS = "adults", "Số người lớn trong cộng đồng (từ 16 tuổi)"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="years", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    key = models.CharField("số liệu", max_length=30, choices=Key)
    value = models.DecimalField("giá trị", max_digits=16, decimal_places=2)
    source = models.CharField("nguồn", max_length=200)
    source_date = models.DateField("ngày của số liệu", null=True, blank=True)
    recorded_at = models.DateTimeField("nhập lúc", auto_now=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "key"], name="units_unityear_once")]
        verbose_name = "số liệu chung của đơn vị"

    def __str__(self):
        return f"{self.unit} {self.year} {self.key}"


class DayOverride(models.Model):
    """A day that an announcement made a working day or a day off, against the calendar."""

    day = models.DateField("ngày", unique=True)
    working = models.BooleanField("là ngày làm việc")
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        ordering = ["day"]
        verbose_name = "ngày nghỉ, ngày làm bù"

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"

    @classmethod
    def as_dict(cls):
        """Every override: day → True when it is a working day."""
        return dict(cls.objects.order_by("day").values_list("day", "working"))
