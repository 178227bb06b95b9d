"""Forms about the ministry's software."""

from django import forms

from childcare.children import places
from childcare.children.forms.base import by_pk
from childcare.children.forms.imports import WorkbookField, communes
from childcare.lib.fields import DateTextField


class MinistryForm(forms.Form):
    """A workbook given out by the ministry's software."""

    file = WorkbookField(
        label="Tệp xuất từ phần mềm của Bộ",
        help_text="Tệp Excel .xlsx, .xls hoặc .ods, không quá 10 MB, để nguyên như khi xuất ra.",
    )
    unit = forms.ChoiceField(label="Xã, phường")
    on = DateTextField(label="Xuất ngày", past=True)
    whole = forms.BooleanField(
        label="Tệp có đủ trẻ em của xã, phường", required=False,
        help_text="Đánh dấu thì trẻ trong sổ mà không có trong tệp được ghi là “Chưa có” trên phần mềm của Bộ.",
    )  # fmt: skip

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
