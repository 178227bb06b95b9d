"""What officers type about xã, phường phù hợp với trẻ em."""

from django import forms

from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from plans.models import FriendlyThreshold

PAPER = "PDF, JPG, PNG, Word hoặc Excel, không quá 10 MB. Không tải giấy tờ có tên trẻ em bị xâm hại."


class BeginForm(forms.Form):
    """The year and the kind of unit, which decides the least total."""

    unit = forms.ChoiceField(label="Đơn vị")
    year = NumberField(label="Năm đánh giá", whole=True, min_value=2019, max_value=2100)
    threshold = forms.ChoiceField(label="Loại đơn vị", widget=forms.RadioSelect)

    def __init__(self, data=None, *, units, standard):
        self.units = {str(unit.public_id): unit for unit in units}
        self.thresholds = {str(row.public_id): row for row in FriendlyThreshold.objects.filter(standard=standard)}
        super().__init__(data, initial={"year": today().year, "unit": next(iter(self.units), None)})
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["threshold"].choices = [(key, f"{row.text}: từ {row.points} điểm") for key, row in self.thresholds.items()]

    @property
    def values(self):
        """Keyword arguments of the action."""
        data = self.cleaned_data
        return {"unit": self.units[data["unit"]], "year": data["year"], "threshold": self.thresholds[data["threshold"]]}


class ScoreForm(forms.Form):
    """The points of every part of one criterion, with where they come from."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, line, version, figures):
        self.line, self.figures = line, figures
        super().__init__(data, initial={"version": version})
        for part, score in line.parts:
            self._add(part, score)

    def _add(self, part, score):
        most = part.max_points
        points = NumberField(label=f"Điểm (tối đa {most.normalize():f})", min_value=0, max_value=most, required=False,
                             initial=score.points if score else None)  # fmt: skip
        points.widget.attrs["class"] = "w-number form-control"
        source = LineField(label="Nguồn số liệu", max_length=300, required=False, initial=score.source if score else "",
                           help_text="Ví dụ: báo cáo của trạm y tế ngày 05/4/2024; sổ theo dõi của tư pháp.")  # fmt: skip
        note = ParagraphField(label="Diễn giải, minh chứng", max_length=2000, required=False, rows=2,
                              initial=score.note if score else "")  # fmt: skip
        self.fields |= {f"points-{part.pk}": points, f"source-{part.pk}": source, f"note-{part.pk}": note}

    @property
    def parts(self):
        """(part, what the figure says, its three boxes) for the page."""
        for part, _ in self.line.parts:
            yield part, self.figures.get(part.pk), [self[f"{name}-{part.pk}"] for name in ("points", "source", "note")]

    @property
    def given(self):
        """part → what was given, for the action."""
        data = self.cleaned_data
        return {
            part: {
                "points": data[f"points-{part.pk}"], "source": data[f"source-{part.pk}"], "note": data[f"note-{part.pk}"],
                "figure": self.figures[part.pk].said if self.figures.get(part.pk) else "",
            }
            for part, _ in self.line.parts
        }  # fmt: skip


class PaperForm(forms.Form):
    """A paper behind a criterion."""

    title = LineField(label="Tên giấy tờ", max_length=200)
    file = forms.FileField(label="Tệp", help_text=PAPER)


class CouncilForm(forms.Form):
    """The meeting of the council."""

    held_on = DateTextField(label="Ngày họp", past=True)
    chair = LineField(label="Chủ trì", max_length=120)
    secretary = LineField(label="Thư ký", max_length=120)
    members = ParagraphField(
        label="Thành viên dự họp", max_length=4000, help_text="Mỗi người một dòng: họ tên, chức vụ.", rows=5
    )
    opinions = ParagraphField(label="Ý kiến, kết luận", max_length=8000, required=False, rows=5)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecideForm(forms.Form):
    """The decision of the unit above."""

    recognised = forms.TypedChoiceField(
        label="Kết quả", coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", "Công nhận phù hợp với trẻ em"), ("no", "Không công nhận")],
    )  # fmt: skip
    decision = LineField(label="Số văn bản", max_length=60, help_text="Ví dụ: 1234/QĐ-UBND.")
    decided_on = DateTextField(label="Ngày văn bản", past=True)
    remark = ParagraphField(label="Ghi chú", max_length=500, required=False, help_text="Không công nhận thì ghi vì sao.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class GiveBackForm(forms.Form):
    """What must be added."""

    remark = ParagraphField(label="Cần bổ sung gì", max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
