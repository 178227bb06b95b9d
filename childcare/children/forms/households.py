"""Forms of a household as a whole: split, move, another head."""

from django import forms

from childcare.children import places
from childcare.children.actions.protection import commune_of
from childcare.children.forms.base import VersionForm, by_pk
from childcare.children.forms.people import MoveForm, home_word
from childcare.lib.fields import DateTextField, LineField
from childcare.units.models import Unit


class SplitForm(VersionForm):
    """Who leaves, since when, where the new household is."""

    children = forms.MultipleChoiceField(
        label="Trẻ tách ra hộ mới", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn những trẻ tách ra hộ mới."},
    )  # fmt: skip
    on = DateTextField(label="Tách hộ từ ngày", past=True)
    head_name = LineField(label="Chủ hộ mới", max_length=120)
    unit = forms.ChoiceField(label="Nơi ở của hộ mới")
    address = LineField(label="Địa chỉ", max_length=300, required=False, help_text="Số nhà, ngõ, đường, xóm.")

    def __init__(self, *args, household, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(child.public_id): child for child in members}
        self.fields["children"].choices = [(key, child.display_name) for key, child in self.members.items()]
        commune = commune_of(household.unit)
        below = Unit.objects.under(commune, places.day_of(commune)).filter(kind__in=["commune", "hamlet"])
        found = sorted(below, key=lambda unit: (unit.kind == "commune", places.natural(unit)))
        self.units = {str(unit.public_id): unit for unit in found}
        self.fields["unit"].choices = by_pk(found, home_word)
        self.fields["unit"].initial = str(household.unit.public_id)

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]

    def clean_children(self):
        return [self.members[key] for key in self.cleaned_data["children"]]


class HouseholdMoveForm(VersionForm, MoveForm):
    """Where the household goes with all its children. It lives somewhere as a child does."""

    def __init__(self, *args, household, **kwargs):
        super().__init__(*args, child=household, **kwargs)
        del self.fields["once"]  # the version makes the post count once


class HeadForm(VersionForm):
    """Who is the head of the household now."""

    head_name = LineField(label="Chủ hộ mới", max_length=120)
    since = DateTextField(label="Từ ngày", past=True, required=False, help_text="Không rõ thì để trống.")
    reason = LineField(label="Lý do", max_length=300, required=False, help_text="Ví dụ: chủ hộ cũ mất, đi làm xa.")
