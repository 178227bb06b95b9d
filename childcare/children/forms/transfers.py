"""Forms about a child that goes from one commune to another."""

from django import forms

from childcare.accounts.roles import Permission
from childcare.children import places
from childcare.children.actions.protection import commune_of
from childcare.children.forms.base import OnceForm, VersionForm, by_pk
from childcare.children.forms.people import home_word
from childcare.lib.fields import REQUIRED, DateTextField, LineField, ParagraphField
from childcare.units.models import Unit


class ReceiveForm(VersionForm):
    """Where in the commune the child lives now, and in which household."""

    unit = forms.ChoiceField(label="Nơi ở")
    head_name = LineField(label="Chủ hộ", max_length=120, required=False)
    address = LineField(label="Địa chỉ", max_length=300, required=False, help_text="Số nhà, ngõ, đường, xóm.")

    def __init__(self, *args, transfer, **kwargs):
        super().__init__(*args, **kwargs)
        goal = transfer.to_unit
        hamlets = Unit.objects.under(goal, places.day_of(goal)).filter(kind="hamlet")
        self.units = {str(unit.public_id): unit for unit in (*sorted(hamlets, key=places.natural), goal)}
        self.fields["unit"].choices = [("", "Chọn nơi ở"), *by_pk(self.units.values(), home_word)]

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]


class ReasonForm(VersionForm):
    """Why a transfer or a question is turned down; the other commune reads it."""

    reason = LineField(label="Lý do", max_length=300, help_text="Đơn vị kia đọc được. Không ghi thông tin nhạy cảm của trẻ.")


class AskForm(OnceForm):
    """Which child came here, by what stands on its papers."""

    unit = forms.ChoiceField(label="Xin chuyển về")
    number = LineField(
        label="Mã trẻ hoặc số định danh cá nhân", max_length=60,
        help_text="Mã trẻ in trên danh sách, hoặc 12 chữ số của số định danh.",
    )  # fmt: skip
    reason = ParagraphField(
        label="Lý do",
        max_length=1000,
        help_text="Ví dụ: gia đình đã về ở tổ dân phố 3 từ tháng 4. Đơn vị kia đọc được.",
    )

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        found = dict.fromkeys(commune_of(unit) for unit in officer.units_for(Permission.CHILD_EDIT))
        self.units = {str(unit.public_id): unit for unit in found}
        self.fields["unit"].choices = by_pk(self.units.values())

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]


class AgreeForm(VersionForm):
    """Since when the child lives there."""

    on = DateTextField(label="Chuyển từ ngày", past=True, help_text="Ngày đầu tiên ở nơi mới.")


class TermForm(forms.Form):
    """In how many days a commune acknowledges, from which day on."""

    valid_from = DateTextField(label="Áp dụng với trẻ chuyển từ ngày")
    days = forms.IntegerField(label="Số ngày để tiếp nhận", min_value=1, max_value=90, error_messages={"required": REQUIRED})
    more = forms.IntegerField(
        label="Quá hạn thêm bao nhiêu ngày thì báo cấp trên", min_value=1, max_value=90, error_messages={"required": REQUIRED}
    )
    basis = LineField(label="Căn cứ", max_length=200, required=False)
