"""Password rules of ASVS: length, not common, not a word of the context; no composition rules, nothing truncated."""

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from childcare.lib.vietnamese import fold

LEAST, MOST = 12, 200
CONTEXT = ("baovetreem", "treem", "childcare", "ubnd", "matkhau", "password", "phuong", "quanlytreem")


class LengthValidator:
    """At least twelve characters, at most two hundred."""

    def validate(self, password, user=None):
        if len(password) < LEAST:
            raise ValidationError(f"Mật khẩu cần ít nhất {LEAST} ký tự. Hãy ghép vài từ dễ nhớ với mình thành một câu ngắn.")
        if len(password) > MOST:
            raise ValidationError(f"Mật khẩu dài quá {MOST} ký tự. Hãy chọn mật khẩu ngắn hơn.")

    def get_help_text(self):
        return f"Ít nhất {LEAST} ký tự; nên ghép vài từ dễ nhớ thành một câu ngắn."


class CommonValidator(CommonPasswordValidator):
    """Not one of the passwords that everybody tries."""

    def validate(self, password, user=None):
        if password.lower().strip() in self.passwords or len(set(password.lower())) < 4:
            raise ValidationError("Mật khẩu này quá phổ biến, dễ bị đoán ra. Hãy chọn mật khẩu khác.")

    def get_help_text(self):
        return "Không dùng mật khẩu phổ biến."


class ContextValidator:
    """Not the officer's name or the product's words with a few digits behind."""

    def validate(self, password, user=None):
        bare = "".join(letter for letter in fold(password).replace(" ", "") if letter.isalpha())
        own = [fold(getattr(user, "username", "")), fold(getattr(user, "full_name", "")).replace(" ", "")]
        if bare and any(bare == word for word in (*CONTEXT, *own) if word):
            raise ValidationError("Mật khẩu không được là tên của mình hay tên của hệ thống. Hãy chọn mật khẩu khác.")

    def get_help_text(self):
        return "Không dùng tên của mình hay tên hệ thống."
