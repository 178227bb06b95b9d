"""Forms of regimes that are turned on or written down by the unit that asks for the reports, of calls and of outlines."""

import uuid
from datetime import date

from django import forms

from childcare.accounts.forms import UnitChoice
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField
from childcare.units.models import Unit
from reports.actions.calls import units_below
from reports.forms_figures import KIND_WORDS
from reports.models import Regime

PERIODIC = ("month", "quarter", "half", "nine", "year")
BELOW = {"province": ("district", "commune"), "district": ("commune",), "commune": ("hamlet", "school")}
AFTER = [(1, "tháng sau kỳ"), (0, "tháng cuối kỳ"), (2, "tháng thứ hai sau kỳ")]


class PeriodForm(forms.Form):
    """Since when, and the days of a regime: of a month or quarter within a month, of the others within the year."""

    scope = UnitChoice(label="Áp dụng trong", queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None)
    since = DateTextField(label="Áp dụng từ ngày", help_text="Kỳ có ngày chốt số liệu từ ngày này trở đi phải gửi báo cáo.")
    due_day = NumberField(
        label="Hạn: trước ngày", whole=True, min_value=1, max_value=31, help_text="Trước ngày 10 là chậm nhất ngày 9."
    )

    def __init__(self, data=None, *, every, scopes, regime=None, **kwargs):
        names = ("due_day", "due_month", "due_after", "cutoff_day", "cutoff_month")
        known = {name: getattr(regime, name) for name in names} if regime else {}
        super().__init__(data, initial={"since": today(), **known}, **kwargs)
        self.every = every
        self.fields["scope"].queryset = scopes
        self.fields["scope"].initial = scopes.first()
        short = every in ("month", "quarter")
        if short:
            self.fields["due_after"] = forms.TypedChoiceField(label="Của", choices=AFTER, coerce=int, initial=1)
        else:
            self.fields["due_month"] = NumberField(label="Tháng", whole=True, min_value=1, max_value=12)
            self.fields["next_year"] = forms.BooleanField(
                label="Hạn ở năm sau", required=False, initial=bool(regime and regime.due_year_offset),
                help_text="Ví dụ báo cáo năm gửi trước 10/1 năm sau.",
            )  # fmt: skip
        words = "Để trống: ngày cuối của tháng cuối kỳ." if short else "Để trống: ngày cuối của tháng trước hạn gửi."
        self.fields["cutoff_day"] = NumberField(
            label="Chốt số liệu ngày", whole=True, min_value=1, max_value=31, required=False, help_text=words
        )
        if not short:
            self.fields["cutoff_month"] = NumberField(
                label="Tháng chốt số liệu", whole=True, min_value=1, max_value=12, required=False
            )

    def clean(self):
        data = super().clean()
        if "cutoff_month" in self.fields and (data.get("cutoff_day") is None) != (data.get("cutoff_month") is None):
            self.add_error("cutoff_day", "Hãy ghi cả ngày và tháng chốt số liệu, hoặc để trống cả hai.")
        return data

    @property
    def days(self):
        """The days as the actions take them."""
        data = self.cleaned_data
        found = {"due_day": data["due_day"], "cutoff_day": data["cutoff_day"]}
        if self.every in ("month", "quarter"):
            return found | {"due_after": data["due_after"]}
        more = {"due_month": data["due_month"], "cutoff_month": data["cutoff_month"]}
        return found | more | {"due_year_offset": int(data["next_year"])}


class OwnRegimeForm(PeriodForm):
    """A regime of one's own: its name, who reports, on which document."""

    name = LineField(label="Tên báo cáo", max_length=200, help_text="Ví dụ: Báo cáo công tác trẻ em hằng quý.")
    from_kinds = forms.MultipleChoiceField(label="Đơn vị phải gửi", widget=forms.CheckboxSelectMultiple)
    document = LineField(
        label="Văn bản quy định", max_length=240, help_text="Ví dụ: Công văn số 45/UBND-LĐTBXH ngày 05/01/2024."
    )
    field_order = ["scope", "name", "from_kinds", "document", "since", "due_day", "due_month", "due_after", "next_year"]

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        kinds = dict.fromkeys(kind for unit in self.fields["scope"].queryset for kind in BELOW.get(unit.kind, ()))
        self.fields["from_kinds"].choices = [(kind, KIND_WORDS[kind]) for kind in kinds]

    def clean(self):
        data = super().clean()
        scope = data.get("scope")
        if scope and not set(data.get("from_kinds", ())) <= set(BELOW.get(scope.kind, ())):
            self.add_error("from_kinds", "Hãy chọn cấp ở dưới đơn vị nhận báo cáo.")
        return data


