"""The form that makes two rows of a child one: which row stays, and value by value which of the two."""

from django import forms

from childcare.children.actions import people
from childcare.children.forms.base import OnceForm
from childcare.lib.fields import LineField

SIDES = [("first", "Hồ sơ thứ nhất"), ("second", "Hồ sơ thứ hai")]
BOTH = [*SIDES, ("both", "Giữ cả hai")]


class MergeForm(OnceForm):
    """`differing`: names of own fields that are asked for. `alike`: pairs of supports that look like one act."""

    first_version = forms.IntegerField(widget=forms.HiddenInput)
    second_version = forms.IntegerField(widget=forms.HiddenInput)
    keep = forms.ChoiceField(label="Hồ sơ giữ lại", choices=SIDES)
    residence = forms.ChoiceField(label="Quá trình cư trú", choices=SIDES, required=False)
    household = forms.ChoiceField(label="Hộ gia đình", choices=SIDES, required=False)
    twice = forms.MultipleChoiceField(required=False)
    reason = LineField(
        label="Vì sao đây là cùng một trẻ", max_length=300, help_text="Ví dụ: cùng giấy khai sinh; đã hỏi gia đình ngày 02/05."
    )

    def __init__(self, data=None, *, differing, alike=(), **kwargs):
        super().__init__(data, **kwargs)
        self.differing = [name for name in differing if name in people.FIELDS]
        for name in self.differing:
            self.fields[f"take_{name}"] = forms.ChoiceField(choices=BOTH if name == "note" else SIDES)
        self.alike = {str(one.public_id): str(other.public_id) for one, other in alike}
        self.fields["twice"].choices = [(key, "") for key in self.alike]

    def how(self, first, second):
        """What the action takes, said of kept and merged."""
        values = self.cleaned_data
        kept, merged = (first, second) if values["keep"] == "first" else (second, first)
        versions = (values["first_version"], values["second_version"])
        side = {"first": "kept", "second": "merged"} if kept is first else {"first": "merged", "second": "kept"}
        side |= {"both": "both", "": "kept"}
        chosen = {name: side[values[f"take_{name}"]] for name in self.differing}
        return {
            "kept": kept, "merged": merged, "reason": values["reason"], 
            "twice": [key for one in values["twice"] for key in (one, self.alike[one])],
            "take": [name for name, whose in chosen.items() if whose == "merged"], "note": chosen.get("note", "kept"),
            "residence": side[values["residence"]], "household": side[values["household"]],
            "versions": versions if kept is first else versions[::-1],
        }  # fmt: skip


def proposed(first, second, rows):
    """What the form proposes: the row with a valid number stays, else the older; what is known goes before what is not."""
    keep = "second" if second.identity_valid and not first.identity_valid else "first" if first.pk < second.pk else "second"
    keep = "first" if first.identity_valid and not second.identity_valid else keep
    initial = {"keep": keep, "first_version": first.version, "second_version": second.version}
    for row in rows:
        known = "first" if row["first"] and not row["second"] else "second" if row["second"] and not row["first"] else keep
        both = row["name"] == "note" and row["first"] and row["second"]
        initial[f"take_{row['name']}"] = "both" if both else known
        if row["name"] == "full_name" and row["first"].casefold() == row["second"].casefold():
            initial["take_full_name"] = "second" if row["second"].istitle() and not row["first"].istitle() else "first"
    homes = {"first": first.residing, "second": second.residing}
    houses = {"first": first.household_id, "second": second.household_id}
    for name, known in (("residence", homes), ("household", houses)):
        other = "second" if keep == "first" else "first"
        initial[name] = other if known[other] and not known[keep] else keep
    return initial
