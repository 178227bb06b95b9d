"""What officers type into boxes: read, echoed, and refused with a sentence."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django import forms

from childcare.lib.calendar import of_day, of_year
from childcare.lib.fields import DateTextField, LineField, NumberField, ParagraphField, PartialDateField


class Sample(forms.Form):
    day = DateTextField(required=False, past=True)
    birth = PartialDateField(required=False, past=True)
    count = NumberField(required=False, whole=True, min_value=0, max_value=9999)
    money = NumberField(required=False)


def clean(**data):
    form = Sample(data)
    form.is_valid()
    return form


@pytest.mark.parametrize("typed", ["12/5/2016", "12.05.2016", "12-5-2016", "2016-05-12", " 12 / 5 / 2016 "])
def test_a_day_is_read_in_every_way_people_write_it_and_echoed_in_one(typed):
    form = clean(day=typed)
    assert form.cleaned_data["day"] == date(2016, 5, 12)
    assert 'value="12/05/2016"' in str(form["day"])


def test_a_day_needs_its_day_and_what_was_typed_stays_in_the_box():
    form = clean(day="5/2016")
    assert "chưa đủ ngày" in form.errors["day"][0]
    assert 'value="5/2016"' in str(form["day"])


def test_a_day_that_does_not_exist_is_refused_with_a_sentence():
    assert clean(day="31/4/2016").errors["day"] == ["Không có ngày “31/4/2016”. Hãy xem lại ngày, tháng, năm."]


def test_a_day_after_today_is_refused_where_the_fact_has_happened():
    assert "không sau hôm nay, 02/05/2024" in clean(day="3/5/2024").errors["day"][0]
    assert clean(day="2/5/2024").cleaned_data["day"] == date(2024, 5, 2)


@pytest.mark.parametrize(
    ("typed", "value", "echo"),
    [
        ("2016", of_year(2016), "2016"),
        ("12/5/2016", of_day(date(2016, 5, 12)), "12/05/2016"),
        ("khoảng 2016", of_year(2016, "estimated"), "khoảng 2016"),
    ],
)
def test_a_birth_date_may_be_known_in_part(typed, value, echo):
    form = clean(birth=typed)
    assert form.cleaned_data["birth"] == value
    assert f'value="{echo}"' in str(form["birth"])


def test_a_stored_value_is_shown_as_it_is_written_here():
    form = Sample(initial={"day": date(2016, 5, 12), "birth": of_year(2016), "count": 1234, "money": Decimal("540000.50")})
    for name, text in {"day": "12/05/2016", "birth": "2016", "count": "1.234", "money": "540.000,5"}.items():
        assert f'value="{text}"' in str(form[name])


def test_this_year_alone_may_be_a_birth_date_and_next_year_may_not():
    assert clean(birth="2024").is_valid()
    assert "chưa tới" in clean(birth="2025").errors["birth"][0]


def test_numbers_are_read_and_echoed_as_they_are_written_here():
    form = clean(count="1.234", money="540.000 đ")
    assert form.cleaned_data["count"] == 1234 and isinstance(form.cleaned_data["count"], int)
    assert form.cleaned_data["money"] == Decimal("540000")
    assert 'value="540.000"' in str(form["money"])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,5", "số nguyên"),
        ("-1", "từ 0 trở lên"),
        ("10.000", "lớn hơn 9.999"),
        ("mười", "không phải là số"),
        ("1.5", "dấu chấm"),
    ],
)
def test_a_wrong_number_is_refused_with_a_sentence(typed, sentence):
    assert sentence in clean(count=typed).errors["count"][0]


def test_nothing_typed_is_none_and_is_no_change():
    form = Sample({"day": "", "birth": " ", "count": ""}, initial={"day": None})
    assert form.is_valid() and set(form.cleaned_data.values()) == {None}
    assert not form.has_changed()


def test_the_same_value_written_otherwise_is_no_change():
    assert not Sample({"day": "12/5/2016", "count": "1234"}, initial={"day": date(2016, 5, 12), "count": 1234}).has_changed()
    assert Sample({"day": "khi nào"}, initial={"day": date(2016, 5, 12)}).has_changed()


def test_a_required_box_left_empty_says_what_to_do():
    with pytest.raises(forms.ValidationError, match="Hãy điền ô này"):
        DateTextField().clean("")


def test_text_is_composed_and_its_spaces_are_single():
    decomposed = unicodedata.normalize("NFD", "Nguyễn  Thị \u00a0Hoà ")
    assert LineField().clean(decomposed) == "Nguyễn Thị Hoà"
    assert ParagraphField().clean("  một  hai \r\n\r\n ba ") == "một hai\n\nba"
