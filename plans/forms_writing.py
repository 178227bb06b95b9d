"""Forms for writing a plan: its head, its text pasted or typed, what was recognised in it, issuing."""

from django import forms

from childcare.accounts.roles import Permission
from childcare.documents.books import Series
from childcare.documents.forms import SignerForm
from childcare.lib.fields import LineField, NumberField
from childcare.lib.vietnamese import number
from plans.goals import goals_in
from plans.guessing import Guesser
from plans.models import Plan, Target
from plans.recognising import KINDS

LONGEST = 120_000  # characters of a plan


class BeginForm(forms.Form):
    """What a new plan is: whose, of which years, about what."""

    unit = forms.ChoiceField(label="Đơn vị ban hành")
    kind = forms.ChoiceField(label="Loại kế hoạch", choices=Plan.Kind.choices)
    first_year = NumberField(label="Năm", whole=True, min_value=2000, max_value=2100)
    last_year = NumberField(
        label="Đến năm",
        whole=True,
        min_value=2000,
        max_value=2100,
        required=False,
        help_text="Để trống nếu là kế hoạch một năm.",
    )
    subject = LineField(
        label="Trích yếu", max_length=500, help_text="Ví dụ: Thực hiện công tác bảo vệ, chăm sóc trẻ em năm 2024."
    )
    carries_out = forms.MultipleChoiceField(
        label="Thực hiện kế hoạch của cấp trên", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, officer, year):
        units = officer.units_for(Permission.PLAN_EDIT)
        self.units = {str(unit.public_id): unit for unit in units}
        above = Plan.objects.filter(unit__in=[key for unit in units for key in unit.ancestor_keys if key != unit.pk])
        self.above = {
            str(plan.public_id): plan for plan in above.of_year(year).select_related("unit").order_by("unit__path", "pk")
        }
        super().__init__(data, initial={"unit": next(iter(self.units), None), "first_year": year})
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["carries_out"].choices = [(key, f"{plan.unit.name} {plan.years}") for key, plan in self.above.items()]
        if not self.above:
            del self.fields["carries_out"]

    def clean(self):
        data = super().clean()
        data["unit"] = self.units.get(data.get("unit"))
        data["last_year"] = data.get("last_year") or data.get("first_year")
        if data["last_year"] and data.get("first_year") and data["last_year"] < data["first_year"]:
            self.add_error("last_year", "Năm cuối không được trước năm đầu.")
        data["carries_out"] = [self.above[key] for key in data.get("carries_out", [])]
        return data


