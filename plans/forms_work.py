"""Forms for what comes of a plan: a task, a target, a line of money."""

from django import forms

from childcare.children.models import SupportKind
from childcare.indicators.models import Indicator
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from plans.forms import dong, places_for
from plans.models import BudgetEntry, Plan, RiskArea, Target, Task

IN_A_SCHOOL = ("Ban giám hiệu", "Liên đội", "Y tế trường học", "Giáo viên chủ nhiệm", "Giáo viên bộ môn")
IN_A_COMMUNE = ("Công chức Văn hóa - Xã hội", "Công chức Tài chính - Kế toán", "Đoàn Thanh niên", "Hội Liên hiệp Phụ nữ",
                "Công an", "Trạm y tế", "Các trường học", "Các thôn, tổ dân phố")  # fmt: skip


MOST_AREAS = 200


def areas_for(task):
    """{key: (hamlet or commune, its name with the reasons)} at high risk in the unit of the plan, and those chosen before."""
    unit = task.plan.unit
    rows = RiskArea.objects.on(unit.as_of(today())).filter(unit__path__startswith=unit.path).select_related("unit")
    found = {}
    for row in rows.order_by("unit__path", "pk")[:MOST_AREAS]:
        found[str(row.unit.public_id)] = (row.unit, f"{row.unit.name}: {row.why}")
    for area in task.areas.all():
        found.setdefault(str(area.public_id), (area, f"{area.name} (không còn trong danh sách)"))
    return found


class TaskForm(forms.Form):
    """Who does a task, by when, how far it is."""

    doer = LineField(label="Người, bộ phận thực hiện", max_length=120, required=False)
    unit = forms.ChoiceField(label="Đơn vị thực hiện", required=False)
    partners = LineField(label="Phối hợp", max_length=300, required=False)
    areas = forms.MultipleChoiceField(
        label="Ưu tiên địa bàn nguy cơ cao", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Lấy từ danh sách cộng đồng nguy cơ cao ở trang Nhân lực và tổ chức.",
    )  # fmt: skip
    starts_on = DateTextField(label="Bắt đầu", required=False)
    ends_on = DateTextField(label="Hạn hoàn thành", required=False, help_text="Kế hoạch không ghi hạn thì để trống.")
    status = forms.ChoiceField(label="Tiến độ", choices=Task.Status.choices, required=False, widget=forms.RadioSelect)
    result = ParagraphField(label="Kết quả", required=False, max_length=4000)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, task, officer):
        self.units = {str(unit.public_id): unit for unit in places_for(officer)}
        if task.unit:
            self.units.setdefault(str(task.unit.public_id), task.unit)
        names = ("doer", "partners", "starts_on", "ends_on", "status", "result", "version")
        initial = {name: getattr(task, name) for name in names} | {"unit": str(task.unit.public_id) if task.unit else ""}
        self.areas = areas_for(task)
        initial["areas"] = [str(area.public_id) for area in task.areas.all()]
        super().__init__(data, initial=initial)
        self.fields["unit"].choices = [("", "Chưa giao"), *((key, unit.name) for key, unit in self.units.items())]
        self.fields["areas"].choices = [(key, words) for key, (_, words) in self.areas.items()]
        if not self.areas:
            del self.fields["areas"]
        self.fields["doer"].widget.attrs["list"] = "nguoi-thuc-hien"
        self.doers = IN_A_SCHOOL if task.plan.unit.kind == "school" else IN_A_COMMUNE

    def clean(self):
        data = super().clean()
        data["unit"] = self.units.get(data.get("unit"))
        if "areas" in self.fields:
            data["areas"] = [self.areas[key][0] for key in data.get("areas", ())]
        if data.get("starts_on") and data.get("ends_on") and data["starts_on"] > data["ends_on"]:
            self.add_error("ends_on", "Hạn hoàn thành không được trước ngày bắt đầu.")
        return data


