"""TCVN3 and VNI: every letter, the fonts that carry them, and texts that only look like them."""

import unicodedata

import pytest

from childcare.lib import legacy_fonts as old

LOWER = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
# Written by hand from the code charts, not from the tables of the module.
TCVN3 = "aµ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËbcd®eÌÐÎÏÑªÒÕÓÔÖghi×ÝØÜÞklmnoßãáâä«åèæçé¬êíëìîpqrstuïóñòô­õøö÷ùvxyúýûüþ"
VNI = (
    "a aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä b c d ñ e eø eù eû eõ eï eâ eà eá eå eã eä g h i ì í æ ó ò k l m n "
    "o oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï p q r s t u uø uù uû uõ uï ö öø öù öû öõ öï v x y yø yù yû yõ î"
).split()


def test_every_small_letter_of_tcvn3():
    assert old.convert(TCVN3, ".VnTime") == LOWER


def test_the_capitals_that_tcvn3_has():
    assert old.convert("¡ ¢ § £ ¤ ¥ ¦", ".VnTime") == "Ă Â Đ Ê Ô Ơ Ư"


def test_every_letter_of_vni_small_and_large():
    assert [old.convert(sign, "VNI-Times") for sign in VNI] == list(LOWER)
    assert [old.convert(sign.upper(), "VNI-Times") for sign in VNI] == list(LOWER.upper())


def test_a_capital_vowel_with_a_small_sign_is_a_capital():
    assert old.convert("Aùnh AÙNH Ñöôøng", "VNI-Times") == "Ánh ÁNH Đường"


def test_results_are_composed():
    text = old.convert("Nguyeãn Thò Hoàng Ñaøo", "VNI-Times")
    assert text == "Nguyễn Thị Hồng Đào" == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "font, encoding, capitals",
    [
        (".VnTime", "TCVN3", False), (".VnTimeH", "TCVN3", True), (".vntimeh", "TCVN3", True), (".VnArial NarrowH", "TCVN3", True),
        (".VnArial Narrow", "TCVN3", False), ("VNI-Times", "VNI", False), ("vni-helve", "VNI", False), ("Times New Roman", "", False),
        ("Verdana", "", False), ("", "", False), (None, "", False),
    ],
)  # fmt: skip
def test_fonts_tell_the_encoding(font, encoding, capitals):
    assert (old.encoding_of(font), old.is_capitals(font)) == (encoding, capitals)


@pytest.mark.parametrize("text", ["NguyÔn ThÞ Hång", "Nguyeãn Thò Hoàng", "Nguyễn Thị Hồng"])
def test_other_fonts_convert_nothing(text):
    assert old.convert(text, "Arial") == text


@pytest.mark.parametrize("text", ["Nguyễn Thị Hồng", "Lê Hà", "Trần Đức", "Le Van An", "031216000011"])
def test_what_was_typed_in_unicode_under_an_old_font_stays(text):
    if text != "Lê Hà":
        assert old.convert(text, ".VnTime") == text
    assert "à" in old.convert("Lê Hà", ".VnTime")


def test_the_lost_soft_hyphen_is_understood_where_it_makes_a_syllable():
    assert old.convert("Tr-¬ng V¨n H-ng", ".VnTime") == "Trương Văn Hưng"
    assert old.convert("Gia-rai", ".VnTime") == "Gia-rai" and old.convert("d©n téc X¬-®¨ng", ".VnTime") == "dân tộc Xơ-đăng"


@pytest.mark.parametrize(
    "typed, font, name",
    [
        ("TrÇn Quúnh ¸nh", ".VnTime", "Trần Quỳnh Ánh"), ("¸nh", ".VnTime", "Ánh"), ("NguyÔn ThÞ Thu ¸i", ".VnTime", "Nguyễn Thị Thu Ái"),
        ("nguyÔn v¨n ¸nh", ".VnTime", "nguyễn văn ánh"), ("nguyÔn v¨n an", ".VnTimeH", "Nguyễn Văn An"), ("®inh thÞ lª", ".VnTimeH", "Đinh Thị Lê"),
        ("Lê Ánh", "Arial", "Lê Ánh"),
    ],
)  # fmt: skip
def test_names_get_the_capitals_that_the_font_could_not_write(typed, font, name):
    assert old.as_name(old.convert(typed, font), font) == name


@pytest.mark.parametrize(
    "text, encoding, name",
    [
        ("§Æng Thanh Dòng", "TCVN3", "Đặng Thanh Dũng"), ("§Æng ThÞ Ph\u00ad¬ng", "TCVN3", "Đặng Thị Phương"), ("Cao Quèc Minh", "TCVN3", "Cao Quốc Minh"),
        ("NguyÔn Thu Hoa", "TCVN3", "Nguyễn Thu Hoa"), ("trÇn v¨n ¸nh", "TCVN3", "Trần Văn Ánh"), ("Nguyeãn Thò Hoàng Ñaøo", "VNI", "Nguyễn Thị Hồng Đào"),
        ("Traàn Vaên Quyù", "VNI", "Trần Văn Quý"), ("Hä vµ tªn", "TCVN3", "Họ và tên"), ("NGUYEÃN VAÊN ÑÖÙC", "VNI", "Nguyễn Văn Đức"),
    ],
)  # fmt: skip
def test_a_text_that_lost_its_font_is_suspected(text, encoding, name):
    found = old.suspected(text)
    assert found[0] == encoding and found[1].casefold() == name.casefold()
    if "tªn" not in text:
        assert found[1] == name


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hồng Đào", "Lê Hoàng Hà", "Lò Văn Bé", "Cà Thị Ín", "Ðinh Hoà", "Tòng Và", "Tô Ðình Quý", "Y Thoát Niê", "H'Bia Ksor",
        "Rơ Châm Hí", "André Lê", "José María", "Le Van An", "", "031216000011", "LÊ HÀ", "lê hà", "Quàng Pó", "Giàng A Páo", "Vàng Mí Sì",
    ],
)  # fmt: skip
def test_names_in_unicode_are_not_suspected(text):
    assert old.suspected(text) is None
