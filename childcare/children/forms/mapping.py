"""What each column of a list holds: one choice a column, one tick a sheet."""

from django import forms

from childcare.children.importing.words import FIELDS, HIDDEN, POVERTY_MARKS, SEX_MARKS
from childcare.children.models import CircumstanceKind, SupportKind

TICK, SELECT = forms.CheckboxInput({"class": "form-check-input"}), forms.Select({"class": "form-select"})
OF_SCHOOLS = "pupil_code"  # read in lists of pupils, not here
ONCE = set(FIELDS) - {"note"}  # fields that only one column can hold


def choices(may_protect):
    """Every meaning of a column, in groups. Sensitive groups only for who may see them."""
    kinds = CircumstanceKind.objects.filter(active=True).order_by("code")
    kinds = kinds if may_protect else kinds.filter(sensitive=False)
    helps = SupportKind.objects.order_by("code")
    return [
        ("", "Không dùng cột này"),
        ("Thông tin của trẻ", [(name, word) for name, word in FIELDS.items() if name != OF_SCHOOLS]),
        ("Cột đánh dấu “x”", [*SEX_MARKS.items(), *POVERTY_MARKS.items()]),
        ("Cột đánh dấu hoàn cảnh", [(f"circumstance:{kind.code}", f"{kind.code} {kind.name}") for kind in kinds]),
        ("Cột đánh dấu trợ giúp", [(f"support:{kind.code}", kind.name) for kind in helps]),
    ]


class MappingForm(forms.Form):
    """The tables of a file. `chosen` and `left_out` of a valid form are what `mappings.remember` takes."""

    def __init__(self, *args, tables, may_protect, **kwargs):
        super().__init__(*args, **kwargs)
        self.tables, self.chosen, self.left_out, self.may_protect = tables, {}, [], may_protect
        offered = choices(may_protect)
        known = {value for group, values in offered[1:] for value, _ in values}
        for place, table in enumerate(tables):
            for number, sheet in enumerate(table["sheets"]):
                label = f"Trang “{sheet['name']}” có danh sách trẻ em" + (" (trang ẩn)" if sheet["hidden"] else "")
                self.fields[f"sheet-{place}-{number}"] = forms.BooleanField(
                    label=label, required=False, initial=sheet["used"], widget=TICK
                )
            for number, column in enumerate(table["columns"]):
                now = column["field"]
                kept = [] if not now or now in known else [(now, HIDDEN)]
                label = f"Cột {column['letter']}: {column['heading']}"
                self.fields[f"column-{place}-{number}"] = forms.ChoiceField(
                    label=label, choices=[*offered, *kept], required=False, initial=now, widget=SELECT
                )

    def shown(self):
        """The tables with their fields, as the page shows them."""
        for place, table in enumerate(self.tables):
            columns = [
                {**column, "input": self[f"column-{place}-{number}"], "samples": self._samples(column)}
                for number, column in enumerate(table["columns"])
            ]
            yield {**table, "columns": columns, "sheets": [self[f"sheet-{place}-{n}"] for n in range(len(table["sheets"]))]}

    def _samples(self, column):
        """The first values; those of a column about circumstances only for who may see sensitive ones."""
        return column["samples"] if self.may_protect or not column["field"].startswith("circumstance") else []

    def clean(self):
        values = super().clean()
        for place, table in enumerate(self.tables):
            names = [sheet["name"] for sheet in table["sheets"]]
            used = [name for number, name in enumerate(names) if values.get(f"sheet-{place}-{number}")]
            self.left_out += [name for name in names if name not in used]
            fields = [values.get(f"column-{place}-{number}", "") for number in range(len(table["columns"]))]
            if used:
                self._check(place, used[0], fields)
                self.chosen[table["key"]] = fields
        if self.tables and not self.chosen:
            self.add_error(None, "Chưa chọn trang nào. Hãy đánh dấu ít nhất một trang có danh sách trẻ em.")
        return values

    def _check(self, place, sheet, fields):
        """A list needs names; one thing stands in one column."""
        if not {"full_name", "family_name"} & set(fields):
            self.add_error(None, f"Trang “{sheet}” chưa có cột “Họ và tên”. Hãy chọn cột nào là họ và tên của trẻ.")
        for number, name in enumerate(fields):
            if name in ONCE and name in fields[:number]:
                self.add_error(
                    f"column-{place}-{number}", f"Đã có một cột khác là “{FIELDS[name]}”. Hãy chọn lại một trong hai."
                )
