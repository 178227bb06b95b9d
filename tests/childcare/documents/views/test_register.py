"""Sổ văn bản đi, cấp số, chữ ký số, trang kiểm tra: who keeps the book, what the pages say, what a stranger learns."""

import io
import json
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.documents.actions import numbers, signing
from childcare.documents.books import Series
from childcare.documents.files import open_bytes
from childcare.documents.models import NumberingRule, OutgoingEntry, StoredFile, UnitSeal
from childcare.lib import throttle
from reports import documents, exporting
from reports.models import Submission
from tests import people
from tests.childcare.documents.certificates import PASSWORD, p12, signed_outside
from tests.reports import reporting

pytestmark = pytest.mark.django_db
BOOK = "/bao-cao/so-van-ban/"
UNIT = "UBND phường Nam Sơn"


@pytest.fixture
def letter(an):
    """A công văn in the book of Phường Nam Sơn."""
    book = Series(people.unit(people.NAM_SON), None, "CV")
    return numbers.take(book, by=an, issued_on=people.TODAY, number="5", subject="Mời họp", recipients=["Trạm y tế"])


@pytest.fixture
def clerk():
    return people.officer("thu", "Ngô Thị Thư", Role.CLERK, people.NAM_SON)


@pytest.fixture
def report(an):
    reporting.small_ward()
    return reporting.signed(an)


def address(entry, more=""):
    return f"{BOOK}{entry.public_id}/{more}"


def test_the_book_is_for_those_who_keep_it_and_hides_from_the_stranger(as_, an, binh, chi, clerk, dung, letter):
    for keeper in (an, clerk):
        page = as_(keeper).get(BOOK).content.decode()
        assert "05/UBND" in page and "Mời họp" in page and "Trạm y tế" in page
    assert as_(binh).get(BOOK).status_code == 403
    for stranger in (chi, dung):  # another ward, and the district above: each keeps its own book
        assert "05/UBND" not in as_(stranger).get(BOOK).content.decode()
        for more in ("", "huy/", "tep/xml/", "ban-ky-so/"):
            assert as_(stranger).get(address(letter, more)).status_code == 404
        assert as_(stranger).post(address(letter, "dong-dau/")).status_code == 404


def test_taking_a_number_by_hand_and_of_a_decision_about_a_child(as_, clerk):
    typed = {"code": "QĐ", "in_name": "don-vi", "issued_on": "2/5/2024", "number": "12", "signer_name": "Phạm Thị Lan"}
    client = as_(clerk)
    assert "Hãy ghi trích yếu" in client.post(f"{BOOK}lay-so/", typed).content.decode()
    client.post(f"{BOOK}lay-so/", {**typed, "child_decision": "on", "subject": "về cháu Trương Thị Bảo Hân"})
    row = OutgoingEntry.objects.get()
    assert (row.full_number, row.subject) == ("12/QĐ-UBND", "Quyết định trong hồ sơ trẻ em")
    assert "Bảo Hân" not in client.get(BOOK).content.decode()
    assert client.post(f"{BOOK}lay-so/", {**typed, "child_decision": "on"}).status_code == 409


def test_the_clerk_describes_a_row_and_cancels_a_number(as_, clerk, letter):
    client = as_(clerk)
    facts = {"recipients": "Trạm y tế\nCông an phường", "keeper": "VT", "copies": "3", "sent_on": "2/5/2024", "note": "hỏa tốc"}
    client.post(address(letter), {**facts, "version": letter.version})
    letter.refresh_from_db()
    assert (letter.recipients, letter.copies, letter.note) == (["Trạm y tế", "Công an phường"], 3, "hỏa tốc")
    assert client.post(address(letter), {**facts, "version": 1}).status_code == 409  # an old page overwrites nothing
    client.post(address(letter, "huy/"), {"reason": "Hoãn họp"})
    page = client.get(BOOK).content.decode()
    assert "Đã hủy số" in page and "Lý do hủy: Hoãn họp" in page
    assert client.post(address(letter, "huy/"), {"reason": "x"}).status_code == 409


