"""Forms of the minutes, of decisions on isolation, and of what a statutory form quotes."""

from django import forms

from cases.forms import MomentFields
from cases.models import IsolationOrder, StatutoryForm
from childcare.children.forms.base import OnceForm, VersionForm
from childcare.lib.fields import DateTextField, LineField, ParagraphField


class MeetingForm(OnceForm, VersionForm, MomentFields):
    """Who came, what was said, what was agreed."""

    field_order = ["once", "version", "day", "hour", "place", "chair", "secretary"]
    place = LineField(label="Địa điểm", max_length=200, required=False)
    chair = LineField(
        label="Người chủ trì", max_length=160, required=False, help_text="Họ tên, chức vụ. Chủ tịch UBND chủ trì."
    )
    secretary = LineField(label="Người ghi biên bản", max_length=160, required=False, help_text="Họ tên, chức vụ.")
    participants = ParagraphField(
        label="Thành phần tham dự",
        max_length=4000,
        required=False,
        rows=5,
        help_text="Mỗi dòng một người: họ tên, chức vụ. Có đại diện khu dân cư; cha, mẹ nếu không phải người gây hại.",
    )
    opinions = ParagraphField(label="Ý kiến tại cuộc họp", max_length=8000, required=False, rows=6)
    measures = ParagraphField(
        label="Biện pháp bảo vệ được thống nhất", max_length=8000, required=False, rows=6, help_text="Mỗi dòng một biện pháp."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].label, self.fields["hour"].label = "Ngày họp", "Giờ họp"

    def values(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        moment = values.pop("moment")
        del values["day"], values["hour"]
        return {**values, "held_at": moment}


class OrderForm(OnceForm):
    """One decision on an isolation, as signed; before it is signed number, day and signer stay empty."""

    FIELDS = {
        "order": ("until", "place", "carer", "reason"),
        "extension": ("until", "asked_by", "place", "carer", "reason"),
        "ending": ("ended_on", "place", "carer", "reason"),
    }
    until = DateTextField(label="Cách ly đến hết ngày", required=False, help_text="Không quá 15 ngày, kể cả gia hạn.")
    ended_on = DateTextField(label="Kết thúc từ ngày", past=True, required=False)
    asked_by = LineField(
        label="Cơ quan có thẩm quyền yêu cầu kéo dài", max_length=160, required=False, help_text="Chỉ ghi khi quá 15 ngày."
    )
    place = LineField(label="Nơi ở của trẻ em", max_length=300, required=False)
    carer = LineField(label="Người chăm sóc trẻ em", max_length=200, required=False)
    reason = ParagraphField(label="Lý do", max_length=2000, required=False)
    number = LineField(label="Số quyết định", max_length=60, required=False, help_text="Số văn thư cấp, ví dụ: 12/QĐ-UBND.")
    signed_on = DateTextField(label="Ngày ký", past=True, required=False)
    signer = LineField(
        label="Người ký", max_length=120, required=False, help_text="Phó Chủ tịch ký thay thì ghi: họ tên, Phó Chủ tịch."
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        keep = {"once", *self.FIELDS[kind], "number", "signed_on", "signer"}
        self.fields = {name: field for name, field in self.fields.items() if name in keep}
        if kind == IsolationOrder.Kind.ENDING:
            self.fields["carer"].label = "Giao trẻ em cho"


class StatutoryFormForm(VersionForm):
    """What an administrator may put right about a form."""

    name = LineField(label="Tên mẫu", max_length=300)
    used_for = LineField(label="Dùng khi, căn cứ", max_length=300, required=False)
    bases = ParagraphField(
        label="Căn cứ ghi trên quyết định",
        max_length=4000,
        required=False,
        help_text="Mỗi dòng một căn cứ, không ghi chữ “Căn cứ”.",
    )
    evidence = forms.ChoiceField(label="Mức đối chiếu", choices=StatutoryForm.Evidence.choices)
    to_check = LineField(label="Phần chưa đối chiếu", max_length=300, required=False)
    checked_against = LineField(label="Đối chiếu theo văn bản", max_length=200, required=False)
    checked_on = DateTextField(label="Ngày đối chiếu", past=True, required=False)

    def clean(self):
        values = super().clean()
        done = values.get("checked_against") and values.get("checked_on")
        if values.get("evidence") == StatutoryForm.Evidence.TEXT and not done:
            self.add_error("checked_against", "Ghi văn bản và ngày đã đối chiếu thì mới chọn “Đã đối chiếu nguyên văn”.")
        return values
