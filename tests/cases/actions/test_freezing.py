"""What was signed is printed later as it was signed, whatever became of the child, the plan or the place since."""

from datetime import date, timedelta

import pytest

from cases.actions import care_correcting, placing
from cases.models import SignedDecision
from cases.printing import making
from childcare.children.models import Child
from childcare.documents.plain import texts
from childcare.lib.refusal import Refusal
from tests import people
from tests.cases import care, casework
from tests.cases.printing import papers as make

pytestmark = pytest.mark.django_db


def renamed(child):
    Child.objects.filter(pk=child.pk).update(full_name="Tên Mới Sau Này")
    return child


def placed(row, key, officer):
    return "\n".join(texts(making.of_placement(row, key, officer)))


def test_an_approved_plan_and_its_decision_keep_the_name_under_which_they_were_signed(an):
    case = make.whole(an)
    before = {key: make.said(case, key, an) for key in ("mau-04", "mau-05")}
    renamed(case.child)
    case.plans.get().services.all().update(provider="Nơi khác")
    for key, text in before.items():
        assert make.said(case, key, an) == text and "Trương Thị Bảo Hân" in text
    assert "Tên Mới Sau Này" in make.said(case, "mau-01", an)


def test_isolation_its_extension_and_its_end_are_kept_each(an):
    case = make.told(an)
    step = make.isolated(case, an)
    make.order(step, an, number="31", signed_on=people.TODAY, until=date(2024, 5, 7), place="nhà bà")
    make.order(step, an, "extension", number="32", signed_on=people.TODAY, until=date(2024, 5, 9))
    make.order(step, an, "ending", number="33", signed_on=people.TODAY, ended_on=people.TODAY)
    keys = ("mau-07", "mau-07-gia-han", "mau-07-ket-thuc")
    before = [make.said(case, key, an) for key in keys]
    renamed(case.child)
    assert [make.said(case, key, an) for key in keys] == before
    assert all("Trương Thị Bảo Hân" in text for text in before) and "Quyết định số 31" in before[1]


def test_an_order_that_is_not_signed_yet_is_printed_from_what_stands_there(an):
    case = make.told(an)
    make.order(make.isolated(case, an), an, place="nhà bà")
    renamed(case.child)
    assert "Tên Mới Sau Này" in make.said(case, "mau-07", an) and not SignedDecision.objects.exists()


def test_a_later_order_takes_the_place_of_the_first_and_of_its_text(an):
    case = make.told(an)
    step = make.isolated(case, an)
    make.order(step, an, number="31", signed_on=people.TODAY, place="nhà bà")
    make.order(step, an, number="31", signed_on=people.TODAY, place="nhà bác")
    assert "nhà bác" in make.said(case, "mau-07", an) and "nhà bà\n" not in make.said(case, "mau-07", an)
    assert SignedDecision.objects.count() == 2 and SignedDecision.objects.in_force().count() == 1


def test_giving_a_child_into_care_and_ending_it_are_kept(an):
    row = care.ended(an)
    before = [placed(row, key, an) for key in ("mau-12", "mau-16")]
    renamed(row.child)
    assert [placed(row, key, an) for key in ("mau-12", "mau-16")] == before
    assert "Tên Mới Sau Này" in placed(row, "mau-10", an) and all("Trương Thị Bảo Hân" in text for text in before)


def test_a_correction_of_the_number_is_printed_anew_and_kept_anew(an):
    row = care.caring(an)
    care_correcting.correct(
        placement=row, by=an, version=row.version, reason="gõ nhầm", decision_number="21/QĐ-UBND",
        decision_on=row.decision_on, decision_signer="Phạm Thị Lan", started_on=row.started_on,
    )  # fmt: skip
    assert "Số: 21/QĐ-UBND" in placed(row, "mau-12", an)
    assert list(SignedDecision.objects.in_force().values_list("number", flat=True)) == ["21"]


def test_the_number_of_a_placement_is_given_once(an):
    make.whole(an, number="12/QĐ-UBND")
    row = care.proposed(an, child=casework.child())
    paper = {"decision_on": date(2024, 3, 15), "decision_signer": "Phạm Thị Lan"}
    with pytest.raises(Refusal, match="đã ghi cho một quyết định khác"):
        placing.decide(placement=row, by=an, version=row.version, decision_number="012", **paper)
    placing.decide(placement=row, by=an, version=row.version, decision_number="13", **paper)
    row.refresh_from_db()
    row = placing.begin_care(placement=row, by=an, version=row.version, started_on=date(2024, 3, 20), meetings_held=2)
    with pytest.raises(Refusal, match="đã ghi cho một quyết định khác"):
        placing.end(
            placement=row, by=an, version=row.version, last_day=date(2024, 4, 30), end_reason="reunited", next="home",
            end_decision_number="13", end_decision_on=date(2024, 4, 29), end_signer="Phạm Thị Lan",
        )  # fmt: skip


def test_a_correction_may_keep_its_own_number_but_takes_no_other(an):
    row, other = care.caring(an), care.decided(an, child=casework.child())
    same = {"reason": "ngày giao nhận", "decision_on": row.decision_on, "decision_signer": "Phạm Thị Lan"}
    care_correcting.correct(
        placement=row, by=an, version=row.version, decision_number=row.decision_number,
        started_on=row.started_on + timedelta(days=1), **same,
    )  # fmt: skip
    row.refresh_from_db()
    with pytest.raises(Refusal, match="đã ghi cho một quyết định khác"):
        care_correcting.correct(
            placement=row, by=an, version=row.version, decision_number=other.decision_number, started_on=row.started_on, **same
        )


def test_what_is_kept_lies_encrypted_under_the_file_of_the_case(an, chi):
    case = make.whole(an)
    kept = SignedDecision.objects.filter(form="mau-05").get()
    assert kept.protected_file_id == case.protected_file_id and "Hân" in kept.text
    assert not SignedDecision.objects.visible_to(chi).exists() and SignedDecision.objects.visible_to(an).count() == 3


def test_what_was_signed_before_texts_were_kept_says_on_every_page_that_it_is_made_anew(an):
    case, row = make.whole(an), care.decided(an)
    mark = "In lại từ sổ, chưa lưu bản ký"
    marked = [
        lambda: making.of_case(case, "mau-05", an, copy="7").foot,
        lambda: making.of_case(case, "mau-04", an, copy="7").foot,
        lambda: making.of_placement(row, "mau-12", an, copy="7").foot,
        lambda: " ".join(line.label for form, _, rows in making.offered(case, an) if form.key == "mau-05" for line in rows),
    ]
    assert not any(mark.lower() in told().lower() for told in marked)
    SignedDecision.objects.update(text="")
    assert [told() for told in marked if mark.lower() not in told().lower()] == []
    plain = [making.of_case(case, "mau-01", an, copy="7").foot, making.of_placement(row, "mau-16", an, copy="7").foot]
    assert not any(mark in foot for foot in plain)  # a working paper; an end that nobody signed yet
