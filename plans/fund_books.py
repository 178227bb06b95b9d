"""What a fund holds on a day and what moved in a year; the list for publication, without a child's name; the receipt."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from childcare.documents.docx import render_docx
from childcare.documents.issuers import authorities, issuer_of, notation, place_of
from childcare.documents.pdf import render_pdf
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Signatures, Signer, Table
from childcare.documents.xlsx import render_xlsx
from childcare.lib.calendar import show, today
from childcare.lib.vietnamese import money_in_words, number
from plans.models import FundEntry, FundSupport

RENDER = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx}
K, F, P = FundEntry.Kind, FundEntry.Form, FundEntry.Purpose
FEW = 5  # fewer children than that are not told: with a small village one would know who
UNNAMED = "Nhà hảo tâm không nêu tên"


@dataclass(frozen=True)
class Book:
    """Of one year, in đồng, by form (money, goods): what there was, came in, went out, is left; the entries, oldest first.

    `taken`, `handed`: what a change of units brought from the book of a former unit, and gave to that of the new one.
    """

    year: int
    until: date
    opening: dict
    income: dict
    spent: dict
    taken: dict
    handed: dict
    entries: list

    @property
    def closing(self):
        came = {form: self.opening[form] + self.taken[form] + self.income[form] for form in F.values}
        return {form: came[form] - self.spent[form] - self.handed[form] for form in F.values}

    @property
    def rows(self):
        """(words, money, goods, sum) for the page."""
        parts = [("Đầu kỳ", self.opening)]
        parts += [("Nhận bàn giao từ đơn vị cũ", self.taken)] if any(self.taken.values()) else []
        parts += [("Thu", self.income), ("Chi", self.spent)]
        parts += [("Bàn giao cho đơn vị mới", self.handed)] if any(self.handed.values()) else []
        parts += [("Còn lại", self.closing)]
        return [(word, part["money"], part["goods"], sum(part.values())) for word, part in parts]


def balance(fund, on):
    """{form: đồng} at the end of a day."""
    return _sum(fund.entries.filter(voided_at=None, on__lte=on))


def _sum(entries):
    found = dict.fromkeys(F.values, Decimal(0))
    for form, kind, amount in entries.order_by().values_list("form", "kind").annotate(Sum("amount")):
        found[form] += -amount if kind in FundEntry.OUT else amount
    return found


def _out(entries):
    return {form: -amount for form, amount in _sum(entries).items()}


def balances(funds):
    """{fund key: đồng} of money and goods together now; one statement."""
    rows = FundEntry.objects.filter(fund__in=funds, voided_at=None).order_by().values("fund").annotate(
        came=Sum("amount", filter=~Q(kind__in=FundEntry.OUT)), left=Sum("amount", filter=Q(kind__in=FundEntry.OUT))
    )  # fmt: skip
    return {row["fund"]: (row["came"] or 0) - (row["left"] or 0) for row in rows}


def book(fund, year):
    """The book of a year. The balance with which the fund was opened in the year stands in what there was."""
    valid = fund.entries.filter(voided_at=None)
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = valid.filter(on__gte=first, on__lte=last)
    begun = inside.filter(kind=K.OPENING)
    opening, opened = _sum(valid.filter(on__lt=first)), _sum(begun.filter(carried_from=None))
    moved = inside.exclude(kind__in=(K.OPENING, K.HANDED))
    return Book(
        year, min(last, today()), {form: opening[form] + opened[form] for form in F.values},
        _sum(inside.filter(kind=K.INCOME)), _out(inside.filter(kind=K.SPENDING)), _sum(begun.exclude(carried_from=None)),
        _out(inside.filter(kind=K.HANDED)), list(moved.select_related("activity").order_by("on", "pk")),
    )  # fmt: skip


def years(fund):
    """The years of its book, the newest first; this one always."""
    found = set(fund.entries.values_list("year", flat=True)) | {max(today().year, fund.opened_on.year)}
    return sorted(found, reverse=True)


@dataclass
class Spent:
    """What was spent on one purpose."""

    name: str
    times: int
    children: int
    amount: Decimal
    shown: str = ""


def by_purpose(entries):
    """Spending by purpose, with how many children were helped: those of named supports once, and those told without a name.

    Fewer than five are not told, and then the next smallest number neither, so that none can be reckoned from the total.
    """
    spending = [entry for entry in entries if entry.kind == K.SPENDING]
    named = _named_children(spending)
    found = {}
    for entry in spending:
        row = found.setdefault(entry.purpose, Spent(P(entry.purpose).label, 0, 0, Decimal(0)))
        row.times, row.amount = row.times + 1, row.amount + entry.amount
        row.children += entry.children or 0
    for purpose, children in named.items():
        found[purpose].children += children
    rows = [found[purpose] for purpose in P.values if purpose in found]
    _hide_few(rows)
    return rows


def purposes(fund, year):
    """Spending of a year by purpose."""
    return by_purpose(book(fund, year).entries)


def _named_children(spending):
    """{purpose: children}: each child of a support that holds once, also when a merge gave its support another row."""
    links = FundSupport.objects.filter(entry__in=spending, released_at=None).order_by("pk")
    names = ("entry__purpose", "support__child", "support__voided_at", "support__replaced_by__child")
    found = {}
    for purpose, child, voided_at, child_now in links.values_list(*names):
        if child := child_now if voided_at else child:
            found.setdefault(purpose, set()).add(child)
    return {purpose: len(children) for purpose, children in found.items()}


def _hide_few(rows):
    told = sorted((row for row in rows if row.children), key=lambda row: row.children)
    hidden = [row for row in told if row.children < FEW]
    if len(hidden) == 1 and len(told) > 1:
        hidden.append(told[1])
    for row in rows:
        if not row.children:
            row.shown = "–"
        elif row in hidden:
            row.shown = f"dưới {FEW}" if row.children < FEW else "không nêu"
        else:
            row.shown = number(row.children)


def publication(fund, year, *, officer):
    """THÔNG BÁO: income by donor and spending by purpose. No child's name, no text that an officer typed about spending."""
    kept, unit = book(fund, year), fund.unit
    spent = by_purpose(kept.entries)
    left = sum(kept.closing.values())
    since = show(max(date(year, 1, 1), fund.opened_on))
    blocks = [
        Paragraph(f"Số liệu từ ngày {since} đến ngày {show(kept.until)}; đơn vị tính: đồng."),
        Heading("I. SỐ DƯ", 1), _balances(kept),
        Paragraph(f"Số dư cuối kỳ: {number(left)} đồng ({money_in_words(left)})."),
        Heading("II. TIẾP NHẬN", 1), *_income(kept), Heading("III. SỬ DỤNG", 1), *_spending(spent),
        Paragraph("Danh sách công khai không nêu tên trẻ em; số trẻ em dưới 5 không ghi cụ thể.", italic=True),
        Signatures([Signer(["NGƯỜI LẬP"], officer.full_name), Signer(authorities(unit)[0].split("\n"))]),
    ]  # fmt: skip
    return AdminDocument(
        kind="THÔNG BÁO", subject=f"Công khai kết quả tiếp nhận và sử dụng {fund.name} năm {year}", issuer=issuer_of(unit),
        notation=notation("TB", unit), place=place_of(unit), year=today().year, blocks=blocks, closing=False,
    )  # fmt: skip


