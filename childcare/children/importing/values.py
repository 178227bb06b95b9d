"""One cell → one value: what it means, what to warn of, what to offer. No cell keeps a row out; unknown is a value too."""

import csv
import re
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

from childcare.children import records
from childcare.lib.calendar import UNREADABLE, of_day, of_month, of_year, parse_partial
from childcare.lib.vietnamese import clean_text, fold

DATA = Path(__file__).parent.parent / "data"
BLANK = {
    "",
    "khong ro",
    "khong biet",
    "?",
    "-",
    "--",
    "...",
    "…",
    "chua co",
    "chua cap",
    "chua ro",
    "khong co",
    "khong",
    "n/a",
    "#n/a",
}
LONGEST_BLANK = 12
MARKS = {"x", "v", "1", "✓", "✔", "√", "có", "co", "x.", "*", "+"}
EARLIEST_BIRTH = 1926
SERIAL_EPOCH = date(1899, 12, 30)
NOTE_IN_NAME = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
ABBREVIATED = re.compile(r"(^|\s)\w{1,3}\.(\s|$)")
MONTH_FIRST = re.compile(r"\s*(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})\s*")
AMBIGUOUS_ETHNIC = {"man", "xa", "trai", "xa la vang"}
SEX = {
    **dict.fromkeys(["nam", "trai", "con trai", "be trai", "m"], "nam"),
    **dict.fromkeys(["nu", "gai", "con gai", "be gai", "f"], "nữ"),
}
POVERTY = {
    **dict.fromkeys(["ngheo", "ho ngheo", "hn", "n"], "hộ nghèo"),
    **dict.fromkeys(["can ngheo", "ho can ngheo", "cn", "hcn"], "hộ cận nghèo"),
    **dict.fromkeys(
        ["khac", "ho khac", "khong ngheo", "binh thuong", "trung binh", "tb", "kha", "kha, giau", "ho trung binh"], "khác"
    ),
}
HAMLET_WORDS = r"(?:to dan pho|khu dan cu|khu pho|tdp|kdc|thon|ban|ap|to|khom|buon|xom|khu|t\.)"
HAMLET_FRONT = re.compile(rf"^{HAMLET_WORDS}\b\.?\s*(?:so\s+)?|^t\.\s*")
ENUMERATION = re.compile(r"^\s*(?:[IVXLC]+|\d{1,2}|[A-Ha-h])\s*[.)/:-]\s+")
DEPARTED = re.compile(r"chuyển (đi|về|khỏi|nơi ở|chỗ ở|khẩu)|đã chuyển|chuyển .*(nơi ở|chỗ ở)", re.IGNORECASE)
DIED = re.compile(r"\b(chết|mất|tử vong|qua đời)\b(?! (liên lạc|giấy|tích|trí|sức|số))", re.IGNORECASE)
OTHER_PERSON = re.compile(r"\b(bố|cha|mẹ|ông|bà|má|ba|chú|bác|cô|dì)\b[^,;.]*$", re.IGNORECASE)


def tidy(value):
    """The text of a cell, cleaned: NFC, no invisible characters, single spaces, no leading apostrophe. Numbers as digits."""
    if isinstance(value, str):
        return _tidy_text(value) if len(value) <= 120 else _tidy_text.__wrapped__(value)
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, (date, datetime)):
        return f"{value:%d/%m/%Y}"
    return str(value)


@lru_cache(maxsize=1024)
def _tidy_text(text):
    """A cell is looked at several times, and most words of a list come again."""
    return clean_text(text).lstrip("'’").strip()


def is_blank(text):
    """True for an empty cell and for the words that say "unknown"."""
    if not text or len(text) > LONGEST_BLANK or text.isdigit():
        return not text
    return _says_unknown(text)


@lru_cache(maxsize=4096)
def _says_unknown(text):
    folded = fold(text)
    return folded in BLANK or folded.strip(" .") in BLANK


def is_mark(value):
    """True for x, X, 1, ✓, with or without spaces."""
    return tidy(value).lower() in MARKS


def text_or_none(value):
    """The cleaned text, or None when it says nothing."""
    text = tidy(value)
    return None if is_blank(text) else text


def name(value):
    """(full name or None, name state, note cut off or "", warning kind or "", offered name or "")."""
    text, note, kind = tidy(value), "", ""
    if "(" in text or "[" in text:
        if match := NOTE_IN_NAME.search(text):
            text, note, kind = (text[: match.start()] + " " + text[match.end() :]).strip(), match[1].strip(), "note_in_name"
    if is_blank(text) or not any(letter.isalpha() for letter in text):
        return None, "thiếu tên", note, "name_missing", ""
    text = text.rstrip(".").strip()[:120]
    folded = fold(text)
    if folded in records.UNNAMED or folded in records.NO_NAME:
        unnamed = folded in records.UNNAMED
        return None, "chưa đặt tên" if unnamed else "thiếu tên", note, "" if unnamed else "name_missing", ""
    if not kind and ABBREVIATED.search(text):
        kind = "name_abbreviated"
    offered = " ".join(word.capitalize() for word in text.lower().split(" ")) if text.isupper() or text.islower() else ""
    return text, "named", note, kind, offered


