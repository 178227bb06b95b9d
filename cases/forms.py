"""Forms of a case. Whatever is not known stays empty; only the question about the suspect must be answered."""

from datetime import datetime

from django import forms
from django.contrib.auth import get_user_model

from cases.models import Assessment, AssessmentItem, Case, EmergencyStep, Intake
from childcare.accounts.models import Appointment
from childcare.accounts.roles import GRANTS, Permission
from childcare.children.forms.base import KindField, OnceForm, VersionForm, optional
from childcare.children.models import Child, CircumstanceKind, SupportKind
from childcare.lib.calendar import TZ, stamp, today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField, TimeTextField

RELATED = "Người bị nghi gây hại có phải là cán bộ, người thân hoặc cấp trên của cán bộ không?"
RELATED_HINT = "Chọn Có hoặc Chưa rõ thì hồ sơ được hạn chế tiếp cận ngay: xã, phường không ai khác mở được, cấp trên giữ."
MARKS = [("high", "Cao"), ("medium", "Trung bình"), ("low", "Thấp")]


class MomentFields(forms.Form):
    """A day and a time; gives `moment` in the cleaned data. Without a time the day alone cannot run a clock of hours."""

    day = DateTextField(label="Ngày", past=True)
    hour = TimeTextField(label="Giờ", help_text="Gõ giờ:phút, ví dụ 14:30.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].initial, self.fields["hour"].initial = today(), f"{stamp():%H:%M}"

    def clean(self):
        values = super().clean()
        if values.get("day") and values.get("hour") is not None:
            values["moment"] = datetime.combine(values["day"], values["hour"], TZ)
        return values


class ToldFields(forms.Form):
    """Mẫu số 01: what somebody told, as far as it is known."""

    kind = KindField(label="Nhóm hoàn cảnh hoặc nguy cơ", required=False)
    child_name = LineField(label="Họ tên trẻ em", max_length=120, required=False)
    child_birth = LineField(label="Ngày sinh hoặc tuổi", max_length=60, required=False)
    child_sex = forms.ChoiceField(label="Giới tính", choices=optional(Child.Sex.choices, "Không biết"), required=False)
    child_home = LineField(label="Nơi ở của trẻ em", max_length=300, required=False)
    place = LineField(label="Địa điểm xảy ra", max_length=300, required=False)
    condition = ParagraphField(label="Tình trạng hiện tại của trẻ em", max_length=4000, required=False)
    consequence = ParagraphField(label="Phỏng đoán hậu quả nếu không được hỗ trợ", max_length=2000, required=False, rows=2)
    parents = ParagraphField(label="Cha, mẹ (họ tên, tuổi, nghề nghiệp)", max_length=1000, required=False, rows=2)
    family = ParagraphField(label="Hoàn cảnh gia đình", max_length=2000, required=False, rows=2)
    carer = LineField(label="Người đang chăm sóc trẻ em", max_length=200, required=False)
    done_before = ParagraphField(label="Hỗ trợ đã thực hiện trước khi nhận tin", max_length=2000, required=False, rows=2)
    suspect = ParagraphField(label="Người bị nghi gây hại", max_length=1000, required=False, rows=2)
    informant = LineField(label="Người báo tin (nếu đồng ý cho biết)", max_length=120, required=False)
    informant_contact = LineField(label="Điện thoại, địa chỉ của người báo tin", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = CircumstanceKind.objects.filter(active=True, applies_to="child", computed=False)
        self.fields["kind"].offer(kinds.exclude(family="L").select_related("parent"))


class IntakeForm(OnceForm, MomentFields, ToldFields):
    """A new report."""

    field_order = ["once", "day", "hour", "channel", "suspect_related", "emergency"]
    channel = forms.ChoiceField(label="Nguồn tin", choices=Intake.Channel.choices)
    suspect_related = forms.ChoiceField(
        label=RELATED, choices=Intake.Related.choices, widget=forms.RadioSelect, help_text=RELATED_HINT,
        error_messages={"required": "Hãy chọn một câu trả lời; chưa biết thì chọn “Chưa rõ”."},
    )  # fmt: skip
    emergency = forms.ChoiceField(
        label="Có cần can thiệp khẩn cấp ngay không?", choices=[("yes", "Có"), ("", "Chưa rõ"), ("no", "Không")],
        widget=forms.RadioSelect, required=False, initial="",
    )  # fmt: skip

    def __init__(self, *args, child=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].label, self.fields["hour"].label = "Ngày nhận tin", "Giờ nhận tin"
        if child is not None:
            for name in ("child_name", "child_birth", "child_sex", "child_home"):
                del self.fields[name]

    def clean_emergency(self):
        return {"yes": True, "no": False}.get(self.cleaned_data["emergency"])

    def values(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        moment = values.pop("moment")
        del values["day"], values["hour"]
        return {**values, "received_at": moment}


class TellMoreForm(VersionForm, ToldFields):
    """What a report left open: a box for each blank that the officer may fill, and the group of the case."""

    def __init__(self, *args, intake, names_informant, **kwargs):
        super().__init__(*args, **kwargs)
        told = {name for name in ToldFields.base_fields if name != "kind" and getattr(intake, name)}
        hidden = set() if names_informant else {"informant", "informant_contact"}
        known = {"child_name", "child_birth", "child_sex", "child_home"} if intake.case.child_id else set()
        for name in told | hidden | known:
            del self.fields[name]


class ScreenForm(VersionForm):
    """Why no case is needed."""

    reason = ParagraphField(label="Lý do không phải lập hồ sơ", max_length=2000)
    agreed_by = LineField(label="Lãnh đạo đồng ý", max_length=120, help_text="Họ tên, chức vụ.")


class AssessForm(VersionForm):
    """The marks of one form, the level, and what was found."""

    TEXTS = {
        "initial": ("needs", "safety"),
        "full": ("findings", "needs", "child_view", "carer_view"),
        "review": ("findings", "child_view"),
    }
    done_on = DateTextField(label="Ngày đánh giá", past=True)
    findings = ParagraphField(
        label="Thông tin thu thập", max_length=8000, required=False, rows=6,
        help_text="Thể chất, tâm lý; gia đình và khả năng bảo vệ; yếu tố nguy cơ; học tập; cộng đồng.",
    )  # fmt: skip
    needs = ParagraphField(label="Nhu cầu của trẻ em", max_length=4000, required=False)
    safety = ParagraphField(
        label="An toàn tạm thời",
        max_length=4000,
        required=False,
        help_text="Chỗ ở, ăn, mặc; y tế; người chăm sóc.",
    )
    child_view = ParagraphField(label="Ý kiến, nguyện vọng của trẻ em", max_length=4000, required=False)
    carer_view = ParagraphField(
        label="Ý kiến của cha, mẹ, người chăm sóc",
        max_length=4000,
        required=False,
        help_text="Không hỏi người gây tổn hại.",
    )
    level = forms.ChoiceField(label="Mức độ nguy cơ", choices=Case.Level.choices, widget=forms.RadioSelect)
    reason = LineField(label="Lý do chọn mức này", max_length=300, required=False, help_text="Bắt buộc khi khác mức đề xuất.")
    emergency = forms.ChoiceField(
        label="Có cần can thiệp khẩn cấp không?", choices=[("yes", "Có"), ("no", "Không")], widget=forms.RadioSelect
    )

    def __init__(self, *args, form, **kwargs):
        super().__init__(*args, **kwargs)
        self.form = form
        self.fields["done_on"].initial = today()
        self.items = list(AssessmentItem.objects.filter(form=form, active=True))
        rows = {}
        for item in self.items:
            words = [(mark, getattr(item, mark) and f"{word}: {getattr(item, mark)}" or word) for mark, word in MARKS]
            rows[item.code] = forms.ChoiceField(label=item.name, choices=words, widget=forms.RadioSelect, required=False)
        keep = {"version", "done_on", "level", "reason", *self.TEXTS[form], *(["emergency"] if form == "initial" else [])}
        fields = {name: field for name, field in self.fields.items() if name in keep}
        first = {name: fields.pop(name) for name in ("version", "done_on")}
        self.fields = {**first, **rows, **fields}

    def clean_emergency(self):
        return self.cleaned_data["emergency"] == "yes"

    def values(self):
        """What the action takes."""
        codes = {item.code for item in self.items}
        values = {name: value for name, value in self.cleaned_data.items() if name not in codes}
        return {**values, "form": self.form, "marks": {code: self.cleaned_data[code] for code in codes}}


class EmergencyForm(VersionForm, MomentFields):
    """What was done at once."""

    field_order = ["version", "kind", "day", "hour"]
    kind = forms.ChoiceField(label="Việc đã làm", choices=EmergencyStep.Kind.choices)
    detail = ParagraphField(label="Nội dung", max_length=2000, required=False)
    decision = LineField(label="Quyết định cách ly (số, ngày)", max_length=120, required=False)
    until = DateTextField(label="Cách ly đến hết ngày", required=False, help_text="Không quá 15 ngày, kể cả gia hạn.")

    def clean(self):
        values = super().clean()
        until, moment = values.get("until"), values.get("moment")
        if until and moment and not 0 <= (until - moment.date()).days <= 15:
            self.add_error("until", "Cách ly không quá 15 ngày kể từ ngày bắt đầu. Hãy xem lại ngày.")
        return values

    def values(self):
        """What the action takes."""
        values = dict(self.cleaned_data)
        moment = values.pop("moment")
        del values["day"], values["hour"]
        return {**values, "done_at": moment}


class PlanForm(VersionForm):
    """The head of the plan; the meeting has its minutes."""

    goals = ParagraphField(label="Mục tiêu", max_length=4000, required=False)
    starts_on = DateTextField(label="Thực hiện từ ngày", required=False)
    ends_on = DateTextField(label="Đến ngày", required=False)


class ServiceForm(OnceForm):
    """One service of the plan."""

    kind = forms.ModelChoiceField(
        SupportKind.objects.none(), label="Dịch vụ, công việc", to_field_name="code", empty_label="Chọn dịch vụ"
    )
    detail = LineField(label="Nội dung", max_length=300, required=False)
    starts_on = DateTextField(label="Bắt đầu", required=False)
    ends_on = DateTextField(label="Dự kiến kết thúc", required=False)
    responsible = LineField(label="Người, cơ quan chịu trách nhiệm", max_length=200, required=False)
    provider = LineField(label="Nơi cung cấp", max_length=160, required=False)
    cost = NumberField(label="Dự toán (đồng)", whole=True, min_value=0, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = SupportKind.objects.filter(active=True)
        self.fields["kind"].label_from_instance = lambda kind: kind.name


class ApproveForm(VersionForm):
    """The decision, as signed."""

    decision_number = LineField(label="Số quyết định", max_length=60, required=False, help_text="Ví dụ: 12/QĐ-UBND.")
    decision_on = DateTextField(label="Ngày quyết định", past=True, required=False)
    signer = LineField(label="Người ký", max_length=120, required=False)


class ReasonForm(VersionForm):
    """Why."""

    reason = ParagraphField(label="Lý do", max_length=2000)


class CloseForm(VersionForm):
    """How the case ends."""

    on = DateTextField(label="Ngày kết thúc", past=True)
    reason = ParagraphField(label="Căn cứ kết thúc", max_length=2000)
    signer = LineField(label="Người quyết định", max_length=120, required=False, help_text="Ghi khi nhập theo văn bản đã ký.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()


class ServeForm(OnceForm):
    """A service that was given."""

    on = DateTextField(label="Ngày thực hiện", past=True)
    amount = NumberField(label="Số tiền (đồng)", whole=True, min_value=0, required=False)
    provider = LineField(label="Nơi cung cấp", max_length=160, required=False)
    note = ParagraphField(label="Kết quả", max_length=2000, required=False)


class AssignForm(VersionForm):
    """Who works on the case."""

    worker = forms.ModelChoiceField(
        get_user_model().objects.none(), label="Người phụ trách", to_field_name="public_id", empty_label="Chọn cán bộ"
    )

    def __init__(self, *args, unit, on, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [role for role, granted in GRANTS.items() if Permission.CASE_WORK in granted]
        posts = Appointment.objects.on(on).filter(unit=unit, role__in=roles)
        self.fields["worker"].queryset = _officers(posts)


def _officers(posts):
    """The active officers who hold one of the posts."""
    return get_user_model().objects.filter(is_active=True, pk__in=posts.values("officer")).order_by("full_name")


class HandOutForm(forms.Form):
    """An officer of the unit that holds the file, not the one who gives it out."""

    worker = forms.ModelChoiceField(
        get_user_model().objects.none(), label="Giao cho", to_field_name="public_id", empty_label="Chọn cán bộ"
    )

    def __init__(self, *args, unit, but, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = _officers(Appointment.objects.on(today()).filter(unit=unit)).exclude(pk=but.pk)


FORM_WORDS = dict(Assessment.Form.choices)
