"""The activities of a filter: their sums, what one consists of, and the list on paper (one document for PDF, Word, Excel)."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from childcare.children.sheets import copy_line
from childcare.documents.docx import render_docx
from childcare.documents.issuers import authorities, issuer_of, notation, place_of
from childcare.documents.pdf import render_pdf
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Signatures, Signer, Table
from childcare.documents.xlsx import render_xlsx
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import money_in_words, number
from plans.actions.activities import PARTS, RESULTS
from plans.models import Activity, ActivityMoney, Tally

RENDER = {"pdf": render_pdf, "docx": render_docx, "xlsx": render_xlsx}
MOST = 1000
SUMMED = ("children", "adults", "staff", "products", "gifts", "money", "raised")
TOO_MANY = f"Danh sách có hơn {number(MOST)} hoạt động. Hãy lọc theo năm, tháng hoặc loại rồi in."
NOTHING = "Không có hoạt động nào để in. Hãy bỏ bớt điều kiện lọc."


@dataclass(frozen=True)
class Line:
    """The sums of the activities of one kind or month; planned ones are told beside and added nowhere."""

    name: str
    held: int
    planned: int
    values: dict


def sums(rows):
    """{"tables": [(heading, lines)], "total": line} of activities; one statement each for kinds and months."""
    by_kind = [_line(Activity.Kind(row["kind"]).label, row) for row in _summed(rows, "kind")]
    by_month = _summed(rows, "held_on__year", "held_on__month")
    months = [_line(f"Tháng {row['held_on__month']}/{row['held_on__year']}", row) for row in by_month]
    values = {name: sum(line.values[name] for line in by_kind) for name in SUMMED}
    total = Line("Cộng", sum(line.held for line in by_kind), sum(line.planned for line in by_kind), values)
    return {"tables": [("Loại", by_kind), ("Tháng", months)], "total": total}


def _summed(rows, *by):
    held = Q(planned=False)
    totals = {f"sum_{name}": Sum(name, filter=held) for name in SUMMED}
    found = rows.order_by().values(*by).annotate(held=Count("pk", filter=held), coming=Count("pk", filter=~held), **totals)
    return found.order_by(*by)


def _line(name, row):
    return Line(name, row["held"], row["coming"], {key: row[f"sum_{key}"] or 0 for key in SUMMED})


def ready(rows):
    """The activities for paper, oldest first. Refused when there are none or too many."""
    found = list(rows.select_related("unit").prefetch_related("moneys").order_by("held_on", "pk")[: MOST + 1])
    if len(found) > MOST:
        raise Refusal(TOO_MANY)
    if not found:
        raise Refusal(NOTHING)
    return found


def asked(form):
    """The filter in words: "năm 2024, Tết Trung thu"."""
    if not form.is_valid():
        return ""
    found = []
    for name, field in form.fields.items():
        if value := form.cleaned_data.get(name):
            words = dict(field.choices).get(value, value)
            found.append(f"năm {words}" if name == "year" else str(words))
    return ", ".join(found)


def document(unit, rows, words, *, officer, copy):
    """DANH SÁCH: the activities, their sums by kind, gifts by source and price, the whole in words."""
    held = [row for row in rows if not row.planned]
    body = unit.parent if unit.kind == "hamlet" and unit.parent else unit
    cost = sum(row.money or 0 for row in held)
    coming = f", {number(len(rows) - len(held))} hoạt động dự kiến" if len(rows) > len(held) else ""
    what = f"{number(len(held))} hoạt động đã làm{coming}{f' ({words})' if words else ''}; lập ngày {show(today())}."
    blocks = [
        Paragraph(f"{what} Hoạt động dự kiến không cộng vào tổng." if coming else what),
        _table(rows, held),
        Paragraph(f"Tổng kinh phí: {number(cost)} đồng ({money_in_words(cost)})."),
        *_gifts(held),
        copy_line(officer, copy),
        Signatures([Signer(["NGƯỜI LẬP DANH SÁCH"], officer.full_name), Signer(authorities(body)[0].split("\n"))]),
    ]  # fmt: skip
    return AdminDocument(
        kind="DANH SÁCH", subject="Hoạt động bảo vệ, chăm sóc trẻ em", issuer=issuer_of(body), notation=notation("DS", body),
        place=place_of(body), year=today().year, blocks=blocks, closing=False, landscape=True,
    )  # fmt: skip


def _table(rows, held):
    columns = [
        Column("STT", 4, "center"), Column("Ngày", 9, "center"), Column("Hoạt động", 30), Column("Loại", 14),
        Column("Đơn vị, địa điểm", 18), Column("Lượt trẻ em", 7, "right"), Column("Lượt người lớn", 7, "right"),
        Column("Suất quà", 7, "right"), Column("Kinh phí (đồng)", 12, "right"),
    ]  # fmt: skip
    cells = [[
        at, row.days, f"{row.title} (dự kiến)" if row.planned else row.title, row.get_kind_display(),
        " · ".join(filter(None, [row.unit.name, row.place])), row.children, row.adults, row.gifts, row.money,
    ] for at, row in enumerate(rows, 1)]  # fmt: skip
    whole = [sum(getattr(row, name) or 0 for row in held) for name in ("children", "adults", "gifts", "money")]
    return Table(columns, [*cells, ["", "", "Cộng (đã làm)", "", "", *whole]], total_rows={-1}, sheet="Hoạt động")


def _gifts(held):
    """The gifts and money of the activities by occasion and source, with their sum in words."""
    lines = [(row, money) for row in held for money in row.moneys.all()]
    if not lines:
        return []
    columns = [
        Column("STT", 4, "center"), Column("Nhân dịp", 16), Column("Nội dung", 26), Column("Nguồn", 24),
        Column("Số suất", 7, "right"), Column("Đơn giá (đồng)", 11, "right"), Column("Thành tiền (đồng)", 12, "right"),
    ]  # fmt: skip
    cells = [[
        at, row.get_occasion_display() if row.occasion else "", money.text,
        " · ".join(filter(None, [money.get_source_display(), money.donor])), money.packs, money.price, money.amount,
    ] for at, (row, money) in enumerate(sorted(lines, key=_order), 1)]  # fmt: skip
    amount = sum(money.amount for _, money in lines)
    packs = sum(money.packs or 0 for _, money in lines)
    table = Table(columns, [*cells, ["", "", "Cộng", "", packs, None, amount]], total_rows={-1}, sheet="Quà, kinh phí")
    return [
        Heading("Quà tặng và kinh phí theo nguồn", 2),
        table,
        Paragraph(f"Bằng chữ: {money_in_words(amount)}.", italic=True),
    ]


def _order(line):
    row, money = line
    return (row.occasion, ActivityMoney.Source.values.index(money.source), row.held_on, money.position)


def numbers(activity):
    """What is known of one activity, as (heading, [(words, number, note)]): totals with their parts beneath."""
    kept = {}
    for row in activity.tallies.all():
        kept.setdefault(row.what, []).append(row)
    found = [
        ("Người dự", [("Lượt trẻ em", activity.children, _of_children(kept)), ("Lượt người lớn", activity.adults, ""),
                      *_parts(kept, PARTS["adults"])]),
        ("Trẻ em được gì", _parts(kept, RESULTS)),
        ("Tập huấn", [("Số người được tập huấn", activity.staff, ""), *_parts(kept, PARTS["staff"])]),
        ("Sản phẩm truyền thông", [("Tổng số", activity.products, ""), *_parts(kept, PARTS["products"])]),
        ("Quà và tiền", [("Suất quà", activity.gifts, ""), ("Tổng kinh phí (đồng)", activity.money, activity.source),
                         ("Vận động được (đồng)", activity.raised, "")]),
    ]  # fmt: skip
    known = [(heading, [line for line in lines if line[1] is not None]) for heading, lines in found]
    return [(heading, lines) for heading, lines in known if lines]


def _parts(kept, kinds):
    lines = []
    for what in kinds:
        for row in kept.get(what, []):
            note = f"{number(row.people)} người khác nhau" if row.people is not None and row.times is not None else ""
            lines.append((Tally.What(what).label, row.people if row.times is None else row.times, note))
    return lines


def _of_children(kept):
    parts = [row for row in kept.get("children", []) if row.sex and row.times]
    words = [f"{number(sum(row.times for row in parts if row.sex == sex))} {word}" for sex, word in (("m", "nam"), ("f", "nữ"))]
    bands = sorted({row.band for row in parts}, key=lambda band: int(band.split("-")[0]))
    ages = [f"{number(sum(row.times for row in parts if row.band == band))} em {band} tuổi" for band in bands]
    people = [f"{number(row.people)} em khác nhau" for row in kept.get("children", []) if row.people is not None]
    return "; ".join([*people, *(words + ages if parts else [])])