class OffForm(forms.Form):
    """From which day a regime is no longer applied."""

    scope = UnitChoice(label="Thôi áp dụng trong", queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None)
    since = DateTextField(label="Từ ngày", help_text="Kỳ có ngày chốt số liệu từ ngày này trở đi không phải gửi nữa.")

    def __init__(self, data=None, *, scopes):
        super().__init__(data, initial={"since": today()})
        self.fields["scope"].queryset, self.fields["scope"].initial = scopes, scopes.first()


class CallForm(forms.Form):
    """A report on request: what, on which days, by when, from whom."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    subject = LineField(label="Báo cáo về việc gì", max_length=300, help_text="Ví dụ: Kết quả rà soát trẻ em bị bỏ rơi.")
    document = LineField(
        label="Văn bản yêu cầu", max_length=200, required=False, help_text="Số, ký hiệu, ngày; để trống nếu chưa có."
    )
    data_from = DateTextField(label="Số liệu từ ngày")
    cutoff = DateTextField(label="Số liệu đến ngày")
    last_day = DateTextField(label="Gửi chậm nhất ngày")
    units = forms.ModelMultipleChoiceField(
        label="Đơn vị phải gửi", queryset=Unit.objects.none(), to_field_name="public_id", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, issuer, answers=None):
        first = {"data_from": date(today().year, 1, 1), "cutoff": today()}
        if answers:
            first = {"subject": answers.subject, "data_from": answers.data_from, "cutoff": answers.cutoff}
        super().__init__(data, initial=first)
        self.fields["units"].queryset = units_below(issuer, today())
        self.fields["units"].initial = self.fields["units"].queryset

    def clean(self):
        data = super().clean()
        if data.get("data_from") and data.get("cutoff") and data["data_from"] > data["cutoff"]:
            self.add_error("cutoff", "Ngày này phải từ ngày bắt đầu trở đi.")
        return data

    @property
    def values(self):
        return {**self.cleaned_data, "units": list(self.cleaned_data["units"])}


class OutlineForm(forms.Form):
    """An outline: for which report, from which period, its file."""

    report = forms.ChoiceField(label="Cho báo cáo", help_text="Đề cương áp dụng từ kỳ được chọn.")
    only = forms.BooleanField(label="Chỉ áp dụng cho kỳ này", required=False)
    title = LineField(
        label="Tên đề cương", max_length=300, help_text="Ví dụ: Đề cương kèm Công văn số 45/UBND-LĐTBXH ngày 05/01/2024."
    )
    file = forms.FileField(label="Tệp đề cương", required=False, help_text="PDF, Word, Excel hoặc ảnh, không quá 10 MB.")

    def __init__(self, *args, reports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["report"].choices = reports


class SectionForm(forms.Form):
    """One more section."""

    title = LineField(label="Tên mục", max_length=200)
    hint = LineField(label="Gợi ý nội dung", max_length=500, required=False)


class ItemForm(forms.Form):
    """One more chỉ tiêu bổ sung."""

    name = LineField(label="Tên chỉ tiêu", max_length=200)
    measure = LineField(label="Đơn vị tính", max_length=40, help_text="Ví dụ: trẻ em, buổi, triệu đồng, %.")
    hint = LineField(label="Cách tính", max_length=500, required=False)
    summed = forms.BooleanField(label="Cấp trên cộng lại từ các đơn vị", required=False, initial=True)

    def clean(self):
        data = super().clean()
        if data.get("summed") and str(data.get("measure", "")).strip().lower() in ("%", "phần trăm"):
            self.add_error("summed", "Tỷ lệ không cộng được. Hãy bỏ dấu này, hoặc hỏi số lượng thay cho tỷ lệ.")
        return data


def every_words(every):
    """The words of a kind of period."""
    return dict(Regime.Every.choices)[every]
