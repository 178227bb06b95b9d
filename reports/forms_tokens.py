"""The form by which a token is given."""

from django import forms

from reports.actions.tokens import DAYS


class TokenForm(forms.Form):
    """Which program reads the figures of which unit, and how long."""

    name = forms.CharField(label="Phần mềm, nơi dùng", max_length=120, help_text="Ví dụ: kho dữ liệu dùng chung của Sở.")
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=None, empty_label=None)
    days = forms.TypedChoiceField(label="Thời hạn", choices=[(days, f"{days} ngày") for days in DAYS], coerce=int, initial=90)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
