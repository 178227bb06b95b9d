"""Forms of typed figures, of the window of a page, and of regimes."""

from django import forms
from django.db.models import Q

from childcare.accounts.forms import UnitChoice, unit_field
from childcare.accounts.roles import Permission
from childcare.indicators.models import Indicator
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField
from childcare.units.models import Unit
from childcare.units.querysets import valid_on
from reports.manual import windows_of
from reports.models import ManualFigure, Regime

ENTERED = [(ManualFigure.Origin.SECTOR, "Số liệu ngành khác"), (ManualFigure.Origin.OLD, "Theo báo cáo cũ")]
BIGGEST = 10**15
REPORTING = ("province", "district", "commune", "school")


class FigureFilter(forms.Form):
    """Which typed figures: of an indicator, an origin, a year."""

    code = forms.CharField(label="Mã chỉ tiêu", required=False, max_length=10)
    origin = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *ManualFigure.Origin.choices])
    year = forms.ChoiceField(label="Năm", required=False)

    def __init__(self, data, *, years):
        super().__init__(data)
        self.fields["year"].choices = [("", "Tất cả"), *((year, year) for year in years)]


def units_to_type_for(officer):
    """Units for which the officer may type figures: his own and the reporting units below, of the present or last day."""
    wanted = Q(pk__in=[])
    for unit in officer.units_for(Permission.FIGURE_ENTER):
        below = Q(valid_on(unit.as_of(today())), path__startswith=unit.path, kind__in=REPORTING)
        wanted |= Q(pk=unit.pk) | below
    return Unit.objects.filter(wanted).select_related("parent").order_by("path")


def units_to_set_for(officer):
    """Units in which a regime may be set by the officer: his own, districts and communes below."""
    own = officer.units_for(Permission.SETTINGS)
    below = Unit.objects.under_any(own).filter(kind__in=("district", "commune")).on(today())
    return (below | Unit.objects.filter(pk__in=[unit.pk for unit in own])).select_related("parent").order_by("path")


class FigureForm(forms.Form):
    """One typed figure."""

    unit = UnitChoice(label="Đơn vị", queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None)
    indicator = forms.ChoiceField(label="Chỉ tiêu")
    window = forms.ChoiceField(label="Kỳ số liệu", help_text="Số nhập tay chỉ được dùng cho đúng kỳ này.")
    origin = forms.ChoiceField(
        label="Loại số liệu", choices=ENTERED, widget=forms.RadioSelect, initial=ManualFigure.Origin.SECTOR
    )
    numerator = NumberField(label="Tử số (hoặc số lượng)", required=False, min_value=0, max_value=BIGGEST)
    denominator = NumberField(label="Mẫu số", required=False, min_value=0, max_value=BIGGEST,
                              help_text="Để trống nếu chỉ tiêu là số lượng.")  # fmt: skip
    percentage = NumberField(label="Tỷ lệ", required=False, min_value=0, max_value=10**7,
                             help_text="Chỉ ghi khi không biết tử số, mẫu số; không cộng lên cấp trên được.")  # fmt: skip
    source = LineField(
        label="Nguồn", max_length=200, help_text="Ai cung cấp, văn bản nào. Ví dụ: Công an phường, báo cáo tháng 4."
    )
    source_date = DateTextField(label="Ngày của số liệu", required=False, past=True)
    note = LineField(
        label="Giải thích chênh lệch với sổ", max_length=300, required=False,
        help_text="Với số của Công an về xâm hại trẻ em: số này in bên cạnh số của báo cáo, không cộng vào.",
    )  # fmt: skip

    def __init__(self, data=None, *, officer):
        super().__init__(data)
        own = officer.units_for(Permission.FIGURE_ENTER)
        self.fields["unit"].initial = own[0]
        self.fields["unit"] = unit_field(self.fields["unit"], units_to_type_for(officer), "figure-unit-search")
        self.indicators = {row.code: row for row in Indicator.objects.all()}
        year = max((unit.as_of(today()).year for unit in own), default=today().year)
        self.windows = {f"{first}_{last}": (first, last, words) for first, last, words in windows_of(officer, year)}
        self.fields["indicator"].choices = [("", "Chọn chỉ tiêu"), *((row.code, str(row)) for row in self.indicators.values())]
        self.fields["window"].choices = [(key, words) for key, (_, _, words) in self.windows.items()]

    def clean(self):
        data = super().clean()
        if data.get("percentage") is not None and data.get("numerator") is not None:
            self.add_error("percentage", "Đã có tử số thì tỷ lệ tự tính được: hãy để trống tỷ lệ.")
        if data.get("percentage") is None and data.get("numerator") is None and "numerator" not in self.errors:
            self.add_error("numerator", "Hãy nhập tử số, hoặc tỷ lệ nếu chỉ biết tỷ lệ.")
        if data.get("denominator") == 0:
            self.add_error("denominator", "Mẫu số phải lớn hơn 0.")
        return data

    @property
    def values(self):
        """Keyword arguments of the action."""
        data = dict(self.cleaned_data)
        first, last, _ = self.windows[data.pop("window")]
        indicator = self.indicators[data.pop("indicator")]
        return {**data, "indicator": indicator, "data_from": first, "cutoff": last}


