"""Forms of alternative care. What is not known stays empty; the law's conditions are asked at the step that needs them."""

from django import forms

from cases.actions.placing import PLACES
from cases.models import CareVisit, Placement, Shelter
from childcare.children.forms.base import OnceForm, VersionForm, optional
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField

Form = Placement.Form
LAST_HINT = "Ngày cuối cùng trẻ còn ở đó."


class NeedFields(forms.Form):
    """What is known before the child goes to anybody (Mẫu 10)."""

    ground = forms.ChoiceField(label="Căn cứ (Luật Trẻ em Điều 62)", choices=optional(Placement.Ground.choices), required=False)
    situation = ParagraphField(label="Hoàn cảnh, tình trạng của trẻ em", max_length=4000, required=False)
    needs = ParagraphField(label="Nhu cầu chăm sóc", max_length=4000, required=False)
    child_view = ParagraphField(
        label="Ý kiến, nguyện vọng của trẻ em", max_length=2000, required=False, help_text="Trẻ từ đủ 07 tuổi phải được hỏi."
    )
    consent = forms.ChoiceField(
        label="Sự đồng ý", choices=[*[row for row in Placement.Consent.choices if row[0]]], required=False
    )  # fmt: skip
    consent_note = LineField(label="Ai đồng ý, ngày nào", max_length=200, required=False)
    siblings = LineField(
        label="Anh, chị, em ruột", max_length=300, required=False, help_text="Anh, chị, em ruột được ở cùng nhau (Điều 60.4)."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].choices = optional([row for row in Placement.Consent.choices if row[0]], "Chưa có")


