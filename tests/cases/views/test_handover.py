"""The pages on which a case goes to another commune, and those on which it is joined to its child."""

import pytest
from django.urls import reverse

from cases.models import Case, Handover
from childcare.children.models import Child
from tests import factories, people
from tests.cases import casework, noticing


@pytest.fixture
def sent(ward, an, chi):
    return noticing.handed_over(ward, chi, child_name="Lê Bảo Hân", child_home="Tổ 3 Nam Sơn")


def url(name, row):
    return reverse(name, args=[row.public_id])


def test_the_sender_chooses_the_commune_and_sees_that_it_waits(as_, an, chi, ward):
    case = casework.received(an, child_name="Lê Bảo Hân")
    client = as_(an)
    assert url("case-transfer", case) in client.get(url("case", case)).content.decode()
    data = {"version": case.version, "to": people.unit(people.VAN_DAU).label, "reason": "Trẻ ở Văn Đẩu"}
    response = client.post(url("case-transfer", case), data)
    assert response.url == url("case", case)
    assert "chờ tiếp nhận" in client.get(response.url).content.decode()
    assert "Hồ sơ can thiệp chuyển đi" in client.get(reverse("home")).content.decode()


def test_the_receiver_finds_it_in_what_to_do_and_takes_it_over(as_, sent, an):
    client = as_(an)
    assert "Hồ sơ can thiệp chuyển đến" in client.get(reverse("home")).content.decode()
    assert url("handed", sent) in client.get(reverse("handed-list")).content.decode()
    page = client.get(url("handed", sent)).content.decode()
    assert "Lê Bảo Hân" in page and "Trẻ ở Nam Sơn với bà ngoại" in page
    response = client.post(url("handed-take", sent))
    assert "đã tiếp nhận hồ sơ" not in page and "Lê Bảo Hân" in client.get(response.url).content.decode()
    assert client.get(url("handed", sent)).status_code == 404


def test_before_somebody_says_that_it_came_no_name_no_home_no_words_are_shown(as_, ward, an, chi):
    row = noticing.handed_over(ward, chi, opened=False, child_name="Lê Bảo Hân", child_home="Tổ 3 Nam Sơn", emergency=True)
    page = as_(an).get(url("handed", row)).content.decode()
    assert "Phường Văn Đẩu" in page and "Cần can thiệp khẩn cấp" in page and "Xác nhận đã nhận" in page
    assert not [word for word in ("Hân", "Tổ 3", "bà ngoại", "Tiếp nhận hồ sơ</button>") if word in page]
    assert "Cần can thiệp khẩn cấp" in as_(an).get(reverse("handed-list")).content.decode()
    assert as_(chi).post(url("handed-open", row)).status_code == 404
    opened = as_(an).post(url("handed-open", row), follow=True).content.decode()
    assert "Lê Bảo Hân" in opened and "Tổ 3 Nam Sơn" in opened and "Tiếp nhận hồ sơ</button>" in opened


def test_turning_down_needs_a_reason_that_the_sender_reads(as_, sent, an, chi):
    response = as_(an).post(url("handed-back", sent), {"reason": ""})
    assert response.status_code == 200 and "Không nhận" in response.content.decode()
    as_(an).post(url("handed-back", sent), {"reason": "Trẻ đã về Bắc Sơn"})
    page = as_(chi).get(url("case", sent.case)).content.decode()
    assert "không nhận hồ sơ" in page and "Trẻ đã về Bắc Sơn" in page


def test_the_sender_ends_what_was_urgent(as_, sent, an, chi):
    as_(an).post(url("handed-take", sent))
    page = as_(chi).get(url("case", sent.case)).content.decode()
    assert "đã tiếp nhận hồ sơ" in page and "Kết thúc phần việc khẩn cấp" in page
    assert as_(chi).post(url("case-transfer-end", sent.case)).status_code == 409
    Case.objects.filter(pk=sent.case.pk).update(emergency=False)
    as_(chi).post(url("case-transfer-end", sent.case))
    assert Case.objects.get(pk=sent.case.pk).closed_on == people.TODAY


