"""Choosing one of thousands of units: typed by name without tones, found by the server, ten at a time."""

import re
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.urls import reverse

from childcare.lib.fields import REQUIRED
from childcare.lib.vietnamese import clean_text, fold
from childcare.units.models import Unit

SHOWN = 10
FEW = 150  # so many stand in a plain list
HINT = "Gõ tên không dấu cũng được; thêm tên tỉnh sau dấu phẩy khi trùng tên: kien an, hai phong."


class UnitSearchInput(forms.TextInput):
    """A line that asks the server while one types; what it finds stands beneath as a choice."""

    template_name = "units/search_input.html"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.day, self.search = None, "unit-search"
        self.found = ()  # what a typed name may mean: shown as a choice also where no script runs

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["search_url"] = f"{reverse(self.search)}?o={name}{f'&ngay={self.day.isoformat()}' if self.day else ''}"
        context["attrs_text"] = flatatt(context["widget"]["attrs"])
        more = len(self.found) > SHOWN
        context |= {"units": self.found[:SHOWN], "more": more, "name": name, "asked": False}
        return context

    def _render(self, template_name, context, renderer=None):
        return render_to_string(template_name, context)

    def value_from_datadict(self, data, files, name):
        return data.get(f"{name}-chon") or data.get(name)


class UnitSearchField(forms.Field):
    """A unit of the query set by what was chosen or typed: its label, its code, or a name that only one unit bears."""

    widget = UnitSearchInput
    default_error_messages = {
        "required": REQUIRED,
        "none": "Không tìm thấy đơn vị này. Hãy gõ lại tên, ví dụ: kien an, hai phong.",
        "many": "Có {count} đơn vị hợp với tên này: {names}. Hãy gõ thêm tên tỉnh hoặc gõ mã.",
    }

    def __init__(self, *, queryset=None, day=None, search="unit-search", help_text=HINT, **kwargs):
        """`search`: the name of the address that answers while one types; it must find what `queryset` holds."""
        super().__init__(help_text=help_text, **kwargs)
        self.queryset = Unit.objects.none() if queryset is None else queryset
        self.widget.day, self.widget.search = day, search

    def to_python(self, value):
        if isinstance(value, Unit) or value in self.empty_values:
            return value or None
        text = clean_text(str(value))[:200]
        found = self.queryset.select_related("parent")
        try:
            rows = list(found.filter(public_id=UUID(text))[:1])
        except ValueError:
            code = re.search(r"\(([\w-]+)\)\s*$", text)
            rows = list(found.filter(code=code[1] if code else text)[:2])
            rows = rows or list(found.named(text)[: 2 * SHOWN])
        return self._only(rows, text)

    def _only(self, rows, text):
        same = [row for row in rows if fold(row.name) == fold(text.partition(",")[0])]
        rows = same if len(same) == 1 else rows
        if len(rows) == 1:
            return rows[0]
        if not rows:
            raise ValidationError(self.error_messages["none"], code="none")
        self.widget.found = rows
        names = "; ".join(row.label for row in rows[:5])
        raise ValidationError(self.error_messages["many"].format(count=len(rows), names=names), code="many")

    def bound_data(self, data, initial):
        """What was chosen comes back as its label, what was typed as it was typed."""
        try:
            chosen = self.queryset.select_related("parent").filter(public_id=UUID(str(data))).first()
        except ValueError:
            return data
        return chosen.label if chosen else data

    def prepare_value(self, value):
        return value.label if isinstance(value, Unit) else value

    def has_changed(self, initial, data):
        return str(initial or "") != str(data or "")
