"""A check from its announcement to the last kiến nghị mended, and its reminders."""

from datetime import date

import pytest
from django.db import connection

from childcare.inbox.models import Message
from childcare.lib.refusal import Refusal
from plans.actions import inspections as actions
from plans.models import Inspection, Recommendation
from reports import inspection_notices
from reports.reminders import remind
from tests import people

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2024, 4, 22), "ends_on": date(2024, 4, 24), "scope": "Việc quản lý hồ sơ trẻ em"}


def planned(by=None, code=people.NAM_SON, by_code=people.KIEN_AN, **more):
    return actions.plan(by=by or people.dung(), unit=people.unit(code), by_unit=people.unit(by_code), **{**DAYS, **more})


def concluded(*dues, **which):
    """A concluded check with a kiến nghị for each of the days."""
    row = planned(**which)
    for number, due in enumerate(dues, 1):
        actions.add_recommendation(inspection=row, by=people.dung(), text=f"Kiến nghị {number}", due_on=due)
    return actions.conclude(
        inspection=row, by=people.dung(), version=row.version, findings="Hồ sơ đủ", concluded_on=date(2024, 4, 25)
    )


def test_a_unit_checks_what_lies_below_it_and_itself_and_nothing_else(dung, an):
    assert not planned().own and planned(code=people.KIEN_AN).own
    assert planned(by=an, by_code=people.NAM_SON).own
    with pytest.raises(Refusal, match="không phải đơn vị cấp dưới"):
        planned(by=an, code=people.VAN_DAU, by_code=people.NAM_SON)


def test_a_team_names_its_decision_and_days_are_in_order():
    with pytest.raises(Refusal, match="số quyết định"):
        planned(team="Đoàn liên ngành")
    assert planned(team="Đoàn liên ngành", decision="12/QĐ-UBND").checker == "Đoàn liên ngành"
    with pytest.raises(Refusal, match="không được trước"):
        planned(ends_on=date(2024, 4, 21))


def test_after_the_conclusion_nothing_is_added_and_the_unit_answers(an, dung):
    row = concluded(date(2024, 5, 20))
    assert row.state == "concluded"
    with pytest.raises(Refusal, match="đã kết luận"):
        actions.add_recommendation(inspection=row, by=dung, text="Thêm")
    row = actions.answer(inspection=row, by=an, version=row.version, answer="Phường tiếp thu")
    assert (row.answer, row.answered_by) == ("Phường tiếp thu", an)
    with pytest.raises(Refusal, match="người khác sửa"):
        actions.answer(inspection=row, by=an, version=1, answer="Khác")


def test_days_of_the_conclusion_and_of_mending_are_held_against_the_check(an, dung):
    row = planned()
    for wrong in (date(2024, 4, 21), date(2024, 5, 3)):
        with pytest.raises(Refusal, match="Ngày kết luận"):
            actions.conclude(inspection=row, by=dung, version=row.version, findings="x", concluded_on=wrong)
    one = actions.add_recommendation(inspection=row, by=dung, text="Bổ sung giấy tờ")
    with pytest.raises(Refusal, match="chưa kết luận"):
        actions.mend(recommendation=one, by=an, version=one.version, result="Xong", done_on=date(2024, 5, 2))
    actions.conclude(inspection=row, by=dung, version=row.version, findings="x", concluded_on=date(2024, 4, 25))
    with pytest.raises(Refusal, match="Ngày khắc phục"):
        actions.mend(recommendation=one, by=an, version=one.version, result="Xong", done_on=date(2024, 5, 3))
    done = actions.mend(recommendation=one, by=an, version=one.version, result="Xong", done_on=date(2024, 5, 2))
    assert (done.done_on, done.done_by) == (date(2024, 5, 2), an)


