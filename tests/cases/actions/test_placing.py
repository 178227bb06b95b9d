"""The four stages of alternative care: what each step needs, what it writes, what is counted."""

import uuid
from datetime import date

import pytest

from cases.actions import care_correcting, placing
from cases.models import CaseEvent, Placement
from childcare.audit.models import Entry
from childcare.children.actions import merging, supports
from childcare.children.models import Caregiver, Support
from childcare.lib.refusal import Refusal
from tests import factories, people
from tests.cases import care, casework

pytestmark = pytest.mark.django_db


def test_a_family_takes_a_child_through_the_four_stages_and_the_care_is_counted_once(an):
    row = care.caring(an)
    support = Support.objects.get()
    assert (row.state, row.support, support.kind.code) == ("caring", support, "S25")
    assert (support.started_on, support.running, support.decision) == (date(2024, 3, 20), True, "12/QĐ-UBND")
    row = placing.end(
        placement=row, by=an, version=row.version, last_day=date(2024, 4, 30), end_reason="reunited", next="home",
        end_decision_number="30/QĐ-UBND", end_decision_on=date(2024, 4, 29), end_signer="Phạm Thị Lan",
    )  # fmt: skip
    support.refresh_from_db()
    assert (row.state, row.ended_on) == ("ended", date(2024, 5, 1))
    assert (support.running, support.ended_on) == (False, date(2024, 5, 1))
    assert [event.what for event in row.events.order_by("pk")] == ["opened", "proposed", "decided", "begun", "ended"]


@pytest.mark.parametrize(
    ("form", "code"),
    [("relative", "S24"), ("family", "S25"), ("timed", "S26"), ("facility", "S28"), ("shelter", "S22"), ("day_care", "S29")],
)
def test_each_form_is_counted_as_its_kind_of_help(an, form, code):
    assert care.caring(an, form).support.kind.code == code


@pytest.mark.parametrize("form", ["shelter", "day_care"])
def test_a_shelter_and_day_care_begin_with_the_coming_of_the_child_without_a_decision(an, form):
    row = care.proposed(an, form)
    with pytest.raises(Refusal, match="Đã đề xuất"):
        placing.decide(
            placement=row, by=an, version=row.version, decision_number="1", decision_on=care.DAY, decision_signer="A"
        )
    assert care.caring(an, form, child=factories.child(people.unit(people.NAM_SON))).state == "caring"


def test_a_family_needs_a_decision_before_the_hand_over(an):
    row = care.proposed(an)
    with pytest.raises(Refusal, match="Đã đề xuất"):
        placing.begin_care(placement=row, by=an, version=row.version, started_on=date(2024, 3, 20), meetings_held=2)


def test_the_child_meets_a_stranger_twice_before_it_goes_there(an):
    row = care.decided(an)
    with pytest.raises(Refusal, match="ít nhất 02 lần"):
        placing.begin_care(placement=row, by=an, version=row.version, started_on=date(2024, 3, 20), meetings_held=1)
    kin = care.decided(an, "relative", child=factories.child(people.unit(people.NAM_SON)))
    begun = placing.begin_care(placement=kin, by=an, version=kin.version, started_on=date(2024, 3, 20), meetings_held=0)
    assert begun.state == "caring"


@pytest.mark.parametrize(
    ("form", "change", "sentence"),
    [
        ("family", {"consent": ""}, "sự đồng ý"),
        ("family", {"child_view": ""}, "07 tuổi"),
    ],
)
def test_the_consent_and_the_word_of_a_child_of_seven_come_before_the_decision(an, form, change, sentence):
    with pytest.raises(Refusal, match=sentence):
        care.decided(an, form, **change)


def test_a_child_under_seven_need_not_be_asked(an):
    small = factories.child(people.unit(people.NAM_SON), "Lê Thị Bé", "16/03/2017")  # seven on 16/03/2024, decided on 15/03
    assert care.decided(an, child=small, child_view="").state == "decided"
    asked = factories.child(people.unit(people.NAM_SON), "Lê Thị Na", "15/03/2017")
    with pytest.raises(Refusal, match="07 tuổi"):
        care.decided(an, child=asked, child_view="")


def test_time_limited_care_says_until_when(an):
    row = care.proposed(an, "timed")
    paper = {"decision_number": "1/QĐ", "decision_on": date(2024, 3, 15), "decision_signer": "Lan"}
    with pytest.raises(Refusal, match="đến hết ngày nào"):
        placing.decide(placement=row, by=an, version=row.version, **paper)
    assert care.decided(an, "timed", child=factories.child(row.unit)).planned_until == date(2024, 12, 31)


