"""Báo tin: who can send where, who takes in what, who may know who told, and that nothing happens twice."""

import uuid
from datetime import datetime

import pytest

from cases import reporting
from cases.actions import notices
from cases.models import Case, Intake, Notice
from childcare.accounts.roles import Permission
from childcare.audit.models import Entry
from childcare.inbox.models import Message
from childcare.lib.calendar import TZ
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.cases import casework, noticing
from tests.cases.noticing import TEXT


@pytest.fixture
def school(ward):
    return factories.school(ward)


@pytest.fixture
def upper():
    return people.unit(people.KIEN_AN)


def waiting(officer):
    return list(Notice.objects.visible_to(officer))


# --- to whom --------------------------------------------------------------------------------------------------------


def test_a_school_reports_to_its_ward_or_straight_to_the_unit_above(school, an, dung, ward, upper):
    assert reporting.addressees(noticing.hoa(school)) == [ward, upper]


def test_a_unit_where_nobody_takes_reports_in_is_not_offered(school, dung, upper):
    assert reporting.addressees(noticing.hoa(school)) == [upper]
    people.an().appointments.update(ended_on=people.TODAY)
    assert reporting.addressees(noticing.hoa(school)) == [upper]


@pytest.mark.parametrize("who", ["binh", "tram"])
def test_collaborator_and_health_station_report_too(an, dung, ward, upper, who):
    sender = people.binh() if who == "binh" else noticing.tram()
    assert reporting.addressees(sender) == [ward, upper]
    notice = noticing.sent(by=sender)
    assert waiting(an) == [notice]


def test_the_officer_of_the_ward_himself_can_only_report_upwards(an, dung, upper):
    assert reporting.addressees(an) == [upper]


def test_a_report_about_somebody_near_to_the_ward_is_not_sent_to_the_ward(school):
    with pytest.raises(Refusal, match="gửi thẳng cấp trên"):
        noticing.sent(school, suspect_related="yes")
    assert not Notice.objects.exists()


def test_who_may_not_report_is_refused_and_no_other_unit_can_be_addressed(an, dung, lan, school):
    with pytest.raises(Refusal):
        noticing.sent(by=lan)
    with pytest.raises(Refusal):
        noticing.sent(school, to=people.unit(people.VAN_DAU))


# --- sent once, told at once ----------------------------------------------------------------------------------------


def test_two_equal_posts_are_one_report_and_one_message(school, an):
    key = uuid.uuid4()
    first, second = (noticing.sent(school, once=key) for _ in range(2))
    assert first == second and Notice.objects.count() == 1
    assert Message.objects.filter(officer=an).count() == 1


def test_the_message_tells_the_number_and_no_name_to_those_who_take_in_and_to_nobody_else(school, an, dung, lan):
    notice = noticing.sent(school, emergency=True)
    [message] = Message.objects.all()
    assert message.officer == an and message.subject == "Tin báo khẩn cấp về trẻ em" and notice.code in message.body
    assert "Hân" not in message.body and "Hoà" not in message.body and str(notice.public_id) in message.url


def test_a_report_sent_above_lies_there_and_the_ward_learns_nothing(school, an, dung, upper, lan):
    notice = noticing.sent(school, to=upper, suspect_related="yes")
    assert waiting(dung) == [notice] and waiting(an) == [] and waiting(lan) == []
    assert not Message.objects.filter(officer__in=[an, lan]).exists()


def test_the_units_above_do_not_see_what_lies_at_the_ward_nor_another_ward(school, an, dung, chi, son):
    noticing.sent(school)
    assert [waiting(officer) for officer in (dung, chi, son, people.binh(), noticing.hoa(school))] == [[]] * 5


def test_the_texts_are_encrypted_and_the_log_names_nobody(school, an, lan):
    notice = noticing.sent(school, suspect="Bố dượng tên Khải")
    raw = Notice.objects.filter(pk=notice.pk).extra(select={"raw": "condition"}).values_list("raw", flat=True)[0]
    assert TEXT not in str(raw)
    told = str([entry.__dict__ for entry in Entry.objects.all()])
    assert "bầm" not in told and "Khải" not in told and "Hân" not in told
    assert not Entry.objects.of_units([people.unit(people.NAM_SON)]).filter(action__startswith="notice.").exists()


# --- taken in -------------------------------------------------------------------------------------------------------


def test_the_ward_takes_it_in_without_typing_and_the_clock_runs_from_the_sending(school, an, monkeypatch):
    sent_at = datetime(2024, 5, 2, 0, 3, tzinfo=TZ)
    notice = noticing.sent(school, place="Sân trường", suspect="Bố dượng", family="Mẹ đi làm xa", informant_contact="0912")
    Notice.objects.filter(pk=notice.pk).update(sent_at=sent_at)
    case = notices.take_in(notice=notice, by=an, suspect_related="no", emergency=True)
    intake = case.intakes.get()
    assert (case.opened_at, intake.received_at, intake.channel, case.emergency) == (sent_at, sent_at, "office", True)
    told = (intake.condition, intake.child_name, intake.place, intake.suspect, intake.family)
    assert told == (TEXT, "Trương Thị Bảo Hân", "Sân trường", "Bố dượng", "Mẹ đi làm xa")
    assert (intake.informant, intake.informant_contact) == ("", "")  # who told stays with the notice
    notice.refresh_from_db()
    assert notice.intake == intake and waiting(an) == []


