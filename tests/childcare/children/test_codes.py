import pytest

from childcare.children.codes import code_of, key_of, mended


def test_a_code_is_short_and_comes_back_to_the_same_child():
    assert code_of(123) == "TE0001237"  # by hand: products 9, 7, 3, 8, 9, 4 → 11 - 4 = 7
    for key in (1, 123, 999_999, 1_000_000, 2_000_000_001):
        assert key_of(code_of(key)) == key


def test_a_code_is_read_however_it_is_typed():
    for text in ("te0001237", " TE 0001237 ", "TE 000 123 7", "TE-0001237", "TE000.123.7"):
        assert key_of(text) == 123, text


@pytest.mark.parametrize(
    "text", ["", "TE", "TE000123", "0001237", "TE00012371234567890123", "TE00001237", "Nguyễn Văn Nam", "TE١٢٣٤٥٦٧"]
)
def test_what_is_no_code_is_none(text):
    assert key_of(text) is None


def test_one_wrong_digit_and_two_exchanged_are_noticed():
    code = code_of(314_159)
    for place in range(2, len(code)):
        for digit in "0123456789":
            if digit != code[place]:
                assert key_of(code[:place] + digit + code[place + 1 :]) is None
    exchanged = [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(2, len(code) - 1)]
    assert [key_of(other) for other in exchanged if other != code] == [None] * sum(other != code for other in exchanged)


def test_letters_that_look_like_digits_are_mended_only_when_the_check_digit_agrees():
    assert mended("TEOOO1237") == "TE0001237"
    assert mended("teO0Ol237") == "TE0001237"
    assert mended("TEOOO1238") is None
    assert mended("TE0001237") is None
    assert mended("Toàn") is None
