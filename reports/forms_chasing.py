"""What a letter to the late units asks for: in whose name it goes, and until when they shall answer."""

from django import forms

from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField


class PaperChoice(forms.Form):
    """In whose name, and the new day of a công văn đôn đốc. Nothing has to be known."""

    in_name = forms.ChoiceField(label="Ban hành với danh nghĩa", required=False)
    by_day = DateTextField(label="Yêu cầu gửi chậm nhất ngày", required=False, help_text="Để trống: “ngay sau khi nhận được”.")

    def __init__(self, *args, unit, office, **kwargs):
        super().__init__(*args, **kwargs)
        own = [("", f"Ủy ban nhân dân {unit.kind_word}")]
        self.fields["in_name"].choices = [("phong", office.name), *own] if office else own

    def clean_by_day(self):
        day = self.cleaned_data["by_day"]
        if day and day < today():
            raise forms.ValidationError("Ngày này đã qua. Hãy chọn hôm nay hoặc một ngày sau hôm nay.")
        return day
