"""Case files through the pages: An works, Lan decides, Bình and Chi learn nothing, not even that a file exists."""

import re
import uuid
from datetime import date, datetime

import pytest
from django.urls import reverse

from cases import guide
from cases.actions import intake, notices, planning
from cases.models import Case
from childcare.children.models import FileAccess, Support
from childcare.lib.calendar import TZ
from reports import todo
from tests import people
from tests.cases import casework as make
from tests.cases import noticing

pytestmark = pytest.mark.django_db
STEPS = ["case-screen", "case-tell-more", "case-emergency", "case-plan", "case-service-add", "case-assign", "case-reopen"]


def url(name, row, *more):
    return reverse(name, args=[row.public_id, *more])


def report(**values):
    return {
        "day": "2/5/2024", "hour": "0:05", "channel": "phone", "suspect_related": "no", "emergency": "", "once": str(uuid.uuid4()),
        **values,
    }  # fmt: skip


def test_who_may_receive_a_report(as_, an, binh, chi, lan, quan):
    assert as_(an).get(reverse("case-add")).status_code == as_(chi).get(reverse("case-add")).status_code == 200
    for officer in (binh, lan, quan):
        assert as_(officer).get(reverse("case-add")).status_code == 403


@pytest.mark.parametrize("name", ["case", *STEPS])
def test_a_file_is_not_there_for_who_is_not_on_its_team(as_, an, binh, chi, dung, son, quan, name):
    case = make.received(an)
    missing = reverse(name, args=[uuid.uuid4()])
    assert as_(an).get(url(name, case)).status_code in (200, 302)
    for officer in (binh, chi, dung, son, quan):
        answers = [as_(officer).get(address).status_code for address in (url(name, case), missing)]
        assert answers[0] == answers[1] in (403, 404)


def test_an_excluded_officer_cannot_tell_a_file_from_none(as_, an, lan):
    case = make.received(an, child=make.child())
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since="2024-01-01T00:00:00+07:00")
    here, nowhere = as_(lan).get(url("case", case)), as_(lan).get(reverse("case", args=[uuid.uuid4()]))
    assert here.status_code == nowhere.status_code == 404
    assert len(here.content) == len(nowhere.content)
    assert case.code not in as_(lan).get(reverse("case-list")).content.decode()
    assert case.code not in as_(lan).get(url("child", case.child)).content.decode()
    assert not list(todo.cases(lan))


def test_what_was_left_open_is_filled_in_later_and_what_was_told_stays(as_, an, lan):
    case = make.received(an, condition="có vết bầm")
    page, address = as_(an).get(url("case", case)).content.decode(), url("case-tell-more", case)
    assert address in page and address not in as_(lan).get(url("case", case)).content.decode()
    form = as_(an).get(address).content.decode()
    assert 'name="parents"' in form and 'name="condition"' not in form and "data-draft=" in form
    nothing = as_(an).post(address, {"version": case.version})
    assert nothing.status_code == 409 and "Chưa có điều nào mới" in nothing.content.decode()
    values = {
        "version": case.version,
        "kind": "N11.1",
        "parents": "mẹ Lê Thị Hai",
        "condition": "chữa lại",
        "informant": "Bà Tư",
    }
    page = as_(an).post(address, values, follow=True).content.decode()
    case.refresh_from_db()
    row = case.intakes.get()
    assert (row.condition, row.parents, row.informant, case.kind.code) == ("có vết bầm", "mẹ Lê Thị Hai", "Bà Tư", "N11.1")
    assert "Bổ sung thông tin đã tiếp nhận" in page and "cha, mẹ, người báo tin, nhóm, nguy cơ" in page
    late = as_(an).post(address, {"version": 1, "family": "ở trọ"})
    assert late.status_code == 409 and not case.intakes.get().family
    stranger = Case.objects.filter(pk=case.pk)
    stranger.update(state="closed", closed_on=people.TODAY)
    assert as_(an).post(address, {"version": case.version, "family": "ở trọ"}).status_code == 409


def test_a_suspect_named_later_is_matched_before_anybody_reads_it(as_, an, lan):
    case = make.received(an)
    as_(an).post(url("case-tell-more", case), {"version": case.version, "suspect": f"bà {lan.full_name}"})
    case.refresh_from_db()
    assert case.protected_file.restricted and as_(lan).get(url("case", case)).status_code == 404
    mine = make.received(
        an
    )  # he names himself: closed to him at once, and he is led to the list, not to a page that is not there
    values = {"version": mine.version, "suspect": f"bà {an.full_name}"}
    answer = as_(an).post(url("case-tell-more", mine), values, follow=True)
    assert answer.redirect_chain == [(reverse("case-list"), 302)] and mine.code not in answer.content.decode()


