"""Forms of a round of review: open one, tick a child."""

from datetime import timedelta

from django import forms

from childcare.accounts.roles import Permission
from childcare.children.forms.base import OnceForm
from childcare.children.models import ReviewTick
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField


class RoundForm(OnceForm):
    """A new round."""

    unit = forms.ChoiceField(label="Đơn vị")
    title = LineField(label="Tên đợt", max_length=160, help_text="Ví dụ: Rà soát trẻ em 6 tháng đầu năm 2024.")
    started_on = DateTextField(label="Từ ngày", past=True)
    due_on = DateTextField(label="Đến ngày")

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in officer.units_for(Permission.CHILD_EDIT)}
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["started_on"].initial, self.fields["due_on"].initial = today(), today() + timedelta(days=14)

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]

    def clean(self):
        values = super().clean()
        first, last = values.get("started_on"), values.get("due_on")
        if first and last and last < first:
            self.add_error("due_on", "Ngày kết thúc đợt phải sau ngày bắt đầu.")
        return values


class TickForm(forms.Form):
    """What was found of one child."""

    answer = forms.ChoiceField(choices=ReviewTick.Answer.choices[1:])
    note = LineField(max_length=300, required=False)
