"""Forms about a child's papers, consents, the resting of data, and requests about data."""

from django import forms
from django.core.exceptions import ValidationError

from childcare.children.forms.base import OnceForm, VersionForm, by_pk
from childcare.children.models import Attachment, DataRequest, Purpose
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, ParagraphField
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import MAX_BYTES, TOO_BIG, harmless

ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"


class AttachmentForm(OnceForm):
    """A paper or photo."""

    kind = forms.ChoiceField(label="Loại giấy tờ", choices=Attachment.Kind.choices)
    file = forms.FileField(
        label="Tệp", help_text="PDF, ảnh JPG hoặc PNG, Word, Excel; không quá 10 MB. Ảnh được lưu không kèm vị trí chụp.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này trống.", "invalid": "Hãy chọn tệp."},
    )  # fmt: skip
    title = LineField(label="Ghi chú", max_length=200, required=False, help_text="Ví dụ: số, ngày của giấy tờ.")
    sensitive = forms.BooleanField(
        label="Nhạy cảm: chỉ người được giao phụ trách mới mở được", required=False,
        help_text="Đánh dấu khi giấy tờ nói về HIV, xâm hại, bạo lực, mua bán, ma túy, vi phạm pháp luật.",
    )  # fmt: skip

    def __init__(self, *args, may_protect=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_protect:
            del self.fields["sensitive"]

    def clean_file(self):
        """Say at once what is wrong with the file."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(TOO_BIG)
        data = file.read()
        try:
            harmless(data, file.name)
        except Refusal as refusal:
            raise ValidationError(str(refusal))
        return {"name": file.name, "data": data}


class ConsentForm(OnceForm):
    """Who agreed to what, and how that is proved. What is not known yet may stay empty."""

    purpose = forms.ModelChoiceField(
        Purpose.objects.none(), label="Đồng ý cho việc", to_field_name="code", empty_label="Chọn mục đích"
    )
    given_on = DateTextField(label="Ngày đồng ý", past=True)
    giver = LineField(label="Người đại diện đồng ý", max_length=120, required=False, help_text="Cha, mẹ, người giám hộ.")
    relation = LineField(label="Quan hệ với trẻ", max_length=60, required=False)
    child_agreed = forms.BooleanField(label="Trẻ đã được hỏi và đồng ý (bắt buộc từ đủ 7 tuổi)", required=False)
    proof = LineField(
        label="Chứng minh bằng",
        max_length=200,
        required=False,
        help_text="Ví dụ: giấy đồng ý ký ngày 05/01/2026.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].queryset = Purpose.objects.filter(needs_consent=True)


class OnDayForm(VersionForm):
    """A day, today unless another is typed."""

    on = DateTextField(label="Từ ngày", past=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class RestrictionForm(OnceForm):
    """Let a child's data rest."""

    since = DateTextField(label="Từ ngày", past=True)
    reason = LineField(label="Lý do", max_length=300, help_text="Ví dụ: theo yêu cầu của người giám hộ; rút sự đồng ý.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today()


class RequestForm(OnceForm):
    """A request as it came in."""

    unit = forms.ChoiceField(label="Đơn vị nhận")
    received_on = DateTextField(label="Ngày nhận", past=True)
    kind = forms.ChoiceField(label="Yêu cầu", choices=DataRequest.Kind.choices)
    asker = LineField(label="Người yêu cầu", max_length=120)
    relation = LineField(label="Quan hệ với trẻ", max_length=60, required=False)
    content = ParagraphField(label="Nội dung", max_length=4000, required=False)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in units}
        self.fields["unit"].choices = by_pk(self.units.values())
        self.fields["received_on"].initial = today()
        if len(self.units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = next(iter(self.units))

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]


class AnswerForm(VersionForm):
    """How the request is answered."""

    on = DateTextField(label="Ngày trả lời", past=True)
    text = ParagraphField(label="Nội dung trả lời", max_length=4000)
    refuse = forms.BooleanField(label="Không thực hiện yêu cầu (ghi rõ lý do ở nội dung trả lời)", required=False)
    checked = forms.BooleanField(
        label="Đã kiểm tra: người yêu cầu có quyền, không bị Tòa án hạn chế quyền, không phải người bị nghi gây hại cho trẻ",
        required=False,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()

    def clean(self):
        values = super().clean()
        if not values.get("refuse") and not values.get("checked"):
            self.add_error("checked", "Hãy kiểm tra người yêu cầu rồi đánh dấu; chưa kiểm tra được thì chưa trả lời.")
        return values


class ExtendForm(VersionForm):
    """Why the deed is put off."""

    reason = LineField(label="Lý do gia hạn", max_length=300)


class CloseForm(VersionForm):
    """What was done."""

    on = DateTextField(label="Ngày thực hiện xong", past=True)
    result = ParagraphField(label="Kết quả", max_length=4000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
