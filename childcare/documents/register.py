"""Sổ đăng ký văn bản đi in the form of NĐ 30/2020/NĐ-CP, Phụ lục IV: ten columns, a row a number, cancelled ones named."""

from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import AdminDocument, Column, HeadCell, Table
from childcare.lib.calendar import show
from childcare.lib.vietnamese import number

COLUMNS = (
    ("Số, ký hiệu văn bản", 14), ("Ngày tháng văn bản", 12), ("Tên loại và trích yếu nội dung văn bản", 30),
    ("Người ký", 15), ("Nơi nhận văn bản", 22), ("Đơn vị, người nhận bản lưu", 12), ("Số lượng bản", 8),
    ("Ngày chuyển", 12), ("Ký nhận", 9), ("Ghi chú", 15),
)  # fmt: skip


def sheet(unit, year, rows, on):
    """The register of a unit and year as a document, for PDF and XLSX."""
    head = [[HeadCell(title) for title, _ in COLUMNS], [HeadCell(f"({place})") for place in range(1, len(COLUMNS) + 1)]]
    columns = [Column(title, width, "center" if title == "Số lượng bản" else "left") for title, width in COLUMNS]
    table = Table(columns, [cells(row) for row in rows], head_rows=head, sheet=f"Văn bản đi {year}")
    return AdminDocument(
        kind="SỔ ĐĂNG KÝ VĂN BẢN ĐI", subject=f"Năm {year} (in ngày {show(on)})", issuer=issuer_of(unit), place=place_of(unit),
        day=on, blocks=[table], landscape=True, closing=False,
    )  # fmt: skip


def cells(row):
    """A row of the register; the column of the receipts is left to the pen."""
    return [
        row.full_number, show(row.issued_on), row.what, row.signer_name, "\n".join(row.recipients), row.keeper,
        number(row.copies) if row.copies else "", show(row.sent_on), "", remark(row),
    ]  # fmt: skip


def remark(row):
    """The remark, with why a number was cancelled."""
    cancelled = f"Đã hủy ngày {show(row.cancelled_at.date())}: {row.cancel_reason}" if row.cancelled_at else ""
    return "\n".join(filter(None, [cancelled, row.note]))
