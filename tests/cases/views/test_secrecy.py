"""The pages of access through the browser's eyes: An restricts, Phúc and Hiếu lift, Lan is excluded, Chi is a stranger."""

import uuid

import pytest
from django.urls import reverse

from cases.actions import emergency, intake, lifting, secrecy
from cases.models import Case, DeclaredPerson, EmergencyOpening, SecrecyRule, Suspect
from childcare.accounts.models import Officer
from tests import people
from tests.cases import casework as make

pytestmark = pytest.mark.django_db
OF_CASE = ["case-access", "case-restrict", "case-exclude", "case-suspect", "case-lift", "case-readers"]
WHY = "Trẻ đang bị nhốt, cần biết địa chỉ ngay"


def url(name, row):
    return reverse(name, args=[row.public_id])


def second():
    return people.officer("hieu", "Ngô Văn Hiếu", "office_leader", people.KIEN_AN)


@pytest.mark.parametrize("name", OF_CASE)
def test_the_pages_of_access_are_not_there_for_who_is_not_on_the_team(as_, an, lan, binh, chi, dung, son, quan, phuc, name):
    case = make.received(an)
    secrecy.exclude(case=case, by=an, version=None, officer=lan, reason="x")
    for officer in (lan, binh, chi, dung, son, quan):
        answers = [as_(officer).get(reverse(name, args=[key])) for key in (case.public_id, uuid.uuid4())]
        assert answers[0].status_code == answers[1].status_code in (403, 404)
        assert len(answers[0].content) == len(answers[1].content)


def test_restricting_and_excluding_through_the_pages(as_, an, lan, phuc):
    case = make.received(an)
    page = as_(an).get(url("case", case)).content.decode()
    assert url("case-access", case) in page and url("case-suspect", case) in page
    as_(an).post(url("case-restrict", case), {"version": case.version, "reason": "nghi người nhà"})
    page = as_(an).get(url("case-access", case)).content.decode()
    assert "Quận Kiến An giữ" in page and "chưa đối chiếu" in page.lower() and url("case-restrict", case) not in page
    case.refresh_from_db()
    as_(an).post(url("case-exclude", case), {"version": case.version, "officer": str(lan.public_id), "reason": "là vợ"})
    assert lan.full_name in as_(an).get(url("case-access", case)).content.decode()
    assert url("case-lift", case) not in as_(an).get(url("case-access", case)).content.decode()


def test_whom_the_matching_excluded_is_told_to_the_unit_above_and_not_to_the_commune(as_, an, lan, phuc):
    secrecy.declare(by=lan, once=None, relation="spouse", name="", phone="0912345678")
    case = make.received(an, suspect="máy 0912345678")
    here, above = (as_(who).get(url("case-access", case)).content.decode() for who in (an, phuc))
    assert lan.full_name not in here and lan.full_name in above and "do đối chiếu" in above
    assert lan.full_name in as_(an).get(url("case-exclude", case)).content.decode()  # still offered: its absence would tell


def test_two_people_lift_it_through_the_pages(as_, an, lan, phuc):
    case, hieu = make.received(an, suspect_related="unknown"), second()
    assert case.code in as_(phuc).get(reverse("case-lifts")).content.decode()
    as_(phuc).post(url("case-lift", case), {"reason": "đã xác minh"})
    lift = case.lift_proposals.get()
    assert url("lift-decide", lift) not in as_(phuc).get(reverse("case-lifts")).content.decode()
    assert as_(phuc).get(url("lift-decide", lift)).status_code == 404
    page = as_(hieu).get(url("lift-decide", lift)).content.decode()
    assert "đã xác minh" in page and url("lift-decide", lift) in as_(hieu).get(reverse("case-lifts")).content.decode()
    as_(hieu).post(url("lift-decide", lift), {"confirmed": "yes"})
    assert as_(lan).get(url("case", case)).status_code == 200 and as_(hieu).get(url("case-access", case)).status_code == 404


def test_an_exclusion_is_lifted_through_the_pages_and_one_of_another_file_is_not_there(as_, an, lan, phuc):
    case, other, hieu = make.received(an), make.received(an), second()
    for row in (case, other):
        secrecy.exclude(case=row, by=an, version=None, officer=lan, reason="x")
    mine, strange = (secrecy.excluded_from(row.protected_file).get().pk for row in (case, other))
    assert as_(phuc).get(f"{url('case-lift', case)}?loai-tru={strange}").status_code == 404
    as_(phuc).post(f"{url('case-lift', case)}?loai-tru={mine}", {"reason": "nhầm người"})
    page = as_(hieu).get(url("lift-decide", case.lift_proposals.get())).content.decode()
    assert f"Bỏ loại trừ {lan.full_name}" in page
    as_(hieu).post(url("lift-decide", case.lift_proposals.get()), {"confirmed": "yes"})
    assert not secrecy.excluded_from(case.protected_file).exists() and secrecy.excluded_from(other.protected_file).exists()