class TextForm(forms.Form):
    """The text of a plan, a paragraph a line."""

    text = forms.CharField(
        label="Nội dung kế hoạch", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 24, "class": "plan-source"}),
        help_text="Dán từ Word hoặc gõ, mỗi đoạn một dòng. Giữ số mục (I, 1) và dấu đầu dòng (-, +) như trong văn bản.",
        error_messages={"required": "Hãy dán hoặc gõ nội dung kế hoạch.",
                        "max_length": f"Nội dung dài quá {number(LONGEST)} ký tự. Hãy bỏ bớt phần phụ lục."},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """What was recognised, for the officer to correct: the kind of each paragraph, the targets that it names."""

    text = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, plan, text, version, rows):
        super().__init__(data, initial={"text": text, "version": version})
        self.plan, self.rows, self.goals, self.kept = plan, rows, [], []
        for at, row in enumerate(rows):
            self.fields[f"loai-{at}"] = _small(
                forms.ChoiceField(label=f"Loại của đoạn {at + 1}", choices=KINDS.items()), row["kind"]
            )
        self._old_targets()
        self._new_goals()
        if plan.state == Plan.State.ISSUED:
            self.fields["reason"] = LineField(
                label="Lý do điều chỉnh", max_length=300, help_text="Kế hoạch đã ban hành: bản cũ được giữ cùng lý do này."
            )

    def _old_targets(self):
        for target in self.plan.targets.all():
            name = f"giu-{target.pk}"
            self.fields[name] = forms.BooleanField(label=target.text, required=False, initial=True)
            self.fields[name].widget.attrs["class"] = "form-check-input"
            self.kept.append((target, name))

    def _new_goals(self):
        """The targets of the paragraphs that say so, except those whose paragraph was there before."""
        self.guesser = guesser = Guesser()
        before = set(self.plan.items.filter(kind="target").values_list("text", flat=True)) if self.kept else set()
        for at, row in enumerate(self.rows):
            if row["kind"] != "target" or row["text_vi"] in before:
                continue
            for number_, goal in enumerate(goals_in(row["text_vi"])):
                self._goal(f"{at}-{number_}", row, goal, guesser.code(goal.text, goal.unit))

    def _goal(self, key, row, goal, code):
        fields = {
            "them": forms.BooleanField(label=goal.text, required=False),
            "so-sanh": forms.ChoiceField(label="So sánh", choices=Target.Comparison.choices),
            "gia-tri": NumberField(label="Giá trị", required=False, min_value=0, max_value=10**12),
            "don-vi": LineField(label="Đơn vị tính", required=False, max_length=60),
            "ma": LineField(label="Mã chỉ tiêu thống kê", required=False, max_length=10),
        }
        initial = (True, goal.comparison, number(goal.value) if goal.value is not None else "", goal.unit, code)
        for (name, field), value in zip(fields.items(), initial, strict=True):
            self.fields[f"{name}-{key}"] = _small(field, value)
        self.fields[f"them-{key}"].widget.attrs["class"] = "form-check-input"
        self.fields[f"ma-{key}"].widget.attrs["list"] = "ma-chi-tieu"
        self.goals.append((key, row, goal))

    def paragraphs(self):
        """(row, box of its kind) for the page."""
        return [(row, self[f"loai-{at}"]) for at, row in enumerate(self.rows)]

    def new_targets(self):
        """(goal, tick, boxes) for the page."""
        names = ("so-sanh", "gia-tri", "don-vi", "ma")
        return [(goal, self[f"them-{key}"], [self[f"{name}-{key}"] for name in names]) for key, _, goal in self.goals]

    def old_targets(self):
        """(target, tick) for the page."""
        return [(target, self[name]) for target, name in self.kept]

    def clean(self):
        data = super().clean()
        codes = {row.code for row in self.guesser.indicators}
        for key, _, _ in self.goals:
            needs = data.get(f"so-sanh-{key}") not in ("decrease", "increase", "qualitative")
            if data.get(f"them-{key}") and needs and data.get(f"gia-tri-{key}") is None and f"gia-tri-{key}" not in self.errors:
                self.add_error(f"gia-tri-{key}", "Hãy gõ giá trị, hoặc chọn “định tính”.")
            code = (data.get(f"ma-{key}") or "").upper().split(" ")[0]
            if code and code not in codes:
                self.add_error(f"ma-{key}", "Không có chỉ tiêu mang mã này. Hãy chọn trong danh sách hoặc để trống.")
            data[f"ma-{key}"] = code
        return data

    @property
    def result(self):
        """(rows, goals to add, targets to drop) for the action."""
        data = self.cleaned_data
        rows = [{**row, "kind": data[f"loai-{at}"]} for at, row in enumerate(self.rows)]
        goals = []
        for key, row, goal in self.goals:
            if data[f"them-{key}"]:
                value = data[f"gia-tri-{key}"]
                goals.append(
                    goal.row("", row["path"])
                    | {
                        "comparison": data[f"so-sanh-{key}"],
                        "value": "" if value is None else str(value),
                        "unit": data[f"don-vi-{key}"] or "",
                        "indicator_code": data[f"ma-{key}"],
                    }
                )
        return rows, goals, [target for target, name in self.kept if not data[name]]


def _small(field, initial):
    field.initial = initial
    kind = "form-select form-select-sm" if isinstance(field, forms.ChoiceField) else "form-control form-control-sm"
    field.widget.attrs |= {"class": kind, "aria-label": field.label}
    return field


class IssueForm(SignerForm):
    """That a plan was signed: number, day, in what capacity, who."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, plan):
        initial = {"version": plan.version, "signer_name": plan.signer_name}
        super().__init__(data, initial=initial, series=Series(plan.unit, plan.office, "KH"))
        self.fields["issued_on"].label = "Ngày ban hành"

    @property
    def facts(self):
        """What the action takes."""
        return {**self.values, "version": self.cleaned_data["version"]}
