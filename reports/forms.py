"""Text to typed values for reports: signing, answering, zero confirmations, filters."""

from django import forms

from childcare.documents.forms import SignerForm
from childcare.lib.fields import LineField, ParagraphField
from childcare.lib.vietnamese import capital
from reports.models import Submission


class SignForm(SignerForm):
    """What the clerk and the leader gave: number, day, in what capacity, who, the scan."""

    scan = forms.FileField(
        label="Bản quét có chữ ký và dấu", help_text="PDF, JPG hoặc PNG, không quá 10 MB. Có thể bổ sung sau.", required=False
    )  # fmt: skip

    @property
    def values(self):
        """Keyword arguments of the action."""
        scan = self.cleaned_data["scan"]
        return {**super().values, "scan": scan.read() if scan else None}


class ScanForm(forms.Form):
    """The scan that was missing when the signature was noted."""

    scan = forms.FileField(label="Bản quét có chữ ký và dấu", help_text="PDF, JPG hoặc PNG, không quá 10 MB.")


class ReturnForm(forms.Form):
    """Why the report goes back."""

    reason = ParagraphField(label="Cần chỉnh sửa nội dung gì", help_text="Đơn vị gửi sẽ đọc được.", max_length=2000)


class OpinionForm(forms.Form):
    """The leader's word; which button was pressed tells whether he agrees."""

    text = ParagraphField(label="Ý kiến", required=False, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ZeroForm(forms.Form):
    """Which counts did not occur, and with whom that was checked."""

    codes = forms.MultipleChoiceField(
        label="Trong kỳ không phát sinh", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy đánh dấu ít nhất một nội dung."},
    )  # fmt: skip
    checked_with = LineField(label="Đã đối chiếu với", help_text="Ví dụ: Công an phường, Trạm y tế.", max_length=200)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(row["code"], row["name"]) for row in rows]


class ListFilter(forms.Form):
    """Which reports a list shows: a period, a state. `codes`: code of a period → its words."""

    period = forms.ChoiceField(label="Kỳ", required=False)
    state = forms.ChoiceField(label="Trạng thái", required=False)

    def __init__(self, *args, codes, every=True, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(code, capital(words)) for code, words in codes.items()]
        self.fields["period"].choices = [("", "Mọi kỳ"), *named] if every else named
        self.fields["state"].choices = [("", "Mọi trạng thái"), ("none", "Chưa gửi"), *Submission.State.choices[:-1]]


class DraftForm(forms.Form):
    """The text of every section, the estimates, the name in which it goes out. Fields are added by the sections there are."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, keys, targets, asked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.keys, self.targets, self.extras = keys, targets, asked
        for code in asked:
            self.fields[f"extra-{code}"] = forms.CharField(required=False, max_length=200)
        for key in keys:
            self.fields[f"text-{key}"] = forms.CharField(required=False, widget=forms.Textarea, max_length=20_000)
        for key in targets:
            self.fields[f"estimate-{key}"] = LineField(required=False, max_length=40)
        self.fields["as_office"] = forms.BooleanField(required=False)

    @property
    def values(self):
        """Keyword arguments of the action: only sections that the page sent, so that a part of the form can be saved alone."""
        texts = {key: self.cleaned_data[f"text-{key}"] for key in self.keys if f"text-{key}" in self.data}
        sent = [key for key in self.targets if f"estimate-{key}" in self.data]
        estimates = {key: self.cleaned_data[f"estimate-{key}"] for key in sent if self.cleaned_data[f"estimate-{key}"]}
        return {
            "version": self.cleaned_data["version"],
            "page": self.cleaned_data["page"],
            "texts": texts,
            "numbers": {code: self.cleaned_data[f"extra-{code}"] for code in self.extras if f"extra-{code}" in self.data},
            "estimates": estimates if sent else None,
            "as_office": self.cleaned_data["as_office"] if "as_office_shown" in self.data else None,
        }