def test_who_may_not_know_who_told_is_not_asked_for_it(as_, hoa, an):
    case = notices.take_in(notice=noticing.sent(by=hoa), by=an, suspect_related="no")
    form = as_(an).get(url("case-tell-more", case)).content.decode()
    assert 'name="informant' not in form and 'name="parents"' in form


def test_a_report_with_almost_nothing_known_opens_a_case(as_, an):
    page = as_(an).post(reverse("case-add"), report(), follow=True).content.decode()
    case = Case.objects.get()
    assert case.opened_at == datetime(2024, 5, 2, 0, 5, tzinfo=TZ) and case.code in page and "12:05 ngày 02/05/2024" in page


@pytest.mark.parametrize("typed", ["14h30", "8 giờ", "0:05", "9"])
def test_a_time_is_read_as_people_type_it(as_, an, typed):
    as_(an).post(reverse("case-add"), report(day="1/5/2024", hour=typed))
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"hour": "25:00"}, "Không đọc được giờ"),
        ({"hour": ""}, "Hãy điền ô này"),
        ({"suspect_related": ""}, "Hãy chọn"),
        ({"day": "3/5/2024"}, "chưa tới"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(as_, an, values, sentence):
    page = as_(an).post(reverse("case-add"), report(condition="có vết bầm ở tay", **values)).content.decode()
    assert sentence in page and "có vết bầm ở tay" in page and not Case.objects.exists()


def test_a_report_about_a_child_of_the_registry_asks_nothing_twice(as_, an, ward):
    child = make.child()
    address = f"{reverse('case-add')}?child={child.public_id}"
    page = as_(an).get(address).content.decode()
    assert child.full_name in page and 'name="child_name"' not in page
    as_(an).post(address, report())
    case = Case.objects.get()
    assert case.child == child and url("case", case) in as_(an).get(url("child", child)).content.decode()


def test_from_the_report_to_the_closing_through_the_pages(as_, an, lan):
    child = make.child()
    as_(an).post(f"{reverse('case-add')}?child={child.public_id}", report(emergency="no"))
    case = Case.objects.get()

    def post(officer, name, *more, **values):
        case.refresh_from_db()
        response = as_(officer).post(url(name, case, *more), {"version": case.version, **values}, follow=True)
        case.refresh_from_db()
        return response.content.decode()

    post(an, "case-assess", "ban-dau", done_on="2/5/2024", level="low", reason="ổn", emergency="no", A201="low", A211="low")
    assert case.state == "assessing"
    post(an, "case-assess", "cu-the", done_on="2/5/2024", level="medium", findings="sống với bà")
    post(an, "case-plan", starts_on="3/5/2024", ends_on="3/6/2024", goals="an toàn")
    assert "Chưa lập kế hoạch" not in post(an, "case-service-add", kind="S33", cost="500.000", once=str(uuid.uuid4()))
    assert "Đã trình kế hoạch" in post(an, "case-submit")
    assert "thiếu người ký" in post(lan, "case-return", reason="thiếu người ký")
    post(an, "case-submit")
    page = post(lan, "case-approve")
    assert case.state == "approved" and "Phạm Thị Lan" in page
    service = case.plans.get().services.get()
    as_(an).post(url("case-serve", service), {"on": "2/5/2024", "amount": "500.000", "once": str(uuid.uuid4())})
    assert Support.objects.get(child=child).amount == 500_000
    post(an, "case-assess", "ra-soat", done_on="2/5/2024", level="low")
    assert "Đã kết thúc hồ sơ" in post(lan, "case-close", on="2/5/2024", reason="trẻ ổn định")
    assert (case.state, case.closed_on) == ("closed", date(2024, 5, 2))


def test_a_step_out_of_order_is_a_sentence_and_no_error(as_, an):
    case = make.received(an)
    response = as_(an).post(url("case-submit", case))
    assert response.status_code == 409 and "Mới tiếp nhận" in response.content.decode()


def test_the_worker_sees_no_button_of_the_leader(as_, an, lan):
    case, *_ = make.planned(an)
    as_(an).post(url("case-submit", case))
    assert url("case-return", case) not in as_(an).get(url("case", case)).content.decode()
    assert url("case-return", case) in as_(lan).get(url("case", case)).content.decode()


def test_what_to_do_names_the_clock_and_never_the_child(an, lan, binh):
    case = make.assessed(an)
    (line,) = todo.cases(an)
    assert case.code in line.title and "Bảo Hân" not in line.title + line.detail and line.due == date(2024, 5, 8)
    assert not list(todo.cases(lan)) and not list(todo.cases(binh))


def test_who_is_given_a_case_finds_it_in_what_to_do(an):
    case, worker = make.received(an), people.officer("ctxh", "Vũ Thị Xã", "social_worker", people.NAM_SON)
    assert not list(todo.cases(worker))
    intake.assign(case=case, by=an, version=None, worker=worker)
    assert [case.code in line.title for line in todo.cases(worker)] == [True]


def test_the_list_costs_the_same_for_two_and_for_twenty(as_, an, django_assert_max_num_queries):
    for _ in range(20):
        make.received(an)
    client = as_(an)
    with django_assert_max_num_queries(24):
        page = client.get(reverse("case-list")).content.decode()
    assert page.count("HS-") >= 20


def test_the_lists_of_closed_and_of_all_cases(as_, an):
    case = make.received(an)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=date(2024, 5, 2))
    assert "Không có hồ sơ" in as_(an).get(reverse("case-list")).content.decode()
    for shown in ("xong", "tat-ca"):
        assert case.code in as_(an).get(reverse("case-list"), {"xem": shown}).content.decode()


