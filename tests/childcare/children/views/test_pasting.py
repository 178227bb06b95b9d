"""Pasting from Excel into a grid: children matched, errors in place with nothing lost, all rows or none, exactly once."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from childcare.children import codes, pasting
from childcare.children.models import BulkAction, Circumstance, Support
from tests import factories, people

pytestmark = pytest.mark.django_db
SUPPORT, CIRCUMSTANCE = reverse("paste", args=["support"]), reverse("paste", args=["circumstance"])


@pytest.fixture
def children(ward):
    place = factories.hamlet(ward, "Tổ dân phố 3")
    return [
        factories.child(place, "Nguyễn Thị Hoà", "12/05/2016", identity_number="031316001234", identity_valid=True),
        factories.child(place, "Trần Văn Bình", "01/02/2015"),
        factories.child(place, "Trần Văn Bình", "03/04/2018"),
    ]


def post(client, lines, *, chosen=(), write=True, key=None, address=SUPPORT):
    data = {f"c{at}": column for at, column in enumerate(zip(*lines, strict=True))}
    data |= {"child": [*chosen, *[""] * (len(lines) - len(chosen))], "once": str(key or uuid.uuid4())}
    return client.post(address, data | ({"write": "1"} if write else {}))


def gift(who, birth="", amount="200.000", day="1/5/2024", kind="S33"):
    return [who, birth, kind, day, amount, "Quỹ Bảo trợ trẻ em", "Tết", "ghi chú riêng"]


def test_by_code_and_by_number_they_are_written_once(as_, an, children):
    lines, key = [gift(codes.code_of(children[1].pk), amount="150.000"), gift("031 316 001 234")], uuid.uuid4()
    client = as_(an)
    answers = {post(client, lines, key=key).url for _ in range(3)}
    assert answers == {reverse("bulk", args=[key])} and BulkAction.objects.get().pasted
    assert {(row.child_id, row.amount, row.note) for row in Support.objects.all()} == {
        (children[1].pk, 150_000, "ghi chú riêng"), (children[0].pk, 200_000, "ghi chú riêng"),
    }  # fmt: skip
    assert client.get(reverse("bulk", args=[key])).status_code == 200


def test_a_name_needs_a_persons_choice(as_, an, children):
    client, lines = as_(an), [gift("tran van binh", "2015")]
    page = post(client, lines).content.decode()
    assert "Tìm thấy một trẻ cùng tên" in page and not Support.objects.exists()
    assert "Hãy chọn đúng trẻ" in post(client, [gift("Trần Văn Bình")]).content.decode()
    assert str(children[1].public_id) in page and str(children[2].public_id) not in page
    assert post(client, lines, chosen=[str(children[1].public_id)]).status_code == 302
    assert Support.objects.get().child == children[1]


def test_a_wrong_row_keeps_all_out_and_nothing_typed_is_lost(as_, an, children):
    lines = [
        gift("031316001234"),
        gift("Không Có Ai", day="30/2/2024", amount="hai trăm"),
        gift("031316001234", day="9/9/2024"),
    ]
    page = post(as_(an), lines).content.decode()
    assert not Support.objects.exists()
    for text in (
        "Không Có Ai",
        "30/2/2024",
        "hai trăm",
        "9/9/2024",
        "Không tìm thấy trẻ này",
        "chưa tới",
        "1 dòng đúng, 2 dòng cần sửa",
    ):
        assert text in page, text


def test_what_is_there_already_is_said_beside_the_row_and_nothing_is_written(as_, an, ward, children):
    lines = [gift("031316001234"), gift("031316001234")]
    page = post(as_(an), lines).content.decode()
    assert "đã có trợ giúp này ngày 01/05/2024" in page and not Support.objects.exists() and not BulkAction.objects.exists()


def test_circumstances_by_name_and_none_that_are_sensitive(as_, an, children):
    client = as_(an)
    line = ["031316001234", "", "trẻ em khuyết tật", "1/1/2024", "QĐ 5", ""]
    assert post(client, [line], address=CIRCUMSTANCE).status_code == 302
    assert Circumstance.objects.get().kind.code == "N04"
    page = post(client, [["031316001234", "", "N11", "", "", ""]], address=CIRCUMSTANCE).content.decode()
    assert "nhạy cảm" in page and Circumstance.objects.count() == 1


def test_children_of_others_are_not_found(as_, chi, binh, children):
    assert "Không tìm thấy" in post(as_(chi), [gift("031316001234")]).content.decode()
    assert as_(binh).get(SUPPORT).status_code == 403 and as_(people.quan()).get(SUPPORT).status_code == 403


def test_checking_writes_nothing_and_asks_few_questions(as_, an, children, django_assert_max_num_queries):
    client = as_(an)
    with django_assert_max_num_queries(25):
        page = post(client, [gift("031316001234", day=f"{day}/4/2024") for day in range(1, 29)], write=False).content.decode()
    assert "28 dòng đúng, 0 dòng cần sửa" in page and not Support.objects.exists()


def test_a_decision_is_pasted_with_its_day(as_, an, children):
    line = [*gift(codes.code_of(children[0].pk)), "12/QĐ-UBND ngày 20/3/2024"]
    [row] = pasting.read("support", [line], [""], officer=an)
    assert not row.errors
    pasting.record(by=an, once=uuid.uuid4(), kind="support", rows=[row])
    written = Support.objects.get()
    assert (written.decision, written.decision_on) == ("12/QĐ-UBND", date(2024, 3, 20))


def test_a_paper_of_a_circumstance_is_pasted_with_its_day(as_, an, children):
    line = [codes.code_of(children[0].pk), "", "N04.2", "1/2/2024", "15/GXN ngày 2/5/2023", ""]
    [row] = pasting.read("circumstance", [line], [""], officer=an)
    pasting.record(by=an, once=uuid.uuid4(), kind="circumstance", rows=[row])
    written = Circumstance.objects.get()
    assert (written.paper, written.paper_on) == ("15/GXN", date(2023, 5, 2))


@pytest.mark.parametrize(
    ("amount", "wrong"), [("1.234", True), ("540", True), ("5.000 đ", False), ("540.000", False), ("0", False), ("", False)]
)
def test_an_amount_that_may_be_thousands_is_asked(as_, an, children, amount, wrong):
    [row] = pasting.read("support", [gift(codes.code_of(children[0].pk), amount=amount)], [""], officer=an)
    assert any("nghìn đồng?" in error for error in row.errors) is wrong
