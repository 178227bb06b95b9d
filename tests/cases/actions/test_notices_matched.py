"""A report is matched before anybody sees it: whom it may concern never does, and the unit above gets it instead."""

import uuid

import pytest

from cases.actions import notices, secrecy
from cases.models import Case, Notice
from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.cases import noticing

pytestmark = pytest.mark.django_db
SAYS = "chủ máy 0912345678"


@pytest.fixture
def hoa(ward):
    return noticing.hoa(factories.school(ward))


def declare(officer):
    secrecy.declare(by=officer, once=None, relation="spouse", name="", phone="0912345678")


def seen_by(*officers):
    return [officer.username for officer in officers if Notice.objects.visible_to(officer).exists()]


def sent(hoa, **values):
    return noticing.sent(by=hoa, suspect_related="no", **values)


def test_a_report_that_concerns_nobody_lies_where_it_was_sent(hoa, an, dung):
    assert sent(hoa, suspect=SAYS).unit == people.unit(people.NAM_SON) and seen_by(an, dung) == ["an"]


def test_a_report_that_concerns_an_officer_of_the_ward_goes_above_and_tells_him_nothing(hoa, an, dung):
    declare(an)
    notice = sent(hoa, suspect=SAYS)
    assert notice.addressed_to == notice.unit == people.unit(people.KIEN_AN) and seen_by(an, dung) == ["dung"]
    assert not Message.objects.filter(officer=an).exists() and Message.objects.filter(officer=dung).count() == 1
    assert list(Notice.objects.sent_by(hoa)) == [notice]


def test_a_leader_who_takes_no_reports_in_sends_it_above_too(hoa, an, lan, dung):
    declare(lan)
    sent(hoa, suspect=SAYS)
    assert seen_by(an, lan, dung) == ["dung"]


def test_a_report_that_concerns_somebody_of_the_district_goes_to_the_province(hoa, an, dung, son):
    declare(dung)
    notice = noticing.sent(by=hoa, to=people.unit(people.KIEN_AN), suspect_related="yes", suspect=SAYS)
    assert notice.unit == people.unit(people.HAI_PHONG) and seen_by(dung, son) == ["son"]


def test_where_nobody_else_takes_reports_in_the_concerned_one_still_sees_nothing(hoa, an):
    declare(an)
    here = people.unit(people.NAM_SON)
    notice = notices.send(by=hoa, to=here, once=uuid.uuid4(), suspect_related="no", suspect=SAYS)
    assert notice.unit == here and not seen_by(an) and not Message.objects.filter(officer=an).exists()


def test_what_was_matched_is_taken_in_above_as_a_restricted_case_that_excludes_him(hoa, an, dung, phuc, ward):
    declare(an)
    notice = sent(hoa, suspect=SAYS)
    case = notices.take_in(notice=notice, by=dung, suspect_related="unknown", unit=ward)
    assert case.protected_file.__class__.objects.get(pk=case.protected_file_id).restricted
    assert secrecy.excluded_from(case.protected_file).get().officer == an
    assert not Case.objects.visible_to(an).exists() and Case.objects.visible_to(dung).contains(case)


def test_it_is_not_passed_on_to_the_ward_of_the_concerned(hoa, an, dung, ward):
    declare(an)
    notice = noticing.sent(by=hoa, to=people.unit(people.KIEN_AN), suspect_related="no", suspect=SAYS)
    with pytest.raises(Refusal, match="không chuyển cho xã, phường"):
        notices.pass_on(notice=notice, by=dung, unit=ward)
    assert not seen_by(an)


def test_what_may_concern_an_officer_lies_above_before_anybody_of_the_ward_sees_it(hoa, an, dung):
    notice = noticing.sent(by=hoa, suspect_related="unknown")
    assert notice.unit == notice.addressed_to == people.unit(people.KIEN_AN) and seen_by(an, dung) == ["dung"]
    assert not Message.objects.filter(officer=an).exists() and notice.barred.count() == 0


def test_without_anybody_above_the_ward_takes_it_in(hoa, an, dung):
    type(dung).objects.filter(pk=dung.pk).update(is_active=False)
    assert noticing.sent(by=hoa, suspect_related="unknown").unit == people.unit(people.NAM_SON) and seen_by(an) == ["an"]


def test_asked_again_it_is_an_ordinary_report_of_the_ward(hoa, an, dung, ward):
    notice = noticing.sent(by=hoa, suspect_related="unknown")
    with pytest.raises(Refusal, match="không chuyển cho xã, phường"):
        notices.pass_on(notice=notice, by=dung, unit=ward)
    row = notices.pass_on(notice=notice, by=dung, unit=ward, clarified=True)
    assert row.suspect_related == "no" and seen_by(an, dung) == ["an"]
