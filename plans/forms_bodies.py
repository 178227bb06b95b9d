"""Forms of bodies: founding, renewing, meetings."""

from django import forms

from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from plans.forms_staff import PlacedForm
from plans.models import Body


def decision_fields():
    """Number, day, until when, how many children: of a founding and of a renewal."""
    return {
        "number": LineField(label="Số quyết định", max_length=60, required=False, help_text="Ví dụ: 25/QĐ-UBND."),
        "signed_on": DateTextField(label="Ngày quyết định", required=False, past=True),
        "valid_until": DateTextField(label="Hiệu lực đến hết ngày", required=False, help_text="Để trống nếu không có hạn."),
        "children": NumberField(
            label="Số trẻ em là thành viên", whole=True, min_value=0, max_value=5000, required=False,
            help_text="Chỉ câu lạc bộ quyền trẻ em, nhóm trẻ nòng cốt; không ghi tên trẻ em.",
        ),
    }  # fmt: skip


class BodyForm(PlacedForm):
    """A new body with the decision that founded it."""

    kind = forms.ChoiceField(label="Loại", choices=Body.Kind.choices)
    name = LineField(label="Tên gọi", max_length=200, help_text="Ví dụ: Nhóm thường trực bảo vệ trẻ em phường Nam Sơn.")
    place = forms.ChoiceField(label="Của", help_text="Câu lạc bộ của trường thì chọn trường, của thôn, tổ thì chọn thôn, tổ.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= decision_fields()
        self.fields["note"] = LineField(label="Ghi chú", max_length=300, required=False)


class BodyEditForm(forms.Form):
    """Name, kind and remark put right."""

    kind = forms.ChoiceField(label="Loại", choices=Body.Kind.choices)
    name = LineField(label="Tên gọi", max_length=200)
    note = LineField(label="Ghi chú", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RenewForm(forms.Form):
    """Kiện toàn."""

    def __init__(self, *args, body, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= decision_fields()
        if not body.of_children:
            del self.fields["children"]

    def clean(self):
        data = super().clean()
        if not data.get("number") and not data.get("signed_on") and data.get("children") is None:
            raise forms.ValidationError("Hãy ghi ít nhất số hoặc ngày quyết định.")
        return data


class MeetingForm(forms.Form):
    """A meeting that was held."""

    held_on = DateTextField(label="Ngày họp", past=True)
    content = ParagraphField(label="Nội dung, kết luận", rows=4, max_length=4000)
    minutes = LineField(label="Số biên bản", max_length=60, required=False)
    present = NumberField(label="Số người dự", whole=True, min_value=0, max_value=5000, required=False)


class SinceForm(forms.Form):
    """From which day a list of members holds."""

    on = DateTextField(
        label="Danh sách này có từ ngày", required=False, past=True,
        help_text="Ngày quyết định kiện toàn. Để trống nếu có từ trước và không ai ra khỏi danh sách.",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
