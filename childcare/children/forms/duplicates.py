"""Forms about two children who may be one."""

from django import forms

from childcare.lib.fields import LineField


class DistinctForm(forms.Form):
    """Why two children who look alike are two."""

    reason = LineField(
        label="Vì sao đây là hai trẻ khác nhau",
        max_length=300,
        help_text="Ví dụ: đã hỏi gia đình; khác mẹ; là anh em sinh đôi.",
    )


class UndoForm(forms.Form):
    """Why a merge is undone."""

    reason = LineField(label="Vì sao hoàn tác", max_length=300, help_text="Ví dụ: hai chị em họ cùng tên, đã hỏi gia đình.")