def _balances(kept):
    columns = [
        Column("Nội dung", 20), Column("Tiền", 14, "right"), Column("Hiện vật quy tiền", 14, "right"),
        Column("Cộng", 14, "right"),
    ]  # fmt: skip
    return Table(columns, [list(row) for row in kept.rows], total_rows={-1}, sheet="Số dư")


def _income(kept):
    rows = [entry for entry in kept.entries if entry.kind == K.INCOME]
    if not rows:
        return [Paragraph("Trong kỳ không có khoản tiếp nhận nào.")]
    columns = [
        Column("STT", 7, "center"), Column("Ngày", 14, "center"), Column("Người ủng hộ, nguồn", 24), Column("Hình thức", 22),
        Column("Số tiền, giá trị", 15, "right"),
    ]  # fmt: skip
    cells = [[at, show(entry.on), who(entry), how(entry), entry.amount] for at, entry in enumerate(rows, 1)]
    whole = sum(entry.amount for entry in rows)
    table = Table(columns, [*cells, ["", "", "Cộng", "", whole]], total_rows={-1}, sheet="Tiếp nhận")
    return [table, Paragraph(f"Bằng chữ: {money_in_words(whole)}.", italic=True)]


def who(entry):
    """Who gave, as it may be told to everybody."""
    if entry.origin in ("donor", "") or entry.donor:
        return UNNAMED if entry.anonymous or not entry.donor else entry.donor
    return entry.get_origin_display()


def how(entry):
    """ "Tiền"; "Hiện vật: 50 cặp sách (giá trị ước tính)"."""
    if entry.form == F.MONEY:
        return "Tiền"
    return f"Hiện vật: {entry.text}" + (" (giá trị ước tính)" if entry.estimated else "")


def _spending(spent):
    if not spent:
        return [Paragraph("Trong kỳ chưa chi khoản nào.")]
    columns = [
        Column("Mục đích", 28), Column("Số lần chi", 10, "right"), Column("Số trẻ em", 12, "right"),
        Column("Số tiền, giá trị", 16, "right"),
    ]  # fmt: skip
    whole = sum(row.amount for row in spent)
    cells = [[row.name, row.times, row.shown, row.amount] for row in spent]
    total = ["Cộng", sum(row.times for row in spent), "", whole]
    table = Table(columns, [*cells, total], total_rows={-1}, sheet="Sử dụng")
    return [table, Paragraph(f"Bằng chữ: {money_in_words(whole)}.", italic=True)]


def receipt(entry, *, officer):
    """PHIẾU TIẾP NHẬN of what was given, for the donor to keep."""
    unit = entry.fund.unit
    lines = [
        ("Họ tên, đơn vị ủng hộ:", entry.donor or UNNAMED),
        ("Hình thức:", how(entry)),
        ("Số tiền, giá trị:", f"{number(entry.amount)} đồng ({money_in_words(entry.amount)})"),
        ("Nội dung:", entry.text if entry.form == F.MONEY else ""),
        ("Ngày tiếp nhận:", show(entry.on)),
        ("Số chứng từ:", entry.paper),
        ("Số cũ:", entry.formerly),
    ]
    taker = entry.recorded_by or officer
    return AdminDocument(
        kind="PHIẾU TIẾP NHẬN", subject=f"{entry.fund.name}, số {entry.code}", issuer=issuer_of(unit), place=place_of(unit),
        day=entry.on, closing=False,
        blocks=[
            *(Paragraph(text, lead=lead) for lead, text in lines if text),
            Signatures([Signer(["NGƯỜI ỦNG HỘ"], entry.donor), Signer(["NGƯỜI TIẾP NHẬN"], taker.full_name)]),
        ],
    )  # fmt: skip
