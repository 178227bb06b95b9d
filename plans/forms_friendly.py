"""What an administrator corrects in the table of criteria of xã, phường phù hợp với trẻ em."""

from django import forms

from childcare.lib.fields import LineField, NumberField, ParagraphField
from plans.friendly import read_steps, show_steps


class PartForm(forms.Form):
    """One part of the table, by the original."""

    text = ParagraphField(label="Nội dung", max_length=600)
    max_points = NumberField(label="Điểm tối đa", min_value=0, max_value=10_000, required=False,
                             help_text="Để trống khi chưa biết: tiêu chí sẽ chưa chấm được.")  # fmt: skip
    steps = ParagraphField(label="Nấc điểm theo số liệu", max_length=500, required=False, help_text="Ví dụ 98:50; 95:40.")
    indicator = LineField(label="Mã chỉ tiêu thống kê", max_length=20, required=False)
    verified = forms.BooleanField(label="Đã đối chiếu với bản gốc", required=False)
    note = LineField(label="Ghi chú", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, part):
        """`part`: the one that is corrected, or a new one that is not saved."""
        names = ("text", "max_points", "indicator", "note", "version")
        initial = {name: getattr(part, name) for name in names}
        super().__init__(data, initial=initial | {"steps": show_steps(part.steps), "verified": part.evidence == "text"})

    def clean_steps(self):
        try:
            return read_steps(self.cleaned_data["steps"])
        except ValueError as error:
            raise forms.ValidationError(str(error))


class ThresholdForm(forms.Form):
    """The least total of a kind of unit."""

    text = LineField(label="Loại đơn vị", max_length=200)
    points = NumberField(label="Tổng điểm tối thiểu", whole=True, min_value=1, max_value=10_000)
    verified = forms.BooleanField(label="Đã đối chiếu với bản gốc", required=False)
    note = LineField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, data=None, *, threshold):
        initial = {name: getattr(threshold, name) for name in ("text", "points", "note")}
        super().__init__(data, initial=initial | {"verified": threshold.evidence == "text"})


class TableForm(forms.Form):
    """The whole table from a file."""

    file = forms.FileField(label="Tệp CSV", help_text="Bảng hiện có, đã sửa và bổ sung theo bản gốc; lưu kiểu CSV UTF-8.")
