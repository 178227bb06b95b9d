"""Pages of bodies: the list, one body, its members in a grid, its print; who may and who may not."""

from datetime import date

import pytest
from django.urls import reverse

from plans.actions import bodies as actions
from plans.models import Body, BodyMember
from tests.plans import staffing

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def url(name, row, *more):
    return reverse(name, args=[row.public_id, *more])


@pytest.fixture
def body(ward):
    return staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2024, 1, 5))


def cells(*lines):
    return {f"c{at}": [line[at] for line in lines] for at in range(3)}


def test_a_body_is_written_with_its_decision_and_shown(as_, an, ward):
    typed = {
        "kind": "standing",
        "name": "Nhóm thường trực",
        "place": str(ward.public_id),
        "number": "5/QĐ-UBND",
        "signed_on": "5/1/2024",
    }
    body = Body.objects.get() if as_(an).post(url("body-list-add", ward), typed).status_code == 302 else None
    page = text(as_(an).get(url("body", body)))
    assert "Thành lập: Quyết định số 5/QĐ-UBND ngày 05/01/2024." in page and "Chưa ghi thành viên" in page
    assert "5/QĐ-UBND" in text(as_(an).get(url("body-list", ward)))


def test_a_refusal_keeps_what_was_typed(as_, an, ward, body):
    typed = {"kind": "standing", "name": "Nhóm thường trực", "place": str(ward.public_id), "note": "Ghi chú dài"}
    page = text(as_(an).post(url("body-list-add", ward), typed))
    assert "Hãy mở mục đã có" in page and "Ghi chú dài" in page and Body.objects.count() == 1


def test_what_the_list_says_of_papers_that_are_missing_or_ran_out(as_, an, ward):
    staffing.body(ward, "board", "Ban bảo vệ trẻ em")
    staffing.body(ward, number="5/QĐ-UBND", signed_on=date(2022, 1, 5), valid_until=date(2023, 12, 31))
    page = text(as_(an).get(url("body-list", ward)))
    assert "chưa ghi quyết định" in page and "quyết định đã hết hiệu lực từ 31/12/2023" in page


def test_members_are_pasted_renewed_and_printed(as_, an, body):
    first = {
        **cells(("Lê Một", "Trưởng nhóm", "PCT UBND"), ("Lê Hai", "", "Công an"), ("", "", "")),
        "on": "5/1/2024",
        "version": 1,
    }
    assert as_(an).post(url("body-members", body), first).status_code == 302
    page = text(as_(an).get(url("body-members", body)))
    assert "Lê Một" in page and "PCT UBND" in page
    second = {**cells(("Lê Một", "Trưởng nhóm", "PCT UBND")), "on": "", "version": 2}
    page = text(as_(an).post(url("body-members", body), second))
    assert "hãy ghi từ ngày nào" in page and "Lê Một" in page
    as_(an).post(url("body-members", body), {**second, "on": "1/4/2024"})
    assert BodyMember.objects.get(name="Lê Hai").ended_on == date(2024, 4, 1)
    assert as_(an).get(url("body-file", body, "pdf")).content.startswith(b"%PDF")
    assert as_(an).get(url("body-file", body, "docx")).status_code == 404


def test_a_group_of_children_says_that_no_child_is_named(as_, an, ward):
    club = staffing.body(ward, "club", "Câu lạc bộ", children=30)
    assert "không ghi tên trẻ em" in text(as_(an).get(url("body-members", club)))
    assert "30 trẻ em là thành viên" in text(as_(an).get(url("body", club)))
    assert "Số trẻ em là thành viên" in text(as_(an).get(url("body-renew", club)))


def test_renewing_meeting_ending(as_, an, body):
    as_(an).post(url("body-renew", body), {"number": "9/QĐ-UBND", "signed_on": "1/3/2024", "valid_until": "", "children": ""})
    as_(an).post(
        url("body-meet", body), {"held_on": "2/4/2024", "content": "Bàn Tháng hành động", "minutes": "02/BB", "present": "9"}
    )
    page = text(as_(an).get(url("body", body)))
    assert "Kiện toàn: Quyết định số 9/QĐ-UBND" in page and "Bàn Tháng hành động" in page and "02/BB" in page
    as_(an).post(url("body-end", body), {"last": "30/4/2024", "version": 1})
    body.refresh_from_db()
    assert body.ended_on == date(2024, 5, 1)
    assert url("body", body) not in text(as_(an).get(url("body-list", body.unit)))
    assert url("body", body) in text(as_(an).get(url("body-list", body.unit) + "?tat-ca=1"))


def test_an_empty_renewal_is_asked_for_a_number_or_a_day(as_, an, body):
    assert "ít nhất số hoặc ngày" in text(as_(an).post(url("body-renew", body), {"number": " "}))


def test_mistakes_are_voided(as_, an, body):
    meeting = actions.meet(by=an, body=body, held_on=date(2024, 2, 1), content="Họp")
    as_(an).post(url("body-meeting-void", meeting), {"reason": "Nhầm ngày", "version": 1})
    as_(an).post(url("body-decision-void", body.decisions.get()), {"reason": "Nhầm số", "version": 1})
    page = text(as_(an).get(url("body", body)))
    assert "Chưa ghi cuộc họp nào" in page and "chưa ghi quyết định" in page
    as_(an).post(url("body-void", body), {"reason": "Nhầm phường", "version": 1})
    assert as_(an).get(url("body", body)).status_code == 404


@pytest.mark.parametrize("name", ["body", "body-members", "body-renew", "body-meet", "body-edit", "body-end", "body-void"])
def test_a_stranger_finds_nothing_and_a_leader_only_reads(as_, chi, lan, binh, body, name):
    assert as_(chi).get(url(name, body)).status_code == 404
    assert as_(lan).get(url(name, body)).status_code == (200 if name == "body" else 403)
    assert as_(binh).get(url(name, body)).status_code == 403


def test_a_member_of_the_staff_list_is_a_link_and_his_training_counts(as_, an, ward, body):
    person = staffing.post(ward, "Lê Một", "official").staff
    staffing.training(ward, on=date(2024, 3, 1), came=[person])
    actions.set_members(body=body, by=an, version=1, members=[("Lê Một", "", ""), ("Lê Hai", "", "")])
    page = text(as_(an).get(url("body", body)))
    assert url("staff-person", person) in page and "1/1 thành viên" in page
