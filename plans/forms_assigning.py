"""Forms of handing down: all targets × units in one table; the answer of a hamlet or school on one target."""

from django import forms
from django.core.paginator import Paginator

from childcare.lib.fields import LineField, NumberField, ParagraphField
from childcare.lib.vietnamese import number
from plans.models import Target

AT_ONCE = 20  # units beside each other: more stand on the next page


class AssignForm(forms.Form):
    """One box for each target and unit: the value given, or a tick where the target has only words. Empty: not given."""

    reason = LineField(
        label="Lý do điều chỉnh, thôi giao", max_length=300, required=False,
        help_text="Bắt buộc khi sửa hoặc bỏ mức đã giao. Ví dụ: theo Công văn số 15/LĐTBXH ngày 02/05/2024.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, units, targets, given, seen):
        super().__init__(data, initial={"seen": seen})
        self.units, self.targets, self.given = units, targets, given
        first = not given
        for target in targets:
            for unit in units:
                self.fields[self.box(target, unit)] = self._field(target, unit, first)

    def _field(self, target, unit, first):
        key, label = (target.pk, unit.pk), f"{target.text}: {unit.name}"
        if target.value is None:
            field = forms.BooleanField(label=label, required=False, initial=first or key in self.given)
            field.widget.attrs |= {"class": "form-check-input", "aria-label": label}
            return field
        value = self.given.get(key, target.value if first else None)
        field = NumberField(label=label, min_value=0, max_value=10**12, required=False)
        field.initial = "" if value is None else number(value)
        field.widget.attrs |= {"aria-label": label, "class": "form-control form-control-sm"}
        return field

    @staticmethod
    def box(target, unit):
        return f"giao-{target.pk}-{unit.pk}"

    @property
    def rows(self):
        """(target, [(unit, box, True when given now)]) for the page."""
        return [
            (target, [(unit, self[self.box(target, unit)], (target.pk, unit.pk) in self.given) for unit in self.units])
            for target in self.targets
        ]

    def clean(self):
        data = super().clean()
        if not self.errors and not self.given and all(value is False for value in self.cells().values()):
            raise forms.ValidationError("Hãy điền mức giao cho ít nhất một đơn vị.")
        return data

    def cells(self):
        """(target, unit) → the value given; None for a target of words; False where nothing is given."""
        found = {}
        for target in self.targets:
            for unit in self.units:
                value = self.cleaned_data.get(self.box(target, unit))
                if target.value is None:
                    found[target.pk, unit.pk] = None if value else False
                else:
                    found[target.pk, unit.pk] = False if value is None else value
        return found


def part_of(units, text):
    """The units that stand beside each other on one page, as a page of django's Paginator."""
    return Paginator(units, AT_ONCE).get_page(text)


class AnswerForm(forms.Form):
    """What a hamlet or school says of a target that it was given: how far, so many of so many, in words."""

    status = forms.ChoiceField(
        label="Đến nay", choices=[row for row in Target.Status.choices if row[0]], widget=forms.RadioSelect
    )
    done = NumberField(label="Số đã đạt", required=False, min_value=0, max_value=10**12)
    of = NumberField(label="Trên tổng số", required=False, min_value=1, max_value=10**12)
    note = ParagraphField(
        label="Ghi thêm", required=False, max_length=2000, help_text="Đã làm gì, còn vướng gì. Không ghi tên trẻ em."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if data.get("of") is not None and data.get("done") is None and "done" not in self.errors:
            self.add_error("done", "Hãy ghi số đã đạt, hoặc để trống cả hai ô.")
        return data
