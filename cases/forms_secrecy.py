"""Forms about who may open a case: the suspect, declarations, exclusion, lifting, opening in an emergency, the dated rule."""

from django import forms
from django.contrib.auth import get_user_model

from cases.actions.emergency import SHORTEST
from cases.matching import digits_of
from cases.models import DeclaredPerson, SecrecyRule, Suspect
from childcare.children.forms.base import OnceForm, VersionForm
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from childcare.units.models import Unit

FEW_DIGITS = "Số này thiếu chữ số. Hãy gõ đủ, hoặc để trống."


class PersonFields(forms.Form):
    """Name, year of birth and numbers of a person; whatever is not known stays empty."""

    name = LineField(label="Họ và tên", max_length=120, required=False)
    born = NumberField(label="Năm sinh", whole=True, min_value=1900, max_value=2100, required=False)
    identity = LineField(label="Số định danh, CMND", max_length=20, required=False)
    phone = LineField(label="Điện thoại", max_length=20, required=False)

    def _number(self, name):
        text = self.cleaned_data[name]
        if text and not digits_of(text):
            raise forms.ValidationError(FEW_DIGITS)
        return text

    def clean_identity(self):
        return self._number("identity")

    def clean_phone(self):
        return self._number("phone")


class DeclareForm(OnceForm, PersonFields):
    """The officer himself, or one of his kin."""

    field_order = ["once", "relation", "name", "born", "identity", "phone"]
    relation = forms.ChoiceField(label="Là", choices=DeclaredPerson.Relation.choices)

    def clean(self):
        values = super().clean()
        if not any(values.get(name) for name in ("name", "identity", "phone")) and not self.errors:
            raise forms.ValidationError("Hãy ghi ít nhất họ tên, số định danh hoặc điện thoại.")
        return values


class SuspectForm(OnceForm, VersionForm, PersonFields):
    """Who is suspected, as far as known."""

    field_order = ["once", "version", "base", "name", "born", "relation", "identity", "phone", "works_in", "note"]
    relation = forms.ChoiceField(label="Quan hệ với trẻ em", choices=Suspect.Relation.choices, required=False)
    works_in = forms.ModelChoiceField(
        Unit.objects.none(), label="Đơn vị công tác của người đó hoặc người thân", to_field_name="public_id", required=False,
        empty_label="Không có hoặc chưa rõ", help_text="Chọn đơn vị cấp trên thì đơn vị trên nữa giữ hồ sơ.",
    )  # fmt: skip
    note = ParagraphField(label="Điều đã biết khác", max_length=2000, required=False)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["works_in"].queryset = Unit.objects.filter(pk__in=unit.ancestor_keys).order_by("-path")
        self.fields["works_in"].label_from_instance = lambda row: row.name


class ExcludeForm(VersionForm):
    """Whom to bar, and why."""

    officer = forms.ModelChoiceField(
        get_user_model().objects.none(), label="Người không được tiếp cận", to_field_name="public_id", empty_label="Chọn cán bộ"
    )
    reason = ParagraphField(label="Lý do", max_length=2000)

    def __init__(self, *args, officers, but, **kwargs):
        super().__init__(*args, **kwargs)
        found = get_user_model().objects.filter(pk__in=[row.pk for row in officers]).exclude(pk=but.pk)
        self.fields["officer"].queryset = found.order_by("full_name", "pk")
        self.fields["officer"].label_from_instance = lambda row: f"{row.full_name} ({row.unit_names})"


class LiftForm(forms.Form):
    """Why the restriction, or the exclusion, is no longer needed."""

    reason = ParagraphField(label="Lý do", max_length=2000, help_text="Đã xác minh gì, với ai.")


class DecideForm(forms.Form):
    """The word of the second person."""

    confirmed = forms.ChoiceField(
        label="Ý kiến của anh/chị", choices=[("yes", "Đồng ý bỏ"), ("no", "Không đồng ý, giữ nguyên")], widget=forms.RadioSelect
    )
    answer = ParagraphField(label="Nhận xét", max_length=2000, required=False)

    def clean_confirmed(self):
        return self.cleaned_data["confirmed"] == "yes"


class OpenForm(forms.Form):
    """Which file, and why now."""

    what = LineField(
        label="Hồ sơ hoặc trẻ em", max_length=60, help_text="Mã hồ sơ (HS-…), mã trẻ (TE…) hoặc số định danh của trẻ."
    )
    reason = ParagraphField(
        label="Vì sao phải mở ngay", max_length=2000, min_length=SHORTEST,
        help_text=f"Ít nhất {SHORTEST} ký tự. Người phụ trách hồ sơ đọc được lý do này.",
        error_messages={"min_length": f"Hãy ghi rõ hơn, ít nhất {SHORTEST} ký tự."},
    )  # fmt: skip


class ReviewForm(forms.Form):
    """Whether the opening was justified."""

    justified = forms.ChoiceField(
        label="Việc mở hồ sơ", choices=[("yes", "Có lý do chính đáng"), ("no", "Không có lý do chính đáng")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    finding = ParagraphField(label="Nhận xét", max_length=2000, required=False)

    def clean_justified(self):
        return self.cleaned_data["justified"] == "yes"

    def clean(self):
        values = super().clean()
        if values.get("justified") is False and not values.get("finding"):
            self.add_error("finding", "Hãy ghi vì sao việc mở này không chính đáng.")
        return values


class RuleForm(forms.Form):
    """The rule for one kind of unit from a day on."""

    unit_kind = forms.ChoiceField(label="Cấp", choices=SecrecyRule._meta.get_field("unit_kind").choices)
    valid_from = DateTextField(label="Áp dụng từ ngày")
    holds = forms.BooleanField(label="Đơn vị cấp này giữ hồ sơ hạn chế", required=False, initial=True)
    decider = LineField(label="Người quyết định thay Chủ tịch UBND xã, phường", max_length=200)
    post = forms.ChoiceField(label="Quyết định in ra do ai ký", choices=SecrecyRule.Post.choices, initial="chair")
    basis = LineField(label="Căn cứ", max_length=300, required=False)
    verified = forms.BooleanField(label="Đã đối chiếu văn bản", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = today()
