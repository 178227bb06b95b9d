"""Who owes what by when: dates worked out by hand from the plan of Quận Kiến An 2024 and the regimes file."""

from datetime import date

import pytest

from childcare.units.models import Unit
from reports.models import Obligation, Regime
from reports.obligations import annual_cutoff, days_late, ensure_obligations
from reports.schedule import cutoff_of, last_day_of

pytestmark = pytest.mark.django_db


def owed(code, period, unit_code):
    return Obligation.objects.get(regime__code=code, period=period, unit__code=unit_code)


def test_the_half_year_report_of_a_ward_is_due_on_9_may_with_data_from_november_to_april(an, dung):
    ensure_obligations(2024)
    row = owed("RG01", "2024-H1", "11437")
    assert (row.data_from, row.cutoff, row.last_day) == (date(2023, 11, 1), date(2024, 4, 30), date(2024, 5, 9))
    assert row.to_unit.code == "307"


def test_the_annual_report_of_a_ward_is_due_on_9_november_with_data_to_the_end_of_october(an):
    ensure_obligations(2024)
    row = owed("RG02", "2024", "11437")
    assert (row.data_from, row.cutoff, row.last_day) == (date(2023, 11, 1), date(2024, 10, 31), date(2024, 11, 9))


def test_the_office_of_the_district_owes_its_own_report_five_days_later(dung):
    ensure_obligations(2024)
    half, year = owed("RG03", "2024-H1", "307"), owed("RG04", "2024", "307")
    assert (half.last_day, year.last_day) == (date(2024, 5, 14), date(2024, 11, 14))
    assert half.office.code == "307-O01" and half.to_unit.code == "31"


def test_every_ward_below_a_district_that_uses_the_system_owes_its_report(dung):
    ensure_obligations(2024)
    assert Obligation.objects.filter(regime__code="RG01", period="2024-H1").count() == 10


def test_a_unit_without_any_officer_at_or_above_it_owes_nothing(an):
    ensure_obligations(2024)
    assert not Obligation.objects.filter(unit__code="11446").exists()


def test_ten_wards_are_asked_about_together(an, dung, django_assert_max_num_queries):
    with django_assert_max_num_queries(26):  # 23 reports; one question for each would be twice as many
        assert ensure_obligations(2024) > 20


def test_asking_again_adds_nothing(an, dung):
    first = ensure_obligations(2024)
    assert first > 0 and ensure_obligations(2024) == 0


def test_regimes_without_a_due_day_or_not_carried_out_create_no_duty(an, dung):
    ensure_obligations(2024)
    assert set(Obligation.objects.values_list("regime__code", flat=True)) <= {
        "RG01", "RG02", "RG03", "RG04", "RG16", "RG17", "RG18", "RG19",
    }  # fmt: skip


def test_from_july_2025_a_ward_reports_to_the_province_by_the_default_regime(quan):
    ward = Unit.objects.by_code("11443", date(2025, 12, 1))
    quan.appointments.update(unit=ward)
    ensure_obligations(2026)
    half, year = (Obligation.objects.get(unit=ward, regime__code="RG16", period=period) for period in ("2026-H1", "2026"))
    assert (half.last_day, year.last_day) == (date(2026, 5, 9), date(2026, 11, 9))
    assert half.to_unit.code == "31" and half.data_from == date(2025, 11, 1)
    assert half.regime.evidence == "unverified"


def test_two_years_share_no_day_of_data():
    regime = Regime.objects.get(code="RG02")
    assert cutoff_of(regime, 2024) == date(2024, 10, 31) == annual_cutoff(Regime.objects.get(code="RG01"), 2024)


def test_before_the_tenth_means_at_the_latest_the_ninth():
    assert last_day_of(Regime.objects.get(code="RG01"), 2024) == date(2024, 5, 9)


@pytest.mark.parametrize(
    ("sent", "on", "late"),
    [(None, date(2024, 5, 9), 0), (None, date(2024, 5, 12), 3), (date(2024, 5, 10), date(2024, 6, 1), 1)],
)
def test_lateness_is_counted_from_the_last_permitted_day_to_the_first_sending(sent, on, late):
    assert days_late(Obligation(last_day=date(2024, 5, 9)), sent, on) == late
