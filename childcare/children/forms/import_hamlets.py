"""Which hamlet each unknown spelling of a list means: one choice a spelling."""

from django import forms

from childcare.children import places
from childcare.children.forms.base import by_pk

NOBODY = "Chưa rõ, để ở cấp xã, phường"
SELECT = {"class": "form-select"}


class HamletsForm(forms.Form):
    """`lines`: the spellings; `chosen` of a valid form is what `mappings.remember_hamlets` takes."""

    def __init__(self, *args, lines, hamlets, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.hamlets = {str(unit.public_id): unit for unit in hamlets}
        choices = [("", NOBODY), *by_pk(sorted(hamlets, key=places.natural), lambda unit: unit.name)]
        for place, line in enumerate(lines):
            self.fields[f"hamlet-{place}"] = forms.ChoiceField(
                label=f"“{line['spelling']}” là", choices=choices, required=False, initial=line.get("meant", ""),
                widget=forms.Select(SELECT), error_messages={"invalid_choice": "Hãy chọn một thôn, tổ trong danh sách."},
            )  # fmt: skip

    def shown(self):
        """The spellings with their fields."""
        return [{**line, "input": self[f"hamlet-{place}"]} for place, line in enumerate(self.lines)]

    @property
    def chosen(self):
        """Key of each spelling → (spelling, hamlet or None)."""
        found = [self.hamlets.get(self.cleaned_data[f"hamlet-{place}"]) for place in range(len(self.lines))]
        return {line["key"]: (line["spelling"], hamlet) for line, hamlet in zip(self.lines, found, strict=True)}
