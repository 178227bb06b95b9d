"""The calendar of a unit: what stands in it, for whom, and what of it may leave the house."""

from datetime import date

import pytest

from cases.actions import intake
from plans import campaigns
from plans.models import Activity, Plan, Target, Task
from reports import agenda
from reports.models import Regime, Submission
from tests import people
from tests.cases import casework
from tests.reports import reporting

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def found(officer, unit, kind=None, span=YEAR, own=True):
    """(day, title) of the calendar."""
    return [(row.day, row.title) for row in agenda.entries(officer, unit, *span, own=own) if kind in (None, row.kind)]


def plan(unit, **fields):
    return Plan.objects.create(unit=unit, first_year=2024, last_year=2024, subject="Kế hoạch 2024", **fields)


def test_the_last_days_of_the_reports_of_a_ward(an, ward):
    reporting.owed()
    assert found(an, ward, "report") == [
        (date(2024, 5, 9), "Hạn gửi báo cáo 6 tháng đầu năm 2024"),
        (date(2024, 7, 9), "Hạn gửi báo cáo kết quả Tháng hành động vì trẻ em năm 2024"),
        (date(2024, 11, 9), "Hạn gửi báo cáo năm 2024"),
    ]


def test_a_report_that_was_sent_is_done_and_one_that_was_not_is_late_after_its_day(an, ward):
    row = reporting.owed()
    before = next(entry for entry in agenda.entries(an, ward, *YEAR) if entry.day == date(2024, 5, 9))
    assert not before.done and not before.late(date(2024, 5, 9)) and before.late(date(2024, 5, 10))
    reporting.small_ward()
    reporting.sent()
    assert Submission.objects.get(obligation=row).state == "sent"
    after = next(entry for entry in agenda.entries(an, ward, *YEAR) if entry.day == date(2024, 5, 9))
    assert after.done and not after.late(date(2024, 5, 10)) and after.key == before.key


def test_a_district_sees_one_line_for_all_its_wards_and_its_own_report(dung, ward):
    reporting.owed()
    lines = [row for row in agenda.entries(dung, people.unit(people.KIEN_AN), *YEAR) if row.kind == "report"]
    below = [row for row in lines if row.day == date(2024, 5, 9)]
    assert [row.title for row in below] == ["Hạn cấp dưới gửi báo cáo 6 tháng đầu năm 2024"]
    assert below[0].detail.startswith("0/") and not below[0].done
    assert (date(2024, 5, 14), "Hạn gửi báo cáo 6 tháng đầu năm 2024") in [(row.day, row.title) for row in lines]


def test_tasks_and_targets_with_a_day_and_a_task_that_the_district_gave(an, chi, ward):
    own, above = plan(ward), plan(people.unit(people.KIEN_AN))
    Task.objects.create(plan=own, position=1, kind="task", text="Rà soát điểm vui chơi", ends_on=date(2024, 8, 1))
    Task.objects.create(plan=above, position=1, kind="duty", text="Lập danh sách", ends_on=date(2024, 9, 1), unit=ward)
    Task.objects.create(plan=above, position=2, kind="duty", text="Việc của quận", ends_on=date(2024, 9, 2))
    Target.objects.create(plan=own, position=1, text="Đủ nhóm", comparison="qualitative", due_on=date(2024, 10, 1))
    assert found(an, ward, "plan") == [
        (date(2024, 8, 1), "Hạn nhiệm vụ: Rà soát điểm vui chơi"),
        (date(2024, 9, 1), "Hạn nhiệm vụ: Lập danh sách"),
        (date(2024, 10, 1), "Hạn chỉ tiêu: Đủ nhóm"),
    ]
    mine = [title for _, title in found(chi, people.unit(people.VAN_DAU), "plan")]
    assert mine == []


def test_a_task_without_a_day_is_listed_as_such_until_it_is_done(an, ward):
    own = plan(ward)
    row = Task.objects.create(plan=own, position=1, kind="duty", text="Báo cáo nội dung phát sinh")
    Task.objects.create(plan=own, position=2, kind="solution", text="Tăng cường lãnh đạo")
    assert ("Báo cáo nội dung phát sinh", "kế hoạch 2024 của Phường Nam Sơn") in [
        line[:2] for line in agenda.undated(an, ward, 2024)
    ]
    assert "Tăng cường lãnh đạo" not in [line[0] for line in agenda.undated(an, ward, 2024)]
    row.status = "done"
    row.save()
    assert "Báo cáo nội dung phát sinh" not in [line[0] for line in agenda.undated(an, ward, 2024)]