class OpenForm(OnceForm, NeedFields):
    """A new care: its form, and what is known."""

    field_order = ["once", "form", "opened_on", "sensitive"]
    form = forms.ChoiceField(label="Hình thức", choices=Form.choices, widget=forms.RadioSelect)
    opened_on = DateTextField(label="Ngày lập", past=True)
    sensitive = forms.BooleanField(
        label="Việc này liên quan hoàn cảnh nhạy cảm", required=False,
        help_text="Chỉ công chức và lãnh đạo được giao mới thấy. Nơi tạm lánh luôn như vậy.",
    )  # fmt: skip

    def __init__(self, *args, in_case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = today()
        if in_case:
            del self.fields["sensitive"]


class DescribeForm(VersionForm, NeedFields):
    """The same again, with the route from a facility (TTHC 2.001942)."""

    from_facility = forms.ModelChoiceField(
        Shelter.objects.none(), label="Trẻ đang ở cơ sở", to_field_name="public_id", required=False, empty_label="Không"
    )
    file_received_on = DateTextField(
        label="Ngày nhận đủ hồ sơ của cơ sở", past=True, required=False, help_text="Từ ngày này có 25 ngày làm việc."
    )

    photo_on = DateTextField(
        label="Ngày chụp ảnh của trẻ trong hồ sơ", past=True, required=False,
        help_text="Hai ảnh toàn thân 8 cm × 10 cm, không quá 06 tháng (NĐ 56/2017 Điều 38.3.c).",
    )  # fmt: skip

    def __init__(self, *args, facilities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_facility"].queryset = facilities


class ProposeForm(VersionForm):
    """Who takes the child: from the register, a person decides and says why."""

    def __init__(self, *args, placement, carers, shelters, **kwargs):
        super().__init__(*args, **kwargs)
        if placement.form in PLACES:
            rows, name, word = shelters, "shelter", "Nơi nhận"
        else:
            rows, name, word = carers, "carer", "Người nhận"
        self.fields[name] = forms.ModelChoiceField(
            rows, label=word, to_field_name="public_id", empty_label=f"Chọn {word.lower()}"
        )
        self.fields[name].label_from_instance = lambda row: row.name
        self.fields["on"] = DateTextField(label="Ngày đề xuất", past=True, initial=today)
        self.fields["reason"] = ParagraphField(label="Lý do chọn", max_length=2000)


class DecideForm(VersionForm):
    """The decision, as signed (Mẫu 12)."""

    decision_number = LineField(label="Số quyết định", max_length=60, help_text="Ví dụ: 12/QĐ-UBND.")
    decision_on = DateTextField(label="Ngày quyết định", past=True)
    decision_signer = LineField(label="Người ký", max_length=120)
    guardian = forms.BooleanField(label="Cử người nhận làm người giám hộ (Điều 66.1)", required=False)
    planned_until = DateTextField(label="Đến hết ngày", required=False, help_text="Chỉ ghi khi nhận có thời hạn.")


class BeginForm(VersionForm):
    """The hand-over and its minutes; for a shelter or day care the day on which the child came."""

    started_on = DateTextField(label="Ngày giao nhận", past=True)
    meetings_held = NumberField(
        label="Trẻ đã gặp người nhận mấy lần", whole=True, min_value=0, max_value=99, required=False,
        help_text="Người không phải thân thích: ít nhất 02 lần trước khi giao.",
    )  # fmt: skip
    meetings = LineField(label="Ngày, nơi các lần gặp", max_length=300, required=False)
    minutes_people = ParagraphField(label="Người giao, người nhận, người chứng kiến", max_length=1000, required=False, rows=2)
    minutes = ParagraphField(label="Nội dung biên bản giao nhận", max_length=4000, required=False)
    fee = NumberField(label="Gia đình đóng phí một tháng (đồng)", whole=True, min_value=0, required=False)

    def __init__(self, *args, placement, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["started_on"].initial = today()
        drop = {
            Form.DAY_CARE: ("meetings_held", "meetings", "minutes", "minutes_people"),
            Form.SHELTER: ("meetings_held", "meetings", "fee"), Form.FACILITY: ("meetings_held", "meetings", "fee"),
        }.get(placement.form, ("fee",))  # fmt: skip
        if not placement.needs_decision:
            self.fields["started_on"].label = "Ngày trẻ đến"
        for name in drop:
            del self.fields[name]


class VisitForm(VersionForm, OnceForm):
    """A visit; with the tick it is the report of Mẫu 13 as well."""

    visited_on = DateTextField(label="Ngày thăm", past=True)
    report = forms.BooleanField(label="Lấy làm báo cáo theo dõi, đánh giá (Mẫu số 13)", required=False)
    living = ParagraphField(label="Điều kiện sống", max_length=2000, required=False, rows=2)
    health = ParagraphField(label="Sức khỏe thể chất, tinh thần", max_length=2000, required=False, rows=2)
    schooling = ParagraphField(label="Học tập", max_length=2000, required=False, rows=2)
    fitting_in = ParagraphField(label="Hòa nhập với gia đình, cộng đồng", max_length=2000, required=False, rows=2)
    child_view = ParagraphField(label="Ý kiến của trẻ em", max_length=2000, required=False, rows=2)
    problems = ParagraphField(label="Vấn đề phát sinh", max_length=2000, required=False, rows=2)
    actions = ParagraphField(label="Việc đã làm, kiến nghị", max_length=2000, required=False, rows=2)
    outcome = forms.ChoiceField(label="Đánh giá", choices=CareVisit.Outcome.choices, widget=forms.RadioSelect, initial="go_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visited_on"].initial = today()


class CarerNoticeForm(VersionForm, OnceForm):
    """What the carer told of the child."""

    told_on = DateTextField(label="Ngày người nhận thông báo", past=True)
    text = ParagraphField(label="Nội dung thông báo", max_length=4000, help_text="Sức khỏe, học tập, hòa nhập của trẻ.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["told_on"].initial = today()


class AskEndForm(VersionForm):
    """The request to end the care (Mẫu 15)."""

    request_on = DateTextField(label="Ngày nhận đơn đề nghị", past=True, initial=today)
    request_by = LineField(label="Người đề nghị", max_length=200)
    request_reason = ParagraphField(label="Lý do", max_length=2000)


class EndForm(VersionForm):
    """The end, its decision (Mẫu 16) and what comes after."""

    end_reason = forms.ChoiceField(label="Lý do chấm dứt", choices=optional(Placement.EndReason.choices, "Chọn lý do"))
    last_day = DateTextField(label="Đến hết ngày", past=True, help_text=LAST_HINT)
    next = forms.ChoiceField(label="Sau đó trẻ", choices=optional(Placement.Next.choices, "Chọn"))
    end_decision_number = LineField(label="Số quyết định chấm dứt", max_length=60, required=False)
    end_decision_on = DateTextField(label="Ngày quyết định", past=True, required=False)
    end_signer = LineField(label="Người ký", max_length=120, required=False)
    end_note = ParagraphField(label="Bàn giao, đánh giá khi chấm dứt", max_length=4000, required=False)

    def __init__(self, *args, placement, **kwargs):
        super().__init__(*args, **kwargs)
        if not placement.needs_decision:
            for name in ("end_decision_number", "end_decision_on", "end_signer"):
                del self.fields[name]


class CancelForm(VersionForm):
    """Why it does not come to the hand-over."""

    reason = ParagraphField(label="Lý do không thực hiện", max_length=2000)


class CorrectForm(VersionForm):
    """The right number and days in place of wrong ones."""

    decision_number = LineField(label="Số quyết định", max_length=60, required=False)
    decision_on = DateTextField(label="Ngày quyết định", past=True, required=False)
    decision_signer = LineField(label="Người ký", max_length=120, required=False)
    started_on = DateTextField(label="Ngày giao nhận", past=True)
    reason = LineField(label="Lý do đính chính", max_length=300)
