"""The report as a document: what stands where; and the command that writes it."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from childcare.documents import plain
from reports import documents, drafts, issuing
from reports.actions import drafting
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_ward(db):
    return reporting.small_ward()


def write(tmp_path, **options):
    out, target = StringIO(), tmp_path / "report"
    call_command(
        "report",
        **{"unit": people.NAM_SON, "period": "2024-H1", "format": "json", "output": str(target), **options},
        stdout=out,
    )
    return target.read_bytes(), out.getvalue().strip()


def test_a_draft_carries_its_mark_and_leaves_room_for_number_and_day(an):
    document = documents.of_submission(reporting.draft(an))
    assert document.marks == ("DỰ THẢO",) and document.number == "" and document.day is None
    assert document.subject == "Kết quả công tác trẻ em 6 tháng đầu năm 2024"
    assert document.issuer.parent_lines == ("UBND QUẬN KIẾN AN",)
    assert document.issuer.name_lines == ("ỦY BAN NHÂN DÂN", "PHƯỜNG NAM SƠN")
    assert document.addressees == ("Ủy ban nhân dân quận Kiến An", "Phòng Lao động - Thương binh và Xã hội quận Kiến An")
    assert document.recipient_lines[0] == "- Như trên;" and document.recipient_lines[-1] == "- Lưu: VT."
    assert documents.of_submission(reporting.presented(an)).marks == ()


def test_the_nine_parts_stand_in_their_order(an):
    texts = plain.texts(documents.of_submission(reporting.draft(an)))
    parts = ["I. Đặc điểm tình hình", "II. Công tác chỉ đạo, điều hành", "III. Kết quả thực hiện", "4. Bảo vệ trẻ em",
             "a) Trẻ em có hoàn cảnh đặc biệt và trợ giúp", "đ) Chăm sóc thay thế", "9. Dữ liệu trẻ em",
             "IV. Đánh giá so với chỉ tiêu kế hoạch", "VI. Phương hướng, nhiệm vụ 6 tháng cuối năm", "VII. Kiến nghị, đề xuất"]  # fmt: skip
    assert [text for text in texts if text in parts] == parts
    assert "(số liệu từ ngày 01/11/2023 đến ngày 30/04/2024)" in " ".join(texts)


def test_an_annex_with_a_sensitive_group_is_for_inner_use_only(an, small_ward):
    annex = lambda: next(a for a in documents.of_submission(reporting.draft(an)).annexes if "14 NHÓM" in a.title.upper())  # noqa: E731
    assert annex().marks == ()
    child = factories.child(small_ward, "Vũ Thị Kín", "01/01/2012", "f")
    factories.circumstance(child, "N11", since=None)
    drafting.refresh(submission=reporting.draft(an), by=an)
    assert annex().marks == ("LƯU HÀNH NỘI BỘ",)


def test_an_estimate_is_marked_as_one():
    rows = [
        {
            "key": "a",
            "text": "99% trẻ em được trợ giúp",
            "planned": "≥ 99%",
            "now": "1/2 (50,0%)",
            "earlier": "–",
            "word": "Chậm tiến độ",
        }
    ]
    table = documents.targets_table(rows, {"a": "100%"})
    assert [column.title for column in table.columns][5] == "Ước thực hiện cả kỳ"
    assert table.rows[0][5] == "100% (ước)"
    assert len(documents.targets_table(rows, {}).columns) == 6


def test_office_and_committee_differ_in_head_and_signer(dung):
    owed = reporting.owed(people.KIEN_AN)
    office, committee = issuing.of(owed, True), issuing.of(owed, False)
    assert (office.notation, committee.notation) == ("BC-LĐTBXH", "BC-UBND")
    assert office.issuer.name_lines == ("PHÒNG LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI")
    assert office.authorities[0] == "TRƯỞNG PHÒNG" and committee.authorities[0] == "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    assert office.addressees == ("Sở Lao động - Thương binh và Xã hội thành phố Hải Phòng", "Ủy ban nhân dân quận Kiến An")


def test_the_command_writes_what_is_counted_and_says_its_digest(tmp_path, an):
    reporting.owed()
    data, said = write(tmp_path)
    told = json.loads(data)
    assert told["figures"]["DS-01"]["n"] == "3" and told["cutoff"] == "2024-04-30" and told["state"] == "draft"
    assert said == f"{tmp_path / 'report'} {hashlib.sha256(data).hexdigest()}"
    assert not reporting.owed().submissions.exists()


def test_the_command_needs_no_obligation_to_be_written_down(tmp_path, an):
    assert json.loads(write(tmp_path, unit=people.VAN_DAU)[0])["last_day"] == "2024-05-09"


def test_of_a_signed_report_the_command_gives_the_frozen_bytes(tmp_path, an):
    row = reporting.signed(an)
    data, _ = write(tmp_path, format="pdf")
    assert hashlib.sha256(data).hexdigest() == row.document.pdf.sha256
    again, _ = write(tmp_path, format="docx")
    assert hashlib.sha256(again).hexdigest() == row.document.docx.sha256


def test_the_command_says_what_it_cannot_do(tmp_path, an):
    with pytest.raises(CommandError, match="Không có đơn vị mã 99999"):
        write(tmp_path, unit="99999")
    with pytest.raises(CommandError, match="không có báo cáo phải gửi"):
        write(tmp_path, period="2024-Q3")


def test_tables_leave_as_a_workbook(tmp_path, an):
    data, _ = write(tmp_path, format="xlsx")
    assert data.startswith(b"PK") and drafts.Draft().targets == []
