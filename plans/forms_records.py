"""Forms of places, safe homes and hamlets at high risk."""

from django import forms

from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField
from plans.forms_staff import PlacedForm
from plans.models import ChildPlace, RiskArea, SafeHomeCriterion


class PlaceForm(PlacedForm):
    """A place or work for children."""

    kind = forms.ChoiceField(label="Loại", choices=ChildPlace.Kind.choices)
    name = LineField(label="Tên", max_length=200, help_text="Ví dụ: Sân chơi nhà văn hóa tổ 3.")
    place = forms.ChoiceField(label="Ở đâu", help_text="Của trường, cơ sở thì chọn trường, cơ sở.")
    state = forms.ChoiceField(label="Tình trạng", choices=ChildPlace.State.choices, initial=ChildPlace.State.USED)
    started_on = DateTextField(
        label="Ở tình trạng này từ ngày", required=False, past=True, help_text="Để trống nếu có từ trước."
    )
    year = NumberField(label="Năm làm", whole=True, min_value=1950, max_value=2100, required=False)
    money = NumberField(label="Kinh phí (đồng)", whole=True, min_value=0, max_value=10**13, required=False)
    source = LineField(label="Nguồn kinh phí", max_length=120, required=False)
    note = LineField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].widget.attrs["placeholder"] = "ví dụ: 2023"

    def clean(self):
        data = super().clean()
        if (
            data.get("kind") == ChildPlace.Kind.UPGRADE
            and data.get("state") == ChildPlace.State.USED
            and not data.get("started_on")
        ):
            self.add_error("started_on", "Nâng cấp xong ngày nào: hãy ghi ngày, vì chỉ tiêu đếm theo kỳ.")
        return data


class StateForm(forms.Form):
    """Another state from a day on."""

    state = forms.ChoiceField(label="Tình trạng mới", choices=ChildPlace.State.choices)
    on = DateTextField(label="Từ ngày", past=True)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RiskForm(PlacedForm):
    """A hamlet or commune where children are at high risk."""

    place = forms.ChoiceField(label="Địa bàn")
    reasons = forms.MultipleChoiceField(
        label="Lý do", choices=list(RiskArea.REASONS.items()), widget=forms.CheckboxSelectMultiple
    )
    note = LineField(label="Cụ thể", max_length=300, required=False, help_text="Không ghi tên trẻ em, tên gia đình.")
    started_on = DateTextField(label="Từ ngày", required=False, past=True, help_text="Để trống nếu có từ trước.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = [(key, place.name) for key, place in self.places.items() if place.kind not in ("school", "facility")]
        self.fields["place"].choices = kept


class ExamineForm(forms.Form):
    """The day on which the houses of a hamlet were examined, and houses that are not in the register."""

    on = DateTextField(label="Ngày đánh giá", past=True)
    unmet = forms.MultipleChoiceField(
        label="Tiêu chí các nhà chưa đạt còn thiếu", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Nếu biết; áp dụng cho các nhà đánh dấu “Chưa đạt” ở lần ghi này.",
    )  # fmt: skip
    head = LineField(label="Chủ hộ chưa có trong sổ", max_length=120, required=False)
    head_met = forms.ChoiceField(
        label="Kết quả của hộ ấy", required=False, choices=[("", "Không ghi"), ("1", "Đạt"), ("0", "Chưa đạt")]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        self.fields["unmet"].choices = [(row.code, row.text) for row in SafeHomeCriterion.objects.filter(active=True)]


class CriterionForm(forms.Form):
    """A criterion put right."""

    text = LineField(label="Tiêu chí", max_length=300)
    active = forms.BooleanField(label="Đang dùng", required=False)
    verified = forms.BooleanField(label="Đã đối chiếu văn bản", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
