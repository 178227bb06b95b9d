"""Forms of plans: filters by GET, what officers type, and what other forms of this app share."""

from django import forms

from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from childcare.lib.fields import LineField, NumberField, ParagraphField
from childcare.units.models import Unit
from plans.models import Plan, Target

WHERE = [("", "Tất cả"), ("own", "Đơn vị mình"), ("above", "Cấp trên"), ("below", "Cấp dưới"), ("former", "Đơn vị trước đây")]


def years_of(rows):
    """The years that the plans cover, the last first."""
    spans = set(rows.order_by().values_list("first_year", "last_year"))
    return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)


class PlanFilter(forms.Form):
    """Which plans: of a year, of one's own unit, above or below."""

    year = forms.ChoiceField(label="Năm", required=False)
    where = forms.ChoiceField(label="Của", required=False, choices=WHERE)

    def __init__(self, data, *, officer):
        super().__init__(data)
        self.fields["year"].choices = [("", "Tất cả"), *((year, year) for year in years_of(Plan.objects.visible_to(officer)))]


class AssessForm(forms.Form):
    """The state of a qualitative target and why."""

    status = forms.ChoiceField(label="Đánh giá", choices=Target.Status.choices, required=False, widget=forms.RadioSelect)
    note = ParagraphField(
        label="Nhận xét", required=False, help_text="Đã làm gì, kết quả thế nào, còn vướng gì.", max_length=2000
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def places_for(officer):
    """Units for which the officer may record activities: his own and those right below, as they are or last were."""
    found = []
    for unit in officer.units_for(Permission.PLAN_EDIT):
        found.append(unit)
        found += Unit.objects.filter(parent=unit).on(unit.as_of(today())).order_by("kind", "code")
    return list({unit.pk: unit for unit in found}.values())


def whole(label, hint=""):
    return NumberField(label=label, whole=True, min_value=0, max_value=10_000_000, required=False, help_text=hint)


def dong(label):
    return NumberField(label=label, whole=True, min_value=0, max_value=10**12, required=False)


class VoidForm(forms.Form):
    """Why something is taken out of the count."""

    reason = LineField(label="Lý do hủy", max_length=300, help_text="Ví dụ: ghi trùng, ghi nhầm đơn vị.")
    version = forms.IntegerField(widget=forms.HiddenInput)
