"""Vietnamese text and numbers: folding for search, keys for sorting names, numbers and money as people here write them."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Zero-width signs, soft hyphen, writing direction, control characters, halves of surrogates and what is no character at all
# (XML, and so every DOCX and XLSX, refuses it): never part of a text here.
INVISIBLE = re.compile(
    r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
SPACES = re.compile(r"\s+")  # of Unicode: non-breaking and full-width spaces too
WRITTEN_HERE = re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+)(,[0-9]+)?")
UNIT_OF_NUMBER = re.compile(r"(đồng|đ|vnđ|vnd|%)$", re.IGNORECASE)
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu", "tỷ")
LONG = Context(prec=120)  # a number typed with forty digits is still shown
LONGEST, SHORT = 40, 120


def nfc(text):
    """The text composed as Unicode NFC."""
    return unicodedata.normalize("NFC", text)


def _plain(text):
    return unicodedata.is_normalized("NFC", text) and "Ð" not in text and "ð" not in text and "Ɖ" not in text


def clean_text(text):
    """NFC, Ð/ð repaired to Đ/đ, invisible characters gone, white space collapsed, ends trimmed."""
    if text.isprintable() and "  " not in text and (text.isascii() or _plain(text)):
        return text.strip(" ")  # nearly every text: nothing to mend
    text = nfc(INVISIBLE.sub("", text)).replace("Ð", "Đ").replace("Ɖ", "Đ").replace("ð", "đ")
    return SPACES.sub(" ", text).strip()


def fold(text):
    """The text without tones, diacritics and capitals: "Nguyễn Thị Hoà" and "nguyen thi hoa" are equal."""
    return _fold(text) if len(text) <= SHORT else _fold.__wrapped__(text)


@lru_cache(maxsize=1024)
def _fold(text):
    """The same of a short text: a row of a list asks for the same word a dozen times."""
    folded = " ".join(map(_folded, clean_text(text).split(" ")))
    if "  " in folded or folded[:1] == " " or folded[-1:] == " ":  # a word of combining marks alone
        return SPACES.sub(" ", folded).strip()
    return folded


@lru_cache(maxsize=20_000)
def _folded(word):
    """One word folded: lists of names repeat their words."""
    word = unicodedata.normalize("NFD", unicodedata.normalize("NFD", word).lower()).replace("đ", "d")
    return "".join(letter for letter in word if not unicodedata.combining(letter))


def given_name(full_name):
    """The last word of a name."""
    words = clean_text(full_name).split(" ")
    return words[-1] if words else ""


@lru_cache(maxsize=20_000)
def _letters(word):
    """Primary codes and tones of a word in Vietnamese order."""
    primary, tones = [], []
    for letter in nfc(word.lower()):
        parts = unicodedata.normalize("NFD", letter)
        tone = max((TONES.get(mark, 0) for mark in parts[1:]), default=0)
        bare = nfc("".join(mark for mark in parts if mark not in TONES))
        place = ALPHABET.find(bare)
        primary.append(f"{place + 16:02x}" if place >= 0 else "0f")
        tones.append(str(tone))
    return "".join(primary), "".join(tones)


def name_key(full_name):
    """A key that sorts names the Vietnamese way in any database: given name, then family name, then middle names.

    Word by word, and in a word the letters before the tones: every Hà stands before the first Hạ, and Hạ before Hai.
    Only the digits 0-9 and a-f, so that every collation agrees. At most 200 characters; no name is "ff", the last.
    """
    words = clean_text(full_name).split(" ")
    if words == [""]:
        return "ff"
    parts = [_letters(word) for word in (words[-1], *words[:-1])]
    return "".join(f"{letters}00{tones}" for letters, tones in parts)[:200]


def short_name(full_name):
    """The name with its middle words abbreviated: "Nguyễn T. A."."""
    words = clean_text(full_name).split(" ")
    return " ".join([words[0], *(f"{word[0]}." for word in words[1:])]) if words != [""] else ""


def number(value, decimals=None):
    """A number as it is written here: 1.234, 98,2, 0,012. Without `decimals` only those that are there, three at most."""
    if value is None:
        return ""
    value = Decimal(str(value))
    places = decimals if decimals is not None else 3
    value = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=LONG)
    if value == 0:
        value = abs(value)
    text = f"{value:,.{places}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    if decimals is None and "," in text:
        text = text.rstrip("0").rstrip(",")
    return text


def percent(numerator, denominator, decimals=1):
    """ "96,8%", or "" without a denominator."""
    if not denominator or numerator is None:
        return ""
    return number(Decimal(numerator) * 100 / Decimal(denominator), decimals) + "%"


def parse_number(text):
    """The number in "1.234,5" or "12,5" or "540000 đ". Raises ValueError with a Vietnamese sentence."""
    text = clean_text(str(text))
    if len(text) > LONGEST:  # cutting it would be another number
        raise ValueError(f"“{text[:LONGEST]}…” không phải là số. Hãy gõ ví dụ 1.234 hoặc 12,5.")
    bare = UNIT_OF_NUMBER.sub("", SPACES.sub("", text))
    if WRITTEN_HERE.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[-+]?[0-9,]*\.[0-9]*", bare):
        raise ValueError(f"“{text}” có dấu chấm: dấu chấm chỉ dùng ngăn hàng nghìn, phần lẻ hãy dùng dấu phẩy.")
    raise ValueError(f"“{text}” không phải là số. Hãy gõ ví dụ 1.234 hoặc 12,5.")


def _under_thousand(value, full):
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = []
    if hundreds or full:
        words += [DIGITS[hundreds], "trăm"]
    if tens == 0 and ones and words:
        words += ["linh"]
    elif tens == 1:
        words += ["mười"]
    elif tens > 1:
        words += [DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words += ["mốt"]
    elif ones == 5 and tens > 0:
        words += ["lăm"]
    elif ones:
        words += [DIGITS[ones]]
    return words


def number_in_words(value):
    """A whole number in words: 684000000 → "sáu trăm tám mươi bốn triệu"."""
    value = int(value)
    if value < 0:
        return "âm " + number_in_words(-value)
    if value == 0:
        return DIGITS[0]
    billions, rest = divmod(value, 10**9)
    words = [number_in_words(billions), GROUPS[3]] if billions else []
    for power in (2, 1, 0):
        part, rest = divmod(rest, 1000**power)
        if part:
            words += [*_under_thousand(part, bool(words)), GROUPS[power]]
    return " ".join(word for word in words if word)


def money_in_words(value):
    """An amount in words with a capital: "Sáu trăm tám mươi bốn triệu đồng"."""
    text = number_in_words(value) + " đồng"
    return text[0].upper() + text[1:]


def join_list(words):
    """ "a, b và c"."""
    words = list(words)
    return " và ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def small(name):
    """A name inside a sentence: its first letter small unless an abbreviation begins it."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def capital(text):
    """The text with its first letter in capitals."""
    return text[:1].upper() + text[1:]
