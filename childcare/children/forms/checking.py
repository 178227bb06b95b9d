"""Forms of the lists to be checked: what the police confirmed, and a list that goes out."""

from django import forms

from childcare.children.forms.base import VersionForm, by_pk
from childcare.lib.fields import DateTextField, LineField


class VerifyForm(VersionForm):
    """The day on which the police confirmed the number."""

    on = DateTextField(label="Công an đã xác thực ngày", past=True, help_text="Ngày ghi trong danh sách công an trả lại.")


class UnitFilter(forms.Form):
    """Units by their name, in the address of the page: a unit is no person."""

    ten = LineField(
        label="Tên xã, phường", max_length=60, required=False, widget=forms.TextInput({"placeholder": "ví dụ: nam son"})
    )

    @property
    def text(self):
        """What was typed; nothing for what no name can be."""
        return self.cleaned_data["ten"] if self.is_valid() else ""


class CheckListForm(forms.Form):
    """For which place, and who takes the list along."""

    unit = forms.ChoiceField(label="Địa bàn")
    holder = LineField(
        label="Người giữ danh sách", max_length=120, help_text="Trưởng thôn, tổ trưởng hoặc cộng tác viên nhận bản này."
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in units}
        self.fields["unit"].choices = by_pk(self.units.values())

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = LineField(label="Lý do hoàn tác", max_length=300)
