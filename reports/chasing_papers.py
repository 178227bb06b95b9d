"""Công văn đôn đốc and Thông báo tình hình gửi báo cáo, ready for number, day and pen; the year's table of who sent what."""

from childcare.documents.issuers import authorities, committee, issuer_of, notation, place_of, sign_of
from childcare.documents.structure import AdminDocument, Bullets, Column, Paragraph, Signer, Table
from childcare.lib.calendar import show
from childcare.lib.vietnamese import percent, small

MOST_NAMED = 6  # more addressees than this stand in the table only


def letter(asked, *, office=None, as_office=False, by_day=None):
    """Công văn đôn đốc naming the units that have not sent the report, drafted by the office if any.

    Raises ValueError when all have.
    """
    late = asked.unsent
    if not late:
        raise ValueError("every unit has sent the report")
    writer = office if as_office else None
    how, what = issuer_of(asked.unit, writer), small(asked.title)
    until = f"chậm nhất ngày {show(by_day)}" if by_day else "ngay sau khi nhận được công văn này"
    blocks = [
        Paragraph(f"Theo chế độ báo cáo, {what} phải gửi về {how.plain} chậm nhất ngày {show(asked.last_day)}."),
        Paragraph(f"Đến hết ngày {show(asked.on)}, còn {len(late)} trên {len(asked.rows)} đơn vị chưa gửi báo cáo:"),
        unsent_table(asked),
        Paragraph(f"{how.plain} đề nghị các đơn vị có tên trên hoàn thành và gửi báo cáo {until}."),
        Paragraph(
            f"Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các đơn vị phản ánh về {how.plain} để được "
            "hướng dẫn, xem xét gia hạn."
        ),
    ]
    return AdminDocument(
        kind="", subject=f"đôn đốc gửi {what}", notation=letter_notation(asked.unit, office, as_office),
        addressees=addressees(asked), blocks=blocks, **head(asked, office, as_office),
    )  # fmt: skip


def notice(asked, *, office=None, as_office=False):
    """Thông báo tình hình gửi báo cáo: how many sent it in time, late, not at all; every unit with its day."""
    writer = office if as_office else None
    how, what = issuer_of(asked.unit, writer), small(asked.title)
    sent = asked.in_time + asked.sent_late
    said = [
        f"Đã gửi: {sent} đơn vị, trong đó đúng hạn {asked.in_time} đơn vị, chậm {asked.sent_late} đơn vị.",
        f"Chưa gửi: {len(asked.unsent)} đơn vị.",
    ]
    if asked.counts["returned"]:
        said.append(f"Được yêu cầu chỉnh sửa, chưa gửi lại: {asked.counts['returned']} đơn vị.")
    blocks = [
        Paragraph(f"{how.plain} thông báo tình hình gửi {what} (chậm nhất ngày {show(asked.last_day)}) như sau:"),
        Paragraph(f"Đến hết ngày {show(asked.on)}, trong số {len(asked.rows)} đơn vị phải gửi báo cáo:"),
        Bullets(said),
        state_table(asked),
        Paragraph(f"{how.plain} thông báo để các đơn vị biết, thực hiện."),
    ]
    return AdminDocument(
        kind="THÔNG BÁO", subject=f"Tình hình gửi {what}", notation=notation("TB", asked.unit, writer),
        blocks=blocks, **head(asked, office, as_office, also=("Các đơn vị có tên trên",)),
    )  # fmt: skip


def head(asked, office, as_office, also=()):
    """What both papers share: issuer, place, year, recipients, who signs; number and day are left to the pen."""
    mark, writer = office.sign if office else "", office if as_office else None
    return {
        "issuer": issuer_of(asked.unit, writer),
        "place": place_of(asked.unit),
        "year": asked.on.year,
        "month": asked.on.month,
        "recipients": (*also, f"Lưu: VT{', ' + mark if mark else ''}"),
        "signer": Signer(lines=authorities(asked.unit, writer)[0].split("\n")),
    }


def letter_notation(unit, office, as_office):
    """The letters of a công văn: the body that issues it and the office that drafted it, "UBND-LĐTBXH" (NĐ 30/2020/NĐ-CP)."""
    body = sign_of(unit, office if as_office else None)
    return body if as_office or not office else f"{body}-{office.sign}"


def addressees(asked):
    """The committees and schools themselves while they are few, else the table names them."""
    units = [row["unit"] for row in asked.unsent]
    if len(units) > MOST_NAMED:
        return ("Các đơn vị có tên trong bảng dưới đây",)
    return tuple(unit.name if unit.kind in ("school", "hamlet", "facility") else committee(unit) for unit in units)


def unsent_table(asked):
    """The units that have not sent it."""
    columns = [
        Column("TT", 8, "center"),
        Column("Đơn vị", 46),
        Column("Hạn gửi", 20, "center"),
        Column("Tình hình", 26, "center"),
    ]
    rows = [
        [
            str(place),
            row["unit"].name,
            show(row["obligation"].last_day),
            f"chậm {row['late']} ngày" if row["late"] else "chưa gửi",
        ]
        for place, row in enumerate(asked.unsent, 1)
    ]
    return Table(columns=columns, rows=rows)


def state_table(asked):
    """Every unit: when it sent, in time or how late, and how the report stands."""
    columns = [
        Column("TT", 7, "center"), Column("Đơn vị", 38), Column("Ngày gửi", 18, "center"), Column("Thời hạn", 19, "center"),
        Column("Tình trạng", 18, "center"),
    ]  # fmt: skip
    rows = [
        [str(place), row["unit"].name, show(row["sent_on"]) if row["sent_on"] else "–", term_of(row), row["word"]]
        for place, row in enumerate(asked.rows, 1)
    ]
    return Table(columns=columns, rows=rows)


def term_of(row):
    """ "đúng hạn", "chậm 2 ngày", or "–" while there is time."""
    return f"chậm {row['late']} ngày" if row["late"] else "đúng hạn" if row["sent_on"] else "–"


def year_sheet(unit, year, columns, rows, on):
    """The year's table as a document: đầy đủ and đúng hạn per unit, counted on the day."""
    titles = [Column(column.head, 18, "center") for column in columns]
    table = Table(
        columns=[
            Column("TT", 6, "center"), Column("Đơn vị", 24), *titles, Column("Phải gửi", 9, "right"),
            Column("Đã gửi", 9, "right"), Column("Đúng hạn", 9, "right"), Column("Tỷ lệ đúng hạn", 11, "right"),
        ],
        rows=[
            [str(place), row["unit"].name, *(cell.text if cell else "" for cell in row["cells"]), row["due"], row["sent"],
             row["in_time"], percent(row["in_time"], row["due"]) if row["due"] else "–"]
            for place, row in enumerate(rows, 1)
        ],
        sheet=f"Gửi báo cáo {year}",
    )  # fmt: skip
    return AdminDocument(
        kind="BẢNG THEO DÕI", subject=f"Tình hình gửi báo cáo của các đơn vị năm {year} (tính đến {show(on)})",
        issuer=issuer_of(unit), place=place_of(unit), year=on.year, month=on.month, blocks=[table], landscape=True,
        closing=False,
    )  # fmt: skip