class ReasonForm(forms.Form):
    """Why something is taken out."""

    reason = LineField(label="Lý do hủy", max_length=300)


class UploadForm(forms.Form):
    """A CSV of old figures."""

    file = forms.FileField(label="Tệp CSV", help_text="Theo tệp mẫu, không quá 1 MB.")


class ConfirmForm(forms.Form):
    """The document by which a regime is confirmed."""

    document = LineField(label="Văn bản", max_length=240, help_text="Ví dụ: Công văn số 123/SYT-BTXH của Sở Y tế.")
    document_on = DateTextField(label="Ngày văn bản", past=True)


class RegimeForm(forms.Form):
    """The due day and the cut-off of a regime, for one unit and everything below it."""

    scope = UnitChoice(label="Áp dụng trong", queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None)
    due_day = NumberField(
        label="Trước ngày", whole=True, min_value=1, max_value=31, help_text="Trước ngày 10 là chậm nhất ngày 9."
    )
    due_month = NumberField(label="Tháng", whole=True, min_value=1, max_value=12)
    cutoff_day = NumberField(label="Chốt số liệu ngày", whole=True, min_value=1, max_value=31, required=False,
                             help_text="Để trống: ngày cuối của tháng trước hạn gửi.")  # fmt: skip
    cutoff_month = NumberField(label="Tháng chốt số liệu", whole=True, min_value=1, max_value=12, required=False)

    def __init__(self, data=None, *, officer, regime):
        names = ("due_day", "due_month", "cutoff_day", "cutoff_month")
        super().__init__(data, initial={name: getattr(regime, name) for name in names})
        self.fields["scope"].initial = next(iter(officer.units_for(Permission.SETTINGS)), None)
        if regime.report_kind == Regime.PLAN:
            del self.fields["cutoff_day"], self.fields["cutoff_month"]
            self.fields["due_month"].help_text = "Từ tháng 10 trở đi là của năm trước năm kế hoạch."
        self.fields["scope"] = unit_field(self.fields["scope"], units_to_set_for(officer), "regime-unit-search")

    def clean(self):
        data = super().clean()
        if (data.get("cutoff_day") is None) != (data.get("cutoff_month") is None):
            self.add_error("cutoff_day", "Hãy ghi cả ngày và tháng chốt số liệu, hoặc để trống cả hai.")
        return data

    @property
    def values(self):
        """Keyword arguments of the action."""
        return dict(self.cleaned_data)


AFTER_WORDS = {0: "của tháng cuối kỳ", 1: "của tháng sau kỳ"}
DUE_WORDS = {"before": "trước ngày", "by": "chậm nhất ngày"}
KIND_WORDS = {"commune": "xã, phường", "district": "quận, huyện", "province": "tỉnh, thành phố", "hamlet": "thôn, tổ dân phố",
              "school": "trường học", "facility": "cơ sở"}  # fmt: skip


def due_words(regime: Regime):
    """ "trước ngày 10/5 hằng năm", or what the regime says instead of a day."""
    rule = DUE_WORDS.get(regime.due_rule, regime.due_rule)
    if regime.every == "event" and regime.due_day:
        return f"trong {regime.due_day} ngày sau sự kiện"
    if regime.every == "request":
        return "theo từng yêu cầu"
    if regime.every in ("month", "quarter") and regime.due_day:
        return f"{rule} {regime.due_day} {AFTER_WORDS.get(regime.due_after, f'của tháng thứ {regime.due_after} sau kỳ')}"
    if regime.due_month and regime.due_day:
        return f"{rule} {regime.due_day}/{regime.due_month} {'năm sau' if regime.due_year_offset else 'hằng năm'}"
    return "chưa ấn định hạn" if regime.report_kind == Regime.PLAN else "văn bản không nêu ngày cố định"
