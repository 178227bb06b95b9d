"""Forms of activities: the filter of the list, the quick entry, the whole activity, a photo."""

from datetime import timedelta

from django import forms

from childcare.accounts.roles import Permission
from childcare.children.forms.base import OnceForm
from childcare.lib.calendar import show, today
from childcare.lib.fields import DateTextField, LineField, ParagraphField
from childcare.lib.refusal import Refusal
from childcare.lib.uploads import MAX_BYTES, TOO_BIG, harmless
from plans import proposing
from plans.actions import activities as actions
from plans.actions.photos import NO_PICTURE
from plans.forms import dong, places_for, whole
from plans.forms_lines import MoneyLines, TallyLines
from plans.models import Activity, BudgetLine, Plan, Target, Task

AHEAD = 400  # days: an activity planned later than that is a slip of the pen
MONTHS = [("", "Tất cả"), *((str(month), f"Tháng {month}") for month in range(1, 13))]
STATES = [("", "Tất cả"), ("done", "Đã làm"), ("planned", "Dự kiến")]


class ActivityFilter(forms.Form):
    """Which activities: of a year, a month, a kind, an occasion, a unit, a plan; held or only planned."""

    year = forms.ChoiceField(label="Năm", required=False)
    month = forms.ChoiceField(label="Tháng", required=False, choices=MONTHS)
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *Activity.Kind.choices])
    occasion = forms.ChoiceField(
        label="Dịp", required=False, choices=[("", "Tất cả"), *(pair for pair in Activity.Occasion.choices if pair[0])]
    )
    unit = forms.ChoiceField(label="Đơn vị", required=False)
    plan = forms.ChoiceField(label="Kế hoạch", required=False)
    state = forms.ChoiceField(label="Tình trạng", required=False, choices=STATES)

    def __init__(self, data, *, years, units, plans=()):
        super().__init__(data)
        self.fields["year"].choices = [("", "Tất cả"), *((year, year) for year in years)]
        self.fields["unit"].choices = [("", "Tất cả"), *((str(unit.public_id), unit.name) for unit in units)]
        names = ((str(plan.public_id), f"{plan.years} · {plan.unit.name}") for plan in plans)
        self.fields["plan"].choices = [("", "Tất cả"), *names]

    def narrow(self, rows):
        """The activities of the filter; without a valid filter all of them."""
        if not self.is_valid():
            return rows
        data = self.cleaned_data
        wanted = {
            "held_on__year": data["year"], "held_on__month": data["month"], "kind": data["kind"], "occasion": data["occasion"],
            "unit__public_id": data["unit"],
        }  # fmt: skip
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        if data["state"]:
            rows = rows.filter(planned=data["state"] == "planned")
        if data["plan"]:
            of_plan = Activity.objects.of_plan(data["plan"]).order_by()
            rows = rows.filter(pk__in=of_plan.values("pk"))
        return rows


class DayField(DateTextField):
    """A day that may lie ahead, but not by more than a year and a month."""

    def parse(self, text):
        day = super().parse(text)
        if day and day > today() + timedelta(days=AHEAD):
            raise ValueError(f"Ngày {show(day)} quá xa. Hãy xem lại năm.")
        return day


class UnitMixin:
    """The units for which the officer may record, and that the one chosen held on the day."""

    def placed(self, data):
        unit = self.units.get(data.get("unit"))
        if unit and data.get("held_on") and not unit.valid_on(data["held_on"]):
            self.add_error("unit", f"{unit.name} không có hiệu lực vào ngày này. Hãy chọn đơn vị đúng của ngày đó.")
        data["unit"] = unit
        if data.get("held_on"):
            data["planned"] = bool(data.get("planned")) or data["held_on"] > today()
        return data


