"""The calendar as pages and as a document: the weeks of a month, the months of a year, the list on paper."""

import calendar as months
from datetime import date

from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Table
from childcare.lib.calendar import month_end, today
from reports import agenda

FIRST_YEAR, LAST_YEAR = 2000, 2100
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
SHOWN = 3  # entries of a day in the grid; the rest is in the list under it


def month_of(text, on):
    """The first day of "2024-05"; of anything else that of the day asked."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return on.replace(day=1)
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else on.replace(day=1)


def year_of(text, on):
    """The year in the text, else that of the day."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else on.year
    return year if FIRST_YEAR <= year <= LAST_YEAR else on.year


def beside(first, step):
    """ "2024-06" of the month after the one that begins on the day, or before it with -1."""
    place = first.year * 12 + first.month - 1 + step
    return f"{place // 12}-{place % 12 + 1:02d}"


def weeks(first, entries):
    """The weeks of a month: each day with its entries; days of the neighbouring months are None."""
    on_day = {}
    for entry in entries:
        for number in range(max(entry.day, first).day, min(entry.last, month_end(first.year, first.month)).day + 1):
            on_day.setdefault(number, []).append(entry)
    now = today()
    rows = months.Calendar().monthdayscalendar(first.year, first.month)
    return [[_cell(first, number, on_day.get(number, ()), now) if number else None for number in row] for row in rows]


def _cell(first, number, entries, now):
    day = first.replace(day=number)
    return {"day": day, "today": day == now, "rows": entries[:SHOWN], "more": max(0, len(entries) - SHOWN)}


def by_month(entries):
    """[(first day of the month, its entries)] in order; what runs over several months stands where it begins."""
    found = {}
    for entry in entries:
        found.setdefault(entry.day.replace(day=1), []).append(entry)
    return list(found.items())


def document(unit, year, entries, undated):
    """The year of a unit on paper, without anybody's own clocks."""
    blocks = []
    for first, rows in by_month(entries):
        blocks.append(Heading(f"Tháng {first.month}", 1))
        blocks.append(Table(COLUMNS, [(agenda.day_words(row), row.title, row.detail) for row in rows]))
    if not entries:
        blocks.append(Paragraph("Chưa có việc nào có ngày trong năm này."))
    if undated:
        blocks.append(Heading("Chưa ấn định hạn", 1))
        blocks.append(Table([Column("Việc", 3), Column("Theo", 2)], [(what, basis) for what, basis, _ in undated]))
    return AdminDocument(
        kind="LỊCH CÔNG TÁC", subject=f"Công tác trẻ em năm {year}", issuer=issuer_of(unit), place=place_of(unit), day=today(),
        blocks=blocks, closing=False,
    )  # fmt: skip


COLUMNS = [Column("Ngày", 1.2), Column("Việc", 3.4), Column("Ghi chú", 2)]
