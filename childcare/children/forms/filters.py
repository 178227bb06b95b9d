"""The filters of the list of children: a GET form without names; page, count, print and export share its queryset."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django import forms
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from childcare.accounts.roles import Permission
from childcare.children import codelist, listing, places
from childcare.children.forms.base import optional
from childcare.children.models import Incident
from childcare.lib.calendar import today
from childcare.units.models import Unit

AGE_WORDS = [
    ("0-15", "Dưới 16 tuổi"),
    ("0-5", "0–5 tuổi"),
    ("6-10", "6–10 tuổi"),
    ("11-15", "11–15 tuổi"),
    ("16-17", "16–17 tuổi"),
]
POVERTY_WORDS = [("poor", "Hộ nghèo"), ("near", "Hộ cận nghèo"), ("other", "Hộ khác"), ("none", "Chưa ghi loại hộ")]
CHECK_WORDS = [
    ("any", "Bất kỳ"),
    ("none", "Chưa có số định danh"),
    ("bad", "Số định danh chưa hợp lệ"),
    ("basic", "Thiếu thông tin cơ bản"),
    ("paper", "Quyết định chưa ghi ngày"),
]
MINISTRY_WORDS = [("present", "Đã có"), ("absent", "Chưa có"), ("different", "Khác thông tin"), ("none", "Chưa rõ")]
SORT_WORDS = [("name", "Tên"), ("birth", "Ngày sinh"), ("change", "Mới sửa")]

CONTROL = (
    '<div class="field"><label for="id_{name}" class="form-label">{label}</label>'
    '<select name="{name}" id="id_{name}" class="form-select">{options}</select></div>'
)


@lru_cache(maxsize=512)
def options_html(choices, value):
    """The options of a select, escaped."""
    lines = ((key, " selected" if key == value else "", word) for key, word in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', lines)


@lru_cache(maxsize=512)
def control_html(name, label, choices, value):
    """A select with its label, escaped."""
    return format_html(CONTROL, name=name, label=label, options=_select_html(choices, value))


def _select_html(choices, value):
    """The options of a select with its groups of options, escaped."""
    parts = []
    for key, word in choices:
        if isinstance(word, tuple):
            parts.append(format_html('<optgroup label="{}">{}</optgroup>', key, options_html(word, value)))
        else:
            parts.append(options_html(((key, word),), value))
    return format_html_join("", "{}", ((part,) for part in parts))


@lru_cache(maxsize=16)
def kind_choices(kinds):
    """(choices of groups, choices of risks) of these codes: the list of codes changes with a release."""
    local = tuple((kind.code, kind.name) for kind in kinds if kind.family == "L" and kind.code != "L00")
    groups = (
        ("", "Tất cả"), ("any", "Có hoàn cảnh đặc biệt"),
        ("Theo Luật Trẻ em", tuple((kind.code, kind.name) for kind in kinds if kind.family == "N" and kind.head)),
        ("Nhóm địa phương", local),
    )  # fmt: skip
    risks = (("", "Tất cả"), ("any", "Có nguy cơ"), *((kind.code, kind.name) for kind in kinds if kind.family == "R"))
    return groups, risks


class Chosen:
    """What the filters of a list have in common. `value(name)` is what was chosen, "" when nothing or nothing readable."""

    def chosen(self):
        """{name: value} of everything that filters."""
        return {name: self.value(name) for name in self.fields if self.value(name)}

    def address(self, **changes):
        """The query of an address with some values changed; None removes one."""
        values = {**self.chosen(), **changes}
        return "?" + urlencode({name: value for name, value in values.items() if value not in (None, "")})

    def controls(self, names):
        """The selects as HTML: sixty options by widgets would cost more than the list itself."""
        return SafeString("".join(self._control(name) for name in names))

    def _control(self, name):
        field = self.fields[name]
        choices = ((key, tuple(word) if isinstance(word, list) else word) for key, word in field.choices)
        return control_html(name, field.label, tuple(choices), str(self.value(name)))

    def tags(self, unless=()):
        """What is filtered, each with the address that removes it."""
        words = [(name, self._word(name, value)) for name, value in self.chosen().items() if name not in unless]
        return [{"text": text, "url": self.address(**{name: None})} for name, text in words]

    def _word(self, name, value):
        field = self.fields[name]
        words = {}
        for key, word in field.choices:
            words |= dict(word) if isinstance(word, (list, tuple)) else {key: word}
        return f"{field.label}: {str(words[value]).strip()}"


class QuietForm(Chosen, forms.Form):
    """A GET form: what it cannot read is no filter, never an error."""

    def value(self, name):
        """The cleaned value of a field, or "" when it was not given or cannot be read."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""


@dataclass
class Choice:
    """A field of a LightFilter: its label and its (value, word) choices, or groups of them."""

    label: str
    choices: list

    def values(self):
        for key, word in self.choices:
            yield from (one for one, _ in word) if isinstance(word, (list, tuple)) else (key,)


class LightFilter(Chosen):
    """Filters that are choices only, written by `controls`: a form's widgets would cost more than the list itself."""

    base_fields = {}

    def __init_subclass__(cls):
        cls.base_fields = {name: field for name, field in vars(cls).items() if isinstance(field, forms.ChoiceField)}

    def __init__(self, data):
        self.data = data
        self.fields = {name: Choice(field.label, list(field.choices)) for name, field in self.base_fields.items()}

    def value(self, name):
        """The value chosen in a field, or "" when it is none of its choices."""
        text = self.data.get(name, "") if self.data else ""
        return text if text and text in self.fields[name].values() else ""


