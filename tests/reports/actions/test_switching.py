"""Regimes are data: turned on, off and written down by an officer; what is owed follows from them."""

from datetime import date as D

import pytest

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from reports.actions import drafting, switching
from reports.loading import load_regimes
from reports.models import Obligation, Regime
from reports.obligations import ensure_obligations
from tests import factories, people
from tests.reports import reporting

pytestmark = pytest.mark.django_db


def district():
    return people.unit(people.KIEN_AN)


def own(by, every="quarter", **given):
    values = {
        "scope": district(), "name": "Báo cáo công tác trẻ em", "from_kinds": ["commune"], "document": "Công văn 45",
        "since": people.TODAY, "due_day": 10,
    }  # fmt: skip
    return switching.add(by=by, every=every, **values | given)


def test_the_district_asks_for_quarters_from_today_on(an, dung):
    row = own(dung)
    assert own(dung) == row and (row.code, row.report_kind, row.to_kind) == ("DP0001", "PERIODIC_Q", "district")
    mine = Obligation.objects.filter(unit__code=people.NAM_SON, regime=row).order_by("period")
    assert [(found.period, found.last_day) for found in mine] == [
        ("2024-Q2", D(2024, 7, 9)), ("2024-Q3", D(2024, 10, 9)), ("2024-Q4", D(2025, 1, 9)),
    ]  # fmt: skip
    ensure_obligations(2024)
    load_regimes()
    assert mine.count() == 3 and own(dung, "month").code == "DP0002"
    assert Entry.objects.filter(action="regime.added").count() == 2


def test_the_commune_asks_its_hamlets_and_schools(an, ward):
    hamlet, school = factories.hamlet(ward, "Tổ dân phố 2"), factories.school(ward)
    row = own(an, "month", scope=ward, from_kinds=["hamlet", "school"], due_day=25, due_after=0, cutoff_day=20)
    found = Obligation.objects.filter(regime=row, period="2024-05")
    assert {found.unit for found in found} == {hamlet, school}
    may = found.first()
    assert (may.data_from, may.cutoff, may.last_day, may.to_unit) == (D(2024, 4, 21), D(2024, 5, 20), D(2024, 5, 24), ward)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"every": "half", "due_day": 31, "due_month": 6}, "Không có ngày này"),
        ({"every": "year", "due_day": 5, "due_month": 3, "cutoff_day": 9, "cutoff_month": 9}, "phải trước hạn"),
        ({"every": "month", "due_day": 10, "due_after": 0}, "ngày chốt"),
    ],
    ids=["no-day", "cutoff-after", "within-the-month"],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_kept(dung, given, sentence):
    with pytest.raises(Refusal, match=sentence):
        own(dung, **given)
    assert not Regime.objects.filter(code__startswith="DP").exists()


def test_a_regime_that_is_no_longer_applied_asks_for_nothing_more_and_what_was_begun_stays(an, chi, dung, quan):
    reporting.small_ward()
    row = own(dung)
    begun = Obligation.objects.select_related("unit__parent", "regime", "to_unit").get(
        unit__code=people.NAM_SON, regime=row, period="2024-Q2"
    )
    drafting.begin(obligation=begun, by=an)
    switching.turn_off(regime=row, by=dung, scope=district(), since=people.TODAY)
    ensure_obligations(2024)
    assert list(Obligation.objects.filter(regime=row)) == [begun]


def test_the_administrator_turns_a_law_off_in_one_district_and_on_again(an, dung, son, quan):
    ensure_obligations(2024)
    campaign = Regime.objects.get(code="RG18")
    switching.turn_off(regime=campaign, by=quan, scope=district(), since=people.TODAY)
    ensure_obligations(2024)
    asked = Obligation.objects.filter(regime__code="RG18", unit__path__startswith=district().path)
    assert not asked.exists()
    load_regimes()  # an update of the product turns nothing on
    ensure_obligations(2024)
    assert not asked.exists()
    switching.turn_on(regime=campaign, by=quan, scope=district(), since=people.TODAY, due_day=15, due_month=7)
    assert {row.last_day for row in asked} == {D(2024, 7, 14)} and asked.count() == 10
    ensure_obligations(2024)
    assert asked.count() == 10


def test_what_was_not_read_can_be_turned_on_and_says_so(an, dung, quan):
    row = Regime.objects.get(code="RG11")
    assert not row.active and switching.is_switchable(row) and row.evidence == "unverified"
    on = switching.turn_on(
        regime=row, by=quan, scope=people.unit(people.HAI_PHONG), since=people.TODAY, due_day=15, due_month=1, due_year_offset=1
    )
    owed = Obligation.objects.get(regime=on, unit__code=people.NAM_SON)
    assert (owed.to_unit.code, owed.cutoff, owed.last_day) == (people.KIEN_AN, D(2024, 12, 31), D(2025, 1, 14))
    assert on.evidence == "unverified"


def test_two_tiers_send_to_the_province(quan, settings):
    settings.TRAINING_TODAY = "2026-02-02"
    province, ward = (Unit.objects.by_code(code, D(2026, 2, 2)) for code in (people.HAI_PHONG, "11443"))
    quan.appointments.update(unit=ward)
    row = own(quan, scope=province, since=D(2026, 1, 1))
    first = Obligation.objects.get(regime=row, unit=ward, period="2026-Q1")
    assert (first.to_unit, first.data_from, first.last_day) == (province, D(2026, 1, 1), D(2026, 4, 9))
