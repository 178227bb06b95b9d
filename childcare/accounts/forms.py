"""Forms of accounts: text to typed values, with sentences for what does not fit."""

from datetime import timedelta

from django import forms
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.db.models import Q

from childcare.accounts.actions import may_appoint
from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import ROLE_UNITS, Permission, Role, may_grant
from childcare.audit.words import ACTIONS
from childcare.lib.calendar import now, show, today
from childcare.lib.fields import DateTextField, LineField
from childcare.units.fields import FEW, UnitSearchField
from childcare.units.models import DayOverride, Unit
from childcare.units.querysets import valid_on

WRONG = (
    "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản chưa dùng được. "
    "Hãy gõ lại; nếu quên mật khẩu, hãy nhờ đơn vị cấp trên đặt lại."
)
LOG_DAYS = 30
PASSWORD_HINT = (
    "Ít nhất 12 ký tự; nên ghép vài từ dễ nhớ thành một câu ngắn, không dùng tên mình. Không bắt buộc chữ hoa, số hay ký hiệu."
)


class SignInForm(AuthenticationForm):
    """One sentence for every reason why somebody may not come in."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
        self.fields["password"].max_length = 500

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()


class PasswordForm(SetPasswordForm):
    """A new password typed twice."""

    error_messages = {"password_mismatch": "Hai lần gõ mật khẩu không giống nhau. Hãy gõ lại."}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, first.help_text = "Mật khẩu mới", PASSWORD_HINT
        second.label, second.help_text = "Gõ lại mật khẩu mới", ""

    @property
    def password(self):
        return self.cleaned_data["new_password1"]


class OwnPasswordForm(PasswordForm):
    """A new password of one's own: the present one is asked first."""

    old_password = forms.CharField(
        label="Mật khẩu đang dùng",
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old_password", "new_password1", "new_password2"]

    def clean_old_password(self):
        if not self.user.check_password(self.cleaned_data["old_password"]):
            raise forms.ValidationError("Mật khẩu đang dùng không đúng. Hãy gõ lại.")
        return self.cleaned_data["old_password"]


class DetailsForm(forms.Form):
    """The officer's own e-mail address and telephone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Để nhận mỗi ngày một thư nhắc việc. Bỏ trống thì chỉ nhắc trong hệ thống.",
    )
    phone = LineField(label="Điện thoại", required=False, max_length=30)


def units_to_appoint_in(by):
    """Units at or below those where `by` manages accounts; hamlets only for an officer of their commune.

    As valid today; below a unit that ended, as on its last day.
    """
    units = Unit.objects.select_related("parent").order_by("path")
    if by.can(Permission.SETTINGS):
        return units.on(today()).exclude(kind=Unit.Kind.HAMLET)
    wanted = Q(pk__in=[])
    for own in by.units_for(Permission.ACCOUNT_MANAGE):
        inside = Q(path__startswith=own.path) & valid_on(own.as_of(today()))
        wanted |= inside if own.kind == Unit.Kind.COMMUNE else inside & ~Q(kind=Unit.Kind.HAMLET)
    return units.filter(wanted)


def roles_to_grant(by):
    """Roles that `by` may grant in some unit; the action asks again for the unit chosen."""
    return [role for role in Role if any(may_grant(own.role, role, below=True) for own in by.current_appointments)]


class UnitChoice(forms.ModelChoiceField):
    """A unit by its public id."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError:  # no unit of the list, or no id at all
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")

    def label_from_instance(self, unit):
        return f"{unit.name} · {unit.parent.name}" if unit.parent else unit.name


def unit_field(field, units, search="unit-search"):
    """The field with these units to choose from: a plain list while they are few, else a line that searches at an address."""
    if units[: FEW + 1].count() <= FEW:
        field.queryset = units
        return field
    return UnitSearchField(label=field.label, required=field.required, queryset=units, search=search, initial=field.initial)


class AppointmentForm(forms.Form):
    """A post that `by` may give: unit, role, position, decision, first day."""

    unit = UnitChoice(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        to_field_name="public_id",
        empty_label="Chọn đơn vị",
        error_messages={"invalid_choice": "Đơn vị này không thuộc phạm vi quản lý. Hãy chọn trong danh sách."},
    )
    role = forms.ChoiceField(
        label="Vai trò", error_messages={"invalid_choice": "Anh/chị không được phân vai trò này. Hãy chọn trong danh sách."}
    )
    position = LineField(label="Chức vụ", required=False, max_length=120, help_text="Ví dụ: Công chức Văn hóa – Xã hội.")
    decision = LineField(label="Quyết định", required=False, max_length=120, help_text="Số và ngày của quyết định, nếu có.")
    started_on = DateTextField(label="Từ ngày")
    last_day = DateTextField(
        label="Đến hết ngày", required=False, help_text="Bắt buộc với Đoàn kiểm tra; người khác để trống khi chưa biết."
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["unit"] = unit_field(self.fields["unit"], units_to_appoint_in(by))
        self.fields["role"].choices = [("", "Chọn vai trò"), *((role.value, role.label) for role in roles_to_grant(by))]
        self.fields["started_on"].initial = today

    def clean(self):
        data = super().clean()
        unit, role = data.get("unit"), data.get("role")
        if unit and role and unit.kind not in ROLE_UNITS[Role(role)]:
            kinds = ", ".join(label.lower() for value, label in Unit.Kind.choices if value in ROLE_UNITS[Role(role)])
            self.add_error("role", f"Vai trò này chỉ có ở: {kinds}. Hãy chọn vai trò hoặc đơn vị khác.")
        elif unit and role and not may_appoint(self.by, role, unit):
            self.add_error("role", "Ở đơn vị này, vai trò này do đơn vị cấp trên hoặc quản trị hệ thống phân công.")
        if role == Role.INSPECTOR and not (data.get("decision") and data.get("last_day")):
            self.add_error("last_day", "Đoàn kiểm tra phải có số quyết định và ngày cuối.")
        return data


class OfficerForm(AppointmentForm):
    """A new account with its first post."""

    full_name = LineField(label="Họ và tên", max_length=120)
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]+\Z",
        label="Tên đăng nhập",
        required=False,
        max_length=60,
        help_text="Bỏ trống để hệ thống tự đặt, ví dụ Nguyễn Thị An thành an.nt.",
        error_messages={"invalid": "Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm, gạch ngang; từ 2 ký tự trở lên."},
    )
    email = forms.EmailField(label="Thư điện tử", required=False)
    phone = LineField(label="Điện thoại", required=False, max_length=30)
    field_order = ["full_name", "username", "unit", "role", "position", "decision", "started_on", "last_day", "email", "phone"]


