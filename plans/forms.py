"""Forms of plans and activities: filters by GET, what officers type."""

from django import forms

from childcare.accounts.roles import Permission
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from childcare.units.models import Unit
from plans.models import Activity, Plan, Target

WHERE = [("", "Tất cả"), ("own", "Đơn vị mình"), ("above", "Cấp trên"), ("below", "Cấp dưới"), ("former", "Đơn vị trước đây")]


def years_of(rows):
    """The years that the plans cover, the last first."""
    spans = set(rows.order_by().values_list("first_year", "last_year"))
    return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)


class PlanFilter(forms.Form):
    """Which plans: of a year, of one's own unit, above or below."""

    year = forms.ChoiceField(label="Năm", required=False)
    where = forms.ChoiceField(label="Của", required=False, choices=WHERE)

    def __init__(self, data, *, officer):
        super().__init__(data)
        self.fields["year"].choices = [("", "Tất cả"), *((year, year) for year in years_of(Plan.objects.visible_to(officer)))]


class AssessForm(forms.Form):
    """The state of a qualitative target and why."""

    status = forms.ChoiceField(label="Đánh giá", choices=Target.Status.choices, required=False, widget=forms.RadioSelect)
    note = ParagraphField(
        label="Nhận xét", required=False, help_text="Đã làm gì, kết quả thế nào, còn vướng gì.", max_length=2000
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ActivityFilter(forms.Form):
    """Which activities: of a year, a kind, a unit."""

    year = forms.ChoiceField(label="Năm", required=False)
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *Activity.Kind.choices])
    unit = forms.ChoiceField(label="Đơn vị", required=False)

    def __init__(self, data, *, years, units):
        super().__init__(data)
        self.fields["year"].choices = [("", "Tất cả"), *((year, year) for year in years)]
        self.fields["unit"].choices = [("", "Tất cả"), *((str(unit.public_id), unit.name) for unit in units)]


def places_for(officer):
    """Units for which the officer may record activities: his own and those right below, as they are or last were."""
    found = []
    for unit in officer.units_for(Permission.PLAN_EDIT):
        found.append(unit)
        found += Unit.objects.filter(parent=unit).on(unit.as_of(today())).order_by("kind", "code")
    return list({unit.pk: unit for unit in found}.values())


def whole(label, hint=""):
    return NumberField(label=label, whole=True, min_value=0, max_value=10_000_000, required=False, help_text=hint)


def dong(label):
    return NumberField(label=label, whole=True, min_value=0, max_value=10**12, required=False)


class ActivityForm(forms.Form):
    """One activity. Only kind, day, unit and a short title are asked for; numbers as far as they are known."""

    kind = forms.ChoiceField(label="Loại hoạt động", choices=Activity.Kind.choices)
    title = LineField(
        label="Nội dung", max_length=300, help_text="Ví dụ: Nói chuyện về phòng, chống đuối nước tại trường tiểu học."
    )
    held_on = DateTextField(label="Ngày", past=True, help_text="Hoạt động nhiều ngày thì ghi ngày kết thúc.")
    unit = forms.ChoiceField(label="Đơn vị thực hiện")
    place = LineField(label="Địa điểm", max_length=200, required=False)
    children = whole("Lượt trẻ em dự")
    adults = whole("Lượt người lớn dự")
    staff = whole("Cán bộ, cộng tác viên được tập huấn")
    products = whole("Sản phẩm truyền thông", "Tờ rơi, pa nô, băng rôn, tin bài.")
    gifts = whole("Suất quà")
    money = dong("Kinh phí đã chi (đồng)")
    raised = dong("Vận động được (đồng)")
    source = LineField(label="Nguồn kinh phí", max_length=120, required=False)
    targets = forms.MultipleChoiceField(label="Phục vụ chỉ tiêu nào", required=False, widget=forms.CheckboxSelectMultiple)
    note = ParagraphField(label="Ghi chú", required=False, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, officer, activity=None):
        self.units = {str(unit.public_id): unit for unit in places_for(officer)}
        if activity is not None:
            self.units.setdefault(str(activity.unit.public_id), activity.unit)
        self.served = self._targets(officer, activity)
        super().__init__(data, initial=self._initial(officer, activity))
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["targets"].choices = [(key, f"{target.plan.years}: {target.text}") for key, target in self.served.items()]
        if not self.served:
            del self.fields["targets"]

    def _initial(self, officer, activity):
        if activity is None:
            return {"unit": next(iter(self.units), None)}
        names = [name for name in self.base_fields if name not in ("unit", "targets")]
        values = {name: getattr(activity, name) for name in names}
        chosen = [str(target.public_id) for target in activity.targets.all()]
        return {**values, "unit": str(activity.unit.public_id), "targets": chosen}

    def _targets(self, officer, activity):
        """Targets of the plans of the officer's units: of the year and the one before, and those already chosen."""
        year = activity.held_on.year if activity else max([unit.as_of(today()).year for unit in self.units.values()], default=0)
        plans = Plan.objects.filter(unit__in=officer.units_for(Permission.PLAN_EDIT)).filter(
            first_year__lte=year, last_year__gte=year - 1
        )
        rows = list(Target.objects.filter(plan__in=plans).exclude(kind="general").select_related("plan"))
        rows += list(activity.targets.select_related("plan")) if activity else []
        return {str(target.public_id): target for target in rows}

    def clean(self):
        data = super().clean()
        unit = self.units.get(data.get("unit"))
        if unit and data.get("held_on") and not unit.valid_on(data["held_on"]):
            self.add_error("unit", f"{unit.name} không có hiệu lực vào ngày này. Hãy chọn đơn vị đúng của ngày đó.")
        data["unit"] = unit
        data["targets"] = [self.served[key] for key in data.get("targets", [])]
        return data

    @property
    def facts(self):
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class VoidForm(forms.Form):
    """Why something is taken out of the count."""

    reason = LineField(label="Lý do hủy", max_length=300, help_text="Ví dụ: ghi trùng, ghi nhầm đơn vị.")
    version = forms.IntegerField(widget=forms.HiddenInput)
