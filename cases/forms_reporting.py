"""Forms of reports that are sent in: two minutes on a phone, with whatever is known."""

from django import forms

from cases.forms import RELATED
from cases.models import Intake
from childcare.children.actions.protection import commune_of
from childcare.children.forms.base import KindField, OnceForm, VersionForm, by_pk, optional
from childcare.children.models import Child, CircumstanceKind
from childcare.lib.calendar import today
from childcare.lib.fields import LineField, ParagraphField
from childcare.units.fields import UnitSearchField
from childcare.units.models import Unit

URGENT = [("yes", "Có"), ("", "Chưa rõ"), ("no", "Không")]
MORE = ("consequence", "parents", "family", "carer", "done_before")


class UrgentField(forms.ChoiceField):
    """Has somebody to act at once? Gives True, False or None for unknown."""

    def __init__(self, **kwargs):
        label = "Có cần can thiệp khẩn cấp ngay không?"
        super().__init__(label=label, choices=URGENT, widget=forms.RadioSelect, required=False, **kwargs)

    def clean(self, value):
        return {"yes": True, "no": False}.get(super().clean(value))


class NoticeForm(OnceForm):
    """What a school, a collaborator, a health station or a facility reports."""

    condition = ParagraphField(
        label="Chuyện gì xảy ra, trẻ đang thế nào?", max_length=4000, rows=4,
        help_text="Viết như anh/chị biết, không cần đầy đủ. Phần mềm tự giữ bản đang viết.",
    )  # fmt: skip
    emergency = UrgentField(initial="")
    child_name = LineField(label="Họ tên trẻ em", max_length=120, required=False)
    child_birth = LineField(label="Ngày sinh hoặc tuổi", max_length=60, required=False)
    child_sex = forms.ChoiceField(label="Giới tính", choices=optional(Child.Sex.choices, "Không biết"), required=False)
    child_home = LineField(label="Nơi ở của trẻ em", max_length=300, required=False)
    place = LineField(label="Địa điểm xảy ra", max_length=300, required=False)
    suspect = ParagraphField(label="Người bị nghi gây hại", max_length=1000, required=False, rows=2)
    suspect_related = forms.ChoiceField(
        label="Người bị nghi có phải là cán bộ xã, phường, người thân hoặc cấp trên của cán bộ không?",
        choices=Intake.Related.choices, widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một câu trả lời; chưa biết thì chọn “Chưa rõ”."},
    )  # fmt: skip
    to = forms.ChoiceField(
        label="Gửi tới", widget=forms.RadioSelect, error_messages={"required": "Hãy chọn nơi nhận tin."},
        help_text="Gửi thẳng cấp trên thì xã, phường không biết có tin này và không biết ai gửi.",
    )  # fmt: skip
    informant_contact = LineField(label="Điện thoại để gọi lại cho anh/chị", max_length=200, required=False)
    informant = LineField(
        label="Người đã báo cho anh/chị (nếu đồng ý cho biết)", max_length=120, required=False,
    )  # fmt: skip
    consequence = ParagraphField(label="Phỏng đoán hậu quả nếu không được hỗ trợ", max_length=2000, required=False, rows=2)
    parents = ParagraphField(label="Cha, mẹ (họ tên, tuổi, nghề nghiệp)", max_length=1000, required=False, rows=2)
    family = ParagraphField(label="Hoàn cảnh gia đình", max_length=2000, required=False, rows=2)
    carer = LineField(label="Người đang chăm sóc trẻ em", max_length=200, required=False)
    done_before = ParagraphField(label="Đã hỗ trợ trẻ em việc gì", max_length=2000, required=False, rows=2)

    def __init__(self, *args, addressees, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in addressees}
        self.fields["to"].choices = by_pk(addressees, _word)
        if len(addressees) == 1:
            self.fields["to"].initial = str(addressees[0].public_id)

    def clean_to(self):
        return self.units[self.cleaned_data["to"]]

    def clean(self):
        values = super().clean()
        to = values.get("to")
        if values.get("suspect_related") == Intake.Related.YES and to is not None and to.kind == "commune":
            word = "Người bị nghi có liên quan tới cán bộ xã, phường thì không gửi cho xã, phường. "
            upper = any(unit.kind != "commune" for unit in self.units.values())
            self.add_error("to", word + ("Hãy chọn gửi thẳng cấp trên." if upper else "Hãy gọi Tổng đài 111."))
        return values

    @property
    def more_open(self):
        """True when something is written in the part that is folded."""
        return any(self[name].value() or self[name].errors for name in MORE)


