"""Text typed under the fonts of before Unicode: TCVN3 (.VnTime, .VnTimeH …) and VNI (VNI-Times …), told by the cell's font.

Such fonts draw Vietnamese letters in the places of Western ones, so a cell of "NguyÔn ThÞ Hång" under .VnTime shows
"Nguyễn Thị Hồng". Text in any other font is never converted; `suspected` only says that it looks like such a text.
"""

import re
import unicodedata
from functools import lru_cache

TCVN3, VNI = "TCVN3", "VNI"
# TCVN 5712:1993, VN3: one letter, one place. Capitals with a tone do not exist there; the fonts of capitals (…H) draw small
# letters large. The letter ư is the soft hyphen U+00AD.
TCVN3_LETTERS = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
WITHOUT_CAPITAL = frozenset("àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
LOST_U = re.compile(r"[^\W\d_]+-[^\W\d_]*")  # a soft hyphen (ư) that some program turned into a hyphen: "Tr-¬ng", "H-ng"
# VNI: a vowel and a sign after it. Each pair is "vowels: sign=mark …"; capitals are made from the small letters below.
TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
ROOF = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
VNI_SINGLE = dict(zip("ôöñîæóòÔÖÑÎÆÓÒ", "ơưđỵỉĩịƠƯĐỴỈĨỊ", strict=True))
PLAIN_VNI = frozenset("íìÍÌ")  # letters that VNI leaves in their place
# A Vietnamese syllable without its tone: beginning, vowels, ending.
BEGINNING = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx]|"
VOWELS = (
    "uyê|uya|oai|oay|oeo|uây|ươi|ươu|iêu|yêu|uôi|uyu|uêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy"
    "|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy]"
)
SYLLABLE = re.compile(rf"(?:{BEGINNING})(?:{VOWELS})(?:ch|nh|ng|[cmnpt])?")
TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
STOPPED, SHARP_OR_HEAVY = re.compile(r"(c|ch|p|t)$"), "\u0301\u0323"  # "Quèc" is none: these endings have two tones only
BETWEEN = re.compile(r"[\s/,;:.()\[\]\"'’]+")  # words


def _pairs():
    """Vowel and sign → letter. The vowel tells whether it is a capital, whatever the sign is."""
    pairs = {}
    groups = [("aeouôöy", TONES, ""), ("aeo", ROOF, "\u0302"), ("a", BREVE, "\u0306")]
    for vowels, signs, shape in groups:
        for vowel in vowels + vowels.upper():
            for sign, tone in signs.items():
                letter = unicodedata.normalize("NFC", VNI_SINGLE.get(vowel, vowel) + shape + tone)
                pairs[vowel + sign] = pairs[vowel + sign.upper()] = letter
    return pairs


VNI_PAIRS = _pairs()
VNI_LETTERS = re.compile("|".join([*VNI_PAIRS, *VNI_SINGLE]))
VNI_SIGNS = frozenset("".join([*VNI_PAIRS, *VNI_SINGLE])) | PLAIN_VNI


def encoding_of(font):
    """ "TCVN3", "VNI" or "" by the name of a font."""
    name = (font or "").strip().casefold()
    if name.startswith(".vn"):
        return TCVN3
    return VNI if re.match(r"vni[-_ ]", name) else ""


def is_capitals(font):
    """True for a TCVN3 font that draws small letters as capitals: .VnTimeH, .VnArialH."""
    return encoding_of(font) == TCVN3 and font.strip().casefold().endswith("h")


def convert(text, font):
    """The Unicode text of a cell under this font; unchanged when the font is none of the old ones.

    A text with letters that the old encoding does not have was typed in Unicode whatever its font says, and stays.
    """
    encoding = encoding_of(font)
    if not encoding or text.isascii() and "-" not in text:
        return text
    return _tcvn3(text) if encoding == TCVN3 else _vni(text)


def _tcvn3(text):
    if any(letter not in TCVN3_LETTERS and letter.isalpha() and not letter.isascii() for letter in text):
        return text
    if "-" in text:
        text = LOST_U.sub(_with_u, text)
    return "".join(TCVN3_LETTERS.get(letter, letter) for letter in text)


def _with_u(match):
    """The word with ư for its hyphen when that makes one syllable; "Gia-rai" keeps the hyphen."""
    word = match[0].replace("-", "\u00ad", 1)
    return word if is_syllable("".join(TCVN3_LETTERS.get(letter, letter) for letter in word)) else match[0]


def _vni(text):
    if any(letter not in VNI_SIGNS and letter.isalpha() and not letter.isascii() for letter in text):
        return text
    return VNI_LETTERS.sub(lambda match: VNI_PAIRS.get(match[0]) or VNI_SINGLE[match[0]], text)


def as_name(text, font):
    """A converted text as the name of a person: capitals that TCVN3 could not write are put at the start of words.

    Under a font of capitals every word gets one. A name of several words wholly in small letters stays so: that is an offer.
    """
    words = text.split(" ")
    if is_capitals(font):
        return " ".join(word.capitalize() for word in words)
    if encoding_of(font) != TCVN3 or (len(words) > 1 and text == text.lower()):
        return text
    return " ".join(word[0].upper() + word[1:] if word[:1] in WITHOUT_CAPITAL else word for word in words)


@lru_cache(maxsize=8192)
def is_syllable(word):
    """True for a Vietnamese syllable, written small, large or with a capital in front."""
    word = word.replace("Ð", "Đ").replace("ð", "đ")
    if not (word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = TONE_MARKS.findall(parts)
    if len(tones) > 1 or (tones and tones[0] not in SHARP_OR_HEAVY and STOPPED.search(parts)):
        return False
    return bool(SYLLABLE.fullmatch(unicodedata.normalize("NFC", TONE_MARKS.sub("", parts))))


@lru_cache(maxsize=8192)
def suspected(text):
    """(encoding, Unicode text) of a text that only makes sense as TCVN3 or VNI, else None. Never believed by itself.

    It must be written wholly in Western letters, hold a word that is no Vietnamese syllable, and consist of nothing but
    syllables once it is converted.
    """
    if text.isascii() or any(ord(letter) > 0xFF for letter in text):
        return None
    if all(word.isascii() or is_syllable(word) for word in BETWEEN.split(text)):
        return None
    for encoding, font in ((TCVN3, ".VnTime"), (VNI, "VNI-Times")):
        converted = convert(text, font)
        if converted != text and all(not word or word.isdigit() or is_syllable(word) for word in BETWEEN.split(converted)):
            plain = converted in (converted.lower(), converted.upper())
            return encoding, as_name(converted, ".VnTimeH" if plain else font)
    return None
