"""Consents and the resting of data, by hand: who must agree from which age, what a withdrawal and a restriction do."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.children.actions import consents
from childcare.children.models import Child, Consent, Purpose
from childcare.lib.refusal import Refusal
from tests import factories

pytestmark = pytest.mark.django_db
SHARE, REGISTRY = "MD07", "MD01"


def purpose(code=SHARE):
    return Purpose.objects.get(code=code)


def give(child, by, code=SHARE, **values):
    values = {"giver": "Nguyễn Văn Hào", "relation": "cha", "proof": "giấy ký", "given_on": date(2024, 4, 1), **values}
    return consents.give(by=by, child=child, purpose=purpose(code), **values)


@pytest.mark.parametrize(
    ("birth", "child_agreed", "lacks"),
    [
        ("02/04/2017", False, ""),  # seven on 02/04/2024, one day after the consent
        ("01/04/2017", False, "đồng ý của trẻ (từ đủ 7 tuổi)"),  # seven on the very day
        ("01/04/2017", True, ""),
        ("", False, "đồng ý của trẻ (từ đủ 7 tuổi)"),  # age unknown: ask the child
        ("2017", False, ""),  # by the last day of 2017 not yet seven
    ],
)
def test_from_seven_years_on_the_child_must_agree_too(an, ward, birth, child_agreed, lacks):
    row = give(factories.child(ward, birth=birth), an, child_agreed=child_agreed)
    assert consents.missing(row) == lacks and row.complete is (lacks == "")


def test_a_consent_without_giver_or_proof_goes_in_and_says_what_it_lacks(an, ward):
    row = give(factories.child(ward, birth="2020"), an, giver="", proof="")
    assert consents.missing(row) == "người đại diện, giấy tờ chứng minh" and not row.complete


def test_what_the_law_lets_the_office_do_needs_no_consent(an, ward):
    with pytest.raises(Refusal, match="không cần"):
        give(factories.child(ward), an, REGISTRY)


def test_only_a_complete_consent_in_force_lets_a_child_be_shared(an, ward):
    complete, lacking, withdrawn, none = (factories.child(ward, f"Trẻ {n}", birth="2020") for n in range(4))
    give(complete, an)
    give(lacking, an, proof="")
    gone = give(withdrawn, an)
    consents.withdraw(consent=gone, by=an, version=gone.version, on=date(2024, 5, 1))
    assert list(Child.objects.consenting(purpose(), date(2024, 5, 2))) == [complete]
    assert set(Child.objects.consenting(purpose(), date(2024, 4, 30))) == {complete, withdrawn}
    assert not Child.objects.consenting(purpose("MD05")).exists() and none


def test_a_second_consent_to_the_same_purpose_is_refused_until_the_first_is_withdrawn(an, ward):
    child = factories.child(ward, birth="2020")
    first = give(child, an)
    with pytest.raises(Refusal, match="đã có dòng đồng ý"):
        give(child, an)
    consents.withdraw(consent=first, by=an, version=first.version, on=date(2024, 5, 1))
    assert give(child, an, given_on=date(2024, 5, 2)).complete


def test_a_withdrawal_before_the_consent_and_a_second_one_are_refused(an, ward):
    row = give(factories.child(ward, birth="2020"), an)
    with pytest.raises(Refusal, match="không thể trước"):
        consents.withdraw(consent=row, by=an, version=row.version, on=date(2024, 3, 31))
    row = consents.withdraw(consent=row, by=an, version=row.version, on=date(2024, 5, 1))
    with pytest.raises(Refusal, match="đã được rút"):
        consents.withdraw(consent=row, by=an, version=row.version, on=date(2024, 5, 2))


def test_data_at_rest_leave_no_list_and_stay_in_the_registry(an, ward):
    child, other = factories.child(ward, "Trẻ nghỉ"), factories.child(ward, "Trẻ kia")
    row = consents.restrict(by=an, child=child, reason="người giám hộ yêu cầu", since=date(2024, 5, 2))
    assert list(Child.objects.exportable_by(an)) == [other]
    assert set(Child.objects.visible_to(an)) == {child, other}
    consents.lift(restriction=row, by=an, version=row.version, on=date(2024, 5, 2))
    assert set(Child.objects.exportable_by(an)) == {child, other}


def test_a_child_at_rest_is_not_shared_even_with_a_consent(an, ward):
    child = factories.child(ward, birth="2020")
    give(child, an)
    consents.restrict(by=an, child=child, reason="x", since=date(2024, 5, 1))
    assert not Child.objects.consenting(purpose()).exists()


def test_the_log_holds_no_name_of_who_agreed_and_no_reason(an, ward):
    child = factories.child(ward, birth="2020")
    give(child, an)
    consents.restrict(by=an, child=child, reason="bí mật", since=date(2024, 5, 1))
    told = str([vars(entry) for entry in Entry.objects.all()])
    assert "Hào" not in told and "bí mật" not in told


def test_a_consent_written_down_wrongly_is_voided_and_stays(an, ward):
    row = give(factories.child(ward, birth="2020"), an)
    consents.void(consent=row, by=an, version=row.version, reason="Nhầm trẻ")
    assert Consent.objects.count() == 1 and not Child.objects.consenting(purpose()).exists()