@pytest.mark.parametrize("missing", ["decision_number", "decision_on", "decision_signer"])
def test_the_decision_has_a_number_a_day_and_a_signer(an, missing):
    row = care.proposed(an)
    paper = {"decision_number": "1/QĐ", "decision_on": date(2024, 3, 15), "decision_signer": "Lan"}
    paper[missing] = None if missing.endswith("on") else " "
    with pytest.raises(Refusal, match="số quyết định"):
        placing.decide(placement=row, by=an, version=row.version, **paper)


def test_the_days_come_in_their_order(an):
    row = care.proposed(an)
    with pytest.raises(Refusal, match="trước ngày đề xuất"):
        placing.decide(
            placement=row, by=an, version=row.version, decision_number="1", decision_on=date(2024, 3, 13), decision_signer="Lan"
        )
    row = care.decided(an, child=factories.child(row.unit))
    with pytest.raises(Refusal, match="trước ngày quyết định"):
        placing.begin_care(placement=row, by=an, version=row.version, started_on=date(2024, 3, 14), meetings_held=2)
    row = care.caring(an, child=factories.child(row.unit))
    with pytest.raises(Refusal, match="trước ngày giao nhận"):
        placing.visit(placement=row, by=an, version=row.version, visited_on=date(2024, 3, 19))


def test_only_who_meets_the_conditions_is_proposed(an):
    row = care.opened(an)
    with pytest.raises(Refusal, match="chưa được kết luận"):
        placing.propose(placement=row, by=an, version=row.version, reason="x", carer=care.carer(an, accepted=False))
    other = care.carer(an, kind="relative", child=row.child)
    with pytest.raises(Refusal, match="người thân thích"):
        placing.propose(placement=row, by=an, version=row.version, reason="x", carer=other)


def test_a_relative_of_another_child_is_not_proposed(an):
    row = care.opened(an, "relative")
    other = care.carer(an, kind="relative", child=factories.child(row.unit))
    with pytest.raises(Refusal, match="chính trẻ em này"):
        placing.propose(placement=row, by=an, version=row.version, reason="x", carer=other)


def test_a_place_that_is_closed_or_of_another_kind_is_not_chosen(an):
    row = care.opened(an, "shelter")
    for place in (care.shelter(an, kind="day_care"), care.shelter(an, closed_on=date(2024, 1, 1))):
        with pytest.raises(Refusal):
            placing.propose(placement=row, by=an, version=row.version, reason="x", shelter=place)


def test_one_care_at_a_time_but_day_care_beside_it(an):
    row = care.caring(an)
    with pytest.raises(Refusal, match="đang được chăm sóc thay thế"):
        care.opened(an, "relative", child=row.child)
    assert care.caring(an, "day_care", child=row.child).state == "caring"


def test_what_is_begun_in_a_case_lies_under_its_file_and_tells_the_timeline(an):
    case = casework.received(an, child=casework.child())
    row = care.caring(an, case=case)
    assert row.protected_file == case.protected_file == row.support.protected_file
    assert not Caregiver.objects.exists()  # the carer of a protected child is named nowhere on its page
    notes = [event.note for event in CaseEvent.objects.filter(case=case, what="care").order_by("pk")]
    assert notes[-1] == f"Giao nhận trẻ em ({row.code})" and len(notes) == 4
    told = Entry.objects.filter(action="placement.begun").get()
    assert (told.subject_type, told.subject) == ("children.protectedfile", "")


def test_a_case_without_a_known_child_is_first_linked(an):
    with pytest.raises(Refusal, match="chưa nối"):
        care.opened(an, case=casework.received(an))


def test_kinship_care_of_an_orphan_needs_no_case_and_names_the_carer_on_the_page(an):
    row = care.caring(an, "relative")
    assert row.protected_file is None and row.case is None
    carer = Caregiver.objects.get()
    assert (carer.child, carer.name, carer.relation, carer.started_on) == (row.child, "Đỗ Văn Hiền", "relative", row.started_on)
    row = placing.end(
        placement=row, by=an, version=row.version, last_day=date(2024, 4, 30), end_reason="died", next="none"
    )  # fmt: skip
    carer.refresh_from_db()
    assert carer.ended_on == row.ended_on == date(2024, 5, 1)


