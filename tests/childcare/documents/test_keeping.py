"""A document that was kept reads as it was written."""

import json
from datetime import date
from decimal import Decimal

import pytest

from childcare.documents import keeping
from childcare.documents.plain import texts
from childcare.documents.structure import (
    AdminDocument,
    Annex,
    Bullets,
    Column,
    HeadCell,
    Heading,
    Issuer,
    Paragraph,
    Signatures,
    Signer,
    Table,
)

WHOLE = AdminDocument(
    subject="Phê duyệt kế hoạch",
    issuer=Issuer("Ủy ban nhân dân quận Kiến An", "Ủy ban nhân dân\nphường Nam Sơn", "Ủy ban nhân dân phường Nam Sơn"),
    kind="QUYẾT ĐỊNH",
    number="5",
    notation="QĐ-UBND",
    place="Nam Sơn",
    day=date(2024, 5, 2),
    addressees=("Công an phường",),
    bases=("Luật Trẻ em",),
    blocks=(
        Heading("QUYẾT ĐỊNH:", 0),
        Paragraph("Phê duyệt kế hoạch.", lead="Điều 1.", align="left"),
        Bullets(["- một", "hai"]),
        Table(
            [Column("TT", 1, "center"), Column("Tiền", 2, "right")],
            [["1", 1_500_000], ["2", Decimal("2.50")], ["Cộng", None]],
            head_rows=[[HeadCell("A", down=2), "B"], ["b"]],
            total_rows=frozenset([-1]),
        ),
        Signatures([Signer(["CHỦ TRÌ"], "Lan")]),
    ),
    recipients=("Như Điều 1", "Lưu: VT"),
    signer=Signer(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Phạm Thị Lan"),
    marks=("Lưu hành nội bộ",),
    annexes=(Annex("Phụ biểu", blocks=(Paragraph("một dòng"),)),),
)


def test_every_part_of_a_document_is_read_again_as_it_was():
    again = keeping.read(keeping.written(WHOLE))
    assert again == WHOLE and texts(again) == texts(WHOLE)


def test_keeping_twice_changes_nothing():
    once = keeping.written(WHOLE)
    assert keeping.written(keeping.read(once)) == once


@pytest.mark.parametrize(
    "text", ["[]", '{"part":"Heading","text":"x","level":1}', "không phải JSON"], ids=["list", "part", "text"]
)
def test_anything_else_is_no_document(text):
    with pytest.raises(ValueError):
        keeping.read(text)


def test_it_is_plain_json_with_the_letters_as_they_are():
    assert "Phạm Thị Lan" in keeping.written(WHOLE) and json.loads(keeping.written(WHOLE))["part"] == "AdminDocument"
