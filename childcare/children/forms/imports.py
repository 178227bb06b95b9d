"""Which workbook, for which commune, as of which day."""

from django import forms
from django.core.exceptions import ValidationError

from childcare.accounts.roles import Permission
from childcare.children import places
from childcare.children.forms.base import by_pk
from childcare.lib.calendar import show, today
from childcare.lib.fields import DateTextField
from childcare.lib.refusal import Refusal
from childcare.lib.spreadsheets import check_packing
from childcare.units.models import Unit


def communes(officer):
    """The communes into which the officer may import."""
    units = officer.units_for(Permission.CHILD_IMPORT)
    found = [unit for own in units for unit in Unit.objects.under(own, places.day_of(own)).communes()]
    return sorted(dict.fromkeys(found), key=places.natural)


class WorkbookField(forms.FileField):
    """A workbook within the limits: what is wrong with a file that is none is said at once."""

    widget = forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods"})
    default_error_messages = {
        "required": "Hãy chọn tệp danh sách.", "empty": "Tệp này trống.", "invalid": "Hãy chọn tệp danh sách.",
    }  # fmt: skip

    def __init__(self, *, help_text="Tệp Excel .xlsx, .xls hoặc .ods, không quá 10 MB.", **kwargs):
        super().__init__(help_text=help_text, **kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        try:
            check_packing(file.read(), file.name)
        except Refusal as refusal:
            raise ValidationError(str(refusal))
        file.seek(0)
        return file


class CommuneWorkbookForm(forms.Form):
    """A workbook about a commune, as of a day."""

    file = WorkbookField(label="Tệp Excel")
    unit = forms.ChoiceField(label="Xã, phường")
    on = DateTextField(label="Tính đến ngày", past=True)

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in communes(officer)}
        self.fields["unit"].choices = by_pk(self.units.values())
        first = next(iter(self.units.values()), None)
        self.fields["on"].initial = places.day_of(first)
        if len(self.units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = str(first.public_id)

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]

    def clean(self):
        values = super().clean()
        unit, on = values.get("unit"), values.get("on")
        if unit and on and not unit.valid_on(on):
            self.add_error("on", f"{unit.name} không có hiệu lực vào ngày {show(on)} (hôm nay là {show(today())}).")
        return values


class UploadForm(CommuneWorkbookForm):
    """A list of children to be taken in."""

    file = WorkbookField(
        label="Tệp danh sách",
        help_text="Tệp Excel .xlsx, .xls hoặc .ods, không quá 10 MB. Không cần sửa lại mẫu của xã, phường.",
    )
    on = DateTextField(label="Tính đến ngày", help_text="Tuổi của trẻ tính đến ngày này.", past=True)
