"""Forms about the monthly allowance: the decision, the lists, the table of rates."""

from django import forms

from childcare.children import places
from childcare.children.forms.base import OnceForm, VersionForm
from childcare.children.forms.filters import QuietForm
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from childcare.lib.vietnamese import number
from childcare.units.models import Unit

DAYS = [("30", "trong 30 ngày tới"), ("60", "trong 60 ngày tới"), ("90", "trong 90 ngày tới")]


class GrantForm(OnceForm):
    """The decision, with the rate of the day on which it begins."""

    code = forms.ChoiceField(label="Đối tượng, mức hưởng")
    started_on = DateTextField(label="Hưởng từ ngày", past=True, help_text="Thường từ tháng ký quyết định.")
    decision = LineField(label="Số quyết định", max_length=120, help_text="Ví dụ: 45/QĐ-UBND.")
    decision_on = DateTextField(label="Ngày quyết định", past=True)
    amount = NumberField(
        label="Số tiền một tháng (đồng)", whole=True, min_value=0, max_value=99_999_999, required=False,
        help_text="Để trống thì lấy đúng mức trong bảng vào ngày bắt đầu hưởng.",
    )  # fmt: skip
    note = ParagraphField(label="Ghi chú", max_length=2000, required=False, rows=2)
    sensitive = forms.BooleanField(
        label="Trợ cấp này liên quan hoàn cảnh nhạy cảm", required=False,
        help_text="Chỉ công chức và lãnh đạo được giao mới thấy. Trợ cấp cho trẻ em nhiễm HIV/AIDS luôn như vậy.",
    )  # fmt: skip

    def __init__(self, *args, rates, may_protect, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            ("", "Chọn"),
            *[(row.code, f"{row.name}: hệ số {number(row.coefficient)}, {number(row.amount, 0)} đ") for row in rates],
        ]
        self.fields["started_on"].initial = today().replace(day=1)
        if not may_protect:
            del self.fields["sensitive"]


class UnitFilter(QuietForm):
    """Of which place; what cannot be read is the officer's own unit."""

    unit = forms.ChoiceField(label="Địa bàn", required=False)
    days = forms.ChoiceField(label="Khoảng thời gian", choices=DAYS, required=False)

    def __init__(self, data, *, officer):
        super().__init__(data)
        self.on = places.as_of(officer)
        own = places.scope(officer)
        self.places = {str(unit.public_id): unit for unit in dict.fromkeys([*own, *places.filter_places(officer)])}
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.places.items()]
        self.place = self.places.get(self.value("unit")) or next(iter(self.places.values()), None)
        self.span = int(self.value("days") or 60)


class RateForm(VersionForm):
    """A row of the table."""

    base_amount = NumberField(label="Mức chuẩn (đồng)", whole=True, min_value=1, max_value=99_999_999)
    coefficient = NumberField(label="Hệ số", min_value=0, max_value=999)
    valid_from = DateTextField(label="Áp dụng từ ngày")
    last_day = DateTextField(label="Đến hết ngày", required=False, help_text="Để trống nếu còn áp dụng.")
    legal_basis = LineField(label="Căn cứ", max_length=300)
    note = LineField(label="Ghi chú", max_length=300, required=False)
    verified = forms.BooleanField(label="Đã đối chiếu với văn bản", required=False)

    def clean(self):
        values = super().clean()
        if values.get("last_day") and values.get("valid_from") and values["last_day"] < values["valid_from"]:
            self.add_error("last_day", "Ngày cuối phải không trước ngày áp dụng.")
        return values


class PeriodForm(forms.Form):
    """A new base from a day."""

    valid_from = DateTextField(label="Áp dụng từ ngày")
    base = NumberField(label="Mức chuẩn mới (đồng)", whole=True, min_value=1, max_value=99_999_999)
    legal_basis = LineField(label="Căn cứ", max_length=300, help_text="Ví dụ: NĐ 76/2024/NĐ-CP.")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Mức riêng của tỉnh, thành phố", to_field_name="public_id", required=False,
        empty_label="Không, mức chung cả nước",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.on(today()).filter(kind="province").order_by("name")
        self.fields["unit"].label_from_instance = lambda unit: unit.name


class AreaForm(forms.Form):
    """An especially hard commune or hamlet, by its code."""

    unit = LineField(label="Mã xã, phường, thôn", max_length=20, help_text="Mã đơn vị như ở trang Đơn vị, ví dụ 11437.")
    valid_from = DateTextField(label="Từ ngày")
    last_day = DateTextField(label="Đến hết ngày", required=False, help_text="Để trống nếu còn áp dụng.")
    legal_basis = LineField(label="Quyết định công nhận", max_length=300)

    def clean(self):
        values = super().clean()
        code, day = values.get("unit"), values.get("valid_from")
        if code and day:
            values["unit"] = Unit.objects.on(day).filter(code=code, kind__in=("commune", "hamlet")).first()
            if values["unit"] is None:
                self.add_error("unit", "Không có xã, phường, thôn nào mang mã này vào ngày đó.")
        return values


class AreaEndForm(forms.Form):
    """The last day on which a place is especially hard."""

    last_day = DateTextField(label="Ngày cuối cùng")