def test_a_shelter_always_lies_under_a_file(an):
    assert care.opened(an, "shelter").protected_file is not None


def test_nobody_who_is_not_trusted_begins(binh, chi):
    for officer in (binh, chi):
        with pytest.raises(Refusal, match="công chức được giao"):
            care.opened(officer)


@pytest.mark.parametrize("reason", ["reunited", "carer_harms"])
def test_the_end_has_its_decision_unless_the_child_died_grew_up_or_was_adopted(an, reason):
    row = care.caring(an)
    values = {"placement": row, "by": an, "version": row.version, "last_day": date(2024, 4, 30), "next": "home"}
    with pytest.raises(Refusal, match="số quyết định"):
        placing.end(end_reason=reason, **values)
    assert placing.end(end_reason="grown", **values).state == "ended"


def test_a_request_comes_before_the_end_or_not_at_all(an):
    row = care.caring(an)
    row = placing.ask_to_end(
        placement=row, by=an, version=row.version, request_on=date(2024, 4, 22), request_by="cô Hiền", request_reason="ốm"
    )
    assert row.state == "ending"
    with pytest.raises(Refusal, match="Đề nghị chấm dứt"):
        placing.ask_to_end(placement=row, by=an, version=row.version, request_on=care.DAY, request_by="x", request_reason="y")


def test_what_came_to_nothing_is_not_counted(an):
    row = care.decided(an)
    placing.cancel(placement=row, by=an, version=row.version, reason="gia đình đổi ý")
    assert not Support.objects.exists() and not Placement.objects.open().exists()


def test_a_wrong_day_is_corrected_and_the_old_words_stay(an):
    row = care.caring(an, "relative")
    old = row.support
    row = care_correcting.correct(
        placement=row, by=an, version=row.version, reason="gõ nhầm", decision_number="13/QĐ-UBND",
        decision_on=date(2024, 3, 15), decision_signer="Phạm Thị Lan", started_on=date(2024, 3, 18),
    )  # fmt: skip
    old.refresh_from_db()
    assert old.voided_at and row.support.replaces == old
    assert (row.support.started_on, row.support.decision) == (date(2024, 3, 18), "13/QĐ-UBND")
    assert "12/QĐ-UBND" in row.events.first().note and "20/03/2024" in row.events.first().note
    assert Caregiver.objects.get(voided_at=None).started_on == date(2024, 3, 18)


def test_the_counted_row_is_changed_by_the_placement_alone(an):
    row = care.caring(an)
    for act in (
        lambda: supports.end(support=row.support, by=an, version=None, last_day=date(2024, 4, 1)),
        lambda: supports.void(support=row.support, by=an, version=None, reason="x"),
        lambda: supports.correct(support=row.support, by=an, version=None, reason="x"),
    ):
        with pytest.raises(Refusal, match="chăm sóc thay thế"):
            act()


def test_the_same_post_twice_makes_one_row(an):
    key, child = uuid.uuid4(), casework.child()
    values = {"by": an, "once": key, "form": "family", "opened_on": care.DAY, "child": child}
    assert placing.open_placement(**values) == placing.open_placement(**values)
    row = care.caring(an, child=factories.child(child.unit))
    visit = {"placement": row, "by": an, "once": uuid.uuid4(), "visited_on": date(2024, 4, 20)}
    assert placing.visit(version=row.version, **visit) == placing.visit(version=row.version, **visit)
    assert row.visits.count() == 1


def test_who_saved_on_an_old_page_is_told(an):
    row = care.opened(an)
    placing.describe(placement=row, by=an, version=row.version, needs="gần trường")
    with pytest.raises(Refusal, match="vừa được sửa"):
        placing.describe(placement=row, by=an, version=row.version, needs="khác")


def test_care_goes_along_with_a_merge_and_still_ends_what_is_counted(an, ward):
    row = care.caring(an, "relative")
    kept = factories.child(ward, row.child.full_name, "03/04/2015", "f")
    merging.merge(by=an, kept=kept, merged=row.child, reason="cùng một trẻ")
    row.refresh_from_db()
    assert row.child == kept and placing.counted(row).child == kept
    placing.end(placement=row, by=an, version=row.version, last_day=date(2024, 4, 30), end_reason="died", next="none")
    assert Support.objects.get(voided_at=None).ended_on == date(2024, 5, 1)
