"""Alternative care through the pages: An leads a child through it, Lan decides, Bình and Chi learn nothing."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from cases.actions import placing
from cases.models import Carer, Commitment, Placement, Shelter
from childcare.children.actions import residence
from childcare.children.models import FileAccess
from tests import factories, people
from tests.cases import care, casework

pytestmark = pytest.mark.django_db
STEPS = ["describe", "propose", "decide", "begin", "visit", "ask-end", "end", "cancel", "correct"]


def url(name, row=None):
    return reverse(name, args=[row.public_id] if row else [])


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", ["placement", *[f"placement-{step}" for step in STEPS]])
def test_a_placement_is_not_there_for_anybody_else(as_, an, binh, chi, dung, son, quan, name):
    row = care.caring(an)
    assert as_(an).get(url(name, row)).status_code == 200
    for officer in (binh, chi, dung, son, quan):
        answers = [as_(officer).get(reverse(name, args=[key])).status_code for key in (row.public_id, uuid.uuid4())]
        assert answers[0] == answers[1] in (403, 404)


@pytest.mark.parametrize(
    "name", ["carer", "carer-change", "carer-conclude", "carer-withdraw", "commitment", "commitment-close"]
)
def test_neither_a_carer_nor_a_promise_is_there_for_anybody_else(as_, an, binh, chi, dung, name):
    row = care.promise(an) if name.startswith("commitment") else care.carer(an)
    assert as_(an).get(url(name, row)).status_code == 200
    for officer in (binh, chi, dung):
        assert as_(officer).get(url(name, row)).status_code in (403, 404)


def test_an_excluded_officer_cannot_tell_a_placement_from_none(as_, an, lan):
    case = casework.received(an, child=casework.child())
    row = care.caring(an, "shelter", case=case)
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since="2024-01-01T00:00:00+07:00")
    here, nowhere = as_(lan).get(url("placement", row)), as_(lan).get(reverse("placement", args=[uuid.uuid4()]))
    assert here.status_code == nowhere.status_code == 404 and len(here.content) == len(nowhere.content)
    assert row.code not in text(as_(lan).get(url("placement-list")))
    page = text(as_(lan).get(url("child", row.child)))
    assert row.code not in page and "tạm lánh" not in page.lower() and "Nơi tạm trú" not in page


def test_an_opening_in_an_emergency_lets_read_and_not_work(as_, an):
    case = casework.received(an, child=casework.child())
    row = care.caring(an, "shelter", case=case)
    worker = people.officer("ctxh", "Vũ Thị Xã", "social_worker", people.NAM_SON)
    assert as_(worker).get(url("placement", row)).status_code == 404
    FileAccess.objects.create(file=case.protected_file, officer=worker, kind="emergency", since="2024-01-01T00:00:00+07:00")
    assert as_(worker).get(url("placement", row)).status_code == 200
    assert as_(worker).get(url("placement-visit", row)).status_code == 404


@pytest.mark.parametrize("sensitive", [False, True])
def test_when_the_child_moves_the_new_ward_goes_on_with_the_care(as_, an, chi, sensitive):
    row = care.caring(an, "relative", sensitive=sensitive)
    assert as_(chi).get(url("placement", row)).status_code == 404
    there = people.unit(people.VAN_DAU)
    residence.move(child=row.child, by=an, unit=there, on=people.TODAY)
    assert as_(chi).get(url("placement", row)).status_code == 200
    row.refresh_from_db()
    as_(chi).post(
        url("placement-visit", row),
        {"version": row.version, "once": str(uuid.uuid4()), "visited_on": "2/5/2024", "outcome": "go_on"},
    )
    assert row.visits.count() == 1


def test_what_lies_under_a_file_changes_nothing_on_the_page_of_the_child_for_others(as_, an, binh, dung):
    case = casework.received(an, child=casework.child())
    before = {who: len(as_(who).get(url("child", case.child)).content) for who in (binh, dung)}
    care.caring(an, "shelter", case=case)
    care.promise(an, case=case)
    for who, length in before.items():
        assert len(as_(who).get(url("child", case.child)).content) == length
    assert url("placement", Placement.objects.get()) in text(as_(an).get(url("child", case.child)))


def test_from_the_page_of_the_child_to_the_end_through_the_pages(as_, an, lan):
    child = casework.child()
    assert url("placement-add", child) in text(as_(an).get(url("child", child)))
    as_(an).post(url("placement-add", child), {
        "once": str(uuid.uuid4()), "form": "relative", "opened_on": "4/3/2024", "consent": "guardian", "child_view": "thích ở với bà",
    })  # fmt: skip
    row = Placement.objects.get()
    as_(an).post(f"{reverse('carer-add')}?cham-soc={row.public_id}", {
        "once": str(uuid.uuid4()), "name": "Trương Thị Mận", "applied_on": "5/3/2024", "address": "số 3 ngõ 5",
    })  # fmt: skip
    kin = Carer.objects.get()
    assert (kin.kind, kin.child) == ("relative", child)
    as_(an).post(url("carer-conclude", kin), {
        "version": kin.version, "assessed_on": "6/3/2024", "accepted": "yes", "decided_on": "7/3/2024", "c_housing": "yes",
    })  # fmt: skip

    def post(officer, name, **values):
        row.refresh_from_db()
        return text(as_(officer).post(url(f"placement-{name}", row), {"version": row.version, **values}, follow=True))

    assert "Trương Thị Mận" in text(as_(an).get(url("placement-propose", row)))
    post(an, "propose", carer=str(kin.public_id), on="11/3/2024", reason="bà ngoại, gần trường")
    page = post(lan, "decide", decision_number="12/QĐ-UBND", decision_on="12/3/2024", decision_signer="Phạm Thị Lan")
    assert "12/QĐ-UBND" in page
    assert "Giao nhận trẻ em chăm sóc thay thế" in page  # the clock of fifteen working days runs
    page = post(an, "begin", started_on="20/3/2024", minutes="đã giao cháu", minutes_people="ông Bảo, bà Mận")
    assert "đang chăm sóc từ 20/03/2024" in page and "Trương Thị Mận" in text(as_(an).get(url("child", child)))
    page = post(an, "visit", visited_on="19/4/2024", once=str(uuid.uuid4()), outcome="go_on", living="nhà sạch", report="on")
    assert "nhà sạch" in page and "báo cáo Mẫu số 13" in page
    post(an, "ask-end", request_on="22/4/2024", request_by="bà Mận", request_reason="bố cháu đã về")
    page = post(
        an, "end", end_reason="reunited", last_day="30/4/2024", next="home", end_decision_number="30/QĐ-UBND",
        end_decision_on="29/4/2024", end_signer="Phạm Thị Lan", end_note="bàn giao cho bố",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("ended", date(2024, 5, 1)) and "đến hết 30/04/2024" in page


def test_a_refusal_of_the_law_is_a_sentence(as_, an):
    row = care.proposed(an, consent="")
    answer = as_(an).post(url("placement-decide", row), {
        "version": row.version, "decision_number": "1/QĐ", "decision_on": "15/3/2024", "decision_signer": "Lan",
    })  # fmt: skip
    assert answer.status_code == 409 and "sự đồng ý" in text(answer)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_, an):
    row = care.caring(an)
    page = text(
        as_(an).post(url("placement-visit", row), {"version": row.version, "visited_on": "31/2/2024", "living": "mái dột"})
    )
    assert "Không có ngày" in page and "mái dột" in page and not row.visits.exists()


def test_the_match_shows_the_criteria_and_only_who_may_take_a_child(as_, an):
    row = care.opened(an)
    care.carer(an, name="Đủ Điều Kiện", wishes="bé gái", health_paper_on=date(2023, 11, 1))
    care.carer(an, name="Chưa Xác Minh", accepted=False)
    care.carer(an, name="Người Thân Ai Đó", kind="relative", child=factories.child(row.unit))
    page = text(as_(an).get(url("placement-propose", row)))
    assert "Đủ Điều Kiện" in page and "bé gái" in page and "quá 06 tháng" in page and "0/1 trẻ" in page
    assert "Chưa Xác Minh" not in page and "Người Thân Ai Đó" not in page


def test_time_limited_care_asks_only_those_who_offered_it(as_, an):
    row = care.opened(an, "timed")
    care.carer(an, name="Nhận Lâu Dài")
    care.carer(an, name="Nhận Có Hạn", short_term=True)
    page = text(as_(an).get(url("placement-propose", row)))
    assert "Nhận Có Hạn" in page and "Nhận Lâu Dài" not in page


def test_the_register_of_carers_is_the_communes_own(as_, an, lan, binh, chi, dung):
    care.carer(an)
    for officer in (an, lan):
        assert "Đỗ Văn Hiền" in text(as_(officer).get(url("carer-list")))
    assert as_(binh).get(url("carer-list")).status_code == as_(dung).get(url("carer-list")).status_code == 403
    assert "Đỗ Văn Hiền" not in text(as_(chi).get(url("carer-list")))


def test_the_address_of_a_shelter_is_for_its_keeper_and_the_people_of_a_child_there(as_, an, lan, chi):
    keeper = people.officer("ctxh.quan", "Ngô Văn Quân", "district", people.KIEN_AN)
    place = Shelter.objects.create(
        unit=people.unit(people.KIEN_AN), kind="shelter", name="Nhà tạm lánh Ánh Dương", address="9 Trần Tất Văn"
    )
    assert "9 Trần Tất Văn" in text(as_(keeper).get(url("shelter-list")))
    for officer in (an, chi):
        page = text(as_(officer).get(url("shelter-list")))
        assert "Ánh Dương" in page and "9 Trần Tất Văn" not in page
    row = care.opened(an, "shelter")
    placing.propose(placement=row, by=an, version=row.version, shelter=place, reason="còn chỗ")
    assert "9 Trần Tất Văn" in text(as_(an).get(url("placement", row)))
    assert "9 Trần Tất Văn" not in text(as_(chi).get(url("shelter-list")))
    assert as_(an).get(url("shelter-change", place)).status_code == 404


def test_how_full_a_place_is_betrays_no_child(as_, an, lan):
    case = casework.received(an, child=casework.child())
    row = care.caring(an, "shelter", case=case)
    assert "1 trẻ theo hồ sơ" in text(as_(an).get(url("shelter-list")))
    ha = people.officer("ha", "Trần Thu Hà", "commune", people.NAM_SON)
    FileAccess.objects.create(file=case.protected_file, officer=ha, kind="excluded", since="2024-01-01T00:00:00+07:00")
    page = text(as_(ha).get(url("shelter-list")))
    assert row.shelter.name in page and "1 trẻ theo hồ sơ" not in page
    assert "Chưa có nơi nào" not in text(
        as_(ha).get(url("placement-propose", care.opened(ha, "shelter", child=factories.child(row.unit))))
    )


def test_a_carer_of_a_child_one_may_not_know_looks_like_any_other(as_, an):
    case = casework.received(an, child=casework.child())
    row = care.caring(an, case=case)
    ha = people.officer("ha", "Trần Thu Hà", "commune", people.NAM_SON)
    FileAccess.objects.create(file=case.protected_file, officer=ha, kind="excluded", since="2024-01-01T00:00:00+07:00")
    page = text(as_(ha).get(url("carer", row.carer)))
    assert "Đang chăm sóc" not in page and "Bảo Hân" not in page
    assert "Bảo Hân" in text(as_(an).get(url("carer", row.carer)))


def test_a_district_keeps_its_places_and_a_collaborator_none(as_, an, binh, dung):
    assert as_(dung).get(url("shelter-add")).status_code == 200 and as_(binh).get(url("shelter-add")).status_code == 403
    as_(dung).post(
        url("shelter-add"), {"once": str(uuid.uuid4()), "kind": "facility", "name": "Trung tâm Hoa Phượng", "capacity": "40"}
    )
    assert Shelter.objects.get().unit == people.unit(people.KIEN_AN)
    assert "Trung tâm Hoa Phượng" in text(as_(an).get(url("shelter-list")))


def test_lists_ask_as_many_questions_of_one_as_of_many(as_, an, django_assert_max_num_queries):
    ward = people.unit(people.NAM_SON)
    for number in range(6):
        care.caring(an, child=factories.child(ward, f"Trẻ {number}"))
    for name in ("placement-list", "carer-list", "shelter-list"):
        as_(an).get(url(name))
        with django_assert_max_num_queries(26):
            as_(an).get(url(name))


def test_a_promise_through_the_pages(as_, an):
    child = casework.child()
    as_(an).post(url("commitment-add", child), {
        "once": str(uuid.uuid4()), "subject": "school", "text": "cho cháu đi học", "signed_by": "bố cháu", "signed_on": "4/3/2024",
    })  # fmt: skip
    row = Commitment.objects.get()
    as_(an).post(url("commitment-check", row), {
        "version": row.version, "once": str(uuid.uuid4()), "checked_on": "2/5/2024", "kept": "yes", "note": "đi học đều",
    })  # fmt: skip
    assert "đi học đều" in text(as_(an).get(url("commitment", row)))
    row.refresh_from_db()
    as_(an).post(url("commitment-close", row), {"version": row.version, "outcome": "kept", "on": "2/5/2024"})
    assert "đã thực hiện tốt" in text(as_(an).get(url("child", child)))


def test_in_a_case_care_and_promise_are_one_click_away(as_, an):
    case = casework.received(an, child=casework.child())
    page = text(as_(an).get(url("case", case)))
    assert url("case-care-add", case) in page and url("case-promise-add", case) in page
    as_(an).post(url("case-care-add", case), {"once": str(uuid.uuid4()), "form": "shelter", "opened_on": "2/5/2024"})
    assert Placement.objects.get().protected_file == case.protected_file
