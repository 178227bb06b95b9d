"""Pages of a round of review, and the minutes."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from childcare.audit.models import Entry
from childcare.children import reviewing
from childcare.children.actions import rounds
from childcare.children.models import ReviewRound, ReviewTick
from tests import factories, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamlet(ward):
    return factories.hamlet(ward, "Tổ dân phố 3")


@pytest.fixture
def child(ward, hamlet):
    house = factories.household(hamlet, "Nguyễn Văn Hào", address="Số 7")
    row = factories.child(hamlet, "Nguyễn Thị Hoà", "12/05/2016", house=house, mother_name="Trần Thị Mai")
    file = factories.protected_file(row, unit=ward)
    factories.circumstance(row, "N11", protected_file=file)
    return row


@pytest.fixture
def round(an, ward, child):
    return rounds.open_round(by=an, unit=ward, title="Rà soát 6 tháng", started_on=people.TODAY, due_on=people.TODAY)


@pytest.fixture
def tam(ward, hamlet):
    """Collaborator of the hamlet alone."""
    officer = people.officer("tam", "Lê Văn Tâm", "collaborator", people.NAM_SON)
    officer.appointments.update(unit=hamlet)
    return officer


def place(round, hamlet):
    return reverse("round-place", args=[round.public_id, hamlet.public_id])


def tick(client, round, child, **values):
    return client.post(
        reverse("round-tick", args=[round.public_id, child.public_id]), {"answer": "stays", **values}, HTTP_HX_REQUEST="true"
    )


def test_a_round_is_opened_and_found_by_the_collaborator(as_, an, tam, child):
    as_(an).post(
        reverse("round-add"),
        {"unit": str(an.unit.public_id), "title": "Đợt 1", "started_on": "2/5/2024", "due_on": "16/5/2024"},
    )
    row = ReviewRound.objects.get()
    client = as_(tam)
    assert "Đợt 1" in client.get(reverse("round-list")).content.decode()
    assert "Tổ dân phố 3" in client.get(reverse("round", args=[row.public_id])).content.decode()


def test_the_sheet_of_a_hamlet_shows_parents_and_no_circumstance(as_, tam, round, hamlet):
    page = as_(tam).get(place(round, hamlet)).content.decode()
    assert "Nguyễn Thị Hoà" in page and "mẹ Trần Thị Mai" in page and "hộ Nguyễn Văn Hào" in page
    assert "xâm hại" not in page


def test_one_tick_answers_a_fragment_and_again_the_same(as_, tam, round, child):
    client = as_(tam)
    for _ in range(2):
        answer = tick(client, round, child).content.decode()
        assert "Đã lưu lúc" in answer and "Đã rà soát 1/1" in answer and "<html" not in answer
    assert Entry.objects.filter(action="review.ticked").count() == 1


def test_without_script_the_tick_leads_back_to_the_list(as_, tam, round, child, hamlet):
    answer = as_(tam).post(
        reverse("round-tick", args=[round.public_id, child.public_id]), {"answer": "mend", "note": "Sai tên"}
    )
    assert answer.url == place(round, hamlet) and ReviewTick.objects.get().note == "Sai tên"


def test_strangers_and_who_may_not_tick(as_, chi, dung, quan, lan, round, child, hamlet):
    for officer, shown, ticked in ((chi, 404, 404), (quan, 403, 403), (dung, 200, 403), (lan, 200, 403)):
        client = as_(officer)
        assert client.get(place(round, hamlet)).status_code == shown
        assert tick(client, round, child).status_code == ticked
    assert ReviewTick.objects.get().answer == ""


def test_another_hamlets_collaborator_opens_nothing_of_this_one(as_, tam, round, child, hamlet, ward):
    tam.appointments.update(unit=factories.hamlet(ward, "Tổ dân phố 4"))
    client = as_(tam)
    assert client.get(place(round, hamlet)).status_code == 404 and tick(client, round, child).status_code == 404
    assert client.get(reverse("round-minutes", args=[round.public_id, "pdf"])).status_code == 403


def test_a_closed_round_refuses_with_a_sentence(as_, an, tam, round, child):
    client = as_(an)
    assert "1 trẻ em chưa rà soát" in client.get(reverse("round-close", args=[round.public_id])).content.decode()
    client.post(reverse("round-close", args=[round.public_id]))
    answer = tick(as_(tam), round, child)
    assert answer.status_code == 409 and "đã chốt" in answer.content.decode()


def test_gone_leads_to_the_residence_of_the_child(as_, an, round, child):
    client = as_(an)
    tick(client, round, child, answer="left")
    page = client.get(reverse("round", args=[round.public_id])).content.decode()
    assert (
        reverse("residence-end", args=[child.public_id]) in page and reverse("residence-move", args=[child.public_id]) in page
    )


def test_the_minutes_say_the_counts_and_whom_to_mend(as_, an, round, child):
    client = as_(an)
    tick(client, round, child, answer="mend", note="Sai ngày sinh")
    data = client.get(reverse("round-minutes", args=[round.public_id, "pdf"])).content
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    for part in (
        "BIÊN BẢN", "LƯU HÀNH NỘI BỘ", "Phải rà soát 1 trẻ em", "cần sửa thông tin 1", "NGƯỜI LẬP BIÊN BẢN", "ĐẠI DIỆN TỔ DÂN PHỐ", "Sai ngày sinh",
        f"bản in số {Entry.objects.get(action='review.printed').copy_number}",
    ):  # fmt: skip
        assert part in text, part
    assert "xâm hại" not in text
    assert client.get(reverse("round-minutes", args=[round.public_id, "docx"])).status_code == 200


def test_pages_of_a_hamlet(as_, an, tam, ward, hamlet, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(reviewing, "SIZE", 2)
    for name in "ABCDE":
        factories.child(hamlet, f"Trẻ {name}")
    round = rounds.open_round(by=an, unit=ward, title="Đợt", started_on=people.TODAY, due_on=people.TODAY)
    client, seen, address = as_(tam), [], place(round, hamlet)
    with django_assert_max_num_queries(18):
        client.get(address)
    while address:
        answer = client.get(address)
        seen += [row["child"].full_name for row in answer.context["rows"]]
        following = answer.context["pager"].next
        address = place(round, hamlet) + following if following else ""
    assert seen == [f"Trẻ {name}" for name in "ABCDE"]
