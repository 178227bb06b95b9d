"""Vietnamese text, the order of names, numbers and money as people here write them."""

import random
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from childcare.lib.vietnamese import (
    ALPHABET,
    INVISIBLE,
    SPACES,
    capital,
    clean_text,
    fold,
    given_name,
    join_list,
    money_in_words,
    name_key,
    nfc,
    number,
    number_in_words,
    parse_number,
    percent,
    short_name,
)  # fmt: skip

TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
LETTERS = [nfc(letter + tone) for letter in ALPHABET for tone in (TONE_MARKS if letter in VOWELS else ("",))]
WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=6).map(str.capitalize)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Nguyễn   Thị \u00a0Hoà ", "Nguyễn Thị Hoà"),
        ("Ho\u0061\u0300", "Hoà"),
        ("\ufeffAn\u200b", "An"),
        ("Ðặng Ðình ðông", "Đặng Đình đông"),
        ("Ɖặng", "Đặng"),
        ("a\x00b\tc\nd", "ab c d"),
        ("a\ud800b", "ab"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_text_is_tidied(text, clean):
    assert clean_text(text) == clean


@given(st.text())
def test_the_short_way_for_clean_text_says_what_the_long_way_says(text):
    long_way = nfc(INVISIBLE.sub("", text)).replace("Ð", "Đ").replace("Ɖ", "Đ").replace("ð", "đ")
    assert clean_text(text) == SPACES.sub(" ", long_way).strip()


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["Nguyễn Thị Hoà", "nguyen thi hoa", "NGUYỄN THỊ HOÀ", "Nguyễn Thị Hòa", " Nguyễn  Thị Hoà", unicodedata.normalize("NFD", "Nguyễn Thị Hoà")])  # fmt: skip
def test_names_that_sound_alike_fold_alike(text):
    assert fold(text) == "nguyen thi hoa"


def test_the_d_with_a_stroke_folds():
    assert fold("Đặng Đình ĐÔNG") == fold("Ðặng Ðình Ðông") == "dang dinh dong"


@given(st.text(st.sampled_from(LETTERS + [letter.upper() for letter in LETTERS] + [" "])))
def test_folded_vietnamese_is_plain_ascii(text):
    assert fold(text).isascii() and fold(text) == fold(text.upper()) == fold(unicodedata.normalize("NFD", text))


def test_the_given_name_is_the_last_word():
    assert given_name("Nguyễn Thị  Hoà ") == "Hoà" and given_name("") == "" and given_name("An") == "An"


BY_HAND = [
    "Nguyễn Văn An", "Trần Văn An", "Trần Thị Ánh", "Lê Ân", "Bùi Bình", "Lê Dũng", "Lê Đức", "Đỗ Hà", "Lê Hà", "Lê Hạ", "Lê Hai", "Lê Hải", "Lê Hoa", "Lê Hoà", "Lê Minh Hoà",
    "Lê Oanh", "Lê Ông", "Lê Ơn", "Lê Uyên", "Lê Ước", "Đào Xuân", "Đặng Xuân", "Lê Yến",
]  # fmt: skip


def test_names_stand_in_vietnamese_order():
    """Given name, family name, middle names; letters before tones: a ă â, d đ, o ô ơ, u ư; ngang huyền hỏi ngã sắc nặng."""
    mixed = BY_HAND[:]
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=name_key) == BY_HAND


def test_tones_stand_in_their_order():
    names = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mai"]
    assert sorted(reversed(names), key=name_key) == names


def reference(name):
    """The order said plainly, with Python's own comparison."""
    words = name.split()
    key = []
    for word in (words[-1], *words[:-1]):
        letters, tones = [], []
        for letter in word.lower():
            parts = unicodedata.normalize("NFD", letter)
            tone = next((mark for mark in TONE_MARKS[1:] if mark in parts), "")
            letters.append(ALPHABET.index(nfc(parts.replace(tone, "") if tone else parts)))
            tones.append(TONE_MARKS.index(tone))
        key.append((letters, tones))
    return key


@given(NAMES, NAMES)
def test_the_key_orders_any_two_names_as_the_plain_rule_does(one, other):
    assert (name_key(one) < name_key(other)) == (reference(one) < reference(other))
    assert (name_key(one) == name_key(other)) == (one.lower() == other.lower())


@given(st.text())
def test_a_key_is_of_hexadecimal_digits_and_not_too_long(text):
    key = name_key(text)
    assert set(key) <= set("0123456789abcdef") and len(key) <= 200
    assert key <= name_key("") == "ff"