def person(value):
    """The name of a parent or head of household, a whole name in capitals or small letters written as a name; or None."""
    return _person(tidy(value))


@lru_cache(maxsize=4096)
def _person(text):
    if is_blank(text):
        return None
    text = NOTE_IN_NAME.sub(" ", text).rstrip(".").strip()
    return " ".join(word.capitalize() for word in text.split(" "))[:120] if text.isupper() or text.islower() else text[:120]


def sex(value, codes=None):
    """("nam" | "nữ" | None, readable). `codes` explains 1 and 0 or 2, when the heading does."""
    text = tidy(value)
    if is_blank(text):
        return None, True
    found = _sex_word(text) or (codes or {}).get(text)
    return found, found is not None


@lru_cache(maxsize=256)
def _sex_word(text):
    return SEX.get(fold(text).strip(" ."))


def sex_codes(title):
    """What 1, 0 and 2 mean when a heading says so: "Giới tính (1: nam, 0: nữ)"."""
    found = {}
    for match in re.finditer(r"(\d)\s*[:=-]?\s*(là )?(nam|nữ)|(nam|nữ)\s*(là )?[:=-]?\s*(\d)", clean_text(title).lower()):
        found[match[1] or match[6]] = match[3] or match[4]
    return found


def raw_birth(value):
    """(PartialDate or None, kind: "" | "true" | "text" | "birth_impossible" | "birth_unreadable", text as written)."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return of_day(value), "true", value.isoformat()
    if isinstance(value, float) and not value.is_integer():
        value = float(int(value))  # a serial number with a time of day
    text = tidy(value)
    if is_blank(text):
        return None, "", ""
    if re.fullmatch(r"\d{5}", text) and 10_000 < int(text) < 60_000:
        day = SERIAL_EPOCH + timedelta(days=int(text))
        return of_day(day), "true", day.isoformat()
    return None, "text", text


def birth(value, on):
    """(PartialDate or None, kind, text): as `raw_birth`, texts read. Impossible: no such day, after `on`, before 1926."""
    found, kind, text = raw_birth(value)
    if kind == "text":
        try:
            found = _read(text, on)
        except ValueError as problem:
            return None, "birth_unreadable" if str(problem).startswith(UNREADABLE[:20]) else "birth_impossible", text
    if found is not None and (found.earliest > on or found.latest.year < EARLIEST_BIRTH):
        return None, "birth_impossible", text
    return found, kind, text


FORE, TIME = re.compile(r"^(sn|sinh (nam|ngay)|nam sinh)[ :.]+"), re.compile(r"[ t]+00?:00(:00)?(\.0+)?$")
YEAR_WITH_DOT = re.compile(r"[12]\.\d{3}")  # 2.016: a year that a cell format gave the dot of the thousands


@lru_cache(maxsize=4096)
def _read(text, on):
    bare = TIME.sub("", FORE.sub("", fold(text))).replace("\\", "/")
    if YEAR_WITH_DOT.fullmatch(bare):
        bare = bare.replace(".", "")
    try:
        return parse_partial(bare, on)
    except ValueError:
        return parse_partial(text, on)  # its sentence, with the words of the cell


def birth_of_parts(day, month, year):
    """A birth date from three columns, as a text for `birth`."""
    texts = [tidy(part) for part in (day, month, year)]
    return "/".join(text for text in texts if not is_blank(text))


def month_first(text, on):
    """The date that a text gives when read month/day/year, impossible as day/month; or None."""
    match = MONTH_FIRST.fullmatch(text)
    if not match or int(match[2]) <= 12:
        return None
    try:
        found = date(int(match[3]) + (2000 if len(match[3]) == 2 else 0), int(match[1]), int(match[2]))
    except ValueError:
        return None
    return found if EARLIEST_BIRTH <= found.year and found <= on else None


def swapped(day):
    """Day and month exchanged, or None when that is no other date."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 and day.day != day.month else None


def from_iso(text, precision):
    """The PartialDate of "2016-05-12", "2016-05" or "2016"; None for None."""
    if not text:
        return None
    if precision == "day":
        return of_day(date.fromisoformat(text))
    if precision == "month":
        return of_month(int(text[:4]), int(text[5:7]))
    return of_year(int(text[:4]), precision)


