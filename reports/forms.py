"""Text to typed values for reports: signing, answering, paper reports, zero confirmations, filters."""

from decimal import Decimal

from django import forms

from childcare.documents.forms import NUMBER, SignerForm
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import capital
from reports import extras
from reports.models import Submission
from reports.outline import THIN


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


class PaperForm(forms.Form):
    """A report that came on paper: number, day, when it came, the file, a handful of figures. Nothing unknown blocks."""

    received_on = DateTextField(label="Ngày nhận báo cáo", past=True, help_text="Ngày này quyết định đúng hạn hay chậm.")
    number = forms.RegexField(
        NUMBER, label="Số văn bản", required=False, max_length=6,
        error_messages={"invalid": "Chỉ gõ số, ví dụ 05 hoặc 127."},
    )  # fmt: skip
    issued_on = DateTextField(label="Ngày ký", past=True, required=False)
    signer_name = LineField(label="Người ký", required=False, max_length=120)
    paper = forms.FileField(label="Bản quét báo cáo giấy", required=False, help_text="PDF, JPG hoặc PNG, không quá 10 MB.")

    def __init__(self, *args, asked=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.extras = [row for row in asked if row["mode"] == "typed"]
        for row in self.extras:
            self.fields[f"extra-{row['code']}"] = forms.CharField(
                label=f"{row['name']} ({row['measure']})", required=False, max_length=40, help_text=row["hint"]
            )
        for code, what, whole in THIN:
            self.fields[f"n_{code}"] = NumberField(
                label=what, required=False, min_value=0, max_value=99_999_999_999, whole=True
            )
            if whole:
                self.fields[f"d_{code}"] = NumberField(
                    label=whole, required=False, min_value=0, max_value=99_999_999_999, whole=True
                )

    @property
    def lines(self):
        """(box, box of the whole or None) for the template."""
        return [(self[f"n_{code}"], self[f"d_{code}"] if whole else None) for code, _, whole in THIN]

    def clean(self):
        data = super().clean()
        for code in (code for code, _, whole in THIN if whole):
            top, below = data.get(f"n_{code}"), data.get(f"d_{code}")
            if top is not None and below is None and f"d_{code}" not in self.errors:
                self.add_error(f"d_{code}", "Hãy nhập cả số này: cấp trên cộng từng số, không cộng tỷ lệ.")
            if top is not None and below is not None and top > below:
                self.add_error(f"n_{code}", f"Số này không được lớn hơn {below}.")
        self.added = {row["code"]: self._read(row) for row in self.extras}
        if not any(data.get(f"n_{code}") is not None for code, _, _ in THIN) and not any(self.added.values()):
            raise forms.ValidationError("Hãy nhập ít nhất một số liệu của báo cáo giấy.")
        return data

    def _read(self, row):
        """The typed number of a chỉ tiêu bổ sung as text, "" when it is none; what is wrong is said at its box."""
        name = f"extra-{row['code']}"
        try:
            extras.read(row, self.cleaned_data.get(name, ""))
        except Refusal as refusal:
            self.add_error(name, str(refusal))
            return ""
        return self.cleaned_data.get(name, "").strip()

    @property
    def extra_boxes(self):
        return [self[f"extra-{row['code']}"] for row in self.extras]

    @property
    def figures(self):
        """Code → (numerator, denominator or None) of what was typed."""
        data = self.cleaned_data
        typed = ((code, data[f"n_{code}"], data.get(f"d_{code}")) for code, _, _ in THIN)
        return {
            code: (Decimal(top), None if below is None else Decimal(below)) for code, top, below in typed if top is not None
        }


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