class TargetForm(forms.Form):
    """A target set exactly: what is counted, how it is compared, by when, from what."""

    text = LineField(label="Chỉ tiêu", max_length=600)
    code = LineField(
        label="Chỉ tiêu thống kê",
        required=False,
        max_length=400,
        help_text="Gõ mã như HC-04 hoặc chọn trong danh sách; để trống nếu đánh giá bằng nhận xét.",
    )
    comparison = forms.ChoiceField(label="So sánh", choices=Target.Comparison.choices)
    value = NumberField(label="Giá trị", required=False, min_value=0, max_value=10**12)
    unit_text = LineField(label="Đơn vị tính", required=False, max_length=60, help_text="Ví dụ: %, trẻ em, /10.000 trẻ em.")
    multiplier = NumberField(
        label="Hệ số", whole=True, required=False, min_value=1, max_value=1_000_000,
        help_text="100 cho tỷ lệ %, 10.000 cho “trên 10.000 trẻ em”. Để trống thì theo chỉ tiêu thống kê.",
    )  # fmt: skip
    due_on = DateTextField(label="Phải đạt trước ngày", required=False)
    baseline = NumberField(label="Số gốc để so sánh", required=False, min_value=0, max_value=10**12)
    baseline_text = LineField(label="Số gốc lấy từ", required=False, max_length=200)
    group_text = LineField(label="Chỉ tính nhóm", required=False, max_length=200, help_text="Ví dụ: trẻ em bị tim bẩm sinh.")
    counted_kinds = forms.MultipleChoiceField(
        label="Hình thức trợ giúp được tính", required=False, widget=forms.CheckboxSelectMultiple
    )
    definition = ParagraphField(label="Cách hiểu chỉ tiêu", required=False, max_length=2000)
    reason = LineField(label="Lý do điều chỉnh", required=False, max_length=300, help_text="Bắt buộc khi kế hoạch đã ban hành.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, plan, target=None):
        super().__init__(data, initial=self._initial(target))
        kinds = SupportKind.objects.order_by("code").values_list("code", "name")
        self.fields["counted_kinds"].choices = list(kinds)
        self.fields["code"].widget.attrs["list"] = "ma-chi-tieu"
        if plan.state != Plan.State.ISSUED:
            del self.fields["reason"]
        self.indicators = {row.code: row for row in Indicator.objects.order_by("position")}

    @staticmethod
    def _initial(target):
        if target is None:
            return {"comparison": "ge", "unit_text": "%", "multiplier": 100}
        names = ("text", "comparison", "value", "unit_text", "multiplier", "due_on", "baseline", "baseline_text", "group_text",
                 "counted_kinds", "definition", "version")  # fmt: skip
        return {name: getattr(target, name) for name in names} | {"code": target.indicator.code if target.indicator else ""}

    def clean(self):
        data = super().clean()
        code = (data.pop("code", "") or "").upper().split(" ")[0]
        if code and code not in self.indicators:
            self.add_error("code", "Không có chỉ tiêu mang mã này. Hãy chọn trong danh sách hoặc để trống.")
        data["indicator"] = self.indicators.get(code)
        valued = data.get("comparison") not in ("decrease", "increase", "qualitative")
        if valued and data.get("value") is None and "value" not in self.errors:
            self.add_error("value", "Hãy gõ giá trị, hoặc chọn “định tính”.")
        return data

    @property
    def facts(self):
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class LineForm(forms.Form):
    """The amount planned of a line of money."""

    amount = NumberField(label="Số tiền theo kế hoạch (đồng)", whole=True, min_value=0, max_value=10**14, required=False)
    source = LineField(label="Nguồn", max_length=200, required=False, help_text="Ví dụ: ngân sách phường, Quỹ Bảo trợ trẻ em.")


class MoneyForm(forms.Form):
    """Money allocated or spent."""

    kind = forms.ChoiceField(label="Loại", choices=BudgetEntry.Kind.choices, widget=forms.RadioSelect, initial="spent")
    on = DateTextField(label="Ngày", past=True)
    amount = dong("Số tiền (đồng)")
    note = LineField(label="Nội dung", max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].required = True
        self.fields["amount"].min_value = 1
