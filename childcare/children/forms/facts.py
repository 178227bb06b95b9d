"""Forms about circumstances, supports and incidents."""

from django import forms
from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.children import search
from childcare.children.actions.incidents import PROTECTED, Person
from childcare.children.forms.base import KindField, OnceForm, VersionForm, optional
from childcare.children.models import Child, Circumstance, CircumstanceKind, Incident, IncidentChild, Support, SupportKind
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField, PartialDateField
from childcare.lib.vietnamese import fold

SOURCES = ["Ngân sách nhà nước", "Quỹ Bảo trợ trẻ em", "Tổ chức, cá nhân ủng hộ", "Hội, đoàn thể", "Nguồn khác"]
SINCE_HINT = "Để trống nếu có từ trước, không rõ ngày."
ELSEWHERE = "Trẻ em ở nơi khác"
LAST_HINT = "Ngày cuối cùng còn hiệu lực."


class CircumstanceFields(forms.Form):
    """A circumstance or risk."""

    kind = KindField(label="Nhóm hoàn cảnh, nguy cơ")
    started_on = DateTextField(label="Từ ngày", past=True, required=False, help_text=SINCE_HINT)
    paper = LineField(label="Giấy tờ, quyết định", max_length=200, required=False)
    paper_on = DateTextField(label="Ngày của giấy tờ", past=True, required=False)
    note = ParagraphField(label="Ghi chú", max_length=2000, required=False)

    def __init__(self, *args, officer, unit, household=False, **kwargs):
        super().__init__(*args, **kwargs)
        applies = Q(applies_to="household") if household else Q(applies_to="child")
        kinds = CircumstanceKind.objects.filter(applies, active=True, computed=False).exclude(code="L00")
        if unit is None or not officer.can_in(Permission.PROTECTED_VIEW, unit):
            kinds = kinds.filter(sensitive=False)
        self.fields["kind"].offer(kinds)


class CircumstanceForm(OnceForm, CircumstanceFields):
    """A new circumstance."""


class CircumstanceCorrectForm(VersionForm, CircumstanceFields):
    """The right circumstance in place of a wrong one."""

    last_day = DateTextField(label="Đến hết ngày", past=True, required=False, help_text="Để trống nếu vẫn còn.")
    reason = LineField(label="Lý do đính chính", max_length=300)


class CircumstanceEndForm(VersionForm):
    """The end of a circumstance."""

    last_day = DateTextField(label="Đến hết ngày", past=True, help_text=LAST_HINT)
    reason = forms.ChoiceField(label="Lý do", choices=Circumstance.EndReason.choices)


class LastDayForm(VersionForm):
    """The end of anything else."""

    last_day = DateTextField(label="Đến hết ngày", past=True, help_text=LAST_HINT)


