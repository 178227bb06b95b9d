"""Forms of the promises of families."""

from django import forms

from cases.models import Commitment, CommitmentCheck
from childcare.children.forms.base import OnceForm, VersionForm, optional
from childcare.lib.calendar import today
from childcare.lib.fields import DateTextField, LineField, ParagraphField


class CommitmentForm(OnceForm):
    """A written promise."""

    subject = forms.ChoiceField(label="Cam kết về việc", choices=optional(Commitment.Subject.choices, "Chọn"))
    text = ParagraphField(label="Nội dung cam kết", max_length=4000)
    signed_by = LineField(label="Người cam kết", max_length=160, help_text="Họ tên, quan hệ với trẻ.")
    signed_on = DateTextField(label="Ngày cam kết", past=True)
    until = DateTextField(label="Thực hiện đến hết ngày", required=False)
    support = forms.ModelChoiceField(
        None, label="Trợ giúp kèm theo", to_field_name="public_id", required=False, empty_label="Không có"
    )
    sensitive = forms.BooleanField(
        label="Việc này liên quan hoàn cảnh nhạy cảm", required=False, help_text="Chỉ người được giao mới thấy."
    )

    def __init__(self, *args, supports, in_case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["support"].queryset = supports
        self.fields["support"].label_from_instance = lambda row: f"{row.kind.name}, {row.started_on:%d/%m/%Y}"
        if in_case:
            del self.fields["sensitive"]

    def clean(self):
        values = super().clean()
        if values.get("until") and values.get("signed_on") and values["until"] < values["signed_on"]:
            self.add_error("until", "Ngày hết cam kết phải sau ngày cam kết.")
        return values


class CheckForm(VersionForm, OnceForm):
    """How the promise is kept."""

    checked_on = DateTextField(label="Ngày kiểm tra", past=True, initial=today)
    kept = forms.ChoiceField(label="Tình hình", choices=CommitmentCheck.Kept.choices, widget=forms.RadioSelect)
    note = ParagraphField(label="Ghi chú", max_length=2000, required=False)


class CloseCommitmentForm(VersionForm):
    """What became of it."""

    outcome = forms.ChoiceField(
        label="Kết luận", choices=[row for row in Commitment.Outcome.choices if row[0]], widget=forms.RadioSelect
    )
    on = DateTextField(label="Ngày kết luận", past=True, initial=today)