def test_the_suspect_is_written_down_and_corrected(as_, an):
    case = make.received(an)
    values = {"version": case.version, "once": str(uuid.uuid4()), "name": "Lê Văn Xấu", "phone": "0912 345 678", "born": "1980"}
    as_(an).post(url("case-suspect", case), values)
    first = Suspect.objects.get()
    page = as_(an).get(url("case", case)).content.decode()
    assert "Lê Văn Xấu" in page and "sinh năm 1980" in page
    case.refresh_from_db()
    address = f"{url('case-suspect', case)}?sua={first.public_id}"
    assert "Lê Văn Xấu" in as_(an).get(address).content.decode()
    as_(an).post(address, {**values, "version": case.version, "once": str(uuid.uuid4()), "name": "Lê Văn Đúng"})
    page = as_(an).get(url("case", case)).content.decode()
    assert "Lê Văn Đúng" in page and "Lê Văn Xấu" not in page and Suspect.objects.count() == 2
    case.refresh_from_db()
    page = as_(an).post(url("case-suspect", case), {**values, "version": case.version, "phone": "12"}).content.decode()
    assert "thiếu chữ số" in page and "Lê Văn Xấu" in page


def test_who_writes_down_herself_sees_the_list_and_no_message_that_tells(as_, an, phuc):
    secrecy.declare(by=an, once=None, relation="spouse", name="", phone="0912345678")
    case = make.received(an)
    values = {"version": case.version, "once": str(uuid.uuid4()), "phone": "0912345678"}
    answer = as_(an).post(url("case-suspect", case), values, follow=True)
    assert answer.status_code == 200 and answer.redirect_chain[-1][0] == reverse("case-list")
    assert case.code not in answer.content.decode() and "loại trừ" not in answer.content.decode()