class ChildFilter(LightFilter):
    """Filters of the list of children."""

    unit = forms.ChoiceField(label="Địa bàn", required=False)
    age = forms.ChoiceField(label="Độ tuổi", choices=optional(AGE_WORDS, "Tất cả"), required=False)
    sex = forms.ChoiceField(
        label="Giới tính", choices=optional([("m", "Nam"), ("f", "Nữ"), ("none", "Chưa rõ")], "Tất cả"), required=False
    )
    group = forms.ChoiceField(label="Hoàn cảnh", required=False)
    risk = forms.ChoiceField(label="Nguy cơ", required=False)
    poverty = forms.ChoiceField(label="Loại hộ", choices=optional(POVERTY_WORDS, "Tất cả"), required=False)
    support = forms.ChoiceField(
        label="Trợ giúp trong năm", choices=optional([("yes", "Đã được"), ("no", "Chưa được")], "Tất cả"), required=False
    )
    check = forms.ChoiceField(label="Cần kiểm tra", choices=optional(CHECK_WORDS, "Tất cả"), required=False)
    home = forms.ChoiceField(
        label="Cư trú", choices=[("", "Đang ở đây"), ("out", "Đã chuyển đi, tử vong"), ("all", "Tất cả")], required=False
    )
    ministry = forms.ChoiceField(label="Phần mềm của Bộ", choices=optional(MINISTRY_WORDS, "Tất cả"), required=False)
    year = forms.ChoiceField(label="Năm", required=False)
    sort = forms.ChoiceField(label="Xếp theo", choices=[("", "Tên"), *SORT_WORDS[1:]], required=False)

    def __init__(self, data, *, officer):
        super().__init__(data)
        self.officer, self.on = officer, places.as_of(officer)
        found, self.units = places.filter_units(officer)
        if self.units is None:
            key = uuid_or_blank(data.get("unit"))
            chosen = Unit.objects.filter(public_id=key).first() if key else None
            found = places.filter_places(officer, chosen.parent if chosen and chosen.kind == "hamlet" else chosen)
        self.places = {str(unit.public_id): unit for unit in found}
        self.fields["unit"].choices = [("", "Tất cả"), *((key, unit.name) for key, unit in self.places.items())]
        self.fields["year"].choices = [
            ("", str(self.on.year)),
            *((str(year), str(year)) for year in range(self.on.year - 1, self.on.year - 6, -1)),
        ]
        kinds = [kind for kind in codelist.circumstances().values() if kind.active]
        if not officer.can(Permission.PROTECTED_VIEW):
            kinds = [kind for kind in kinds if not kind.sensitive]
        self.fields["group"].choices, self.fields["risk"].choices = kind_choices(tuple(kinds))

    @property
    def place(self):
        """The place filtered by, or None."""
        return self.places.get(self.value("unit"))

    @property
    def year_number(self):
        """The year of poverty class and support."""
        return int(self.value("year") or self.on.year)

    @property
    def order(self):
        """One of the three orders."""
        return self.value("sort") or "name"

    @cached_property
    def children(self):
        """The children that the filters leave: the one queryset of page, count, print and export."""
        names = ("age", "sex", "group", "risk", "poverty", "support", "check", "ministry")
        values = {name: self.value(name) for name in names}
        home = {"": "in", "out": "out", "all": ""}[self.value("home")]
        keys = None if self.place else self.units
        return listing.filtered(
            officer=self.officer, on=self.on, unit=self.place, units=keys, home=home, year=self.year_number, **values
        )

    def page(self, **marks):
        """The page of them beyond the marks (`after`, `before`)."""
        narrowed = set(self.chosen()) - {"sort", "year"} or not self.units or len(self.units) > listing.MOST_UNITS
        units = None if narrowed else self.units
        children = SimpleLazyObject(lambda: self.children)  # the kept statement of a plain page never asks for it
        return listing.page(children, officer=self.officer, on=self.on, sort=self.order, units=units, **marks)


class IncidentFilter(QuietForm):
    """Filters of the list of incidents."""

    unit = forms.ChoiceField(label="Địa bàn", required=False)
    kind = forms.ChoiceField(label="Loại vụ việc", required=False)
    year = forms.ChoiceField(label="Năm", required=False)

    def __init__(self, data, *, officer):
        super().__init__(data)
        self.places = {str(unit.public_id): unit for unit in places.filter_places(officer)}
        self.fields["unit"].choices = [("", "Tất cả"), *((key, unit.name) for key, unit in self.places.items())]
        kinds = [
            row for row in Incident.Kind.choices if officer.can(Permission.PROTECTED_VIEW) or row[0] not in ("abuse", "offence")
        ]
        self.fields["kind"].choices = optional(kinds, "Tất cả")
        year = today().year
        self.fields["year"].choices = [("", "Tất cả"), *((str(number), str(number)) for number in range(year, year - 6, -1))]

    def narrow(self, incidents):
        """The incidents that the filters leave."""
        unit = self.places.get(self.value("unit"))
        incidents = incidents.filter(unit__path__startswith=unit.path) if unit else incidents
        incidents = incidents.filter(kind=self.value("kind")) if self.value("kind") else incidents
        return incidents.filter(occurred_on__year=int(self.value("year"))) if self.value("year") else incidents


def uuid_or_blank(text):
    """The text when it is a UUID in its usual form, else ""."""
    try:
        return str(forms.UUIDField(required=False).clean(text) or "")
    except forms.ValidationError:
        return ""
