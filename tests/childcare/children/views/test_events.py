"""The page of events, its list, print and workbook, who becomes sixteen, and the events of one child."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from childcare.audit.models import Entry
from childcare.children.actions import residence, transfers, undoing
from tests import factories, people

pytestmark = pytest.mark.django_db
APRIL = {"period": "2024-04"}


@pytest.fixture
def other():
    return people.unit(people.VAN_DAU)


@pytest.fixture
def child(an, ward):
    """A child who died in April."""
    row = factories.child(ward, "Nguyễn Thị Hoà", "12/05/2016", "f")
    residence.end(child=row, by=an, on=date(2024, 4, 20), reason="death")
    return row


def text(response):
    return response.content.decode()


def test_counts_and_list_of_a_month(as_, an, binh, child):
    response = as_(an).get(reverse("event-list"), APRIL)
    assert {row["word"]: row["number"] for row in response.context["counts"]}["Tử vong"] == 1
    page = text(response)
    assert "Nguyễn Thị Hoà" in page and "20/04/2024" in page and "Biến động đến hết ngày 30/04/2024" in page
    entry = Entry.objects.get(action="events.listed")
    assert entry.shown == [str(child.public_id)]
    assert "Nguyễn Thị Hoà" in text(as_(binh).get(reverse("event-list"), APRIL))


def test_the_month_of_today_is_the_default_and_a_kind_narrows_the_list(as_, an, child):
    assert "Nguyễn Thị Hoà" not in text(as_(an).get(reverse("event-list")))
    assert "Nguyễn Thị Hoà" not in text(as_(an).get(reverse("event-list"), {**APRIL, "kind": "birth"}))
    assert "Nguyễn Thị Hoà" in text(as_(an).get(reverse("event-list"), {**APRIL, "kind": "death"}))


def test_the_former_ward_keeps_the_number_and_no_name(as_, an, chi, ward, other):
    moved = factories.child(ward, "Nguyễn Thị Mận")
    transfers.send(child=moved, by=an, to=other, on=date(2024, 4, 10))
    response = as_(an).get(reverse("event-list"), APRIL)
    assert {row["word"]: row["number"] for row in response.context["counts"]}["Chuyển đi"] == 1
    assert "Nguyễn Thị Mận" not in text(response) and "1 trẻ em nay không thuộc phạm vi xem" in text(response)
    assert "Nguyễn Thị Mận" in text(as_(chi).get(reverse("event-list"), APRIL))


def test_another_ward_cannot_be_chosen(as_, an, other):
    assert as_(an).get(reverse("event-list"), {"unit": str(other.public_id)}).context["filter"].place.code == people.NAM_SON


def test_a_residence_under_a_closed_file_is_only_a_number(as_, an, lan, ward):
    row = factories.child(ward, "Nguyễn Thị Kín", since=date(2024, 4, 8))
    row.residences.update(start_reason="arrival", protected_file=factories.protected_file(row, officer=lan))
    page = as_(an).get(reverse("event-list"), {**APRIL, "kind": "arrival"})
    assert "Nguyễn Thị Kín" not in text(page) and page.context["number"] == 0


def test_the_printed_list_and_the_workbook_say_the_same(as_, an, binh, child):
    pdf = as_(an).get(reverse("event-export", args=["pdf"]), APRIL)
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages).split())
    assert "Nguyễn Thị Hoà" in words and "LƯU HÀNH NỘI BỘ" in words and "Tử vong 1" in words
    book = load_workbook(io.BytesIO(as_(an).get(reverse("event-export", args=["xlsx"]), APRIL).content))
    cells = [cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line]
    assert "Nguyễn Thị Hoà" in cells and "20/04/2024" in cells
    assert Entry.objects.filter(action="events.exported", shown=[str(child.public_id)]).count() == 2
    assert as_(binh).get(reverse("event-export", args=["pdf"])).status_code == 403
    assert as_(an).get(reverse("event-export", args=["doc"])).status_code == 404


def test_pages_of_fifty_with_a_fixed_number_of_queries(as_, an, ward, django_assert_max_num_queries):
    for number in range(60):
        factories.child(ward, f"Trẻ {number}", "10/04/2024")
    client = as_(an)
    with django_assert_max_num_queries(22):
        response = client.get(reverse("event-list"), APRIL)
    assert len(response.context["rows"]) == 50 and response.context["number"] == 60
    assert len(client.get(reverse("event-list"), {**APRIL, "trang": "2"}).context["rows"]) == 10


def test_who_becomes_sixteen_soon_with_what_is_open(as_, an, binh, lan, ward):
    soon = factories.child(ward, "Nguyễn Văn Lớn", "01/06/2008")
    factories.circumstance(soon, "N04")
    factories.circumstance(soon, "N11", protected_file=factories.protected_file(soon, officer=lan))
    factories.child(ward, "Nguyễn Văn Bé", "01/06/2016")
    page = text(as_(an).get(reverse("sixteen-list")))
    assert "Nguyễn Văn Lớn" in page and "01/06/2024" in page and "Trẻ em khuyết tật" in page
    assert "Nguyễn Văn Bé" not in page and "xâm hại" not in page
    assert as_(binh).get(reverse("sixteen-list")).status_code == 200


def test_the_events_of_one_child_with_what_was_taken_back(as_, an, binh, chi, child):
    undoing.undo_end(child=child, by=an, reason="Ghi nhầm trẻ")
    address = reverse("child-events", args=[child.public_id])
    page = text(as_(an).get(address))
    assert "Tử vong" in page and "Đã hủy: Ghi nhầm trẻ" in page and "Ngày sinh" in page
    assert [as_(who).get(address).status_code for who in (binh, chi)] == [200, 404]


def test_the_events_of_a_child_that_moved_are_read_by_its_new_ward(as_, an, chi, ward, other):
    row = factories.child(ward, "Nguyễn Thị Mận", "10/06/2008", house=factories.household(ward))
    transfers.send(child=row, by=an, to=other, on=date(2024, 4, 10))
    page = text(as_(chi).get(reverse("child-events", args=[row.public_id])))
    for words in ("Chuyển đến Phường Văn Đẩu", "Phường Văn Đẩu: chờ tiếp nhận", "Sẽ đủ 16 tuổi", "từ trước"):
        assert words in page
    assert page.index("Sẽ đủ 16 tuổi") < page.index("Chuyển đến Phường Văn Đẩu") < page.index("từ trước")
