"""Loại hộ của năm for a whole list: what was chosen travels with every page of the form, so that no choice is lost."""

import json

from django import forms

from childcare.accounts.roles import Permission
from childcare.children import places, poverty
from childcare.children.forms.filters import QuietForm
from childcare.lib.fields import DateTextField, LineField

SIZE = 50


class YearFilter(QuietForm):
    """Of which place and year."""

    unit = forms.ChoiceField(label="Địa bàn", required=False)
    year = forms.ChoiceField(label="Loại hộ năm", required=False)

    def __init__(self, data, *, officer):
        super().__init__(data)
        self.on = places.as_of(officer)
        self.places = poverty.places(officer.units_for(Permission.FACT_RECORD), self.on)
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.places.items()]
        years = [
            self.on.year,
            self.on.year + 1,
            self.on.year - 1,
            self.on.year - 2,
        ]  # the first is what an address without means
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        self.place = self.places.get(self.value("unit")) or next(iter(self.places.values()), None)
        self.of_year = int(self.value("year") or self.on.year)


class DecisionForm(forms.Form):
    """The decision that holds for every household of the list."""

    decision = LineField(label="Số quyết định", max_length=90, help_text="Ví dụ: 512/QĐ-UBND.")
    decided_on = DateTextField(label="Ngày quyết định", past=True)


def choices_of(data, lines):
    """{key of a household of the list: level} from the rows of the page and from what the other pages carry along."""
    known, levels = {line.key for line in lines}, {level for level, _ in poverty.CHOICES if level}
    try:
        kept = json.loads(data.get("kept") or "{}")
    except ValueError:
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    shown = {key.removeprefix("level-"): value for key, value in data.items() if key.startswith("level-")}
    return {
        key: level for key, level in {**kept, **shown}.items() if key in known and isinstance(level, str) and level in levels
    }
