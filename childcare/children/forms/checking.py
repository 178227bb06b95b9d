"""Forms of the lists to be checked: what the police confirmed, and a list that goes out."""

from childcare.children.forms.base import VersionForm
from childcare.lib.fields import DateTextField


class VerifyForm(VersionForm):
    """The day on which the police confirmed the number."""

    on = DateTextField(label="Công an đã xác thực ngày", past=True, help_text="Ngày ghi trong danh sách công an trả lại.")
