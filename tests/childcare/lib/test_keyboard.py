"""Telex and VNI that were not turned into Vietnamese, and words run together."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from childcare.lib import keyboard
from childcare.lib.vietnamese import fold

NAMES = """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Thị Văn Hoà Hòa Thuỷ Quỳnh Nghĩa Giang Gia Quốc
Khuyên Phượng Được Người Tường Hưởng Ước Ưng Ánh Ý Yến Yêu Chiến Thiện Khuê Nguyệt Trường Sơn Đức Đạt Oanh Uyên Thảo Đào Kiều Xuân
Xoan Rạng Sương Toàn Loan Tuấn Huy Huyền Quyên Diệu Diễm Hiếu Liễu Nghiêm Thoa Trâm Ngọc Bích Khánh Lụa Mỵ""".split()
LETTERS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI_LETTERS = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
VNI_TONES = {"s": "1", "f": "2", "r": "3", "x": "4", "j": "5"}


def keys(name, letters=LETTERS, tones=TONES, at_end=True):
    """The keys that type a word; the tone at the end of the word or right after its letter."""
    typed, tone = "", ""
    for letter in unicodedata.normalize("NFC", name.lower()):
        parts = unicodedata.normalize("NFD", letter)
        found = [tones[mark] for mark in parts if mark in tones]
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        typed += letters.get(bare, bare) + ("" if at_end else "".join(found))
        tone += "".join(found)
    return typed + (tone if at_end else "")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("at_end", [True, False])
def test_every_name_typed_in_telex_reads_as_itself(name, at_end):
    assert fold(name) in keyboard.readings(keys(name, at_end=at_end))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("at_end", [True, False])
def test_every_name_typed_in_vni_reads_as_itself(name, at_end):
    tones = {mark: VNI_TONES[key] for mark, key in TONES.items()}
    assert fold(name) in keyboard.readings(keys(name, VNI_LETTERS, tones, at_end))


@pytest.mark.parametrize("name", NAMES)
def test_a_word_half_typed_in_telex_reads_as_the_beginning_of_the_name(name):
    typed = keys(name, at_end=False)
    for end in range(1, len(typed) + 1):
        assert any(fold(name).startswith(reading) for reading in keyboard.readings(typed[:end])), typed[:end]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Nguyeexn", "nguyen"), ("NGUYEENX", "nguyen"), ("Hoaf", "hoa"), ("ddao", "dao"), ("daod", "dao"), ("Nguye6n4", "nguyen"),
        ("nguwowif", "nguoi"), ("hwng", "hung"), ("Huwng", "hung"), ("tana", "tan"), ("nguyene", "nguyen"), ("DDuwcs", "duc"),
        ("D9u7c1", "duc"), ("thuyr", "thuy"), ("Nguyêxn", "nguyen"), ("xuaan", "xuan"), ("rajng", "rang"), ("suowng", "suong"),
    ],
)  # fmt: skip
def test_what_a_keyboard_leaves_behind(typed, word):
    assert keyboard.readings(typed)[-1] == word


@pytest.mark.parametrize("word", ["Hoà", "nam", "Alex", "Louis", "H'Hen", "Ê-đê", "3", "2016", "a1b2", "", "xe", "sao", "rao"])
def test_a_plain_word_has_one_reading(word):
    assert keyboard.readings(word) == (fold(word),)


@pytest.mark.parametrize(
    "text", ["nguyenthihoa", "NguyễnThịHoà", "ngu yen thi hoa", "nguyen thihoa", "n g u y e n t h i h o a"]
)
def test_misplaced_spaces_are_put_right(text):
    assert keyboard.parted(text) == ("nguyen", "thi", "hoa")


@pytest.mark.parametrize("text", ["hoan", "hoa binh", "thuyan", "quynhanh", "nguyenthih"])
def test_the_fewest_syllables_are_read(text):
    wanted = {"hoan": ("hoan",), "hoa binh": ("hoa", "binh"), "thuyan": ("thuy", "an"), "quynhanh": ("quynh", "anh")}
    assert keyboard.parted(text) == wanted.get(text, ("nguyen", "thi", "h"))


@pytest.mark.parametrize("text", ["", "xyzzy", "nguyen 3", "w", "a" * 5000, "日本"])
def test_what_is_no_syllables_is_not_taken_apart(text):
    assert keyboard.parted(text) == ()


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5))
def test_names_run_together_are_divided_into_syllables_that_make_them_up(names):
    joined = "".join(map(fold, names))
    parts = keyboard.parted(joined)
    assert "".join(parts) == joined and 0 < len(parts) <= len(names)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    assert keyboard.readings(text)[0] == fold(text)
    assert isinstance(keyboard.parted(text), tuple)
