"""Asking for more time or for a correction, and the answer."""

from django import forms

from childcare.lib.fields import DateTextField, ParagraphField


class ExtendForm(forms.Form):
    """More time: asked for by the unit, or given by the unit above."""

    wanted_on = DateTextField(label="Gửi chậm nhất ngày")
    reason = ParagraphField(label="Lý do", max_length=2000)


class ReviseForm(forms.Form):
    """A correction of what was sent."""

    reason = ParagraphField(label="Cần sửa nội dung gì, vì sao", max_length=2000)


class AnswerForm(forms.Form):
    """The answer of the unit above; which button was pressed tells whether it is granted."""

    day = DateTextField(label="Cho gửi chậm nhất ngày", required=False)
    text = ParagraphField(label="Trả lời", required=False, max_length=2000, help_text="Không đồng ý thì phải ghi lý do.")