def test_a_receiver_whom_her_report_concerns_lands_on_the_list(as_, an, phuc):
    secrecy.declare(by=an, once=None, relation="spouse", name="", phone="0912345678")
    values = {
        "day": "2/5/2024", "hour": "0:05", "channel": "phone", "suspect_related": "no", "emergency": "",
        "once": str(uuid.uuid4()), "suspect": "máy 0912345678",
    }  # fmt: skip
    answer = as_(an).post(reverse("case-add"), values, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("case-list") and Case.objects.get().protected_file.restricted


def test_an_emergency_through_the_pages(as_, an, lan):
    case, xa = make.received(an, condition="có vết bầm"), people.officer("ctxh", "Vũ Thị Xã", "social_worker", people.NAM_SON)
    page = as_(xa).post(reverse("emergency-open"), {"what": case.code, "reason": "gấp"}).content.decode()
    assert "ít nhất 20 ký tự" in page and "gấp" in page
    page = as_(xa).post(reverse("emergency-open"), {"what": "HS-00000000", "reason": WHY}).content.decode()
    assert "Không có hồ sơ nào mở được" in page and WHY in page
    page = as_(xa).post(reverse("emergency-open"), {"what": case.code, "reason": WHY}, follow=True).content.decode()
    assert "trường hợp khẩn cấp, đến" in page and "có vết bầm" in page
    assert url("case-emergency", case) in page and url("case-access", case) not in page and url("case-assign", case) not in page
    done = {"version": case.version + 1, "kind": "police", "day": "2/5/2024", "hour": "0:30", "detail": "đã gọi công an"}
    as_(xa).post(url("case-emergency", case), done)
    assert case.emergency_steps.count() == 1
    for name in (*OF_CASE, "case-assign", "case-plan", "case-screen"):
        assert as_(xa).get(url(name, case)).status_code in (403, 404), name
    row = EmergencyOpening.objects.get()
    page = as_(lan).get(reverse("emergency-list")).content.decode()
    assert WHY in page and url("emergency-review", row) in page
    assert "Chờ người khác xem xét" in as_(xa).get(reverse("emergency-list")).content.decode()
    assert as_(xa).get(url("emergency-review", row)).status_code == 404
    page = as_(lan).post(url("emergency-review", row), {"justified": "no"}).content.decode()
    assert "Hãy ghi vì sao" in page
    as_(lan).post(url("emergency-review", row), {"justified": "no", "finding": "không gấp"})
    assert as_(xa).get(url("case", case)).status_code == 404


def test_who_read_a_file_is_told_to_its_owner(as_, an, lan, chi):
    case = make.received(an)
    as_(lan).get(url("case", case))
    page = as_(an).get(url("case-readers", case)).content.decode()
    assert "Phạm Thị Lan (lan)" in page and "Xem hồ sơ can thiệp" in page
    assert as_(lan).get(url("case-readers", case)).status_code == 403  # she decides; the worker owns the file


def test_the_readers_of_a_file_are_paged(as_, an):
    case = make.received(an)
    for _ in range(105):
        as_(an).get(url("case", case))
    page = as_(an).get(url("case-readers", case)).content.decode()
    assert page.count("Xem hồ sơ can thiệp") == 100 - 1 and "?truoc=" in page


def test_what_an_officer_declares_is_his_alone(as_, an, lan):
    page = as_(an).post(reverse("declared"), {"relation": "self"}).content.decode()
    assert "ít nhất họ tên" in page
    as_(an).post(
        reverse("declared"), {"relation": "spouse", "name": "Trần Văn Chồng", "phone": "0912345678", "once": str(uuid.uuid4())}
    )
    assert "Trần Văn Chồng" in as_(an).get(reverse("declared")).content.decode()
    assert "Trần Văn Chồng" not in as_(lan).get(reverse("declared")).content.decode()
    row = DeclaredPerson.objects.get()
    assert as_(lan).post(url("declared-remove", row)).status_code == 404 and DeclaredPerson.objects.exists()
    as_(an).post(url("declared-remove", row))
    assert not DeclaredPerson.objects.exists() and url("declared-remove", row)
    assert reverse("declared") in as_(an).get(reverse("account")).content.decode()


def test_the_administrator_sets_who_decides_from_a_day_on(as_, an, quan):
    assert as_(an).get(reverse("secrecy-rules")).status_code == 403
    assert "chưa đối chiếu văn bản" in as_(quan).get(reverse("secrecy-rules")).content.decode()
    values = {
        "unit_kind": "province",
        "valid_from": "1/6/2024",
        "holds": "on",
        "decider": "Giám đốc Sở",
        "verified": "on",
        "post": "office",
    }
    page = as_(quan).post(reverse("secrecy-rules"), values, follow=True).content.decode()
    assert (
        "Giám đốc Sở" in page
        and "Thủ trưởng phòng, sở của đơn vị giữ hồ sơ ký" in page
        and "từ 01/06/2024" in page
        and "đã đối chiếu văn bản" in page
    )
    assert SecrecyRule.objects.filter(unit_kind="province").count() == 2


def test_an_excluded_administrator_reads_no_line_of_the_file_in_the_log(as_, an, quan):
    case = make.received(an)
    as_(an).get(reverse("case-list"))
    short = str(case.protected_file.public_id)[:8]
    before = as_(quan).get(reverse("audit-log")).content.decode()
    assert short in before and "hiện 1 dòng" in before
    secrecy.exclude(case=case, by=an, version=None, officer=quan, reason="x")
    after = as_(quan).get(reverse("audit-log")).content.decode()
    assert short not in after and "hiện 1 dòng" not in after


def test_the_leader_reads_nothing_of_cases_in_the_log_of_the_ward(as_, an, lan):
    make.received(an)
    as_(an).get(reverse("case-list"))
    assert "hồ sơ can thiệp" not in as_(lan).get(reverse("audit-log")).content.decode().partition("<tbody>")[2]


def test_the_pages_of_access_cost_the_same_for_one_and_for_ten_files(as_, an, phuc, django_assert_max_num_queries):
    for _ in range(10):
        case = make.received(an, suspect_related="yes")
        lifting.propose(case=case, by=phuc, reason="x")
    client = as_(second())
    with django_assert_max_num_queries(16):
        page = client.get(reverse("case-lifts")).content.decode()
    assert page.count("Cho ý kiến<") == 10


def test_the_list_of_openings_costs_the_same_for_one_and_for_ten(as_, an, lan, django_assert_max_num_queries):

    xa = people.officer("ctxh", "Vũ Thị Xã", "social_worker", people.NAM_SON)
    for _ in range(10):
        emergency.open_file(what=make.received(an).code, by=Officer.objects.get(pk=xa.pk), reason=WHY)
    client = as_(lan)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("emergency-list")).content.decode()
    assert page.count("Xem xét<span") == 10


def test_an_officer_given_a_restricted_file_sees_who_decides_instead(as_, an, phuc, dung):
    case = make.received(an, suspect_related="yes")
    intake.hand_out(case=case, by=phuc, worker=dung)
    assert "Chủ tịch UBND cấp huyện" in as_(dung).get(url("case-access", case)).content.decode()