def test_strangers_find_nothing_and_colleagues_may_not(as_, sent, binh, lan, dung, chi):
    for officer, status in ((chi, 404), (dung, 404), (binh, 403), (lan, 403)):
        assert as_(officer).get(url("handed", sent)).status_code == status
        assert as_(officer).post(url("handed-take", sent)).status_code == status
    assert as_(dung).get(url("case-transfer", sent.case)).status_code == 404
    assert Handover.objects.get().open


# --- joining a case to its child ------------------------------------------------------------------------------------


@pytest.fixture
def case(an):
    told = {"child_name": "Trương Thị Bảo Hân", "child_birth": "3/4/2015", "child_sex": "f", "child_home": "Tổ 1"}
    return casework.received(an, **told)


def test_who_bears_the_told_name_is_offered_and_laid_side_by_side(as_, an, case):
    child = casework.child(mother_name="Lê Thị Mai")
    client = as_(an)
    assert url("case-link", case) in client.get(url("case", case)).content.decode()
    page = client.get(url("case-link", case)).content.decode()
    side = reverse("case-link-child", args=[case.public_id, child.public_id])
    assert side in page and "Có thể là trẻ này" in page
    page = client.get(side).content.decode()
    assert "Theo tin báo" in page and "3/4/2015" in page and "03/04/2015" in page and "mẹ Lê Thị Mai" in page
    response = client.post(side, {"version": case.version})
    case.refresh_from_db()
    assert case.child == child and response.url == url("case", case)
    assert url("case-link", case) not in client.get(response.url).content.decode()
    assert client.post(side, {"version": case.version}).status_code == 409


def test_the_search_is_posted_and_stays_within_the_area(as_, an, case, ward):
    factories.child(people.unit(people.VAN_DAU), "Phạm Thu Trang", "1/1/2014")
    here = factories.child(ward, "Phạm Thu Trà", "1/1/2014")
    page = as_(an).post(url("case-link", case), {"q": "pham thu"}).content.decode()
    assert str(here.public_id) in page and "Phạm Thu Trang" not in page


def test_a_child_of_another_area_cannot_be_joined(as_, an, case):
    other = factories.child(people.unit(people.VAN_DAU), "Trương Thị Bảo Hân", "3/4/2015")
    side = reverse("case-link-child", args=[case.public_id, other.public_id])
    assert as_(an).get(side).status_code == as_(an).post(side, {"version": 1}).status_code == 404


def test_a_child_that_is_in_no_list_is_made_from_the_case_once(as_, an, case, ward):
    client = as_(an)
    form = client.get(url("case-link-new", case)).context["form"]
    told = {name: form[name].value() for name in ("full_name", "sex", "once", "address")}
    assert (told["full_name"], told["sex"], told["address"]) == ("Trương Thị Bảo Hân", "f", "Tổ 1")
    data = {**told, "birth": "3/4/2015", "hamlet": str(ward.public_id)}
    for _ in range(2):
        response = client.post(url("case-link-new", case), data)
    case.refresh_from_db()
    assert case.child == Child.objects.get() and case.child.birth.text == "03/04/2015"
    assert response.url == url("case", case)
    page = client.get(reverse("child", args=[case.child.public_id])).content.decode()
    assert case.intakes.get().place not in page or not case.intakes.get().place


def test_who_looks_alike_is_shown_before_a_new_child_is_made(as_, an, case, ward):
    casework.child()
    form = as_(an).get(url("case-link-new", case)).context["form"]
    data = {"full_name": "Trương Thị Bảo Hân", "birth": "2015", "once": form["once"].value(), "hamlet": str(ward.public_id)}
    page = as_(an).post(url("case-link-new", case), data).content.decode()
    assert "Có thể trẻ này đã có trong sổ" in page and Child.objects.count() == 1
    as_(an).post(url("case-link-new", case), {**data, "confirmed": "1"})
    assert Child.objects.count() == 2


def test_the_stranger_and_the_colleague_do_not_get_there(as_, case, chi, binh, lan):
    for name in ("case-link", "case-link-new"):
        assert as_(chi).get(url(name, case)).status_code == 404
        assert as_(binh).get(url(name, case)).status_code == as_(lan).get(url(name, case)).status_code == 403
