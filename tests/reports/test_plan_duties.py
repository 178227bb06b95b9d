"""Ban hành kế hoạch: owed by data, fulfilled by the issued plan, reminded exactly once. Days worked out by hand: 2024."""

from datetime import date

import pytest
from django.urls import reverse

from childcare.inbox.models import Message
from childcare.units.models import Unit
from plans.actions import drafting, writing
from plans.models import Plan
from reports import plan_duties, reminders, todo
from reports.models import Obligation, Regime
from reports.obligations import ensure_obligations
from reports.regimes import change_days
from tests import factories, people
from tests.unit_changes import split

pytestmark = pytest.mark.django_db
WARD, SCHOOLS = "RG23", "RG25"


@pytest.fixture
def dated(quan):
    """In Kiến An the wards issue their plan before 15/3."""
    district = people.unit(people.KIEN_AN)
    return change_days(regime=Regime.objects.get(code=WARD), by=quan, scope=district, due_day=15, due_month=3)


def issue(plan, by, on=date(2024, 3, 8)):
    facts = {"number": "12", "issued_on": on, "signer_lines": ["CHỦ TỊCH"], "signer_name": "Lê Văn A"}
    return writing.issue(plan=plan, by=by, version=plan.version, **facts)


@pytest.fixture
def drafted(district_plan, ward, an):
    return drafting.draft_from(above=district_plan, unit=ward, by=an)[0]


@pytest.fixture
def district_plan(db):
    plan = Plan.objects.create(unit=people.unit(people.KIEN_AN), first_year=2024, last_year=2024, subject="Kế hoạch năm 2024")
    plan.targets.create(position=1, code="1", text="99% trẻ em được trợ giúp", comparison="ge", value=99, unit_text="%")
    return plan


def duty(unit, year=2024):
    return plan_duties.duties([unit], year)[0]


def test_the_plan_of_the_district_writes_no_day_so_the_duty_has_none(ward, school):
    found = duty(ward)
    assert (found.regime.code, found.last_day, found.due_words(people.TODAY)) == (WARD, None, "chưa ấn định hạn")
    assert duty(school).regime.code == SCHOOLS
    assert plan_duties.duties([people.unit(people.KIEN_AN)], 2024) == []


def test_a_duty_to_plan_is_no_report_that_is_owed(dated):
    ensure_obligations(2024)
    assert not Obligation.objects.filter(regime__report_kind=Regime.PLAN).exists()


def test_a_draft_does_not_fulfil_it_the_issued_plan_does(drafted, ward, an):
    assert (duty(ward).word, duty(ward).done) == ("Đang dự thảo", False)
    issue(drafted, an)
    assert (duty(ward).word, duty(ward).done, duty(ward).plan) == ("Đã ban hành", True, drafted)
    assert not duty(ward, 2025).done


def test_a_plan_of_several_years_is_not_the_plan_of_the_year(ward):
    Plan.objects.create(unit=ward, first_year=2024, last_year=2030, subject="Đề án", kind="multi_year", state="issued")
    assert not duty(ward).done


def test_the_day_set_for_the_district_holds_in_its_wards_only(dated, ward):
    assert duty(ward).last_day == date(2024, 3, 14)
    other = Unit.objects.filter(kind="commune").exclude(path__startswith=dated.scope.path).on(people.TODAY).first()
    assert duty(other).last_day is None


def test_a_plan_due_in_autumn_is_due_in_the_year_before(dated, ward):
    Regime.objects.filter(pk=dated.pk).update(due_day=31, due_month=12)
    assert duty(ward, 2025).last_day == date(2024, 12, 30)


def test_issued_after_the_day_is_late_by_so_many_days(dated, drafted, ward, an):
    issue(drafted, an, on=date(2024, 3, 20))
    assert duty(ward).days_late(people.TODAY) == 6


# what is to be done


def to_issue(officer, on=people.TODAY):
    piles = todo.todos(officer, on)
    return [(pile, row.detail, row.action) for pile, rows in piles.items() for row in rows if "Ban hành" in row.title]


def test_the_officer_is_asked_until_the_plan_is_issued(ward, an, drafted, binh, lan):
    assert to_issue(an) == [("open", "chưa ấn định hạn · đang dự thảo", "Mở kế hoạch")]
    assert to_issue(binh) == to_issue(lan) == []
    issue(drafted, an)
    assert to_issue(an) == []


def test_with_a_day_it_stands_among_what_is_late(dated, an):
    assert to_issue(an) == [("late", "chậm nhất 14/03/2024 (quá 49 ngày) · chưa ban hành", "Soạn kế hoạch")]
    assert to_issue(an, date(2024, 1, 10)) == []
    assert to_issue(an, date(2024, 3, 1))[0][0] == "soon"


# reminders