class EndForm(forms.Form):
    """The last day of a post."""

    last_day = DateTextField(label="Ngày cuối cùng còn hiệu lực")


class OfficerFilter(forms.Form):
    """The filter of the list of officers, kept in the address."""

    STATES = [("", "Mọi trạng thái"), ("working", "Đang làm việc"), ("locked", "Bị khóa"), ("ended", "Không còn phân công")]

    q = LineField(label="Họ tên", required=False, max_length=120)
    unit = UnitChoice(
        label="Đơn vị", queryset=Unit.objects.none(), to_field_name="public_id", required=False, empty_label="Mọi đơn vị"
    )
    state = forms.ChoiceField(label="Trạng thái", choices=STATES, required=False)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(self.fields["unit"], units_to_appoint_in(by))

    def narrow(self, officers):
        """The officers that the filter leaves."""
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("q"):
            officers = officers.named(data["q"])
        if data.get("unit"):
            here = Appointment.objects.filter(unit__path__startswith=data["unit"].path).not_ended(today())
            officers = officers.filter(pk__in=here.values("officer"))
        match data.get("state"):
            case "working":
                officers = officers.working(today())
            case "locked":
                officers = officers.filter(is_active=False)
            case "ended":
                officers = officers.exclude(pk__in=Appointment.objects.not_ended(today()).values("officer"))
        return officers


class DayForm(forms.ModelForm):
    """A day that an announcement made a working day or a day off."""

    day = DateTextField(label="Ngày")
    working = forms.TypedChoiceField(
        label="Là", choices=[("0", "Ngày nghỉ"), ("1", "Ngày làm việc (làm bù)")], coerce=lambda value: value == "1"
    )
    basis = LineField(label="Căn cứ", required=False, max_length=200, help_text="Ví dụ: Thông báo số … của Bộ Nội vụ.")

    class Meta:
        model = DayOverride
        fields = ["day", "working", "basis"]

    def clean_day(self):
        if DayOverride.objects.filter(day=self.cleaned_data["day"]).exists():
            raise forms.ValidationError("Ngày này đã có trong bảng. Muốn đổi, hãy bỏ dòng cũ trước.")
        return self.cleaned_data["day"]


class LogFilter(forms.Form):
    """The filter of the log, kept in the address. Without days it shows the last thirty."""

    first = DateTextField(label="Từ ngày", required=False)
    last = DateTextField(label="Đến ngày", required=False)
    who = LineField(label="Cán bộ", required=False, max_length=120)
    action = forms.ChoiceField(label="Việc", required=False, choices=[("", "Mọi việc"), *ACTIONS.items()])
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    @classmethod
    def of(cls, query):
        """The filter of an address; an empty address means the last thirty days up to now."""
        shown = query.copy()
        if "first" not in shown:
            shown["first"] = show(now().date() - timedelta(days=LOG_DAYS))
        return cls(shown)

    def narrow(self, entries):
        """The entries that the filter leaves; none when it cannot be read."""
        if not self.is_valid():
            return entries.none()
        data = self.cleaned_data
        entries = entries.between(data["first"], data["last"])
        if data["who"]:
            people = Officer.objects.named(data["who"]).values_list("public_id", flat=True)[:500]
            entries = entries.filter(actor_id__in=[str(key) for key in people])
        if data["action"]:
            entries = entries.filter(action=data["action"])
        return entries.filter(pk__lt=data["before"]) if data["before"] else entries

    @property
    def told(self):
        """The filter in words, for the log itself."""
        parts = [show(value) if hasattr(value, "year") else str(value) for value in self.cleaned_data.values() if value]
        return "; ".join(parts)
