"""What Django itself says on our forms is said as people here say it."""

import pytest
from django import forms
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (forms.CharField(), "", "Hãy điền ô này."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Lựa chọn này không có trong danh sách. Hãy chọn lại."),
        (forms.CharField(max_length=3), "abcd", "Chỉ nhận 3 ký tự, đang có 4. Hãy viết ngắn lại."),
        (forms.EmailField(), "an@", "Địa chỉ thư điện tử chưa đúng. Hãy gõ ví dụ ten@haiphong.gov.vn."),
        (forms.IntegerField(max_value=5), "9", "Số này không được lớn hơn 5."),
        (forms.IntegerField(), "chín", "Hãy gõ một số nguyên."),
        (forms.FileField(), None, "Hãy điền ô này."),
        (forms.CharField(), "a\x00b", "Có ký tự không dùng được. Hãy xóa rồi gõ lại."),
    ],
)
def test_a_refusal_of_a_field_is_a_natural_sentence(field, value, sentence):
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    assert refusal.value.messages == [sentence]
