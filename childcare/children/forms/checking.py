"""Forms of the lists to be checked: what the police confirmed, and a list that goes out."""

from django import forms

from childcare.children.forms.base import VersionForm
from childcare.lib.fields import DateTextField, LineField


class VerifyForm(VersionForm):
    """The day on which the police confirmed the number."""

    on = DateTextField(label="Công an đã xác thực ngày", past=True, help_text="Ngày ghi trong danh sách công an trả lại.")


class UndoForm(forms.Form):
    """Why an import is undone."""

    reason = LineField(label="Lý do hoàn tác", max_length=300)
