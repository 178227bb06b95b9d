"""Forms of coming in twice: the code of the second step, the password once more, the rule of a role."""

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied

from childcare.accounts import factors
from childcare.accounts.models_sessions import RoleRule
from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal

WRONG_CODE = "Mã không đúng hoặc đã dùng. Hãy chờ ứng dụng hiện mã mới rồi gõ lại; mất điện thoại thì gõ một mã dự phòng."
CODE_HELP = "Sáu chữ số đang hiện trên ứng dụng, hoặc một mã dự phòng đã in."


class CodeField(forms.CharField):
    """A code of the telephone or of the paper."""

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false", "class": "short"}
        super().__init__(label="Mã xác nhận", max_length=40, widget=forms.TextInput(attrs=attrs), help_text=CODE_HELP, **kwargs)


class CodeForm(forms.Form):
    """The second step. A wrong code is counted and logged."""

    secret_code = CodeField()

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_secret_code(self):
        try:
            right = factors.check(officer=self.officer, code=self.cleaned_data["secret_code"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal))
        if not right:
            audit.record("factor.wrong", subject=self.officer, by=self.officer)
            raise forms.ValidationError(WRONG_CODE)
        return ""


class FirstCodeForm(forms.Form):
    """The code that turns the second step on."""

    secret_code = CodeField()
    secret_code.help_text = "Sáu chữ số ứng dụng đang hiện cho tài khoản này."


class ProofForm(forms.Form):
    """Who signed in types the password again, and the code when this machine has not seen one today."""

    password = forms.CharField(
        label="Mật khẩu", strip=False, max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    secret_code = CodeField()

    def __init__(self, *args, request, asks_code, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.asks_code = request, asks_code
        if not asks_code:
            del self.fields["secret_code"]

    def clean_password(self):
        """The same throttle as at the sign-in counts here."""
        try:
            found = authenticate(self.request, username=self.request.user.username, password=self.cleaned_data["password"])
        except PermissionDenied:
            found = None
        if found is None or found.pk != self.request.user.pk:
            raise forms.ValidationError("Mật khẩu không đúng. Hãy gõ lại.")
        return ""

    def clean(self):
        data = super().clean()
        if self.asks_code and "password" in data and data.get("secret_code"):
            inner = CodeForm({"secret_code": data["secret_code"]}, officer=self.request.user)
            for message in inner.errors.get("secret_code", []):
                self.add_error("secret_code", message)
        return data


class RoleRuleForm(forms.ModelForm):
    """How the holders of one role come in."""

    class Meta:
        model = RoleRule
        fields = ["second_factor", "idle_minutes"]

    idle_minutes = forms.IntegerField(
        label="Khóa màn hình sau (phút)",
        min_value=5,
        max_value=60,
        error_messages={
            "min_value": "Ít nhất 5 phút.",
            "max_value": "Nhiều nhất 60 phút.",
            "invalid": "Hãy gõ số phút, ví dụ 15.",
        },
    )
