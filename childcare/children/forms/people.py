"""Forms about a child and its household."""

from django import forms

from childcare.children import ethnics, identity, places
from childcare.children.forms.base import OnceForm, VersionForm, by_pk, optional
from childcare.children.models import Caregiver, Child, PovertyStatus, Residence
from childcare.children.records import name_fields
from childcare.lib.calendar import EIGHTEEN, age_on, today
from childcare.lib.fields import DateTextField, LineField, ParagraphField, PartialDateField
from childcare.units.fields import UnitSearchField

SCHOOLING = ["Chưa đi học", "Mầm non", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông", "Học nghề", "Bỏ học"]
NAME_HINT = "Viết như trong giấy khai sinh. Trẻ mới sinh chưa có tên thì gõ “Chưa đặt tên”."
BIRTH_HINT = "Gõ 12/5/2016, 5/2016 hoặc chỉ 2016."


class ChildFields(forms.Form):
    """The child's own fields. Whatever is unknown stays empty."""

    full_name = LineField(label="Họ và tên", max_length=120, required=False, help_text=NAME_HINT)
    birth = PartialDateField(label="Ngày sinh", past=True, required=False, help_text=BIRTH_HINT)
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("m", "Nam"), ("f", "Nữ"), ("", "Chưa rõ")], widget=forms.RadioSelect, required=False
    )
    identity_number = LineField(
        label="Số định danh cá nhân", max_length=40, required=False, help_text="12 chữ số. Chưa có thì để trống."
    )
    ethnic = forms.ChoiceField(label="Dân tộc", required=False)
    mother_name = LineField(label="Họ tên mẹ", max_length=120, required=False)
    father_name = LineField(label="Họ tên cha", max_length=120, required=False)
    phone = LineField(label="Điện thoại gia đình", max_length=30, required=False)
    schooling = forms.ChoiceField(label="Tình trạng học", required=False)
    school_name = LineField(label="Trường, lớp", max_length=160, required=False)
    birth_certificate = LineField(label="Số giấy khai sinh", max_length=60, required=False)
    insurance_number = LineField(label="Số thẻ bảo hiểm y tế", max_length=30, required=False)
    insurance_until = DateTextField(label="Thẻ có giá trị đến ngày", required=False)
    twin = forms.BooleanField(label="Sinh đôi, sinh ba", required=False)
    note = ParagraphField(
        label="Ghi chú",
        required=False,
        max_length=2000,
        help_text="Không ghi thông tin nhạy cảm ở đây: hãy ghi ở Hoàn cảnh hoặc Vụ việc.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ethnic"].choices = optional(ethnics.names().items())
        kept = str((self.initial or {}).get("schooling") or "")
        words = SCHOOLING if not kept or kept in SCHOOLING else [*SCHOOLING, kept]
        self.fields["schooling"].choices = optional([(word, word) for word in words])

    def clean(self):
        values = super().clean()
        if {"full_name", "birth"} & set(self.errors):
            return values
        if values["birth"] is None and name_fields(values["full_name"])["name_state"] == "missing":
            self.add_error("full_name", "Hãy gõ họ tên hoặc ngày sinh của trẻ.")
        if values["birth"] and age_on(values["birth"].latest, today()) >= EIGHTEEN:
            self.add_error("birth", "Người này đã đủ 18 tuổi, không đưa vào sổ trẻ em. Hãy xem lại ngày sinh.")
        return values

    def number_warning(self):
        """What to tell of the number after saving: it goes in all the same."""
        values = self.cleaned_data
        return identity.check(values["identity_number"], sex=values["sex"], birth=values["birth"]).sentence


class ChildForm(OnceForm, ChildFields):
    """A new child: own fields, where it lives, the household."""

    hamlet = forms.ChoiceField(label="Nơi ở")
    head_name = LineField(label="Chủ hộ", max_length=120, required=False)
    address = LineField(label="Địa chỉ", max_length=300, required=False, help_text="Số nhà, ngõ, đường, xóm.")
    poverty = forms.ChoiceField(label="Loại hộ năm nay", choices=optional(PovertyStatus.Level.choices), required=False)
    since = DateTextField(
        label="Ở đây từ ngày", past=True, required=False, help_text="Không rõ, hoặc ở từ trước, thì để trống."
    )
    start_reason = forms.ChoiceField(
        label="Vì sao có trong sổ", required=False,
        choices=[("existing", "Ở đây từ trước"), ("birth", "Mới sinh"), ("arrival", "Chuyển đến")],
    )  # fmt: skip
    field_order = [
        "full_name", "birth", "sex", "hamlet", "identity_number", "ethnic", "mother_name", "father_name", "phone", "head_name",
        "address", "poverty", "start_reason", "since",
    ]  # fmt: skip

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.homes = {str(unit.public_id): unit for unit in places.homes(officer)}
        self.fields["hamlet"].choices = [("", "Chọn nơi ở"), *by_pk(self.homes.values(), home_word)]
        if not self.is_bound:
            self.fields["full_name"].widget.attrs["autofocus"] = True

    def clean_hamlet(self):
        return self.homes[self.cleaned_data["hamlet"]]


