"""Clocks of a unit, and what the administrator puts right."""

from django import forms

from cases.actions.clock_settings import first_day
from cases.models import Case, ClockReminder, ClockRule
from cases.models.rules import MARKS
from childcare.children.forms.base import optional
from childcare.lib.fields import DateTextField, LineField, NumberField

CHECKED = "Đã đối chiếu với văn bản"


class ShorterForm(forms.Form):
    """How long the unit gives itself."""

    amount = NumberField(label="Thời hạn của đơn vị", whole=True, min_value=1, max_value=999)
    basis = LineField(label="Căn cứ", max_length=200, help_text="Ví dụ: Quy chế phối hợp của UBND phường ngày 05/01/2024.")

    def __init__(self, *args, rule, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = f"{rule.get_measure_display()}; theo văn bản: {rule.amount}. Chỉ đặt ngắn hơn."


class ClockForm(forms.Form):
    """A rule as it stands from a day on."""

    valid_from = DateTextField(label="Áp dụng từ ngày")
    name = LineField(label="Việc phải làm", max_length=300)
    amount = NumberField(label="Thời hạn", whole=True, min_value=0, max_value=9999, required=False)
    measure = forms.ChoiceField(label="Đơn vị tính", choices=ClockRule.Measure.choices)
    legal_basis = LineField(label="Căn cứ", max_length=300)
    verified = forms.BooleanField(label=CHECKED, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = first_day()


class VerifyForm(forms.Form):
    """Where the text was read."""

    legal_basis = LineField(label="Căn cứ đã đọc", max_length=300)


class ItemForm(forms.Form):
    """One line of an assessment form."""

    name = LineField(label="Nội dung đánh giá", max_length=300)
    high = LineField(label="Thế nào là Cao", max_length=300, required=False)
    medium = LineField(label="Thế nào là Trung bình", max_length=300, required=False)
    low = LineField(label="Thế nào là Thấp", max_length=300, required=False)
    verified = forms.BooleanField(label=CHECKED, required=False)


class RuleForm(forms.Form):
    """What is compared, and what each outcome proposes."""

    valid_from = DateTextField(label="Áp dụng từ ngày")
    harm_mark = forms.ChoiceField(label="Phần tổn hại, nguy cơ: đếm mức", choices=MARKS)
    ability_mark = forms.ChoiceField(label="Phần tự bảo vệ, phục hồi: đếm mức", choices=MARKS)
    when_more = forms.ChoiceField(label="Số đếm của phần tổn hại nhiều hơn thì đề xuất", choices=Case.Level.choices)
    when_equal = forms.ChoiceField(label="Bằng nhau thì đề xuất", choices=Case.Level.choices)
    when_fewer = forms.ChoiceField(label="Ít hơn thì đề xuất", choices=Case.Level.choices)
    legal_basis = LineField(label="Căn cứ", max_length=300)
    verified = forms.BooleanField(label=CHECKED, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = first_day()


class ReminderForm(forms.Form):
    """One more mark."""

    code = forms.ChoiceField(label="Thời hạn", required=False)
    measure = forms.ChoiceField(label="Tính bằng", choices=ClockReminder.Measure.choices)
    side = forms.ChoiceField(label="Lúc nào", choices=[("before", "trước khi hết hạn"), ("after", "sau khi hết hạn")])
    amount = NumberField(label="Bao nhiêu giờ hoặc ngày làm việc", whole=True, min_value=0, max_value=500)
    goes_to = forms.ChoiceField(label="Nhắc ai", choices=ClockReminder.To.choices)

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = optional(codes, "Mọi thời hạn cùng đơn vị tính")

    def values(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        amount, side = values.pop("amount"), values.pop("side")
        return {**values, "offset": amount if side == "after" else -amount}
