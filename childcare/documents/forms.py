"""What signing asks for, whatever is signed: number, day, in what capacity, who, by which mandate; the register's own forms."""

from django import forms

from childcare.documents import capacities
from childcare.documents.actions import numbers
from childcare.documents.books import KINDS, LETTER
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField

NUMBER = r"^\d{1,5}[a-zđ]?$"
GIVEN = "Để trống: phần mềm cấp số tiếp theo, dự kiến {}. Chỉ gõ khi đã lấy số trước trong Sổ văn bản đi."


class SignerForm(forms.Form):
    """Number, day, capacity, signer. Where the application numbers the series, the number may stay empty."""

    number = forms.RegexField(
        NUMBER, label="Số văn bản", help_text="Số do văn thư cấp, ví dụ 05. Không gõ ký hiệu.", max_length=6,
        error_messages={"invalid": "Chỉ gõ số, ví dụ 05 hoặc 127.", "required": "Hãy điền ô này."},
    )  # fmt: skip
    issued_on = DateTextField(label="Ngày ký", past=True)
    authority = forms.ChoiceField(label="Thẩm quyền ký", widget=forms.RadioSelect)
    signer_name = LineField(label="Họ và tên người ký", help_text="Không ghi học hàm, học vị.", max_length=120)
    position = LineField(
        label="Chức vụ của người ký", required=False, max_length=120,
        help_text="Ví dụ: Chủ tịch, Phó Chủ tịch, Chánh Văn phòng. Ký thừa lệnh, thừa ủy quyền thì phải ghi.",
    )  # fmt: skip
    mandate = LineField(
        label="Văn bản ủy quyền", required=False, max_length=200, help_text="Chỉ khi ký TUQ.: số, ngày, thời hạn ủy quyền."
    )

    def __init__(self, *args, series, **kwargs):
        super().__init__(*args, **kwargs)
        ways = capacities.ways(series.unit, series.office)
        self.fields["authority"].choices = [(way, _shown(way)) for way in ways]
        self.fields["authority"].initial = ways[0]
        if numbers.by_application(series):
            number = self.fields["number"]
            number.required, number.help_text = False, GIVEN.format(numbers.proposed(series, today().year))

    def clean(self):
        data = super().clean()
        if data.get("authority", "").startswith(("TL.", "TUQ.")) and not data.get("position") and "position" not in self.errors:
            self.add_error("position", "Ký thừa lệnh, thừa ủy quyền thì phải ghi chức vụ của người ký.")
        return data

    @property
    def values(self):
        """Keyword arguments of the action."""
        data = self.cleaned_data
        return {
            "number": data["number"], "issued_on": data["issued_on"],
            "signer_lines": capacities.lines_of(data["authority"], data["position"]), "signer_name": data["signer_name"],
            "position": data["position"], "mandate": data["mandate"],
        }  # fmt: skip


def _shown(way):
    return f"{way} / (chức vụ của người ký)" if way.startswith(("TL.", "TUQ.")) else way


class TakeForm(forms.Form):
    """An outgoing document that was made elsewhere: kind, day, what about, who signs, to whom."""

    code = forms.ChoiceField(label="Loại văn bản", choices=list(KINDS.items()), initial=LETTER)
    in_name = forms.ChoiceField(label="Ban hành với tư cách", widget=forms.RadioSelect)
    number = forms.RegexField(
        NUMBER, label="Số", required=False, max_length=6, error_messages={"invalid": "Chỉ gõ số, ví dụ 05 hoặc 127."},
        help_text="Loại do phần mềm cấp số thì để trống; loại khác gõ số của sổ giấy.",
    )  # fmt: skip
    issued_on = DateTextField(label="Ngày văn bản", past=True)
    child_decision = forms.BooleanField(
        label="Quyết định trong hồ sơ một trẻ em", required=False,
        help_text="Sổ chỉ ghi “Quyết định trong hồ sơ trẻ em”, không ghi tên ai.",
    )  # fmt: skip
    subject = LineField(
        label="Trích yếu", required=False, max_length=500, help_text="Không ghi tên trẻ em, cha mẹ, người báo tin."
    )
    signer_name = LineField(label="Người ký", required=False, max_length=120)
    recipients = ParagraphField(label="Nơi nhận", required=False, max_length=1000, help_text="Mỗi nơi một dòng.")

    def __init__(self, *args, issuers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["in_name"].choices = [(key, name) for key, name, *_ in issuers]
        self.fields["in_name"].initial = issuers[0][0]

    def clean(self):
        data = super().clean()
        if not data.get("child_decision") and not data.get("subject") and "subject" not in self.errors:
            self.add_error("subject", "Hãy ghi trích yếu, hoặc đánh dấu ô quyết định trong hồ sơ trẻ em.")
        if data.get("child_decision") and data.get("code") != "QĐ":
            self.add_error("code", "Quyết định trong hồ sơ trẻ em thì chọn loại Quyết định.")
        return data


class EntryForm(forms.Form):
    """What the clerk adds to a row."""

    recipients = ParagraphField(label="Nơi nhận", required=False, max_length=1000, help_text="Mỗi nơi một dòng.")
    keeper = LineField(label="Đơn vị, người nhận bản lưu", required=False, max_length=120)
    copies = NumberField(label="Số lượng bản", required=False, whole=True, min_value=1, max_value=9999)
    sent_on = DateTextField(label="Ngày chuyển", required=False, past=True)
    note = LineField(label="Ghi chú", required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, entry, data=None):
        """The form as the row is."""
        initial = {name: getattr(entry, name) for name in ("keeper", "copies", "sent_on", "note", "version")}
        return cls(data, initial={**initial, "recipients": "\n".join(entry.recipients)})

    @property
    def facts(self):
        """What the action takes."""
        data = dict(self.cleaned_data)
        return {**data, "recipients": [line for line in data["recipients"].split("\n") if line.strip()]}


class ReasonForm(forms.Form):
    """Why a number is cancelled."""

    reason = LineField(label="Lý do hủy số", max_length=300, help_text="Sổ in kèm lý do này.")


class NumberingForm(forms.Form):
    """Who numbers a kind, and the next number of the year."""

    in_name = forms.CharField(max_length=40)
    code = forms.CharField(max_length=10)
    on = forms.BooleanField(required=False)
    first = NumberField(label="Số tiếp theo", required=False, whole=True, min_value=1, max_value=99_999)


class SealForm(forms.Form):
    """The PKCS#12 file of the unit with its password, and the picture of its seal."""

    in_name = forms.ChoiceField(label="Của", widget=forms.RadioSelect)
    key = forms.FileField(label="Tệp chứng thư số (.p12, .pfx)", help_text="Tệp của tổ chức cung cấp dịch vụ chứng thực.")
    password = forms.CharField(
        label="Mật khẩu của tệp", required=False, strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    picture = forms.FileField(
        label="Ảnh dấu", required=False, help_text="PNG nền trong suốt, màu đỏ. Không có ảnh thì in khung chữ ký số.",
    )  # fmt: skip
    width_mm = NumberField(
        label="Đường kính dấu (mm)", whole=True, min_value=20, max_value=50, initial=36, help_text="Theo kích thước thật."
    )


class SignedForm(forms.Form):
    """The PDF that was signed with the signer's own token."""

    file = forms.FileField(label="Tệp PDF đã ký số")