class QuickForm(UnitMixin, OnceForm):
    """Three fields on a phone; the rest is added later."""

    kind = forms.ChoiceField(label="Loại hoạt động", choices=Activity.Kind.choices)
    title = LineField(label="Nội dung", max_length=300)
    held_on = DayField(label="Ngày")
    children = whole("Lượt trẻ em dự")
    unit = forms.ChoiceField(label="Đơn vị thực hiện")

    def __init__(self, data=None, *, officer):
        self.units = {str(unit.public_id): unit for unit in places_for(officer)}
        super().__init__(data, initial={"held_on": today(), "unit": next(iter(self.units), None)})
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]
        if len(self.units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()

    def clean(self):
        return self.placed(super().clean())


def of_campaign(campaign):
    """What is known of an activity that is held for a campaign: its kind, occasion and day."""
    if campaign is None:
        return {}
    kind = campaign.occasion  # the kinds of these two are called like their occasions
    return {"kind": kind, "occasion": campaign.occasion, "held_on": campaign.first, "title": campaign.short}


def of_task(asked):
    """The kind and the task that an address asks for, as far as there are such."""
    found = {"kind": asked["kind"]} if asked.get("kind") in Activity.Kind.values else {}
    return found | ({"tasks": [asked["task"]]} if asked.get("task") else {})


class ActivityForm(UnitMixin, TallyLines, MoneyLines, OnceForm):
    """One activity. Only kind, day, unit and a short title are asked for; numbers as far as they are known."""

    kind = forms.ChoiceField(label="Loại hoạt động", choices=Activity.Kind.choices)
    title = LineField(
        label="Nội dung", max_length=300, help_text="Ví dụ: Nói chuyện về phòng, chống đuối nước tại trường tiểu học."
    )
    begins_on = DayField(label="Từ ngày", required=False, help_text="Chỉ ghi khi kéo dài nhiều ngày.")
    held_on = DayField(label="Ngày, hoặc ngày cuối", help_text="Ngày chưa tới thì ghi là hoạt động dự kiến.")
    planned = forms.BooleanField(label="Chưa làm, mới là dự kiến (chưa tính vào số liệu nào)", required=False)
    unit = forms.ChoiceField(label="Đơn vị thực hiện", help_text="Phường, hoặc thôn, tổ dân phố, trường đứng ra làm.")
    place = LineField(label="Địa điểm", max_length=200, required=False)
    occasion = forms.ChoiceField(label="Nhân dịp", required=False, choices=Activity.Occasion.choices)
    children = whole("Lượt trẻ em dự", "Mỗi em dự một lần là một lượt.")
    adults = whole("Lượt người lớn dự")
    staff = whole("Số người được tập huấn")
    products = whole("Sản phẩm truyền thông", "Tờ rơi, pa nô, băng rôn, tin bài.")
    gifts = whole("Suất quà")
    money = dong("Tổng kinh phí (đồng)")
    raised = dong("Vận động được (đồng)")
    source = LineField(label="Nguồn kinh phí", max_length=120, required=False)
    targets = forms.MultipleChoiceField(label="Phục vụ chỉ tiêu nào", required=False, widget=forms.CheckboxSelectMultiple)
    tasks = forms.MultipleChoiceField(label="Thực hiện nhiệm vụ nào", required=False, widget=forms.CheckboxSelectMultiple)
    note = ParagraphField(label="Ghi chú", required=False, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, officer, activity=None, like=None, campaign=None, asked=None):
        """`activity` is corrected; `like` is one that the new one resembles; `campaign` is the day that it is held for;
        `asked`: the kind and the task (public id) for which the page was opened."""
        self.units = {str(unit.public_id): unit for unit in places_for(officer)}
        self.corrected, shown = activity is not None, activity or like
        if shown is not None:
            self.units.setdefault(str(shown.unit.public_id), shown.unit)
        self._read_served(officer, shown)
        super().__init__(data, initial={**self._initial(activity, like), **of_campaign(campaign), **of_task(asked or {})})
        self.fields["unit"].choices = [(key, unit.name) for key, unit in self.units.items()]
        self.add_tallies(activity)
        self.add_moneys(activity)
        self._offer(shown)

    def _initial(self, activity, like):
        if activity is None and like is None:
            return {"unit": next(iter(self.units), None)}
        shown = activity or like
        names = [name for name in self.base_fields if name not in ("unit", "targets", "tasks", "once")]
        if activity is None:
            names = ["kind", "title", "place", "occasion", "source"]
        values = {name: getattr(shown, name) for name in names}
        if activity is not None:
            values |= dict.fromkeys(_added_up(activity))
        served = {name: [str(row.public_id) for row in getattr(shown, name).all()] for name in ("targets", "tasks")}
        return {**values, "unit": str(shown.unit.public_id), **served}

    def _read_served(self, officer, shown):
        year = shown.held_on.year if shown else max([unit.as_of(today()).year for unit in self.units.values()], default=0)
        self.target_rows, self.task_rows = served_by(officer, year, shown)

    def _offer(self, shown):
        """The choices of targets and tasks: the likely ones first, said so; a field without choices is left out."""
        kind, title = (shown.kind, shown.title) if shown else ("", "")
        for name, rows, words, code in (
            ("targets", self.target_rows, lambda row: f"{row.plan.years}: {row.text}", proposing.indicator_of),
            ("tasks", self.task_rows, lambda row: f"{row.plan.years}, mục {row.path}: {row.title}", lambda row: ""),
        ):
            likely = proposing.likely(rows.values(), kind=kind, title=title, code=code)
            order = sorted(rows, key=lambda key: likely.index(key) if key in likely else len(likely))
            self.fields[name].choices = [
                (key, f"{words(rows[key])} (có thể đúng)" if key in likely else words(rows[key])) for key in order
            ]
            if not rows:
                del self.fields[name]

    def clean(self):
        data = self.placed(super().clean())
        data["targets"] = [self.target_rows[key] for key in data.get("targets", [])]
        data["tasks"] = [self.task_rows[key] for key in data.get("tasks", [])]
        data["tallies"], data["moneys"] = self.clean_tallies(data), self.clean_moneys(data)
        if data.get("begins_on") and data.get("held_on") and data["begins_on"] > data["held_on"]:
            self.add_error("begins_on", "Ngày bắt đầu không được sau ngày kết thúc.")
        if data.get("begins_on") == data.get("held_on"):
            data["begins_on"] = None
        if not self.errors:
            self._clean_sums(data)
        return data

    def _clean_sums(self, data):
        try:
            made = actions.whole({name: data.get(name) for name in actions.WORDS}, data["tallies"], data["moneys"])
        except Refusal as refusal:
            self.add_error(None, str(refusal))
        else:
            data.update(made)

    def _filled(self, names):
        """True when one of the boxes holds something, or is wrong."""
        return any(self[name].value() not in (None, "") or name in self.errors for name in names)

    @property
    def open_people(self):
        people = [name for name in self.fields if name.startswith("c_") or name.endswith(("_times", "_people"))]
        return self._filled([*people, *(what.value for what in actions.RESULTS)])

    @property
    def open_made(self):
        return self._filled([what.value for name in ("staff", "products") for what in actions.PARTS[name]])

    @property
    def open_money(self):
        return self._filled([name for name in self.fields if name[0] == "m" and name[1].isdigit()])

    @property
    def facts(self):
        """What the actions take."""
        names = [*actions.COPIED, "targets", "tasks", "tallies", "moneys"]
        found = {name: self.cleaned_data.get(name) for name in names if name in self.cleaned_data}
        return found if self.corrected else {**found, "once": self.cleaned_data.get("once")}


def _added_up(activity):
    """The totals that are nothing but the sum of their lines: their boxes stay empty, so that the sum follows the lines."""
    tallies = [row for row in actions.tallies_of(activity) if row["what"] != "children" or row["sex"] or row["band"]]
    made = actions.sums(tallies, actions.moneys_of(activity))
    return [name for name, amount in made.items() if getattr(activity, name) == amount]


def served_by(officer, year, shown=None):
    """({key: target}, {key: task}) that an activity may serve: of the plans in force of the officer's units in the year and the
    one before, and those already tied to it."""
    mine = Plan.objects.filter(unit__in=officer.units_for(Permission.PLAN_EDIT)).in_force()
    plans = list(
        mine.filter(first_year__lte=year, last_year__gte=year - 1).order_by("-last_year", "pk").values_list("pk", flat=True)
    )
    found = []
    for model, related, left in ((Target, "indicator", {"kind": "general"}), (Task, "plan", {})):
        rows = list(model.objects.filter(plan__in=plans).exclude(**left or {"pk": None}).select_related("plan", related))
        name = "targets" if model is Target else "tasks"
        rows += list(getattr(shown, name).select_related("plan", related)) if shown else []
        found.append({str(row.public_id): row for row in rows})
    return tuple(found)


class ChargeForm(forms.Form):
    """From which line of the plan's money an activity was paid, and how much of it."""

    line = forms.ChoiceField(label="Khoản kinh phí của kế hoạch")
    amount = dong("Số tiền chi từ khoản này (đồng)")

    def __init__(self, data=None, *, officer, activity):
        super().__init__(data, initial={"amount": activity.money})
        self.fields["amount"].required = True
        self.fields["amount"].min_value = 1
        self.rows = {str(row.public_id): row for row in lines_for(officer, activity)}
        self.fields["line"].choices = [(key, f"{row.plan.years}: {row.text[:120]}") for key, row in self.rows.items()]

    def clean_line(self):
        return self.rows[self.cleaned_data["line"]]


def lines_for(officer, activity):
    """Lines of money of the plans in force of the officer's units in the year of the activity; of a total only its parts."""
    mine = Plan.objects.filter(unit__in=officer.units_for(Permission.PLAN_EDIT)).in_force().of_year(activity.held_on.year)
    return BudgetLine.objects.filter(plan__in=mine, parts=None).select_related("plan").order_by("-plan__last_year", "position")


class PhotoForm(OnceForm):
    """A photo of an activity."""

    file = forms.FileField(
        label="Ảnh", help_text="JPG hoặc PNG, không quá 10 MB. Ảnh được lưu không kèm vị trí chụp.",
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        error_messages={"required": "Hãy chọn ảnh.", "empty": "Tệp này trống.", "invalid": "Hãy chọn ảnh."},
    )  # fmt: skip
    caption = LineField(label="Chú thích", max_length=200, required=False, help_text="Không ghi tên trẻ em.")
    agreed = forms.BooleanField(
        label="Ảnh không rõ mặt trẻ em; hoặc cha mẹ và trẻ từ đủ 7 tuổi đã đồng ý",
        error_messages={"required": "Hãy xem lại ảnh rồi đánh dấu ô này, hoặc chọn ảnh khác."},
    )

    def clean_file(self):
        """Say at once what is wrong with the photo."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        if not file.name.lower().endswith((".jpg", ".jpeg", ".png")):
            raise forms.ValidationError(NO_PICTURE)
        data = file.read()
        try:
            harmless(data, file.name)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal))
        return {"name": file.name, "data": data}