def test_a_regime_without_a_day_is_told_with_its_text_and_whether_it_was_read(an, ward):
    names = {what: basis for what, basis, _ in agenda.undated(an, ward, 2024)}
    friendly = Regime.objects.get(code="RG10")
    assert friendly.name in names and (friendly.evidence == "text" or "chưa đối chiếu văn bản" in names[friendly.name])
    assert Regime.objects.get(code="RG01", every="half").name not in names


def test_days_that_every_unit_keeps(an, binh, ward):
    titles = dict(reversed(pair) for pair in found(an, ward, "campaign"))
    assert titles["Tháng hành động vì trẻ em"] == date(2024, 6, 1)
    assert titles["Tết Trung thu (rằm tháng Tám âm lịch)"] == date(2024, 9, 17)
    june = found(an, ward, "campaign", (date(2024, 6, 20), date(2024, 6, 25)))
    assert june == [(date(2024, 6, 1), "Tháng hành động vì trẻ em")]  # it runs through these days
    links = {row.title: row.url for row in agenda.entries(an, ward, *YEAR) if row.kind == "campaign"}
    assert links["Tháng hành động vì trẻ em"].endswith("?dip=2024-06-01.2024-06-30")
    assert {row.url for row in agenda.entries(binh, ward, *YEAR) if row.kind == "campaign"} == {""}  # he records nothing
    assert {row.first for row in campaigns.of_year(2026) if "Trung thu" in row.name} == {date(2026, 9, 25)}


def test_a_clock_is_the_officers_own_and_bears_a_code_and_no_name(an, binh, chi, ward):
    case = casework.received(an, child=casework.child())
    own = [row for row in agenda.entries(an, ward, *YEAR) if row.kind == "own"]
    assert [row.title for row in own] == [f"Hồ sơ can thiệp {case.code}"]
    assert "Hân" not in str(own) and own[0].feed_title == agenda.UNTOLD
    assert not found(binh, ward, "own") and not found(chi, people.unit(people.VAN_DAU), "own")
    assert not found(an, ward, "own", own=False)


def test_a_file_with_restricted_access_never_leaves_the_house(an, dung, phuc):
    secret = casework.received(an, suspect_related="yes")
    intake.hand_out(case=secret, by=phuc, worker=dung)
    own = [row for row in agenda.entries(dung, people.unit(people.KIEN_AN), *YEAR) if row.kind == "own"]
    assert own and not any(row.feed_title for row in own)
    assert not any(row.feed_title for row in agenda.entries(an, people.unit(people.NAM_SON), *YEAR) if row.kind == "own")


def test_what_is_only_planned_says_so(an, ward):
    Activity.objects.create(
        unit=ward, held_on=date(2024, 6, 10), kind="forum", title="Diễn đàn", planned=True, place="Nhà văn hóa"
    )
    row = next(row for row in agenda.entries(an, ward, *YEAR) if row.kind == "activity")
    assert row.detail == "dự kiến · Nhà văn hóa"


def test_the_words_of_an_activity_stay_in_the_house(an, ward):
    Activity.objects.create(unit=ward, held_on=date(2024, 3, 1), kind="gifts", title="Thăm cháu Hân ốm")
    row = next(row for row in agenda.entries(an, ward, *YEAR) if row.kind == "activity")
    assert row.title == "Thăm cháu Hân ốm" and row.feed_title == "Thăm hỏi, tặng quà"


def test_the_questions_do_not_grow_with_what_stands_in_the_year(
    an, ward, django_assert_num_queries, django_assert_max_num_queries
):
    reporting.owed()
    own = plan(ward)

    def fill(first, last):
        for number in range(first, last):
            Task.objects.create(plan=own, position=number, kind="task", text=f"Việc {number}", ends_on=date(2024, 8, 1))
            Activity.objects.create(unit=ward, held_on=date(2024, 3, 1), kind="gifts", title=f"Quà {number}")

    fill(1, 3)
    person = people.an()
    with django_assert_max_num_queries(40) as asked:
        agenda.entries(person, ward, *YEAR)
    fill(3, 40)
    person = people.an()
    with django_assert_num_queries(len(asked)):
        agenda.entries(person, ward, *YEAR)
