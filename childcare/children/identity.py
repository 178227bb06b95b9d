"""The identity number of a child: what can be said of it without asking anybody.

Format by Luật Căn cước 2023 Điều 12 and NĐ 137/2015 Điều 13: 12 digits, no check digit.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from childcare.lib.vietnamese import clean_text

DATA = Path(__file__).parent / "data" / "id_province_codes.csv"
IGNORED = re.compile(r"[\s.\-'’`]")
ROUNDED = re.compile(r"[0-9]+[.,]?[0-9]*[eE]\+?[0-9]+")
LOOKALIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
LONGEST = 40  # of the stored text
# What is wrong or odd, in the words of the officer. The first group is not a valid number, the second is one to look at again.
SENTENCES = {
    "identity_rounded": "Bảng tính đã làm tròn số định danh, không còn đủ chữ số. Hãy nhập lại từ giấy tờ.",
    "identity_placeholder": "Đây không phải số định danh thật (một chữ số lặp lại).",
    "identity_nine_digits": "Số có 9 chữ số: có thể là chứng minh nhân dân của cha mẹ.",
    "identity_leading_zero": "Số có 11 chữ số: có thể thiếu số 0 ở đầu.",
    "identity_letter_for_digit": "Số có chữ cái O, l hoặc I: có thể là số 0 hoặc số 1.",
    "identity_malformed": "Số định danh phải có đúng 12 chữ số.",
    "identity_parent": "Chữ số thứ tư là của người sinh trước năm 2000: có thể là số của cha hoặc mẹ.",
    "identity_province_unknown": "Ba chữ số đầu không có trong bảng mã tỉnh: mã khác hoặc đăng ký ở nước ngoài.",
    "identity_sex_mismatch": "Chữ số thứ tư không khớp với giới tính đã ghi.",
    "identity_year_mismatch": "Chữ số thứ năm và thứ sáu không khớp với năm sinh đã ghi.",
}


@dataclass(frozen=True)
class Identity:
    """A number as it is stored (None: none given), whether its form is legal, a code of SENTENCES or "", a correction."""

    number: str | None
    valid: bool
    code: str = ""
    suggestion: str = ""

    @property
    def sentence(self):
        """What to tell the officer, or nothing."""
        return SENTENCES.get(self.code, "")


@cache
def province_codes():
    """The codes that a number may begin with: the 63 provinces of the decree, all accepted without end."""
    with open(DATA, encoding="utf-8", newline="") as file:
        return frozenset(row["id_code"] for row in csv.DictReader(file))


def check(text, *, sex="", birth=None):
    """The identity number in a text, checked against sex ("m", "f" or "") and birth (PartialDate or None).

    A number of the legal form is always valid; what disagrees with sex or year is only said, because issued numbers
    themselves sometimes disagree. Anything else is kept as it was typed and marked.
    """
    typed = clean_text(text or "")[:LONGEST]
    bare = IGNORED.sub("", typed)
    if not bare:
        return Identity(None, False)
    if ROUNDED.fullmatch(typed.replace(" ", "")):
        return Identity(typed, False, "identity_rounded")
    if re.fullmatch(r"[0-9]{12}", bare) and len(set(bare)) > 1:
        return Identity(bare, True, _oddity(bare, sex, birth))
    return Identity(bare, False, *_defect(bare))


def _defect(bare):
    if re.fullmatch(r"([0-9])\1*", bare):
        return "identity_placeholder", ""
    if re.fullmatch(r"[0-9]{9}", bare):
        return "identity_nine_digits", ""
    if re.fullmatch(r"[0-9]{11}", bare):
        return "identity_leading_zero", f"0{bare}"
    if re.fullmatch(r"[0-9]{12}", digits := bare.translate(LOOKALIKE)):
        return "identity_letter_for_digit", digits
    return "identity_malformed", ""


def _oddity(number, sex, birth):
    century = int(number[3])
    if century < 2:
        return "identity_parent"
    if number[:3] not in province_codes():
        return "identity_province_unknown"
    if sex and sex != ("f" if century % 2 else "m"):
        return "identity_sex_mismatch"
    if birth is not None and birth.precision != "estimated":
        year = 1900 + 100 * (century // 2) + int(number[4:6])
        if year not in (birth.earliest.year, birth.latest.year):
            return "identity_year_mismatch"
    return ""


def grouped(number):
    """A valid number as it is read aloud: 038 2 16 001234; any other text unchanged."""
    if number and re.fullmatch(r"[0-9]{12}", number):
        return f"{number[:3]} {number[3]} {number[4:6]} {number[6:]}"
    return number or ""