def test_a_restricted_case_is_given_out_by_the_unit_above_without_being_opened(as_, an, lan, dung, phuc):
    case = make.received(an, suspect_related="unknown", condition="có vết bầm", child=make.child())
    assert [line.action for line in todo.held_cases(phuc)] == ["Giao người"] and not list(todo.held_cases(lan))
    page = as_(phuc).get(reverse("case-held")).content.decode()
    assert case.code in page and "Bảo Hân" not in page and "vết bầm" not in page
    assert as_(phuc).get(url("case", case)).status_code in (403, 404)
    for officer in (an, lan, dung):
        assert as_(officer).get(url("case-hand-out", case)).status_code == 403
    own = as_(phuc).post(url("case-hand-out", case), {"worker": str(phuc.public_id)}).content.decode()
    assert "đã có người" not in own and Case.objects.get().worker is None
    as_(phuc).post(url("case-hand-out", case), {"worker": str(dung.public_id)})
    assert as_(dung).get(url("case", case)).status_code == 200 and as_(dung).get(url("case-emergency", case)).status_code == 200
    assert Case.objects.get().worker == dung and Case.objects.visible_to(dung).contains(case)
    assert as_(phuc).get(url("case-hand-out", case)).status_code == 404


def test_a_leader_excluded_from_a_file_does_not_see_that_it_waits(an, phuc):
    case = make.received(an, suspect_related="yes")
    FileAccess.objects.create(file=case.protected_file, officer=phuc, kind="excluded", since="2024-01-01T00:00:00+07:00")
    assert not list(todo.held_cases(phuc)) and not Case.objects.to_hand_out(phuc).exists()


def test_the_form_offers_who_may_work_in_the_ward_by_one_statement(as_, an, binh, chi, lan):
    case = make.received(an)
    page = as_(an).get(url("case-assign", case)).content.decode()
    assert an.full_name in page and not any(f">{who.full_name}<" in page for who in (binh, chi, lan))


def test_an_exclusion_that_has_ended_bars_nobody(an, lan):
    case = make.received(an)
    since, until = "2024-01-01T00:00:00+07:00", "2024-02-01T00:00:00+07:00"
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since=since, until=until)
    assert Case.objects.visible_to(lan).contains(case)
    assert intake.assign(case=case, by=an, version=None, worker=lan).worker == lan


def test_a_second_page_of_cases_keeps_what_is_shown(as_, an):
    for _ in range(31):
        make.received(an)
    page = as_(an).get(reverse("case-list"), {"xem": "tat-ca"}).content.decode()
    assert "?xem=tat-ca&amp;trang=2" in page and "Trang trước" not in page


def test_each_open_state_says_what_comes_next_with_the_words_of_buttons_on_the_page(as_, an, lan):
    case, plan, _ = make.planned(an)
    quoted = re.compile("“([^”]+)”")

    def led(officer):
        page = as_(officer).get(url("case", case)).content.decode()
        said = page.split("Bước này:</strong>")[1].split("</p>")[0] if "Bước này:" in page else ""
        return said, [word for word in quoted.findall(said) if word not in page.replace(said, "")]

    assert set(guide.WORKER) == {state.value for state in Case.State} - {"closed", "screened_out", "transferred"}
    said, missing = led(an)
    assert "Trình phê duyệt" in said and missing == ["Lập kế hoạch"]  # it stands there already: "Sửa kế hoạch"
    planning.submit(case=case, by=an, version=None)
    assert led(lan) == (f" {guide.DECIDER['submitted']}", []) and led(an)[1] == []
    planning.approve(case=case, by=lan, version=None)
    said, missing = led(an)
    assert "Rà soát, đánh giá" in said and missing == [] and led(lan)[0] == ""
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=people.TODAY)
    assert led(an)[0] == ""
