"""What is typed about checks."""

from django import forms

from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, ParagraphField
from childcare.units.models import Unit
from plans.querysets_inspections import checking_units


def checked_units(officer):
    """(checking unit, unit to check) by key: each own unit itself, and what lies right below it."""
    found = {}
    for own in checking_units(officer):
        below = Unit.objects.filter(parent=own).on(own.as_of(today())).order_by("kind", "code")
        for unit in [own, *below]:
            found.setdefault(str(unit.public_id), (own, unit))
    return found


class InspectionForm(forms.Form):
    """Who is checked, when, what about, by which Đoàn."""

    unit = forms.ChoiceField(label="Đơn vị được kiểm tra", help_text="Chọn đơn vị mình khi tự kiểm tra.")
    team = LineField(
        label="Đoàn kiểm tra", max_length=200, required=False, help_text="Để trống khi đơn vị tự tổ chức kiểm tra."
    )
    decision = LineField(label="Quyết định thành lập đoàn", max_length=120, required=False)
    starts_on = DateTextField(label="Từ ngày")
    ends_on = DateTextField(label="Đến ngày")
    scope = ParagraphField(label="Nội dung kiểm tra", max_length=4000, rows=4)

    def __init__(self, data=None, *, officer):
        self.pairs = checked_units(officer)
        super().__init__(data)
        self.fields["unit"].choices = [
            (key, f"{unit.name} (tự kiểm tra)" if own == unit else unit.name) for key, (own, unit) in self.pairs.items()
        ]

    @property
    def values(self):
        """Keyword arguments of the action."""
        by_unit, unit = self.pairs[self.cleaned_data["unit"]]
        return {**self.cleaned_data, "unit": unit, "by_unit": by_unit}


class RecommendationForm(forms.Form):
    """One kiến nghị."""

    text = ParagraphField(label="Kiến nghị", max_length=600)
    due_on = DateTextField(label="Hạn khắc phục", required=False, help_text="Chưa định thì để trống.")


class CorrectRecommendationForm(RecommendationForm):
    """One that is written down, before the conclusion."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DropForm(forms.Form):
    """Which version was looked at before it was taken out."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ConcludeForm(forms.Form):
    """What was found."""

    findings = ParagraphField(label="Kết quả, nhận xét", max_length=20_000, rows=8, help_text="Không ghi tên trẻ em.")
    concluded_on = DateTextField(label="Ngày kết luận", past=True)
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What the unit says to it."""

    answer = ParagraphField(label="Giải trình", max_length=20_000, rows=6, help_text="Không ghi tên trẻ em.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class MendForm(forms.Form):
    """What was done."""

    result = ParagraphField(label="Kết quả khắc phục", max_length=4000)
    done_on = DateTextField(label="Khắc phục xong ngày", past=True)
    version = forms.IntegerField(widget=forms.HiddenInput)