@cache
def _ethnic_table():
    names, codes = {}, {}
    with open(DATA / "ethnic_groups.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            typos = [part for part in row["other_spellings"].split(";") if "(typo)" in part]
            for text in (row["name_vi"], *row["other_spellings"].split(";")):
                if text.strip() and "(typo)" not in text:
                    names[_bare(text)] = (row["name_vi"], "")
            for text in typos:
                names[_bare(text.replace("(typo)", ""))] = (row["name_vi"], "ethnic_typo")
            for code in {row["code_1979"], row["code_2008"]} - {""}:
                codes.setdefault(code, set()).add(
                    (row["name_vi"], row["code_1979"] == row["code_2008"] or not row["code_2008"])
                )
    return names, codes


@cache
def _code_list(year):
    """Code → name in one of the two official lists."""
    with open(DATA / "ethnic_groups.csv", encoding="utf-8", newline="") as file:
        return {row[f"code_{year}"]: row["name_vi"] for row in csv.DictReader(file) if row[f"code_{year}"]}


@cache
def ethnic_codes():
    """Name of an ethnic group → its key (E01 …)."""
    with open(DATA / "ethnic_groups.csv", encoding="utf-8", newline="") as file:
        return {row["name_vi"]: row["key"] for row in csv.DictReader(file)}


def _bare(text):
    return re.sub(r"[^a-z0-9]", "", fold(text))


@lru_cache(maxsize=4096)
def ethnic(text, codes_of=""):
    """(name of the group or None, warning kind or "") of a text. `codes_of`: the list of bare codes, "1979" or "2008"."""
    if is_blank(text):
        return None, ""
    names, codes = _ethnic_table()
    bare = _bare(text)
    if bare in AMBIGUOUS_ETHNIC and clean_text(text).lower() not in ("trài",):
        return None, "ethnic_ambiguous"
    if bare.isdigit():
        if codes_of:
            return _code_list(codes_of).get(bare.zfill(2)), "" if bare.zfill(2) in _code_list(codes_of) else "ethnic_unknown"
        found = codes.get(bare.zfill(2), set())
        if not found:
            return None, "ethnic_unknown"
        return (next(iter(found))[0], "") if len(found) == 1 and next(iter(found))[1] else (None, "ethnic_code_ambiguous")
    if bare in ("tay", "thai") and clean_text(text).lower() not in ("tày", "thái", "tay", "thai"):
        return None, "ethnic_unknown"  # "Tây" is no spelling of Tày
    found = names.get(re.sub(r"^(dantoc|nguoi)", "", bare))
    return found if found else (None, "ethnic_unknown")


@lru_cache(maxsize=4096)
def poverty(text):
    """The class of a household in a text, or None."""
    return None if is_blank(text) else POVERTY.get(re.sub(r"\s*(nam )?20\d\d$", "", fold(text)).strip(" ."))


@lru_cache(maxsize=4096)
def hamlet_key(text):
    """A hamlet without thôn, bản, tổ, TDP …, diacritics, leading zeros: "T. Trung Độ" and "THÔN TRUNG ĐỘ" are equal."""
    bare = fold(ENUMERATION.sub("", clean_text(text)))
    bare = HAMLET_FRONT.sub("", bare)
    bare = HAMLET_FRONT.sub("", bare) if re.match(r"(thon|ban|ap|to)\b", bare) and " " in bare else bare
    return re.sub(r"\b0+(\d)", r"\1", re.sub(r"[^a-z0-9]+", " ", bare)).strip()


def bare_hamlet(text):
    """(the name of a hamlet alone, what stands behind it): "Thôn 3, xã A", "Thôn 3 - xã A", "Thôn 3 (xã A)"."""
    bare, _, behind = re.sub(r"\s*(?:,|;| - |\()\s*", "\n", text, count=1).partition("\n")
    return bare, behind.strip(" )")


def known_hamlet(text, hamlets, commune=""):
    """The hamlet of this name, or None. A commune behind it, or told beside it, counts only where it is a former one."""
    bare, behind = bare_hamlet(text)
    former = fold(re.sub(r"(?i)\bcũ\b", "", behind or commune)).strip()
    for word in ("xa ", "phuong ", "thi tran "):
        former = former.removeprefix(word)
    return hamlets.get((hamlet_key(bare), former)) or hamlets.get(hamlet_key(text)) or hamlets.get(hamlet_key(bare))


def names_hamlet(text):
    """True when a text begins with a word for a hamlet, perhaps after its number in the list."""
    return bool(re.match(rf"{HAMLET_WORDS}[\s.]+\S", fold(ENUMERATION.sub("", clean_text(text)))))


def hamlet_title(text):
    """A hamlet as it is shown: without its number in the list, capitals set down."""
    bare = clean_text(ENUMERATION.sub("", clean_text(text)))
    return " ".join(word.capitalize() for word in bare.split(" ")) if bare.isupper() else bare


def phone(value):
    """(number or None, offered number or ""): a number cell has lost its first zero."""
    text = tidy(value)
    if is_blank(text):
        return None, ""
    bare = text if text.isdigit() else re.sub(r"[\s.\-()]", "", text)
    if isinstance(value, (int, float)) and re.fullmatch(r"[1-9]\d{8}", bare):
        return bare, f"0{bare}"
    return (bare if re.fullmatch(r"\+?\d{6,15}", bare) else text)[:30], ""


@lru_cache(maxsize=2048)
def residence_end(note):
    """ "departed" or "died" when a note says so of the child, else ""."""
    for pattern, reason in ((DIED, "died"), (DEPARTED, "departed")):
        match = pattern.search(note)
        if (
            match
            and not OTHER_PERSON.search(note[: match.start()])
            and not re.match(r"\s*(bố|cha|mẹ|trường\b(?!.*nơi ở))", note[match.end() :])
        ):
            return reason
    return ""