def told(officer, word):
    return list(Message.objects.filter(officer=officer, key__startswith=word).order_by("pk").values_list("subject", flat=True))


def test_the_ward_is_reminded_on_its_days_exactly_once(dated, an):
    for day in (date(2024, 2, 29), date(2024, 2, 29), date(2024, 3, 7), date(2024, 3, 8)):
        reminders.remind(on=day)
    assert told(an, "plan:") == [
        "Kế hoạch năm 2024 của Phường Nam Sơn chưa ban hành: còn 14 ngày, chậm nhất 14/03/2024",
        "Kế hoạch năm 2024 của Phường Nam Sơn chưa ban hành: còn 7 ngày, chậm nhất 14/03/2024",
    ]


def test_past_the_day_it_is_told_once_a_week(dated, an):
    for day in range(15, 30):
        reminders.remind(on=date(2024, 3, day))
    late = told(an, "plan:")
    assert len(late) == 3 and "đã quá hạn 1 ngày" in late[0]


def test_the_district_hears_who_is_missing(dated, an, chi, dung, drafted):
    issue(drafted, an)
    reminders.remind(on=date(2024, 3, 13))
    (subject,) = told(dung, "plan-missing:")
    assert subject == "9 đơn vị chưa ban hành kế hoạch năm 2024 (hạn 14/03/2024)"
    assert Message.objects.get(officer=dung, key__startswith="plan-missing:").body.count("Phường") == 9
    assert told(an, "plan:") == [] and len(told(chi, "plan:")) == 1


def test_without_a_day_nobody_is_reminded(an):
    for day in (date(2024, 1, 2), date(2024, 3, 14), date(2024, 12, 30)):
        reminders.remind(on=day)
    assert told(an, "plan:") == []


def test_a_plan_issued_after_the_notice_was_made_stops_it(dated, an, drafted):
    (notice,) = [row for row in plan_duties.notices(date(2024, 3, 13), {}) if row.unit == drafted.unit]
    issue(drafted, an)
    assert reminders.deliver(notice, [an], date(2024, 3, 13)) == (0, 0)


# the page


def page(client, **query):
    return client.get(reverse("plan-duties"), query)


def test_the_district_sees_which_wards_have_issued_with_the_way_to_the_plan(as_, dung, drafted, an):
    issue(drafted, an)
    shown = page(as_(dung)).content.decode()
    assert "1/10 đơn vị đã ban hành" in shown and reverse("plan", args=[drafted.public_id]) in shown
    assert "12/KH-UBND ngày 08/03/2024" in shown and "chưa ấn định hạn" in shown


def test_the_ward_sees_its_schools_and_hamlets_and_a_stranger_does_not(as_, an, chi, binh, school, ward):
    factories.hamlet(ward, "Tổ dân phố 3")
    shown = page(as_(an)).content.decode()
    assert "Tổ dân phố 3" in shown and "Trường THCS Nam Sơn" in shown and "Kế hoạch của Phường Nam Sơn" in shown
    assert page(as_(chi), unit=ward.public_id).status_code == 404
    assert page(as_(binh)).status_code == 403


@pytest.mark.parametrize("year", ["1999", "2026"])
def test_a_year_out_of_reach_is_not_found(as_, an, year):
    assert page(as_(an), nam=year).status_code == 404


def test_the_page_asks_as_few_questions_for_ten_wards_as_for_one(as_, dung, django_assert_max_num_queries):
    client = as_(dung)
    with django_assert_max_num_queries(14):
        page(client)


def test_the_administrator_gives_the_duty_a_day(as_, quan):
    regime = Regime.objects.get(code=WARD)
    listed = as_(quan).get(reverse("regime-list")).content.decode()
    assert "chưa ấn định hạn" in listed and reverse("regime-change", args=[regime.pk]) in listed
    form = as_(quan).get(reverse("regime-change", args=[regime.pk])).context["form"]
    assert "cutoff_day" not in form.fields
    data = {"scope": str(people.unit(people.KIEN_AN).public_id), "due_day": "15", "due_month": "3"}
    assert as_(quan).post(reverse("regime-change", args=[regime.pk]), data).status_code == 302
    assert Regime.objects.get(code=WARD, scope__code=people.KIEN_AN).due_month == 3


def test_what_only_holds_the_children_of_a_split_ward_owes_no_plan(an, quan, ward, as_):
    factories.child(factories.hamlet(ward, "Tổ dân phố 1"), "Bé Một")
    change, east, west = split(quan, ward)
    holding = change.ending.get().holding
    assert [row.unit for row in plan_duties.duties([east, west, holding], 2024)] == [east, west]
    home = as_(an).get("/").content.decode()
    assert "chưa xếp" in home and home.count("<strong>Ban hành kế hoạch năm 2024</strong>") == 1