def test_a_short_name_keeps_the_first_word_only():
    assert short_name("Nguyễn Thị Hoà") == "Nguyễn T. H." and short_name("An") == "An" and short_name(" ") == ""


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1842, None, "1.842"), (13027, None, "13.027"), (Decimal("98.2"), None, "98,2"), (Decimal("0.0124"), None, "0,012"), (0.1, None, "0,1"), (1000000, None, "1.000.000"),
        (Decimal("5.00"), None, "5"), (100, None, "100"), (-1234.5, None, "-1.234,5"), (Decimal("-0.0001"), None, "0"), (0, None, "0"), (None, None, ""), (2.5, 0, "3"),
        (Decimal("96.77"), 1, "96,8"), (100, 1, "100,0"), (Decimal("0.0125"), 3, "0,013"), (Decimal("1E+3"), None, "1.000"), (Decimal("12.30"), None, "12,3"),
    ],
)  # fmt: skip
def test_numbers_are_written_with_dot_and_comma(value, decimals, text):
    assert number(value, decimals) == text


@pytest.mark.parametrize(("numerator", "denominator", "text"), [(30, 31, "96,8%"), (44, 44, "100,0%"), (0, 5, "0,0%"), (1, 0, ""), (1, None, ""), (None, 5, ""), (Decimal(2), 3, "66,7%")])  # fmt: skip
def test_percentages_keep_one_decimal_and_none_without_denominator(numerator, denominator, text):
    assert percent(numerator, denominator) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234,5", "1234.5"), ("12,5", "12.5"), ("540000 đ", "540000"), ("540.000đ", "540000"), ("1.000.000 đồng", "1000000"), ("96,8%", "96.8"), ("-5", "-5"), ("+5", "5"),
     (" 1 842 ", "1842"), ("1842", "1842"), ("0", "0"), ("007", "7"), ("540.000 VNĐ", "540000")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["12.5", "1.23", "12.", ".5", "1,234.5", "1234.567", "1.2345"])
def test_a_dot_that_could_mean_two_things_is_asked_about(text):
    with pytest.raises(ValueError, match="dấu chấm chỉ dùng ngăn hàng nghìn"):
        parse_number(text)


@pytest.mark.parametrize("text", ["", "không", "1e5", "∞", "NaN", "--5", "1,2,3", "٣", "５", "x" * 1000])
def test_what_is_no_number_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="không phải là số"):
        parse_number(text)


@given(st.text())
def test_no_text_raises_anything_but_a_sentence(text):
    try:
        parse_number(text)
    except ValueError as fault:
        assert str(fault).startswith("“")


@given(st.decimals(-(10**15), 10**15, places=3))
def test_a_written_number_is_read_back(value):
    assert parse_number(number(value)) == value
    assert parse_number(number(value, 3)) == value


@given(st.integers(0, 10**40 - 1))
def test_however_many_digits_somebody_types_they_are_shown_again(value):
    assert number(parse_number(str(value))).replace(".", "") == str(value)


def test_a_number_that_is_too_long_is_refused_and_never_cut():
    with pytest.raises(ValueError, match="không phải là số"):
        parse_number("1" * 41)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"), (1, "một"), (5, "năm"), (10, "mười"), (11, "mười một"), (15, "mười lăm"), (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi bốn"), (25, "hai mươi lăm"),
        (100, "một trăm"), (101, "một trăm linh một"), (105, "một trăm linh năm"), (110, "một trăm mười"), (115, "một trăm mười lăm"), (151, "một trăm năm mươi mốt"),
        (1000, "một nghìn"), (1005, "một nghìn không trăm linh năm"), (1050, "một nghìn không trăm năm mươi"), (540_000, "năm trăm bốn mươi nghìn"),
        (684_000_000, "sáu trăm tám mươi bốn triệu"), (1_000_000_005, "một tỷ không trăm linh năm"), (1_000_000_000_000, "một nghìn tỷ"),
        (2_035_000_115, "hai tỷ không trăm ba mươi lăm triệu một trăm mười lăm"), (-3, "âm ba"),
    ],
)  # fmt: skip
def test_numbers_in_words(value, words):
    assert number_in_words(value) == words


def test_money_in_words_begins_with_a_capital():
    assert money_in_words(684_000_000) == "Sáu trăm tám mươi bốn triệu đồng"


def test_a_list_is_joined_as_it_is_said():
    assert (
        join_list(["a", "b", "c"]) == "a, b và c"
        and join_list(["a", "b"]) == "a và b"
        and join_list(["a"]) == "a"
        and join_list([]) == ""
    )


def test_a_capital_changes_the_first_letter_only():
    assert capital("đuối nước") == "Đuối nước" and capital("") == "" and capital("uBND") == "UBND"
