"""What an administrator may do with a regime, and what then is owed."""

from datetime import date

import pytest

from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit
from reports import regimes
from reports.loading import load_regimes
from reports.models import Obligation, Regime
from reports.obligations import ensure_obligations
from tests import people

pytestmark = pytest.mark.django_db


def half_of_today():
    return Regime.objects.get(code="RG16", every="half", scope=None)


def confirm(by, regime=None):
    regime = regime or half_of_today()
    return regimes.confirm(regime=regime, by=by, document="Công văn 123/SYT-BTXH", document_on=date(2026, 1, 5))


def test_a_default_becomes_law_by_document_and_date(quan):
    assert not regimes.is_confirmed(half_of_today())
    confirm(quan)
    regime = half_of_today()
    assert regimes.is_confirmed(regime) and regime.legal_basis == "Công văn 123/SYT-BTXH ngày 05/01/2026"
    assert "RG16: Công văn 123/SYT-BTXH" in Entry.objects.get(action="regime.confirmed").note


def test_loading_the_regimes_again_leaves_the_confirmation(quan):
    confirm(quan)
    load_regimes()
    assert half_of_today().legal_basis.startswith("Công văn 123")
    assert not regimes.is_confirmed(Regime.objects.get(code="RG16", every="year"))


@pytest.fixture
def two_wards(settings, db):
    """Phường Kiến An and Phường Phù Liễn of today, each with an officer."""
    settings.TRAINING_TODAY = "2026-02-02"
    wards = [Unit.objects.by_code(code, date(2026, 2, 2)) for code in ("11443", "11446")]
    for ward in wards:
        officer = people.Officer.objects.create(username=f"cc{ward.code}", full_name="Cán bộ", password="!")
        people.Appointment.objects.create(officer=officer, unit=ward, role="commune", started_on=date(2025, 7, 1))
    return wards


def change(by, scope, **days):
    values = {"due_day": 5, "due_month": 6, **days}
    return regimes.change_days(regime=half_of_today(), by=by, scope=scope, **values)


def owed(ward):
    return Obligation.objects.get(unit=ward, period="2026-H1", regime__code="RG16")


def test_one_ward_gets_its_own_days_and_the_other_keeps_the_default(quan, two_wards):
    first, second = two_wards
    ensure_obligations(2026)
    own = change(quan, first)
    assert (owed(first).regime, owed(first).last_day, owed(first).cutoff) == (own, date(2026, 6, 4), date(2026, 5, 31))
    assert (owed(second).last_day, owed(second).cutoff) == (date(2026, 5, 9), date(2026, 4, 30))


def test_nothing_is_owed_twice_after_a_change(quan, two_wards):
    first, second = two_wards
    change(quan, first)
    ensure_obligations(2026)
    ensure_obligations(2026)
    assert owed(first).last_day == date(2026, 6, 4)
    assert owed(second).last_day == date(2026, 5, 9)


def test_a_second_change_is_of_the_same_regime(quan, two_wards):
    first, _ = two_wards
    assert change(quan, first) == change(quan, first, due_day=8, cutoff_day=15, cutoff_month=5)
    own = Regime.objects.get(scope=first)
    assert (own.due_day, own.cutoff_day, own.cutoff_month) == (8, 15, 5)


def test_a_duty_that_somebody_has_begun_or_that_is_past_keeps_its_days(quan, two_wards):
    first, second = two_wards
    ensure_obligations(2026)
    owed(first).submissions.create(number=1)
    change(quan, first)
    assert owed(first).last_day == date(2026, 5, 9)


@pytest.mark.parametrize(
    "days, sentence",
    [({"due_day": 31, "due_month": 6}, "Không có ngày này"), ({"cutoff_day": 20, "cutoff_month": 6}, "phải trước hạn gửi")],
)
def test_days_that_cannot_be_are_refused(quan, two_wards, days, sentence):
    with pytest.raises(Refusal, match=sentence):
        change(quan, two_wards[0], **days)
