"""KẾT LUẬN of a check, BIÊN BẢN of a self-check, as administrative documents."""

from childcare.documents.issuers import authorities, issuer_of, notation, place_of
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Signer, Table, paragraphs
from childcare.lib.calendar import show

COLUMNS = [
    Column("TT", 0.6, "center"), Column("Kiến nghị", 4), Column("Hạn khắc phục", 1.4, "center"), Column("Kết quả khắc phục", 3),
]  # fmt: skip


def build(inspection):
    """The document of a concluded check."""
    own, by = inspection.own, inspection.by_unit
    about = "Tự kiểm tra công tác trẻ em" if own else f"Kiểm tra công tác trẻ em tại {inspection.unit.name}"
    return AdminDocument(
        kind="BIÊN BẢN" if own else "KẾT LUẬN",
        subject=about,
        issuer=issuer_of(by),
        notation="" if own else notation("KL", by),
        place=place_of(by),
        day=inspection.concluded_on,
        blocks=list(_blocks(inspection)),
        signer=Signer(authorities(by)[0].split("\n")),
        recipients=[] if own else [f"UBND {inspection.unit.name}", "Lưu: VT"],
    )


def _blocks(inspection):
    yield Heading("I. Cuộc kiểm tra", 1)
    if not inspection.own:
        decided = f" theo {inspection.decision}" if inspection.decision else ""
        yield Paragraph(f"Đơn vị kiểm tra: {inspection.checker}{decided}.")
    yield Paragraph(f"Đơn vị được kiểm tra: {inspection.unit.name}.")
    yield Paragraph(f"Thời gian: từ {show(inspection.starts_on)} đến {show(inspection.ends_on)}.")
    yield Paragraph("Nội dung:")
    yield from paragraphs(inspection.scope)
    yield Heading("II. Kết quả, nhận xét", 1)
    yield from paragraphs(inspection.findings)
    yield Heading("III. Kiến nghị", 1)
    rows = [_row(row) for row in inspection.recommendations.all()]
    yield Table(COLUMNS, rows) if rows else Paragraph("Không có kiến nghị.")
    if inspection.answer:
        yield Heading("IV. Giải trình của đơn vị", 1)
        yield from paragraphs(inspection.answer)


def _row(row):
    result = f"{row.result} ({show(row.done_on)})" if row.done_on else ""
    return row.position, row.text, show(row.due_on) or "chưa ấn định hạn", result