def test_the_register_prints_its_ten_columns_and_the_workbook_says_the_same(as_, clerk, letter):
    client = as_(clerk)
    assert client.get(f"{BOOK}?nam=2024&dang=pdf").content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{BOOK}?nam=2024&dang=xlsx").content))
    lines = [[cell.value for cell in row] for row in book.active.iter_rows()]
    at = next(place for place, line in enumerate(lines) if line[0] == "Số, ký hiệu văn bản")
    assert lines[at][1:] == [
        "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký", "Nơi nhận văn bản",
        "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert lines[at + 1] == [f"({place})" for place in range(1, 11)]
    assert lines[at + 2][:5] == ["05/UBND", "02/05/2024", "Công văn: Mời họp", None, "Trạm y tế"]
    assert Entry.objects.filter(action="register.printed").count() == 2


def test_the_list_asks_as_often_for_many_rows_as_for_few(as_, clerk, letter, django_assert_max_num_queries):
    book = Series(letter.unit, None, "CV")
    for place in range(10, 40):
        numbers.take(book, by=clerk, issued_on=people.TODAY, number=str(place), subject="x")
    with django_assert_max_num_queries(12):
        as_(clerk).get(BOOK)


def test_numbers_by_the_application_are_switched_on_per_kind_and_used_by_a_report(as_, an, clerk):
    reporting.small_ward()
    row = reporting.presented(an)
    sign = f"/bao-cao/{row.obligation.public_id}/ky/"
    assert "dự kiến" not in as_(an).get(sign).content.decode()
    as_(clerk).post(f"{BOOK}cach-cap-so/", {"in_name": "don-vi", "code": "BC", "on": "1", "first": "15"})
    assert NumberingRule.objects.get().on and "Phần mềm cấp số" in as_(clerk).get(f"{BOOK}cach-cap-so/").content.decode()
    assert "dự kiến 15" in as_(an).get(sign).content.decode()
    typed = {"issued_on": "2/5/2024", "authority": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH", "signer_name": "Phạm Thị Lan"}
    wrong = as_(an).post(sign, {**typed, "version": row.version, "position": "Phó Chủ tịch"})
    assert wrong.status_code == 409 and "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" in wrong.content.decode()
    as_(an).post(sign, {**typed, "version": row.version, "position": "Chủ tịch"})
    assert Submission.objects.get(pk=row.pk).document.full_number == "15/BC-UBND"
    assert as_(an).post(f"{BOOK}cach-cap-so/", {"in_name": "phong-0", "code": "BC"}).status_code == 404


def test_the_data_of_appendix_vi_as_xml_and_json(as_, an, report):
    entry, client = report.document.entry, as_(an)
    said = json.loads(client.get(address(entry, "tep/json/")).content)
    assert (said["CodeNumber"], said["CodeNotation"], said["IssuedDate"]) == ("05", "BC-UBND", "2024-05-02")
    assert said["OrganName"] == "Ủy ban nhân dân phường Nam Sơn" and said["TypeName"] == "Báo cáo" and said["PageAmount"] >= 1
    assert said["SignerInfo"] == {"Position": "Chủ tịch", "FullName": "Phạm Thị Lan"}
    root = ElementTree.fromstring(client.get(address(entry, "tep/xml/")).content)
    assert root.find("CodeNumber").text == "05" and [one.text for one in root.findall("To")] == said["To"]
    assert client.get(address(entry, "tep/exe/")).status_code == 404


def put_seal(client, **more):
    key = SimpleUploadedFile("dau.p12", p12(UNIT))
    return client.post(
        f"{BOOK}chung-thu-so/", {"in_name": "don-vi", "key": key, "password": PASSWORD, "width_mm": "36", **more}
    )


def test_the_leader_keeps_the_seal_encrypted_and_takes_it_away(as_, an, lan, clerk):
    assert put_seal(as_(clerk)).status_code == 409 and not UnitSeal.objects.exists()
    page = put_seal(as_(lan), password="sai").content.decode()
    assert "mật khẩu sai" in page and 'value="sai"' not in page and not UnitSeal.objects.exists()
    put_seal(as_(lan))
    kept = UnitSeal.objects.get()
    raw = UnitSeal.objects.raw("SELECT id, key AS k, password AS p FROM documents_unitseal")[0]
    assert kept.password == PASSWORD and PASSWORD not in raw.p and kept.key not in raw.k
    page = as_(clerk).get(f"{BOOK}chung-thu-so/").content.decode()
    assert UNIT in page and "CA thử nghiệm" in page and "Gỡ chứng thư số" not in page
    put_seal(as_(lan))  # another in its place: the first is forgotten
    first = UnitSeal.objects.get(pk=kept.pk)
    assert first.removed_by == lan and first.key == first.password == ""
    as_(lan).post(f"{BOOK}chung-thu-so/go/", {"in_name": "don-vi"})
    assert not UnitSeal.objects.exclude(key="").exists() and not UnitSeal.objects.filter(removed_at=None).exists()
    assert as_(an).post(f"{BOOK}chung-thu-so/go/", {"in_name": "don-vi"}).status_code == 403


def test_person_and_unit_sign_a_report_and_the_unit_above_reads_the_copy(as_, an, lan, clerk, dung, report):
    entry, document = report.document.entry, report.document
    client, issued = as_(clerk), open_bytes(document.pdf)
    assert client.post(address(entry, "dong-dau/")).status_code == 409  # no seal yet
    other = client.post(address(entry, "ban-ky-so/"), {"file": SimpleUploadedFile("a.pdf", issued)})
    assert "chưa có chữ ký số" in other.content.decode()
    signed = SimpleUploadedFile("a.pdf", signed_outside(issued))
    page = client.post(address(entry, "ban-ky-so/"), {"file": signed}, follow=True).content.decode()
    assert "Chữ ký số của Phạm Thị Lan toàn vẹn" in page and "chưa kiểm được chuỗi tin cậy" in page
    fresh = SimpleUploadedFile("b.pdf", signed_outside(issued, "Người Khác"))  # would lose the first signature
    assert "bản ký số mới hơn" in as_(an).post(address(entry, "ban-ky-so/"), {"file": fresh}).content.decode()
    put_seal(as_(lan))
    as_(clerk).post(address(entry, "dong-dau/"))
    copies = list(document.signed_copies.all())
    assert [copy.subject for copy in copies] == ["Phạm Thị Lan", UNIT]
    assert open_bytes(document.pdf) == issued and open_bytes(copies[-1].file).startswith(open_bytes(copies[0].file))
    assert as_(clerk).post(address(entry, "dong-dau/")).status_code == 409
    got = as_(an).get(f"/bao-cao/{report.obligation.public_id}/ban-ky-so/").content
    assert got == open_bytes(copies[-1].file)
    assert as_(dung).get(f"/bao-cao/{report.obligation.public_id}/ban-ky-so/").status_code == 404  # not sent yet
    assert StoredFile.objects.filter(name__endswith=".ky-so.pdf").count() == 2
    assert signing.newest(document) == copies[-1].file


def test_the_check_page_says_genuine_number_day_unit_and_an_unknown_code_looks_alike(client, report):
    token = report.document.check_token
    known, unknown = client.get(f"/kiem-tra/{token}/"), client.get(f"/kiem-tra/{token[::-1]}/")
    page = known.content.decode()
    assert known.status_code == unknown.status_code == 200
    for told in ("Văn bản có thật", "05/BC-UBND", "02/05/2024", "Ủy ban nhân dân phường Nam Sơn"):
        assert told in page and told not in unknown.content.decode()
    for hidden in ("Phạm Thị Lan", "Kết quả công tác", "Báo cáo", "Nguyễn Thị An"):
        assert hidden not in page
    assert {name: known[name] for name in known.headers if name != "Content-Length"}.keys() == unknown.headers.keys() - {
        "Content-Length"
    }
    assert len(token) >= 32 and client.post(f"/kiem-tra/{token}/").status_code in (403, 405)
    answers = {client.get(f"/kiem-tra/{token}/").status_code for _ in range(throttle.TRIES + 1)}
    assert answers == {200, 429}


def test_the_code_is_printed_on_the_report_and_leads_to_its_page(report):
    assert documents.of_submission(report).check_url.endswith(f"/kiem-tra/{report.document.check_token}/")
    assert exporting.as_json(report, documents.of_submission(report)).decode().count("Quét mã để kiểm tra văn bản") == 1
