"""For whom a list is, for what, and what it says of a child besides the short name."""

from django import forms

from childcare.children import donors
from childcare.lib.fields import LineField

SOFT = {"age": True, "sex": False, "hamlet": False, "code": False}  # what is ticked at first


class DonorForm(forms.Form):
    """The donor, the occasion, the columns."""

    donor = LineField(label="Nhà tài trợ, tổ chức nhận danh sách", max_length=160)
    occasion = LineField(
        label="Nội dung hỗ trợ", max_length=160, help_text="Ví dụ: tặng quà Tết Trung thu, học bổng. Không ghi tên trẻ ở đây."
    )
    fields_told = forms.MultipleChoiceField(
        label="Ngoài họ tên viết tắt, danh sách có",
        choices=list(donors.FIELDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[name for name, ticked in SOFT.items() if ticked],
        help_text="Chỉ đánh dấu điều nhà tài trợ cần. Mã trẻ không nói gì về trẻ, giúp xã, phường biết quà là của ai.",
    )
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def told(self):
        """The chosen columns in their order."""
        chosen = self.cleaned_data["fields_told"]
        return [name for name in donors.FIELDS if name in chosen]
