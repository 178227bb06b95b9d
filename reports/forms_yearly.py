"""The form of the plan of next year: what moves on, what ends, what is wanted of each target."""

from django import forms

from childcare.lib.fields import LineField, NumberField
from childcare.lib.vietnamese import number
from plans import yearly
from plans.models import Task


class NextYearForm(forms.Form):
    """Ticks and boxes over a plan: paragraphs whose year moves, targets that go on with their values, tasks that go on."""

    subject = LineField(label="Trích yếu của kế hoạch năm sau", max_length=500)

    def __init__(self, data=None, *, plan, items, targets, tasks):
        super().__init__(data, initial={"subject": yearly.forward(plan.subject, plan)})
        self.moves, self.goals = yearly.moved(plan, items), targets
        self.tasks = [task for task in tasks if task.parent_id is None]
        for move in self.moves:
            self._tick(f"doi-{move.item.pk}", f"Đổi năm: {move.after[:80]}", move.sure)
        for target in targets:
            self._tick(f"giu-{target.pk}", target.text, True)
            box = NumberField(label=f"Mức năm sau: {target.text}", required=False, min_value=0, max_value=10**12)
            box.initial = "" if target.value is None else number(target.value)
            box.widget.attrs |= {"aria-label": box.label, "class": "form-control form-control-sm"}
            self.fields[f"muc-{target.pk}"] = box
        for task in self.tasks:
            self._tick(f"viec-{task.pk}", task.title, task.status not in (Task.Status.DONE, Task.Status.DROPPED))

    def _tick(self, name, label, initial):
        field = forms.BooleanField(label=label, required=False, initial=initial)
        field.widget.attrs["class"] = "form-check-input"
        self.fields[name] = field

    def clean(self):
        data = super().clean()
        for target in self.goals:
            valued = target.comparison not in ("decrease", "increase", "qualitative")
            if valued and data.get(f"giu-{target.pk}") and data.get(f"muc-{target.pk}") is None:
                if f"muc-{target.pk}" not in self.errors:
                    self.add_error(f"muc-{target.pk}", "Hãy gõ mức của năm sau, hoặc bỏ dấu giữ.")
        return data

    @property
    def move_rows(self):
        return [(move, self[f"doi-{move.item.pk}"]) for move in self.moves]

    @property
    def task_rows(self):
        return [(task, self[f"viec-{task.pk}"]) for task in self.tasks]

    def boxes(self, target):
        """(tick, box) of a target."""
        return self[f"giu-{target.pk}"], self[f"muc-{target.pk}"]

    @property
    def confirmed(self):
        """Keys of the paragraphs whose year moves."""
        return {move.item.pk for move in self.moves if self.cleaned_data[f"doi-{move.item.pk}"]}

    @property
    def ended(self):
        """Keys of the tasks that end."""
        return {task.pk for task in self.tasks if not self.cleaned_data[f"viec-{task.pk}"]}

    @property
    def kept(self):
        """(target, value of next year) of the targets that go on."""
        data = self.cleaned_data
        return [(row, data[f"muc-{row.pk}"]) for row in self.goals if data[f"giu-{row.pk}"]]
