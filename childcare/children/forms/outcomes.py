"""What became of an incident."""

from django import forms

from childcare.children.forms.base import OnceForm
from childcare.children.models import IncidentOutcome
from childcare.lib.fields import DateTextField, LineField


class OutcomeForm(OnceForm):
    """Which result, when, by whom, by which paper."""

    kind = forms.ChoiceField(label="Kết quả xử lý", choices=IncidentOutcome.Kind.choices, widget=forms.RadioSelect)
    on = DateTextField(label="Ngày", past=True)
    body = LineField(label="Cơ quan tiếp nhận hoặc xử lý", max_length=160, help_text="Ví dụ: Công an quận Kiến An.")
    document = LineField(label="Văn bản", max_length=160, required=False, help_text="Số, ngày của văn bản, nếu có.")
