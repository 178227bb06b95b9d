"""BIÊN BẢN of the council with the table of points, and the list of recognised communes, as administrative documents."""

from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import (
    AdminDocument,
    Annex,
    Column,
    Heading,
    Paragraph,
    Signatures,
    Signer,
    Table,
    paragraphs,
)
from childcare.lib.calendar import show
from childcare.lib.vietnamese import number
from plans.actions.friendly import lines_of
from plans.friendly import result_of

WEIGHTS = [
    Column("TT", 0.6, "center"), Column("Tiêu chí", 5), Column("Điểm tối đa", 1, "right"), Column("Điểm tự chấm", 1, "right"),
]  # fmt: skip
PARTS = [
    Column("Tiêu chí", 0.8, "center"), Column("Nội dung", 4), Column("Tối đa", 0.9, "right"), Column("Điểm", 0.9, "right"),
    Column("Số liệu của hệ thống", 2), Column("Nguồn số liệu, diễn giải", 3),
]  # fmt: skip


def minutes(evaluation):
    """The minutes of the council: who met, the thirteen criteria, the total against what is wanted, the conclusion."""
    lines = lines_of(evaluation)
    result = result_of(lines, evaluation.threshold.points)
    rows = [(line.criterion.number, line.criterion.name, line.most, line.points) for line in lines]
    rows.append((None, "Tổng cộng", sum(line.most or 0 for line in lines), result.total))
    return AdminDocument(
        kind="BIÊN BẢN", subject=f"Họp Hội đồng đánh giá {evaluation.unit.kind_word} phù hợp với trẻ em năm {evaluation.year}",
        issuer=issuer_of(evaluation.unit), place=place_of(evaluation.unit), day=evaluation.held_on, bases=[],
        blocks=[
            Heading("I. Thời gian, thành phần", 1),
            Paragraph(f"Hội đồng họp ngày {show(evaluation.held_on)}."),
            Paragraph(f"Chủ trì: {evaluation.chair}."),
            Paragraph(f"Thư ký: {evaluation.secretary}."),
            Paragraph("Thành viên dự họp:"),
            *paragraphs("\n".join(f"- {line}" for line in evaluation.members.splitlines() if line.strip())),
            Heading(f"II. Kết quả chấm điểm theo {evaluation.standard.legal_basis}", 1),
            Table(WEIGHTS, rows, total_rows=frozenset({-1})),
            Paragraph(f"{evaluation.threshold.text}: tổng điểm tối thiểu {number(evaluation.threshold.points)} điểm."),
            Heading("III. Ý kiến, kết luận", 1),
            *paragraphs(evaluation.opinions),
            Paragraph(result.sentence),
            Signatures([Signer(["Thư ký"], evaluation.secretary), Signer(["Chủ trì"], evaluation.chair)]),
        ],
        annexes=[Annex("Bảng tự chấm điểm chi tiết", note=" ", blocks=[Table(PARTS, list(_parts(lines)))])], closing=False,
    )  # fmt: skip


def _parts(lines):
    for line in lines:
        for part, score in line.parts:
            told = "; ".join(filter(None, [score.source, score.note])) if score else ""
            yield (
                str(line.criterion.number), part.text, score.most if score else part.max_points,
                score.points if score else None, score.figure if score else "", told,
            )  # fmt: skip


def recognised_list(unit, year, rows):
    """The communes of a unit that were recognised for a year; `rows` are of `friendly_pages.table_of`."""
    found = [row for row in rows if row.evaluation and row.evaluation.state == "recognised"]
    cells = [
        (place, row.unit.name, row.result.total, one.threshold.points, one.decision, show(one.decided_on))
        for place, row in enumerate(found, 1)
        for one in [row.evaluation]
    ]
    columns = [
        Column("TT", 0.6, "center"), Column("Xã, phường, thị trấn", 3), Column("Tổng điểm", 1.2, "right"),
        Column("Điểm tối thiểu", 1.2, "right"), Column("Quyết định", 2), Column("Ngày", 1.5),
    ]  # fmt: skip
    table = [Table(columns, cells)] if cells else [Paragraph("Chưa có xã, phường nào được công nhận.")]
    return AdminDocument(
        kind="DANH SÁCH", subject=f"Xã, phường được công nhận phù hợp với trẻ em năm {year}", issuer=issuer_of(unit),
        place=place_of(unit), year=year, blocks=[*table, Paragraph(f"Được công nhận: {len(found)}/{len(rows)} {_word(rows)}.")],
    )  # fmt: skip


def _word(rows):
    words = {row.unit.kind_word for row in rows}
    return words.pop() if len(words) == 1 else "xã, phường"