def test_it_is_taken_in_exactly_once(school, an, ward):
    notice = noticing.sent(school)
    other = people.officer("an2", "Đinh Văn Ân", "commune", people.NAM_SON)
    notices.take_in(notice=notice, by=an, suspect_related="no")
    for by in (an, other):
        with pytest.raises(Refusal, match="đã có người tiếp nhận"):
            notices.take_in(notice=notice, by=by, suspect_related="no")
    assert Case.objects.count() == Intake.objects.count() == 1


@pytest.mark.parametrize("who", ["chi", "binh", "lan", "dung", "son"])
def test_nobody_else_takes_it_in(school, who):
    notice = noticing.sent(school)
    with pytest.raises(Refusal):
        notices.take_in(notice=notice, by=getattr(people, who)(), suspect_related="no")
    assert not Case.objects.exists()


def test_taken_in_above_the_case_is_restricted_and_held_there(school, an, dung, ward, upper, lan):
    notice = noticing.sent(school, to=upper, suspect_related="yes")
    case = notices.take_in(notice=notice, by=dung, suspect_related="yes", unit=ward)
    assert (case.unit, case.protected_file.restricted, case.protected_file.held_by) == (ward, True, upper)
    seen = [Case.objects.visible_to(officer).exists() for officer in (dung, an, lan)]
    assert seen == [True, False, False]


def test_above_an_ordinary_report_is_passed_on_not_kept(school, an, dung, ward, upper):
    notice = noticing.sent(school, to=upper)
    with pytest.raises(Refusal, match="Chuyển cho xã, phường"):
        notices.take_in(notice=notice, by=dung, suspect_related="no", unit=ward)
    notices.pass_on(notice=notice, by=dung, unit=ward)
    assert waiting(an) == [notice] and waiting(dung) == []
    assert Message.objects.filter(officer=an).count() == 1
    case = notices.take_in(notice=notice, by=an, suspect_related="no")
    assert case.opened_at == notice.sent_at


def test_what_may_concern_the_ward_is_not_passed_on_to_it(school, dung, ward, upper):
    for related in ("yes", "unknown"):
        notice = noticing.sent(school, to=upper, suspect_related=related)
        with pytest.raises(Refusal, match="không chuyển cho xã, phường"):
            notices.pass_on(notice=notice, by=dung, unit=ward)


def test_a_report_is_passed_on_only_to_a_commune_of_the_area_where_somebody_takes_it_in(school, dung, upper):
    notice = noticing.sent(school, to=upper)
    for unit in (upper, people.unit(people.HAI_PHONG), people.unit("15160"), people.unit(people.VAN_DAU)):
        with pytest.raises(Refusal):
            notices.pass_on(notice=notice, by=dung, unit=unit)  # nobody of Văn Đẩu has an account here


# --- who told -------------------------------------------------------------------------------------------------------


def known(case, officer):
    return reporting.informant_of(case.intakes.get(), officer)


def test_the_right_to_know_who_told_is_one_of_its_own(school, an, dung, lan, ward):
    case = notices.take_in(notice=noticing.sent(school, informant_contact="0912"), by=an, suspect_related="no")
    assert known(case, an) == ("Trịnh Thị Hoà, Trường THCS Nam Sơn", "0912")
    assert [known(case, officer) for officer in (lan, dung, people.chi(), noticing.hoa(school))] == [("", "")] * 4
    assert lan.can_in(Permission.PROTECTED_VIEW, ward)  # she opens the case and still does not learn it


def test_a_ward_to_which_the_report_was_passed_on_never_learns_who_told(school, an, dung, ward, upper):
    notice = noticing.sent(school, to=upper, informant="Cô Mai, hàng xóm")
    notices.pass_on(notice=notice, by=dung, unit=ward)
    case = notices.take_in(notice=notice, by=an, suspect_related="no")
    assert known(case, an) == ("", "")
    assert known(case, dung) == ("Cô Mai, hàng xóm (qua Trịnh Thị Hoà, Trường THCS Nam Sơn)", "")


def test_above_the_officer_of_the_unit_addressed_knows_and_the_ward_does_not(school, an, dung, ward, upper):
    notice = noticing.sent(school, to=upper, suspect_related="yes")
    case = notices.take_in(notice=notice, by=dung, suspect_related="yes", unit=ward)
    assert known(case, dung)[0].startswith("Trịnh Thị Hoà") and known(case, an) == known(case, people.son()) == ("", "")


def test_of_a_call_the_officer_of_the_ward_knows_who_called_and_the_leader_does_not(an, lan, ward):
    case = casework.received(an, informant="Ông Tư", informant_contact="0988")
    assert known(case, an) == ("Ông Tư", "0988") and known(case, lan) == ("", "")
