"""The demo: idempotent, deterministic, fictitious, and true to every rule that real data obeys."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F
from django.test import override_settings

from childcare.accounts.models import Appointment, Officer
from childcare.accounts.roles import Role
from childcare.audit.models import Entry
from childcare.children.models import Child, Circumstance, Household, Incident, PovertyStatus, Residence, Support
from childcare.units.models import Unit, UnitYear
from plans.actions.staff import without_post
from plans.models import Plan, StaffPost, Target
from reports import measures
from reports.demo import officers, world
from reports.models import ManualFigure, Obligation
from tests import people

pytestmark = pytest.mark.django_db
CHILDREN = 240


def demo(**options):
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """One demo for all tests that only read it; rolled back behind them."""
    with django_db_blocker.unblock(), override_settings(TRAINING_TODAY=people.TODAY.isoformat()), transaction.atomic():
        yield world.build(CHILDREN, reports=False)
        transaction.set_rollback(True)


def test_the_summary_counts_what_there_is(built):
    assert built["children"] == Child.objects.count() == CHILDREN
    # the district, its wards, the hamlets and school of one, four of elsewhere, the ward of today
    assert built["plans"] == 1 + 10 + 9 + 4 + 1
    assert built["targets"] == 17 * 11 + 9 * 3 + (30 + 29 + 20 + 20) + 13
    assert built["officers"] == Officer.objects.count()


def test_a_second_run_changes_nothing(built):
    entries = Entry.objects.count()
    assert world.build(CHILDREN, reports=False) == built
    assert Entry.objects.count() == entries


def test_reports_of_2023_are_owed_only_where_a_plan_of_2023_lives(built):
    owed = Obligation.objects.filter(period__startswith="2023")
    assert set(owed.filter(unit__kind="commune").values_list("unit__code", flat=True)) == {"15160"}
    assert all(row.unit.is_under(owed.filter(unit__kind="commune").first().unit) for row in owed.select_related("unit"))


def test_there_is_an_officer_of_every_role(built):
    assert set(Appointment.objects.values_list("role", flat=True)) == set(Role.values)
    assert all("(minh họa)" in officer.full_name for officer in Officer.objects.all())


def test_the_password_opens_the_accounts_and_meets_our_own_rules(built):
    officer = Officer.objects.get(username="kienan")
    assert officer.check_password(officers.PASSWORD)
    validate_password(officers.PASSWORD, officer)


def test_every_open_residence_agrees_with_the_child(built):
    for child in Child.objects.select_related("unit"):
        open_rows = child.residences.filter(ended_on=None, voided_at=None)
        assert [row.unit for row in open_rows] == ([child.unit] if child.residing else [])
        assert child.unit.kind == "hamlet"


def test_no_fact_lies_before_birth_or_after_its_end(built):
    for model in (Circumstance, Support):
        assert not model.objects.filter(child__isnull=False, started_on__lt=F("child__birth_earliest")).exists()
        assert not model.objects.filter(started_on__gt=F("ended_on")).exists()
    assert not Residence.objects.filter(started_on__gt=F("ended_on")).exists()


def test_sensitive_facts_carry_a_protected_file_of_their_commune(built):
    assert not Circumstance.objects.filter(kind__sensitive=True, protected_file=None).exists()
    abuse = Incident.objects.filter(kind="abuse").select_related("unit", "protected_file")
    assert {row.unit.name for row in abuse} == {"Phường Văn Đẩu", "Phường Kiến An"}
    for row in abuse:
        assert [access.unit for access in row.protected_file.access.all()] == [row.unit]
        assert row.children.get().intervened_on is not None


def test_the_drowned_child_no_longer_lives_in_bac_son(built):
    incident = Incident.objects.get(cause="drowning")
    who = incident.children.get()
    assert (incident.unit.name, who.outcome, who.child.residing) == ("Phường Bắc Sơn", "died", False)
    assert who.child.residences.get().end_reason == "death"
    assert not who.child.circumstances.filter(ended_on=None).exists()


def test_one_class_a_household_and_year_and_no_group_twice(built):
    assert not PovertyStatus.objects.values("household", "year").annotate(n=Count("pk")).filter(n__gt=1).exists()
    open_rows = Circumstance.objects.filter(ended_on=None, child__isnull=False, kind__family="N")
    assert not open_rows.values("child", "kind__parent").annotate(n=Count("pk")).filter(n__gt=1).exists()


def test_a_child_with_a_serious_illness_lives_in_a_poor_household(built):
    for row in Circumstance.objects.filter(kind__code__startswith="N13").select_related("child"):
        assert row.child.household.poverty.filter(level__in=["poor", "near"]).exists()


def test_hamlets_have_names_and_dates_of_their_commune(built):
    ward = Unit.objects.get(code="11443", valid_to=None)
    names = [row.name for row in Unit.objects.hamlets_of(ward)]
    assert names == [f"Tổ dân phố {number}" for number in range(1, 13)]
    assert Unit.objects.get(code="15160-T01").name == "Thôn 1"
    assert not Unit.objects.filter(kind="hamlet").exclude(valid_from=F("parent__valid_from")).exclude(valid_from=None).exists()


def test_the_ten_wards_got_their_targets_and_today_has_a_plan(built):
    assert Target.objects.filter(assigned_from__plan__seed="demo-kien-an-2024").count() == 17 * 10
    plan = Plan.objects.get(unit__code="11443", unit__valid_to=None)
    assert plan.first_year == 2026
    assert set(plan.targets.values_list("comparison", flat=True)) == {"ge", "gt", "eq", "decrease", "increase", "qualitative"}


def test_cung_ky_comes_from_old_reports_marked_as_fictitious(built):
    old = ManualFigure.objects.filter(unit__code="11437", origin="old_report", indicator__code="HC-04")
    assert {(str(row.data_from), str(row.cutoff)) for row in old} == {
        ("2022-11-01", "2023-04-30"), ("2022-11-01", "2023-10-31"),
    }  # fmt: skip
    assert not ManualFigure.objects.exclude(source__icontains="số liệu minh họa").exists()
    assert not UnitYear.objects.exclude(source="Số liệu minh họa").exists()


def test_two_wards_have_no_number_of_children_by_the_police(built):
    with_it = UnitYear.objects.filter(key="children_official", year=2024).values("unit").distinct().count()
    assert with_it == 8


def test_reports_are_owed_by_the_ten_wards(built):
    assert Obligation.objects.filter(regime__code="RG01", period="2024-H1", to_unit__code="307").count() == 10
    assert Obligation.objects.filter(regime__code="RG16", unit__name="Phường Kiến An").count() == 2


def test_the_accounts_are_listed_with_the_password(built):
    text = demo(accounts=True)
    assert officers.PASSWORD in text and "kienan" in text and "Công chức" in text


def test_a_house_of_a_demo_has_no_child_elsewhere(built):
    assert not Child.objects.exclude(unit=F("household__unit")).exists()
    assert Household.objects.annotate(n=Count("children")).filter(n=0).count() == 0


def test_every_commune_has_its_people_its_standing_group_and_places(built):
    for code, on in (("11437", people.TODAY), ("11429", people.TODAY)):
        ward = Unit.objects.by_code(code, on)
        table = measures.count([ward], measures.Window(date(2023, 11, 1), date(2024, 4, 30)))
        assert (
            table.people(ward) >= 8 and not table.figure("NL-13", ward).missing and table.figure("TG-07", ward).numerator == 1
        )
        assert table.figure("VH-02", ward).counts == "1/1" and not table.figure("TN-11", ward).missing
    assert "lượt người" in table.figure("NL-02", ward).note  # this ward wrote down only how many came


def test_people_with_an_account_are_in_the_list_once(built):
    ward = Unit.objects.by_code("11437", people.TODAY)
    assert without_post(ward, people.TODAY) == []
    assert StaffPost.objects.filter(staff__officer__username="ctv.namson").count() == 1
