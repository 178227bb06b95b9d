"""Clocks of alternative care tell those who may open the placement, once a mark, by its code alone."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import reminding_care
from cases.actions import placing
from childcare.children.actions import residence
from childcare.children.models import FileAccess
from childcare.inbox.models import Message
from childcare.lib.calendar import TZ
from tests import factories, people
from tests.cases import care, casework

pytestmark = pytest.mark.django_db


def run(day, hour=8):
    return reminding_care.run(now=datetime(2024, *day, hour, tzinfo=TZ))


def told(officer):
    return list(
        Message.objects.filter(officer=officer, key__startswith="care:").order_by("pk").values_list("subject", flat=True)
    )


def test_the_hand_over_is_told_two_working_days_ahead_on_the_day_and_after(an, lan):
    row = care.decided(an)  # the last day is Friday 05/04/2024
    assert run((4, 2)) == 0
    assert run((4, 3)) == 1 and run((4, 3)) == 0
    (subject,) = told(an)
    assert subject == f"Chăm sóc thay thế {row.code}: còn 2 ngày – Giao nhận trẻ em chăm sóc thay thế"
    assert run((4, 5)) == 1 and not told(lan)
    assert run((4, 8)) == 2 and len(told(lan)) == 1  # a working day late: the worker and the leader


def test_no_message_names_the_child_or_the_carer(an):
    care.decided(an)
    run((4, 8))
    text = " ".join(f"{one.subject} {one.body} {one.url}" for one in Message.objects.all())
    assert "Bảo Hân" not in text and "Hiền" not in text


def test_the_fact_stops_the_reminders(an):
    row = care.decided(an)
    placing.begin_care(placement=row, by=an, version=row.version, started_on=datetime(2024, 3, 20).date(), meetings_held=2)
    assert run((4, 5)) == 0


def test_the_report_is_told_a_month_ahead(an):
    care.caring(an)
    run((8, 22))  # the report is due on Friday 20/09; 21 working days before it is 21/08 (02/09 and 03/09 are holidays)
    assert any("Báo cáo theo dõi, đánh giá" in subject for subject in told(an))


def test_who_is_excluded_or_not_on_the_team_is_told_nothing(an, lan, binh, chi, dung):
    case = casework.received(an, child=casework.child())
    care.decided(an, case=case)
    FileAccess.objects.create(file=case.protected_file, officer=lan, kind="excluded", since="2024-01-01T00:00:00+07:00")
    run((4, 8))
    assert told(an) and not any(told(officer) for officer in (lan, binh, chi, dung))


def test_the_officer_of_a_case_is_told_wherever_he_stands(an, dung):
    case = casework.received(an, child=casework.child())
    FileAccess.objects.create(file=case.protected_file, officer=dung, kind="team", since="2024-01-01T00:00:00+07:00")
    case.worker = dung
    case.save()
    care.decided(an, case=case)
    run((4, 5))
    assert told(dung)


def test_when_the_child_moved_the_new_ward_is_told(an, chi):
    row = care.caring(an, "relative")  # the first visit is due on Saturday 20/04/2024
    residence.move(child=row.child, by=an, unit=people.unit(people.VAN_DAU), on=datetime(2024, 4, 1).date())
    run((4, 19))
    assert told(chi)


def test_reading_the_clocks_asks_as_many_questions_of_one_as_of_many(an, django_assert_num_queries):
    care.decided(an)
    now = datetime(2024, 3, 18, 8, tzinfo=TZ)
    with CaptureQueriesContext(connection) as one:
        list(reminding_care.notices(now))
    for number in range(5):
        care.decided(an, child=factories.child(people.unit(people.NAM_SON), f"Trẻ {number}"))
    with django_assert_num_queries(len(one)):
        list(reminding_care.notices(now))