def _word(unit):
    return f"{unit.name} (nơi gần nhất)" if unit.kind == "commune" else f"Thẳng lên {unit.name} (cấp trên)"


class TakeForm(forms.Form):
    """What the officer adds when he opens the case of a notice; everything else is in it already."""

    suspect_related = forms.ChoiceField(label=RELATED, choices=Intake.Related.choices, widget=forms.RadioSelect)
    emergency = UrgentField()
    kind = KindField(label="Nhóm hoàn cảnh hoặc nguy cơ", required=False)
    unit = forms.ChoiceField(label="Xã, phường nơi xảy ra")

    def __init__(self, *args, notice, communes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["suspect_related"].initial = notice.suspect_related
        self.fields["emergency"].initial = {True: "yes", False: "no"}.get(notice.emergency, "")
        kinds = CircumstanceKind.objects.filter(active=True, applies_to="child", computed=False)
        self.fields["kind"].offer(kinds.exclude(family="L").select_related("parent"))
        self.units = {str(unit.public_id): unit for unit in communes}
        if communes:
            offer_communes(self.fields["unit"], notice, communes)
        else:
            del self.fields["unit"]

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]


class PassOnForm(forms.Form):
    """To which commune of the area an ordinary report goes."""

    unit = forms.ChoiceField(label="Xã, phường nơi xảy ra")

    def __init__(self, *args, notice, communes, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in communes}
        offer_communes(self.fields["unit"], notice, communes)
        if notice.suspect_related == Intake.Related.UNKNOWN:
            self.fields["clarified"] = forms.BooleanField(
                label="Tôi đã hỏi lại: người bị nghi không phải là cán bộ, người thân hay cấp trên của cán bộ xã, phường",
                error_messages={"required": "Chưa hỏi lại được thì bấm “Tiếp nhận” ở trên."},
            )

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]


def offer_communes(field, notice, communes):
    """The communes of the area, the sender's own chosen beforehand."""
    field.choices = [("", "Chọn xã, phường"), *by_pk(communes, lambda unit: unit.name)]
    keys = set(notice.sent_from.ancestor_keys)
    field.initial = next((str(unit.public_id) for unit in communes if unit.pk in keys), "")


class HandOverForm(VersionForm):
    """To which commune a case goes, and what that commune has to know."""

    to = UnitSearchField(label="Xã, phường nơi trẻ em cư trú")
    reason = ParagraphField(
        label="Tình trạng và việc còn lại", max_length=4000, rows=6,
        help_text="Nơi nhận đọc được trước khi tiếp nhận. Không ghi ai là người báo tin.",
    )  # fmt: skip

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        here = commune_of(case.unit)
        self.fields["to"].queryset = Unit.objects.on(today()).communes().exclude(pk=here.pk)
        home = commune_of(case.child.unit) if case.child and case.child.unit else None
        if home is not None and home.pk != here.pk:
            self.fields["to"].initial = home.label
        self.fields["reason"].initial = _state_of(case)


def _state_of(case):
    """What the assessments and the emergency steps say so far, to be corrected by the officer."""
    lines = [f"Việc khẩn cấp đã làm: {row.get_kind_display()}. {row.detail}".strip() for row in case.emergency_steps.all()]
    for row in case.assessments.order_by("-pk")[:1]:
        words = [f"{row.get_form_display()}: {row.get_level_display().lower()}", row.needs, row.safety]
        lines.append(". ".join(filter(None, words)))
    return "\n".join(lines)


class TurnDownForm(forms.Form):
    """Why a case that came is not taken."""

    reason = ParagraphField(
        label="Lý do không nhận", max_length=1000, rows=2, help_text="Ví dụ: trẻ em không cư trú tại đây, đã về phường khác."
    )
