"""Forms of a school about its pupils, and of a commune that says which child a pupil is."""

from django import forms

from childcare.accounts.roles import Permission
from childcare.children import ethnics, places, schools
from childcare.children.forms.base import OnceForm, VersionForm, by_pk
from childcare.children.forms.imports import WorkbookField
from childcare.children.forms.people import home_word
from childcare.children.models import Enrolment, Pupil
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, PartialDateField
from childcare.units.fields import HINT, UnitSearchField

END = Enrolment.EndReason
LAST_HINT = "Để trống: học sinh của lớp ra trường."
VOID_HINT = "Chỉ hủy dòng ghi nhầm. Học sinh thôi học thì dùng “Ghi thôi học”."


def schools_of(officer):
    """The schools whose list the officer keeps."""
    return list(dict.fromkeys(officer.units_for(Permission.PUPIL_MANAGE)))


def years():
    """The school years of a choice: the next, the present and two before."""
    now = schools.school_year_of(today())
    return [(str(year), schools.year_text(year)) for year in (now + 1, now, now - 1, now - 2)]


class PupilListForm(forms.Form):
    """A workbook of pupils, of which school year, since when."""

    file = WorkbookField(label="Tệp danh sách học sinh")
    unit = forms.ChoiceField(label="Trường")
    school_year = forms.TypedChoiceField(label="Năm học", coerce=int)
    on = DateTextField(
        label="Học theo danh sách này từ ngày", past=True,
        help_text="Đầu năm học là ngày khai giảng. Danh sách bổ sung giữa năm thì ghi ngày có thay đổi.",
    )  # fmt: skip

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.public_id): unit for unit in schools_of(officer)}
        self.fields["unit"].choices = by_pk(self.units.values())
        if len(self.units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = next(iter(self.units))
        year = schools.school_year_of(today())
        self.fields["school_year"].choices = years()
        self.fields["school_year"].initial = str(year)
        self.fields["on"].initial = min(schools.first_day(year), today())

    def clean_unit(self):
        return self.units[self.cleaned_data["unit"]]

    def clean(self):
        values = super().clean()
        on, year = values.get("on"), values.get("school_year")
        if on and year and schools.school_year_of(on) != year:
            self.add_error("on", f"Ngày này không thuộc năm học {schools.year_text(year)}. Hãy xem lại ngày hoặc năm học.")
        return values


class PupilForm(VersionForm):
    """What the school writes about a pupil; while he is not matched also where he lives, so that the right commune is asked."""

    full_name = LineField(label="Họ và tên", max_length=120)
    birth = PartialDateField(label="Ngày sinh", past=True, required=False, help_text="Gõ 12/5/2012, 5/2012 hoặc chỉ 2012.")
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("m", "Nam"), ("f", "Nữ"), ("", "Chưa rõ")], widget=forms.RadioSelect, required=False
    )
    code = LineField(label="Mã học sinh", max_length=40, required=False)
    identity_number = LineField(label="Số định danh cá nhân", max_length=40, required=False)
    ethnic = forms.ChoiceField(label="Dân tộc", required=False)
    mother_name = LineField(label="Họ tên mẹ", max_length=120, required=False)
    father_name = LineField(label="Họ tên cha", max_length=120, required=False)
    phone = LineField(label="Điện thoại", max_length=30, required=False)
    address = LineField(label="Chỗ ở", max_length=300, required=False)

    def __init__(self, *args, pupil, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupil = pupil
        self.fields["ethnic"].choices = [("", "Chưa rõ"), *ethnics.names().items()]
        names = [name for name in self.fields if name not in ("birth", "base")]
        self.initial = {**{name: getattr(pupil, name) for name in names}, "birth": pupil.birth}
        if pupil.child_id is None:
            self.fields["home"] = UnitSearchField(
                label="Xã, phường nơi ở", required=False, queryset=places.far_and_own(pupil.unit), search="pupil-home-search",
                help_text=f"{HINT} Chỉ gõ khi biết học sinh ở xã, phường nào; để trống thì không đổi.",
            )  # fmt: skip

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and Pupil.objects.filter(unit=self.pupil.unit, code=code).exclude(pk=self.pupil.pk).exists():
            raise forms.ValidationError("Trường đã có học sinh mang mã này.")
        return code


class LeaveForm(forms.Form):
    """A pupil leaves the school."""

    reason = forms.ChoiceField(
        label="Lý do", widget=forms.RadioSelect,
        choices=[(key, END(key).label) for key in (END.TRANSFERRED, END.DROPOUT, END.GRADUATED, END.DIED, END.OTHER)],
    )  # fmt: skip
    on = DateTextField(label="Ngày thôi học", past=True, help_text="Từ ngày này học sinh không còn học ở trường.")


class ClassForm(forms.Form):
    """Another class."""

    class_name = LineField(label="Lớp mới", max_length=20)
    on = DateTextField(label="Từ ngày", past=True)


class RollOverForm(forms.Form):
    """The end of a school year: for each class the class of the next year."""

    on = DateTextField(label="Ngày bắt đầu năm học mới", help_text="Lớp cũ kết thúc, lớp mới bắt đầu từ ngày này.", past=True)

    def __init__(self, *args, classes, school_year, **kwargs):
        """`classes` = (class, pupils) of the year that ends."""
        super().__init__(*args, **kwargs)
        self.school_year, self.classes = school_year, {f"class_{number}": name for number, (name, _) in enumerate(classes)}
        self.fields["on"].initial = schools.first_day(school_year + 1)
        for number, (name, pupils) in enumerate(classes):
            self.fields[f"class_{number}"] = LineField(
                label=f"Lớp {name} ({pupils} học sinh) lên lớp", max_length=20, required=False,
                initial=schools.next_class(name) if schools.grade_of(name) else name,
                help_text="" if schools.next_class(name) else LAST_HINT,
            )  # fmt: skip

    @property
    def named(self):
        """Class → class of the next year, None where it was left empty."""
        return {name: self.cleaned_data[key].strip() or None for key, name in self.classes.items()}

    def clean_on(self):
        on = self.cleaned_data["on"]
        if schools.school_year_of(on) != self.school_year + 1:
            raise forms.ValidationError(f"Hãy gõ một ngày của năm học {schools.year_text(self.school_year + 1)}.")
        return on


class EnrolmentVoidForm(VersionForm):
    """Why a row of a class is voided."""

    reason = LineField(
        label="Lý do hủy", max_length=300, help_text="Chỉ hủy dòng ghi nhầm. Học sinh thôi học thì dùng “Thôi học”."
    )


class AddChildForm(OnceForm):
    """Where a pupil lives who is put into the registry."""

    hamlet = forms.ChoiceField(label="Nơi ở")

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.homes = {str(unit.public_id): unit for unit in places.homes(officer)}
        self.fields["hamlet"].choices = [("", "Chọn nơi ở"), *by_pk(self.homes.values(), home_word)]

    def clean_hamlet(self):
        return self.homes[self.cleaned_data["hamlet"]]


class PassOnForm(forms.Form):
    """Which commune to ask instead; nobody when it is not known."""

    to = UnitSearchField(label="Hỏi nơi khác", required=False)

    def __init__(self, *args, pupil, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"] = UnitSearchField(
            label="Hỏi xã, phường khác", required=False, queryset=places.far(pupil.asked or pupil.unit),
            search="destination-search", help_text=f"{HINT} Để trống nếu chưa rõ ở đâu.",
        )  # fmt: skip


class HomeForm(forms.Form):
    """Which commune is asked about a pupil whose school lies in none."""

    to = UnitSearchField(label="Xã, phường nơi học sinh ở")

    def __init__(self, *args, pupil, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"] = UnitSearchField(
            label="Xã, phường nơi học sinh ở", queryset=places.far_and_own(pupil.unit), search="pupil-home-search"
        )