class ChildEditForm(VersionForm, ChildFields):
    """The own fields of a child that is there, and two that only come later."""

    identity_verified_on = DateTextField(label="Ngày công an xác thực số định danh", past=True, required=False)
    ministry_state = forms.ChoiceField(label="Trên phần mềm của Bộ", choices=Child.MinistryState.choices, required=False)

    def clean(self):
        """A day of the police that is typed needs a valid number; the one that was there goes with the number it was for."""
        values = super().clean()
        verified = values.get("identity_verified_on")
        if verified and "identity_number" in values and not identity.check(values["identity_number"]).valid:
            if verified == self.get_initial_for_field(self.fields["identity_verified_on"], "identity_verified_on"):
                values["identity_verified_on"] = None
            else:
                self.add_error("identity_verified_on", "Trẻ chưa có số định danh đúng dạng: để trống ngày này.")
        return values


ELSEWHERE = "Nơi khác: gõ tên xã, phường ở ô dưới"


class MoveForm(OnceForm):
    """The child moves: within the commune, or to another one, which then has to acknowledge it."""

    unit = forms.ChoiceField(label="Chuyển đến", required=False)
    to = UnitSearchField(label="Xã, phường khác", required=False)
    on = DateTextField(label="Từ ngày", past=True, help_text="Ngày đầu tiên ở nơi mới.")
    kind = forms.ChoiceField(label="Loại cư trú", choices=Residence.Kind.choices, initial="permanent")
    note = ParagraphField(
        label="Lời nhắn cho xã, phường nơi đến", max_length=1000, required=False,
        help_text="Chỉ dùng khi chuyển sang xã, phường khác: nơi đến đọc lời nhắn khi tiếp nhận.",
    )  # fmt: skip

    def __init__(self, *args, child, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in places.near(child)}
        self.fields["unit"].choices = [("", ELSEWHERE), *by_pk(self.units.values(), home_word)]
        self.fields["to"] = UnitSearchField(
            label="Xã, phường khác", required=False, queryset=places.far(child.unit), search="destination-search"
        )

    def clean(self):
        """One place, whichever way it was named; it is `unit` for the action."""
        values = super().clean()
        near, far = self.units.get(values.get("unit") or ""), values.pop("to", None)
        if near and far:
            self.add_error("to", "Đã chọn một nơi trong xã, phường ở trên. Hãy để trống một trong hai ô.")
        elif not near and not far and not {"unit", "to"} & set(self.errors):
            self.add_error("unit", "Hãy chọn thôn, tổ dân phố, hoặc gõ tên xã, phường khác ở ô dưới.")
        return {**values, "unit": near or far}


class ResidenceCorrectForm(VersionForm):
    """The right place or day of a residence that was written down wrongly."""

    unit = forms.ChoiceField(label="Nơi ở đúng")
    since = DateTextField(label="Ở đây từ ngày", past=True, required=False, help_text="Để trống nếu ở từ trước, không rõ ngày.")
    kind = forms.ChoiceField(label="Loại cư trú", choices=Residence.Kind.choices)
    reason = LineField(label="Lý do đính chính", max_length=300)

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.homes = {str(unit.public_id): unit for unit in places.homes(officer)}
        self.fields["unit"].choices = [("", "Chọn nơi ở"), *by_pk(self.homes.values(), home_word)]

    def clean_unit(self):
        return self.homes[self.cleaned_data["unit"]]


class LeaveForm(forms.Form):
    """The child leaves the places of the registry, or died."""

    reason = forms.ChoiceField(
        label="Lý do",
        choices=[
            ("departure", "Chuyển đi nơi không có trong danh sách “Chuyển nơi ở”"),
            ("death", "Tử vong"),
        ],
        widget=forms.RadioSelect,
    )
    on = DateTextField(label="Ngày chuyển đi hoặc ngày mất", past=True, help_text="Từ ngày này trẻ không còn được tính ở đây.")


class UndoForm(forms.Form):
    """Why a death or departure is taken back."""

    reason = LineField(label="Lý do", max_length=300, help_text="Ví dụ: ghi nhầm trẻ cùng tên, gia đình đã quay lại.")


class HouseholdForm(forms.Form):
    """The household in which a child lives."""

    head_name = LineField(label="Chủ hộ", max_length=120)
    address = LineField(label="Địa chỉ", max_length=300, required=False)
    since = DateTextField(label="Ở hộ này từ ngày", past=True, required=False, help_text="Không rõ thì để trống.")


class HouseholdEditForm(VersionForm):
    """Head, address and telephone of a household."""

    head_name = LineField(label="Chủ hộ", max_length=120)
    address = LineField(label="Địa chỉ", max_length=300, required=False)
    phone = LineField(label="Điện thoại", max_length=30, required=False)


class PovertyForm(forms.Form):
    """The class of a household in a year."""

    year = forms.TypedChoiceField(label="Năm", coerce=int)
    level = forms.ChoiceField(label="Loại hộ", choices=PovertyStatus.Level.choices, widget=forms.RadioSelect)
    decision = LineField(label="Quyết định công nhận", max_length=120, required=False)

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in range(on.year, on.year - 10, -1)]


class CaregiverForm(OnceForm):
    """Who cares for a child."""

    name = LineField(label="Họ và tên", max_length=120)
    relation = forms.ChoiceField(label="Quan hệ với trẻ", choices=optional(Caregiver.Relation.choices, "Chọn quan hệ"))
    phone = LineField(label="Điện thoại", max_length=30, required=False)
    started_on = DateTextField(label="Chăm sóc từ ngày", past=True, required=False, help_text="Không rõ thì để trống.")


def home_word(unit):
    """How a place stands among the choices: the commune itself means that the hamlet is unknown."""
    return f"{unit.name} (chưa rõ {unit.hamlet_word})" if unit.kind == "commune" else unit.name
