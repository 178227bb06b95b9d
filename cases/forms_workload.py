"""Handing over the files of an officer."""

from django import forms
from django.contrib.auth import get_user_model

from cases.workload import receivers
from childcare.lib.fields import LineField


class HandOverForm(forms.Form):
    """Who takes them, and why."""

    to = forms.ModelChoiceField(
        get_user_model().objects.none(), label="Bàn giao cho", to_field_name="public_id", empty_label="Chọn cán bộ",
        error_messages={"required": "Hãy chọn người nhận."},
    )  # fmt: skip
    reason = LineField(label="Lý do, căn cứ", max_length=200, help_text="Ví dụ: nghỉ việc theo Quyết định 12/QĐ-UBND.")

    def __init__(self, *args, by, leaving, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = receivers(by, leaving)
