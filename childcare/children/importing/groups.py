"""Groups of children as officers write them: words without diacritics → code. The names of the lists themselves come first."""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from childcare.lib.vietnamese import fold

DATA = Path(__file__).parent.parent / "data"
FRONT = re.compile(r"^(la |co |nhom )?(tre( em)?|chau)\b( (bi|la|mac))?( )?|^(bi|mac) ")
# The first rule that is found in the words counts, so the more exact one stands before the more general.
RULES = [
    ("N05", r"\bhiv\b|\baids\b"),
    ("N01", r"mo coi (ca )?(hai|2|cha (va |lan )?me|bo (va |lan )?me)"),
    ("L08", r"mo coi (mot ben|1 ben|(cha|bo) hoac me|cha$|bo$|me$|(cha|bo) con)|mo coi (cha|bo|me)\b"),
    ("N03", r"khong( co)? noi nuong tua"),
    ("N02", r"bo roi"),
    ("N04.1", r"(khuyet tat|\bkt\b|tan tat).*dac biet nang"),
    ("N04.2", r"(khuyet tat|\bkt\b|tan tat).*\bnang"),
    ("N04.3", r"(khuyet tat|\bkt\b|tan tat).*\bnhe"),
    ("L15", r"thieu nang"),
    ("L14", r"tu ky"),
    ("N04", r"khuyet tat|tan tat"),
    ("N06", r"vi pham phap luat"),
    ("N07", r"ma tuy"),
    ("N08", r"bo hoc.*kiem song"),
    ("N11", r"(xam hai|lam dung) tinh duc"),
    ("L21", r"bao luc gia dinh|xam hai than the"),
    ("N09", r"bao luc"),
    ("N10", r"boc lot"),
    ("N12", r"mua ban"),
    ("N13", r"(hiem ngheo|dai ngay).*\b(ho|can) (ngheo|can)|(hiem ngheo|dai ngay).*\bngheo.*can ngheo"),
    ("L11", r"tim bam sinh"),
    ("L18", r"hiem ngheo"),
    ("N14", r"di cu|lanh nan|ti nan|ty nan"),
    ("L01", r"chat doc|da cam|dioxin"),
    ("L02", r"thien tai|tham hoa"),
    ("L03", r"lang thang"),
    ("L05", r"nang nhoc"),
    ("L06", r"(lao dong|lam viec).*xa gia dinh"),
    ("L07", r"lao dong trai"),
    ("L04", r"lao dong som"),
    ("L10", r"nguoc dai"),
    ("L12", r"sut moi|ham ech"),
    ("L13", r"di tat"),
    ("L23", r"tam than"),
    ("L24", r"liet hai chan"),
    ("L17", r"dan toc.*kho khan"),
]
RULES = [(code, re.compile(pattern)) for code, pattern in RULES]
AMBIGUOUS = re.compile(r"^(tre( em)? )?(bi |co )?(mo coi|xam hai|benh|lao dong|hoan canh dac biet|hcdb|dac biet)$")
UNSPECIFIC = re.compile(r"hoan canh.*kho khan|^kho khan")
CODE = re.compile(r"^[nl]\d\d( \d{1,2})?$")
SUPPORT_RULES = [
    ("S01", r"tro cap (xa hoi|hang thang|thuong xuyen)|tcxh"),
    ("S02", r"the (bhyt|bao hiem y te)"),
    ("S03", r"hoc phi"),
    ("S04", r"chi phi hoc tap"),
    ("S06", r"hoc bong"),
    ("S08", r"mo tim|phau thuat tim"),
    ("S13", r"xe lan"),
    ("S14", r"phuc hoi chuc nang"),
]
SUPPORT_RULES = [(code, re.compile(pattern)) for code, pattern in SUPPORT_RULES]


LEVELS = {
    "dac biet nang": "N04.1",
    "db nang": "N04.1",
    "dbn": "N04.1",
    "nang": "N04.2",
    "nhe": "N04.3",
    "vua": "N04",
    "trung binh": "N04",
}
UNCLEAR_LEVEL = re.compile(r"(khuyet tat|tan tat|\bkt\b).*\b(vua|trung binh)\b")


def disability_of(text):
    """The group of a level of disability by itself ("nặng"), or "". "Vừa" is no level of the law: the level stays open."""
    return LEVELS.get(re.sub(r"^(muc do |khuyet tat |kt )+", "", _bare(text)), "")


def unclear_disability(text):
    """True for "khuyết tật vừa": Luật Người khuyết tật 2010 Điều 3.2 knows đặc biệt nặng, nặng and nhẹ only."""
    return bool(UNCLEAR_LEVEL.search(_bare(text)))


def _bare(text):
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


@cache
def _names(file):
    with open(DATA / f"{file}.csv", encoding="utf-8", newline="") as rows:
        return {FRONT.sub("", _bare(row["name_vi"])): row["code"] for row in csv.DictReader(rows)}


@lru_cache(maxsize=4096)
def circumstance_of(text):
    """The code of the one group that the words name, or "" when they name none or do not say which."""
    bare = _bare(text)
    if CODE.match(bare):
        code = bare.upper().replace(" ", ".")
        return code if code in _names("circumstances").values() else ""
    short = FRONT.sub("", bare)
    if short in _names("circumstances"):
        return _names("circumstances")[short]
    return next((code for code, rule in RULES if rule.search(bare)), "")


@lru_cache(maxsize=4096)
def circumstances_in(text):
    """(codes, warning kind or ""): several codes are groups to be split, offered and not yet believed."""
    whole = circumstance_of(text)
    if whole and whole in _names("circumstances").values() and FRONT.sub("", _bare(text)) in _names("circumstances"):
        return [whole], ""
    pieces = [piece for piece in re.split(r"[,;+\n/&]| và (?!mẹ)", text) if piece.strip()]
    codes = list(dict.fromkeys(code for piece in pieces if (code := circumstance_of(piece))))
    codes = [code for code in codes if not any(other != code and other.startswith(f"{code}.") for other in codes)]
    if len(codes) > 1:
        return codes, ""
    if whole:
        return [whole], ""
    bare = _bare(text)
    if AMBIGUOUS.match(bare):
        return [], "circumstance_ambiguous"
    if UNSPECIFIC.search(bare):
        return ["L19"], "circumstance_unspecific"
    return [], "circumstance_unknown"


@lru_cache(maxsize=4096)
def support_of(text):
    """The code of the kind of help that the words name, or ""."""
    bare = _bare(text)
    if bare in _names("supports"):
        return _names("supports")[bare]
    return next((code for code, rule in SUPPORT_RULES if rule.search(bare)), "")