def test_before_the_conclusion_a_kien_nghi_is_corrected_or_taken_out_and_the_rest_moves_up(dung):
    row = planned()
    one, two, three = (actions.add_recommendation(inspection=row, by=dung, text=text) for text in ("Một", "Hai", "Ba"))
    with pytest.raises(Refusal, match="sau ngày kiểm tra"):
        actions.correct_recommendation(recommendation=two, by=dung, version=1, text="Hai", due_on=date(2024, 4, 1))
    two = actions.correct_recommendation(recommendation=two, by=dung, version=1, text="Hai, sửa", due_on=date(2024, 5, 9))
    with pytest.raises(Refusal, match="người khác sửa"):
        actions.correct_recommendation(recommendation=two, by=dung, version=1, text="Hai")
    actions.drop_recommendation(recommendation=one, by=dung, version=1)
    assert list(row.recommendations.values_list("position", "text")) == [(1, "Hai, sửa"), (2, "Ba")]
    actions.conclude(inspection=row, by=dung, version=row.version, findings="x", concluded_on=date(2024, 4, 25))
    for change in (
        lambda: actions.drop_recommendation(recommendation=three, by=dung, version=1),
        lambda: actions.correct_recommendation(recommendation=three, by=dung, version=1, text="Khác"),
    ):
        with pytest.raises(Refusal, match="đã kết luận"):
            change()
    assert row.recommendations.count() == 2


def test_a_check_written_down_by_mistake_is_read_and_reminded_of_no_more(an, dung):
    row = concluded(date(2024, 5, 9))
    one = row.recommendations.get()
    with pytest.raises(Refusal, match="lý do"):
        actions.void(inspection=row, by=dung, version=row.version, reason=" ")
    gone = actions.void(inspection=row, by=dung, version=row.version, reason="Ghi nhầm phường")
    assert (gone.voided_by, gone.void_reason) == (dung, "Ghi nhầm phường")
    assert not Inspection.objects.visible_to(dung).exists() and not Inspection.objects.told_to(an).exists()
    assert not list(inspection_notices.due(date(2024, 5, 9)))
    assert not Recommendation.objects.open_for([row.unit]).exists()
    for change in (
        lambda: actions.void(inspection=row, by=dung, version=gone.version, reason="Lại"),
        lambda: actions.answer(inspection=row, by=an, version=gone.version, answer="x"),
        lambda: actions.mend(recommendation=one, by=an, version=1, result="Xong", done_on=date(2024, 5, 2)),
    ):
        with pytest.raises(Refusal, match="đã được hủy"):
            change()


def test_what_is_typed_is_kept_encrypted():
    concluded()
    with connection.cursor() as cursor:
        cursor.execute("SELECT findings FROM plans_inspection")
        assert "Hồ sơ đủ" not in str(cursor.fetchone()[0])
    assert Inspection.objects.get().findings == "Hồ sơ đủ"


@pytest.mark.parametrize(
    "on, mark",
    [(date(2024, 5, 1), None), (date(2024, 5, 2), "7"), (date(2024, 5, 8), "7"), (date(2024, 5, 9), "0"), (date(2024, 5, 10), "late"),
     (date(2024, 7, 30), None)],
    ids=["too early", "a week before", "between", "the last day", "late", "long past"],
)  # fmt: skip
def test_when_a_kien_nghi_is_told(on, mark):
    concluded(date(2024, 5, 9), None)
    assert [found for _, found in inspection_notices.due(on)] == ([mark] if mark else [])


def test_each_reminder_goes_out_exactly_once_and_never_says_what_it_is_about(an, chi):
    concluded(date(2024, 5, 9))
    assert inspection_notices.remind(on=date(2024, 5, 2), dry_run=True)["due"] == 1 and not Message.objects.exists()
    first, again = (inspection_notices.remind(on=date(2024, 5, 2)) for _ in range(2))
    assert (first["sent"], again["sent"], again["already_sent"]) == (1, 0, 1)
    message = Message.objects.get()
    assert message.officer == an and "Kiến nghị 1" not in message.subject and "09/05/2024 (còn 7 ngày)" in message.subject
    inspection_notices.remind(on=date(2024, 5, 3))
    assert Message.objects.count() == 1
    inspection_notices.remind(on=date(2024, 5, 12))
    assert Message.objects.count() == 2


def test_what_is_mended_is_reminded_of_no_more_and_the_morning_run_tells_of_the_rest(an):
    concluded(date(2024, 5, 9), date(2024, 5, 9))
    one = Recommendation.objects.order_by("position").first()
    actions.mend(recommendation=one, by=an, version=one.version, result="Xong", done_on=date(2024, 5, 2))
    assert remind(on=date(2024, 5, 2)).sent == 1
    assert [message.key.split(":")[0] for message in Message.objects.filter(officer=an)] == ["kien-nghi"]
