"""Forms about the ministry's software."""

from django import forms

from childcare.children.forms.imports import CommuneWorkbookForm, WorkbookField
from childcare.lib.fields import DateTextField


class MinistryForm(CommuneWorkbookForm):
    """A workbook given out by the ministry's software."""

    file = WorkbookField(
        label="Tệp xuất từ phần mềm của Bộ",
        help_text="Tệp Excel .xlsx, .xls hoặc .ods, không quá 10 MB, để nguyên như khi xuất ra.",
    )
    on = DateTextField(label="Xuất ngày", past=True)
    whole = forms.BooleanField(
        label="Tệp có đủ trẻ em của xã, phường", required=False,
        help_text="Đánh dấu thì trẻ trong sổ mà không có trong tệp được ghi là “Chưa có” trên phần mềm của Bộ.",
    )  # fmt: skip
