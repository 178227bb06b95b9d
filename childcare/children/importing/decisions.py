"""Decisions, papers and amounts of a row: which columns tell them, how they are read, to which fact they belong.

An amount that can be read in two ways is not written until a person says which; a date that is no full date neither.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from childcare.children.importing import swaps, values
from childcare.lib.calendar import show
from childcare.lib.vietnamese import fold, number

MONTHLY = "S01"  # the allowance to which a decision belongs when a row tells of several kinds of help
LONGEST = 120
HIGHEST = 10**12
LEAST = 10_000  # đồng: no decision gives less, so a smaller figure was written in thousands
PAPER = r"(giay|gxn)( xac nhan| chung nhan)?( muc do)?( khuyet tat| kt)"
DECISION = r"(quyet dinh|qd)"
FIELDS = [
    ("paper_on", rf"ngay( cap)? {PAPER}.*"),
    ("paper", rf"(so( hieu)? )?{PAPER}.*"),
    ("decision_on", rf"ngay( thang)?( nam)?( ky| ra| ban hanh| cap| cua)? {DECISION}( .*)?|{DECISION} ngay( thang)?( nam)?"),
    ("decision", rf"(so|so va ngay|so ngay|so hieu)? ?{DECISION}( .*)?"),
    ("amount", r"(?!.*(bhyt|bao hiem))(so tien|muc (huong|tro cap|tro giup|ho tro|tien)|kinh phi|tri gia|gia tri)( .*)?"),
]
FIELDS = [(name, re.compile(pattern)) for name, pattern in FIELDS]
NAMES = tuple(name for name, _ in FIELDS)
SHORTENED = re.compile(r"so( hieu)?|ngay( cap| ky| thang| thang nam)?")  # under a heading "Quyết định"
OF_CIRCUMSTANCE = re.compile(r"hoan canh|doi tuong|khuyet tat|nhom tre")
WITH_DAY = re.compile(r"(?P<number>.*?\S)[\s,;(]*\b(?:ngày|ng\.?)\s*(?P<day>\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4})\)?\.?")
CURRENCY = re.compile(r"\s*(đồng|đ|vnđ|vnd)?\s*(/\s*(tháng|th|năm|lần|suất))?\.?$", re.IGNORECASE)
SAYS_DONG = re.compile(r"(đồng|đ|vnđ|vnd)\s*(/.*)?\.?$", re.IGNORECASE)
FACTORS = [(re.compile(r"\b(trieu|tr)\b"), 10**6), (re.compile(r"\b(nghin|ngan|1 000|1000)\b"), 1000)]
WORDS = re.compile(r"([\d.,]+)\s*(triệu|tr|nghìn|ngàn|ngìn|k)\b\.?", re.IGNORECASE)
TIMES = {"triệu": 10**6, "tr": 10**6}
GROUPED = re.compile(r"\d{1,3}([.,\s])\d{3}(\1\d{3})+")  # two marks or more: they part thousands
ONE_MARK = re.compile(r"\d{1,3}[.,]\d{3}")
SHORT = re.compile(r"\d{1,4}[.,]\d{1,2}")  # 1,5: no thousands are parted so
TYPED_DAY = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}")


def field_of(whole, above=""):
    """The field of a heading about a decision, a paper or an amount, or None; both without diacritics."""
    tries = [whole, f"{whole} {above}", f"{above} {whole}"] if above and SHORTENED.fullmatch(whole) else [whole]
    found = (name for text in tries for name, pattern in FIELDS if pattern.fullmatch(text))
    name = next(found, None)
    if name in ("decision", "decision_on") and OF_CIRCUMSTANCE.search(above):
        return name.replace("decision", "paper")
    return name


def paid(cells, marks):
    """[(code, cell)] of the columns of help that hold an amount where others put a mark."""
    told = ((code, cells[index]) for code, index in marks if index < len(cells) and not values.is_mark(cells[index]))
    return [(code, cell) for code, cell in told if not values.is_blank(values.tidy(cell)) and any(read_amount(cell))]


def read(one, cell, titles, on, *, amounts=(), splitting=()):
    """Put decision, paper and amount of a row into its fields; `titles`: field → words of its heading.

    `amounts`: cells of `paid`. `splitting`: groups that the row tells in one cell and that a person may still accept.
    """
    for name in ("decision", "paper"):
        if name in titles or f"{name}_on" in titles:
            _number_and_day(one, name, cell, on)
    if "amount" in titles and not values.is_blank(values.tidy(cell("amount"))):
        _amount(one, cell("amount"), titles["amount"])
    elif len(amounts) == 1:
        _amount(one, amounts[0], "")
    for value in amounts if len(amounts) > 1 else ():
        one.warn("amount", "amount_of_what", values.tidy(value))
    _owners(one, splitting)


def _number_and_day(one, name, cell, on):
    """The number of a decision and its day, from two columns or from one; a number without a day is told."""
    raw, day = cell(name), cell(f"{name}_on")
    text, behind = parted(values.text_or_none(raw) or "")
    if behind:
        day = day or behind
    elif (isinstance(raw, date) or TYPED_DAY.fullmatch(text)) and values.is_blank(values.tidy(day)):
        text, day = "", raw
    one.fields[name] = text[:LONGEST] or None
    found, offered = _day(one, f"{name}_on", day, on)
    found = found.latest if found is not None and found.precision == "day" else None
    one.fields[f"{name}_on"] = found.isoformat() if found else None
    if offered:
        return
    if found is None and not values.is_blank(values.tidy(day)):
        one.warn(f"{name}_on", "decision_date_unreadable", values.tidy(day))
    elif text and found is None:
        one.warn(name, "decision_without_date", text)
    elif found and not text:
        one.warn(f"{name}_on", "decision_without_number", values.tidy(day))


def _day(one, name, value, on):
    """(what a cell says or None, True when it is offered month first because it is no date otherwise)."""
    one.days[name] = found, kind, text = values.birth(value, on)
    other = values.month_first(text, on) if found is None and kind.startswith("birth_") else None
    if other:
        one.offer(name, text, other.isoformat(), swaps.DECIDED)
    return found, bool(other)


def since(one, value, on):
    """Put the first day that a "từ ngày" allows into its field."""
    found, _ = _day(one, "since", value, on)
    one.fields["since"] = found.earliest.isoformat() if found else None


def parted(text):
    """ "12/QĐ-UBND ngày 20/3/2023" → ("12/QĐ-UBND", "20/3/2023"); without such a day (text, "")."""
    match = WITH_DAY.fullmatch(text)
    return (match["number"].strip(" ,;("), match["day"]) if match else (text, "")


def is_doubtful(text, amount):
    """True for a figure too small to be đồng that does not say so: 540, 1.234."""
    return 0 < amount < LEAST and not SAYS_DONG.search(text)


def _amount(one, value, title):
    """The amount in đồng where it can be read in one way only; else what it may be is offered, and nothing is written."""
    text, factor = values.tidy(value), factor_of(title)
    found, offers = read_amount(value, factor, in_dong="đồng" in title.lower())
    one.fields["amount"] = found
    if found is not None and factor > 1:
        one.warn("amount", "amount_by_heading", f"{text} → {number(found)} đồng")
    for kind, amount in offers:
        one.offer("amount", text, str(amount), kind)
    if found is None and not offers:
        one.warn("amount", "amount_unreadable", text)


def factor_of(title):
    """1000 or 1000000 where a heading says that its amounts are thousands or millions, else 1."""
    bare = re.sub(r"[^a-z0-9]+", " ", fold(title))
    return next((factor for pattern, factor in FACTORS if pattern.search(bare)), 1)


def read_amount(value, factor=1, *, in_dong=False):
    """(đồng or None, [(kind of offer, đồng)]) of a cell. `in_dong`: the heading says đồng, which has no decimals.

    "1.234.000" is told by its two marks; "1.234" may be 1234 or 1,234 (millions), and so may a cell of which a spreadsheet
    program has made the number 1.234.
    """
    text = _figure(value, factor) if isinstance(value, (int, float)) else values.tidy(value)
    bare = CURRENCY.sub("", text).strip()
    if match := WORDS.fullmatch(bare):
        return None, _in_words(*match.groups())
    if bare.isdigit() and bare.isascii() and len(bare) <= 12:
        return _plain(int(bare), factor)
    told = bool(SAYS_DONG.search(text)) or (in_dong and factor == 1)
    if GROUPED.fullmatch(bare) or (told and ONE_MARK.fullmatch(bare)):
        return _plain(int(re.sub(r"\D", "", bare)), 1 if told else factor)
    if SHORT.fullmatch(bare) and factor > 1:
        found = Decimal(bare.replace(",", ".")) * factor
        return (int(found), []) if found == int(found) else (None, [])
    return (None, _two_ways(int(re.sub(r"\D", "", bare)), factor)) if ONE_MARK.fullmatch(bare) else (None, [])


def _figure(value, factor):
    """The text of a number cell: "1.200" that became 1.2 has its noughts back; "" for what is no amount."""
    if not 0 <= value < HIGHEST or (exact := Decimal(str(value))).quantize(Decimal("0.001")) != exact:
        return ""
    if exact == exact.to_integral():
        return str(int(exact))
    return f"{exact.normalize():f}" if factor > 1 else f"{exact:.3f}"


def _plain(figure, factor):
    """A whole figure: of đồng when it is large, of what the heading says when it is small, else asked."""
    if figure >= HIGHEST:
        return None, []
    if factor == 1:
        return (figure, []) if figure >= LEAST or figure == 0 else (None, [("amount_unit", figure * 1000)])
    if figure >= LEAST:  # đồng under a heading that says thousands
        return None, [("amount_dong", figure)]
    return figure * factor, []


def _two_ways(whole, factor):
    """1.234 → 1234 đồng or 1,234 million; under a heading of thousands 1234 or 1,234 thousand."""
    if factor > 1:
        decimal = [("amount_decimal", whole * factor // 1000)] if whole * factor % 1000 == 0 else []
        return [("amount_separator", whole * factor), *decimal]
    ways = [("amount_separator", whole)]
    return [*ways, ("amount_unit", whole * 1000)] if whole < LEAST else ways


def _in_words(figure, word):
    """ "1,5 triệu" → 1500000."""
    try:
        found = Decimal(figure.replace(",", ".")) * TIMES.get(word.lower(), 1000)
    except InvalidOperation:
        return []
    return [("amount_unit", int(found))] if found == int(found) and found < HIGHEST else []


def _owners(one, splitting):
    """What belongs to no fact of the row is told, never written somewhere else."""
    row = one.fields
    helped = support_with(row)
    if row.get("amount") is not None and helped is None:
        one.warn("amount", "amount_of_what", str(row["amount"]))
    groups = row["circumstances"] or list(splitting)
    if row.get("decision") and helped is None and (row["supports"] or len(groups) != 1 or row.get("paper")):
        one.warn("decision", "decision_of_what", row["decision"])
    if row.get("paper") and circumstance_with({**row, "circumstances": groups}) is None:
        one.warn("paper", "decision_of_what", row["paper"])


def support_with(row):
    """The code of the help to which decision and amount of a row belong, or None."""
    codes = row["supports"]
    return codes[0] if len(codes) == 1 else MONTHLY if MONTHLY in codes else None


def circumstance_with(row):
    """The code of the group to which the paper of a row belongs: its only one, or its only disability; or None."""
    codes = row["circumstances"]
    disabled = [code for code in codes if code.startswith("N04")]
    return codes[0] if len(codes) == 1 else disabled[0] if len(disabled) == 1 else None


def of_support(row, kind):
    """(amount, per, decision, its day) of the help of this kind on a row, as the model holds them."""
    per = "month" if kind.recurrence == "monthly" else "once"
    if support_with(row) != kind.code:
        return None, per, "", None
    return row.get("amount"), per, row.get("decision") or "", day(row.get("decision_on"))


def of_circumstance(row, code):
    """(paper, its day) of a group on a row. A decision on a row without any help is the one about the group."""
    if circumstance_with(row) != code:
        return "", None
    if row.get("paper") or row.get("paper_on"):
        return row.get("paper") or "", day(row.get("paper_on"))
    if row["supports"]:
        return "", None
    return row.get("decision") or "", day(row.get("decision_on"))


def shown(row):
    """Decision with amount, and paper, of a row as they will be stored where they belong to a fact; "" where nothing will."""
    helped, grouped = support_with(row), circumstance_with(row)
    own = [row.get("decision"), _on(row.get("decision_on"))]
    amount = f"{number(row['amount'])} đồng" if row.get("amount") is not None else ""
    paper = of_circumstance(row, grouped) if grouped else ("", None)
    return {
        "decision": " ".join(filter(None, [*own, amount and f"({amount})"])) if helped else "",
        "paper": " ".join(filter(None, [paper[0], paper[1] and f"ngày {show(paper[1])}"])),
    }  # fmt: skip


def _on(text):
    return f"ngày {show(day(text))}" if text else ""


def day(text):
    """The day of a row's text, or None."""
    return date.fromisoformat(text) if text else None
