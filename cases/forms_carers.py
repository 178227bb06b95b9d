"""Forms of the registers: who wants to take a child, what was verified and answered, the places that take children in."""

from django import forms

from cases.models import Carer, Shelter
from cases.models.carers import ANSWERS, CONDITIONS
from childcare.children.forms.base import OnceForm, VersionForm
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField

STILL = [("stays", "Còn nguyện vọng"), ("leaves", "Thôi đăng ký"), ("", "Chưa hỏi")]


class CarerFields(forms.Form):
    """Who wants to take a child (Mẫu 08)."""

    kind = forms.ChoiceField(label="Người đăng ký", choices=[row for row in Carer.Kind.choices if row[0] != "relative"])
    name = LineField(label="Họ và tên", max_length=120)
    birth = LineField(label="Ngày hoặc năm sinh", max_length=40, required=False)
    identity_number = LineField(label="Số định danh cá nhân", max_length=40, required=False)
    phone = LineField(label="Điện thoại", max_length=40, required=False)
    address = LineField(label="Nơi cư trú", max_length=300, required=False)
    job = LineField(label="Nghề nghiệp, thu nhập", max_length=300, required=False)
    family = ParagraphField(label="Thành viên gia đình", max_length=1000, required=False, rows=2)
    wishes = LineField(label="Nguyện vọng về trẻ (tuổi, giới tính …)", max_length=300, required=False)
    capacity = NumberField(label="Có thể nhận mấy trẻ", whole=True, min_value=1, max_value=20, initial=1)
    short_term = forms.BooleanField(label="Nhận có thời hạn", required=False)
    applied_on = DateTextField(label="Ngày nhận đơn", past=True, help_text="Từ ngày này có 15 ngày làm việc để kết luận.")
    health_paper_on = DateTextField(label="Ngày giấy khám sức khỏe", past=True, required=False)

    def __init__(self, *args, relative=False, **kwargs):
        super().__init__(*args, **kwargs)
        if relative:
            self.fields["applied_on"].label = "Ngày nhận thông báo"
            for name in ("kind", "wishes", "capacity", "short_term", "health_paper_on"):
                del self.fields[name]


class CarerForm(OnceForm, CarerFields):
    """A new registration, or a relative's notice."""


class CarerChangeForm(VersionForm, CarerFields):
    """What is written about a carer."""


class ConcludeForm(VersionForm):
    """The twelve conditions (Mẫu 11) and the conclusion."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assessed_on"] = DateTextField(label="Ngày xác minh", past=True)
        for code, words in CONDITIONS.items():
            self.fields[f"c_{code}"] = forms.ChoiceField(
                label=words, choices=ANSWERS, required=False, initial="",
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )  # fmt: skip
        self.fields["assessment"] = ParagraphField(label="Kết quả xác minh", max_length=4000, required=False)
        self.fields["accepted"] = forms.ChoiceField(
            label="Kết luận", choices=[("yes", "Đủ điều kiện"), ("no", "Không đủ điều kiện")], widget=forms.RadioSelect
        )
        self.fields["decided_on"] = DateTextField(label="Ngày kết luận", past=True, initial=today)
        self.fields["decision_reason"] = LineField(
            label="Lý do", max_length=300, required=False, help_text="Bắt buộc khi không đủ."
        )

    @property
    def conditions(self):
        """The twelve fields, for their table."""
        return [self[f"c_{code}"] for code in CONDITIONS]

    def values(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        conditions = {code: values.pop(f"c_{code}") for code in CONDITIONS}
        answered = {code: answer for code, answer in conditions.items() if answer}
        return {**values, "accepted": values["accepted"] == "yes", "conditions": answered}


class WithdrawForm(VersionForm):
    """A carer leaves the register."""

    on = DateTextField(label="Ngày thôi đăng ký", past=True, initial=today)
    reason = LineField(label="Lý do", max_length=300)


class ShelterFields(forms.Form):
    """A place that takes children in."""

    kind = forms.ChoiceField(label="Loại", choices=Shelter.Kind.choices)
    name = LineField(
        label="Tên gọi",
        max_length=160,
        help_text="Đừng ghi địa chỉ vào tên. Ví dụ: Địa chỉ tin cậy số 2, Nhà tạm lánh Ánh Dương.",
    )
    address = LineField(
        label="Địa chỉ", max_length=300, required=False, help_text="Chỉ người quản lý và người của hồ sơ có trẻ ở đó mới thấy."
    )
    contact = LineField(label="Người liên hệ", max_length=120, required=False)
    phone = LineField(label="Điện thoại", max_length=40, required=False)
    capacity = NumberField(label="Số chỗ", whole=True, min_value=1, max_value=500, required=False)
    takes = LineField(label="Nhận trẻ em nào", max_length=200, required=False)
    basis = LineField(label="Quyết định, văn bản thành lập", max_length=160, required=False)
    fee = NumberField(label="Phí một tháng (đồng)", whole=True, min_value=0, required=False)
    note = ParagraphField(label="Ghi chú", max_length=2000, required=False, rows=2)


class ShelterForm(OnceForm, ShelterFields):
    """A new place."""


class ShelterChangeForm(VersionForm, ShelterFields):
    """What is written about a place; and since when it takes nobody."""

    closed_on = DateTextField(label="Thôi nhận trẻ từ ngày", past=True, required=False)


class AskForm(forms.Form):
    """Who of the register was asked in this quarter and what each answered (Điều 40.1); who was not asked stays as he was."""

    asked_on = DateTextField(label="Ngày hỏi", past=True, initial=today)
    how = LineField(label="Hỏi bằng cách nào", max_length=100, required=False, help_text="Ví dụ: gọi điện, đến nhà.")

    def __init__(self, *args, carers, **kwargs):
        super().__init__(*args, **kwargs)
        self.carers = list(carers)
        for row in self.carers:
            key = row.public_id.hex
            self.fields[f"answer_{key}"] = forms.ChoiceField(
                label=row.name, choices=STILL, required=False, initial="",
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
            )  # fmt: skip
            self.fields[f"words_{key}"] = LineField(label=f"{row.name} trả lời", max_length=300, required=False)
            self.fields[f"words_{key}"].widget.attrs["class"] = "form-control"

    @property
    def lines(self):
        """(carer, field of the answer, field of its words), for their table."""
        return [(row, self[f"answer_{row.public_id.hex}"], self[f"words_{row.public_id.hex}"]) for row in self.carers]

    def clean(self):
        values = super().clean()
        if not any(values.get(f"answer_{row.public_id.hex}") for row in self.carers):
            raise forms.ValidationError("Hãy ghi trả lời của ít nhất một người. Ai chưa hỏi được thì để “Chưa hỏi”.")
        return values

    def values(self):
        """What the action takes."""
        told = self.cleaned_data
        answers = [
            (row, told[f"answer_{row.public_id.hex}"] == "stays", told[f"words_{row.public_id.hex}"])
            for row in self.carers
            if told[f"answer_{row.public_id.hex}"]
        ]
        return {"asked_on": told["asked_on"], "how": told["how"], "answers": answers}
