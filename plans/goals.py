"""The targets that a sentence of a plan names: "97% trẻ em …", "dưới 1,5%", "không có …", "giảm …", several in one paragraph.

Comparisons as the domain reads them: a plain percentage is "at least"; "trên" is more than; "dưới" less than; "không có" is 0;
"giảm" without a figure is a decrease against the same period of the year before; no figure and no direction is judged by words.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from childcare.lib.vietnamese import capital, clean_text, fold, parse_number

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
RATE = re.compile(
    rf"(?<![\d/])(?P<value>{NUMBER})\s*(?:(?P<percent>%)|/\s*(?P<per>100\.000|10\.000|1\.000|10{{2,5}})(?![\d/]))"
)
COUNT = re.compile(
    rf"(?P<value>{NUMBER})\s+(?P<noun>trẻ em|trẻ|xã|phường|huyện|mô hình|câu lạc bộ|vụ|điểm|lớp|buổi|cuộc|suất)\b"
)
NONE = re.compile(r"\b(khong (?:co|de xay ra|xay ra|con))\b")
FALLS, RISES = re.compile(r"\b(giam|han che|thu hep)\b"), re.compile(r"\b(tang|nang cao|mo rong|phat trien)\b")
UPPER = re.compile(r"(duoi|thap hon|nho hon|khong qua|toi da|<|≤)\s*$")
LOWER = re.compile(r"(tren|hon|vuot|>)\s*$")
CUT = re.compile(r";\s+|,\s+(?=(?:phấn đấu|giảm|tăng|không có|trong đó|cung ứng|\d))|\.\s+(?=[A-ZÀ-ỸĐ])", re.IGNORECASE)


@dataclass(frozen=True)
class Goal:
    """A target as a sentence says it: the words of the officer, the comparison, the value, what it is counted in."""

    text: str
    comparison: str
    value: Decimal | None = None
    unit: str = "định tính"
    multiplier: int | None = None

    def row(self, code, section):
        """The row of the targets file."""
        return {
            "id": code, "section": section, "text_vi": self.text, "indicator_code": "", "comparison": self.comparison,
            "value": "" if self.value is None else str(self.value), "unit": self.unit,
            "multiplier": str(self.multiplier or ""), "target_kind": "specific", "note": "",
        }  # fmt: skip


def goals_in(text):
    """The targets of a paragraph, in its order; one for each figure, one for each part that names a direction."""
    text = re.sub(r"^\s*mục tiêu\s*:\s*", "", clean_text(text), flags=re.IGNORECASE)
    found = [goal for part in CUT.split(text) if part for goal in _of_part(part)]
    return found or [Goal(_tidy(text), "qualitative")]


def _of_part(part):
    rates = list(RATE.finditer(part)) or list(COUNT.finditer(part))
    if rates:
        ends = [*(found.start() for found in rates[1:]), len(part)]
        starts = [0, *(found.start() for found in rates[1:])]
        return [_figure(part[start:end], found, start) for found, start, end in zip(rates, starts, ends, strict=True)]
    words = fold(part)
    if NONE.search(words):
        return [Goal(_tidy(part), "eq", Decimal(0), "vụ" if "so vu" in words else "trẻ em", 1)]
    if FALLS.search(words):
        return [Goal(_tidy(part), "decrease")]
    return []


def _figure(text, found, start):
    """One figure with the words around it."""
    before = fold(text[: found.start() - start]).rstrip()
    after = fold(text[found.end() - start :])
    parts = found.groupdict()
    if UPPER.search(before):
        comparison = "le" if re.search(r"(khong qua|toi da|≤)$", before) else "lt"
    elif LOWER.search(before) and not after.strip().startswith("tro len"):
        comparison = "gt"
    else:
        comparison = "ge"
    value = parse_number(found["value"])
    if parts.get("percent"):
        return Goal(_tidy(text), comparison, value, "%", 100)
    if parts.get("per"):
        per = int(parts["per"].replace(".", ""))
        return Goal(_tidy(text), comparison, value, f"/{found['per']} trẻ em", per)
    return Goal(_tidy(text), comparison, value, found["noun"], 1)


def _tidy(text):
    return capital(clean_text(text).strip(" .;,:").removeprefix("trong đó ").strip())[:600]