class SupportFields(forms.Form):
    """One act of help."""

    kind = forms.ModelChoiceField(
        SupportKind.objects.none(), label="Hình thức trợ giúp", to_field_name="code", empty_label="Chọn hình thức"
    )
    running = forms.BooleanField(label="Đang tiếp tục (hằng tháng, dài hạn)", required=False)
    started_on = DateTextField(
        label="Ngày trợ giúp, hoặc từ ngày",
        past=True,
        required=False,
        help_text="Chỉ trợ giúp đang tiếp tục mới được để trống.",
    )
    amount = NumberField(label="Số tiền (đồng)", required=False, whole=True, min_value=0, max_value=99_999_999_999)
    per = forms.ChoiceField(label="Mức tính", choices=Support.Per.choices, initial="once")
    source = forms.ChoiceField(label="Nguồn", required=False)
    provider = LineField(label="Nơi cung cấp", max_length=160, required=False)
    occasion = LineField(
        label="Dịp", max_length=80, required=False, help_text="Ví dụ: Tết Trung thu, Tháng hành động vì trẻ em."
    )
    decision = LineField(label="Quyết định", max_length=120, required=False)
    decision_on = DateTextField(label="Ngày quyết định", past=True, required=False)
    note = ParagraphField(label="Ghi chú", max_length=2000, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = SupportKind.objects.filter(active=True)
        self.fields["kind"].label_from_instance = lambda kind: kind.name
        kept = str((self.initial or {}).get("source") or "")
        words = SOURCES if not kept or kept in SOURCES else [*SOURCES, kept]
        self.fields["source"].choices = optional([(word, word) for word in words])

    def clean(self):
        values = super().clean()
        if "started_on" not in self.errors and not values.get("started_on") and not values.get("running"):
            self.add_error("started_on", "Hãy ghi ngày trợ giúp.")
        return values


class SupportForm(OnceForm, SupportFields):
    """A new act of help; whether it tells of something sensitive is asked only of those who may see that."""

    sensitive = forms.BooleanField(
        label="Trợ giúp này liên quan hoàn cảnh nhạy cảm",
        required=False,
        help_text="Chỉ công chức và lãnh đạo được giao mới thấy.",
    )

    def __init__(self, *args, may_protect=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_protect:
            del self.fields["sensitive"]


class SupportCorrectForm(VersionForm, SupportFields):
    """The right act of help in place of a wrong one."""

    reason = LineField(label="Lý do đính chính", max_length=300)


class IncidentFields(forms.Form):
    """An incident, without its children."""

    kind = forms.ChoiceField(label="Loại vụ việc")
    occurred_on = DateTextField(label="Ngày xảy ra", past=True)
    place = forms.ChoiceField(label="Nơi xảy ra")
    cause = forms.ChoiceField(
        label="Nguyên nhân (tai nạn, thương tích)", choices=optional(Incident.Cause.choices), required=False
    )
    setting = forms.ChoiceField(label="Môi trường xảy ra", choices=optional(Incident.Setting.choices), required=False)
    description = ParagraphField(label="Diễn biến", max_length=4000, required=False, help_text="Nội dung này được mã hóa.")
    outcome = LineField(label="Kết quả xử lý", max_length=200, required=False)

    def __init__(self, *args, officer, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in places}
        self.fields["place"].choices = [(key, unit.name) for key, unit in self.units.items()]
        kinds = [row for row in Incident.Kind.choices if row[0] not in PROTECTED or officer.can(Permission.PROTECTED_VIEW)]
        self.fields["kind"].choices = optional(kinds, "Chọn loại")

    def clean_place(self):
        return self.units[self.cleaned_data["place"]]


class IncidentForm(OnceForm, IncidentFields):
    """A new incident."""


class IncidentCorrectForm(VersionForm, IncidentFields):
    """The full incident in place of what was written first."""

    reason = LineField(label="Lý do đính chính, bổ sung", max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["place"]


class PersonForm(forms.Form):
    """A child in an incident: from the registry, or only sex and birth."""

    child = forms.UUIDField(widget=forms.HiddenInput, required=False)
    who = LineField(
        label="Trẻ có trong sổ",
        max_length=120,
        required=False,
        help_text="Gõ họ tên, số định danh hoặc mã trẻ. Không có trong sổ thì để trống.",
    )
    sex = forms.ChoiceField(label="Giới tính", choices=optional(Child.Sex.choices), required=False)
    birth = PartialDateField(label="Ngày hoặc năm sinh", past=True, required=False)
    form = forms.ChoiceField(
        label="Hình thức xâm hại", choices=optional(IncidentChild.Form.choices, "Không phải xâm hại"), required=False
    )
    outcome = forms.ChoiceField(label="Hậu quả", choices=optional(IncidentChild.Outcome.choices[:3]), required=False)
    intervened_on = DateTextField(label="Ngày bắt đầu can thiệp, hỗ trợ", past=True, required=False)

    def __init__(self, *args, officer, known=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer, self.known = officer, known or {}

    def clean(self):
        values = super().clean()
        key, who = values.pop("child", None), values.get("who", "")
        child = self._chosen(key) if key and who else None
        if child is not None and fold(who) not in (fold(child.display_name), fold(ELSEWHERE)):
            child = None  # another name was typed over the one that the page had filled in
        values["child"] = child or (self._found(who) if who and not self.errors else None)
        return values

    def _chosen(self, key):
        """A child that the page filled in: one of the place, or one that was in the incident before."""
        return self.known.get(key) or Child.objects.visible_to(self.officer).filter(public_id=key).first()

    def _found(self, text):
        """The one child that the text names; otherwise the officer is told how to name it."""
        found, more = search.find(text, officer=self.officer, own=True)
        if len(found) == 1:
            return found[0]
        if not found:
            self.add_error("who", "Không tìm thấy trẻ này trong địa bàn của anh/chị.")
        else:
            births = "; ".join(
                f"{child.display_name}, {child.birth.text if child.birth else 'chưa rõ ngày sinh'}" for child in found[:5]
            )
            self.add_error("who", f"Có nhiều trẻ như vậy ({births}{'…' if more else ''}). Hãy gõ số định danh hoặc mã trẻ.")
        return None

    @property
    def filled(self):
        """True when anything was said of the child."""
        return any(self.cleaned_data.get(name) for name in self.fields)

    def person(self):
        """What the action takes."""
        values = self.cleaned_data
        birth = values["birth"]
        return Person(
            child=values["child"], sex=values["sex"], birth_latest=birth.latest if birth else None, form=values["form"],
            outcome=values["outcome"], intervened_on=values["intervened_on"],
        )  # fmt: skip


def people_forms(data, *, officer, people=(), known=None, rows=4):
    """The children of an incident as forms p0, p1 …: those given (dicts), then empty ones. `known`: public id → child."""
    initial = [*people, *({} for _ in range(max(0, rows - len(people))))]
    return [
        PersonForm(data, prefix=f"p{place}", initial=values, officer=officer, known=known)
        for place, values in enumerate(initial)
    ]
