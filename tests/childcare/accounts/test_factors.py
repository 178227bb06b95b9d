"""Codes of the telephone and of the paper: once each, in their time, with a wait after wrong ones."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from childcare.accounts import factors
from childcare.accounts.models_sessions import SecondFactor
from childcare.audit.models import Entry
from childcare.lib.refusal import Refusal

pytestmark = pytest.mark.django_db
# RFC 6238, appendix B: the secret of the SHA-1 vectors, and at 59 seconds the code 94287082 of eight digits.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


def at(seconds):
    return time_machine.travel(datetime.fromtimestamp(seconds, UTC), tick=False)


@pytest.fixture
def factor(an):
    return SecondFactor.objects.create(officer=an, secret=RFC_SECRET, confirmed_at=datetime(2024, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]
)
def test_the_codes_are_those_of_the_standard(an, factor, seconds, code):
    with at(seconds):
        assert factors.check(officer=an, code=code)


def test_spaces_do_not_matter_and_letters_do(an, factor):
    with at(59):
        assert not factors.check(officer=an, code="28a7082")
        assert factors.check(officer=an, code=" 287 082 ")


def test_a_code_opens_once(an, factor):
    with at(59):
        assert factors.check(officer=an, code="287082")
        assert not factors.check(officer=an, code="287082")
    with at(61):  # still within its time, and the step before of a later one
        assert not factors.check(officer=an, code="287082")


def test_the_step_before_opens_and_the_one_before_that_does_not(an, factor):
    with at(60 + 29):  # the next step: 287082 was that of the seconds 30 to 59
        assert factors.check(officer=an, code="287082")
    SecondFactor.objects.update(last_step=0)
    with at(60 + 30):
        assert not factors.check(officer=an, code="287082")


def test_a_code_of_the_future_does_not_open(an, factor):
    with at(29):
        assert not factors.check(officer=an, code="287082")


def test_after_five_wrong_ones_each_next_try_waits_longer_and_a_right_one_clears_it(an, factor):
    with at(1000):
        for _ in range(5):
            assert not factors.check(officer=an, code="000000")
        with pytest.raises(Refusal, match="chờ 1 phút"):
            factors.check(officer=an, code="000000")
    with at(1031):
        assert not factors.check(officer=an, code="000000")
        factor.refresh_from_db()
        assert factor.wait_until - datetime.fromtimestamp(1031, UTC) == timedelta(seconds=60)
    with at(1111111109):
        assert factors.check(officer=an, code="081804")
        factor.refresh_from_db()
        assert (factor.failures, factor.wait_until) == (0, None)


def test_the_wait_never_passes_a_quarter_of_an_hour(an, factor):
    SecondFactor.objects.update(failures=40)
    with at(1000):
        factors.check(officer=an, code="000000")
    factor.refresh_from_db()
    assert factor.wait_until == datetime.fromtimestamp(1000 + 900, UTC)


def test_it_counts_from_its_first_right_code_on(an):
    with at(59):
        begun = factors.begin(officer=an)
        assert factors.of(an) is None
        assert factors.confirm(officer=an, code="000000") is None
        assert factors.of(an) is None
        SecondFactor.objects.filter(pk=begun.pk).update(secret=RFC_SECRET)
        assert len(factors.confirm(officer=an, code="287082")) == 10
        assert factors.of(an).confirmed_at == datetime.fromtimestamp(59, UTC)
        assert not factors.check(officer=an, code="287082"), "the code that turned it on is used up"
    assert Entry.objects.filter(action="factor.turned_on", actor_id=str(an.public_id)).count() == 1


def test_one_that_is_on_is_not_begun_anew(an, factor):
    with pytest.raises(Refusal, match="đang bật"):
        factors.begin(officer=an)
    assert SecondFactor.objects.get().secret == RFC_SECRET


def test_confirming_without_beginning_says_what_to_do(an):
    with pytest.raises(Refusal, match="bắt đầu lại"):
        factors.confirm(officer=an, code="123456")


def test_a_code_on_paper_opens_once_whatever_its_dashes_and_capitals(an, factor, chi):
    first, second, *_ = factors.renew_codes(officer=an)
    assert factors.check(officer=an, code=first.upper().replace("-", " "))
    assert not factors.check(officer=an, code=first)
    assert factors.check(officer=an, code=second.replace("-", ""))
    SecondFactor.objects.create(officer=chi, secret=RFC_SECRET, confirmed_at=factor.confirmed_at)
    assert not factors.check(officer=chi, code=factors.renew_codes(officer=an)[0]), "somebody else's paper"


def test_new_codes_on_paper_end_the_old_ones(an, factor):
    old = factors.renew_codes(officer=an)
    new = factors.renew_codes(officer=an)
    assert len(set(old) | set(new)) == 20
    assert not factors.check(officer=an, code=old[0])
    assert factor.backup_codes.filter(used_at=None).count() == 10


def test_the_database_holds_neither_the_secret_nor_a_code(an, factor):
    code = factors.renew_codes(officer=an)[0].replace("-", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_secondfactor")
        (secret,) = cursor.fetchone()
    assert RFC_SECRET not in secret
    assert not factor.backup_codes.filter(digest__contains=code).exists()


def test_the_picture_names_the_account_and_no_person(an, factor):
    address = factors.address_of(factor)
    assert address.startswith("otpauth://totp/Bao%20ve%20tre%20em%3Aan?secret=" + RFC_SECRET)
    assert "Nguy" not in address


def test_turning_off_forgets_secret_and_codes(an, factor, dung):
    code = factors.renew_codes(officer=an)[0]
    factors.turn_off(officer=an, by=dung)
    assert factors.of(an) is None and code
    assert Entry.objects.get(action="factor.turned_off").actor_id == str(dung.public_id)
    factors.turn_off(officer=an, by=dung)
    assert Entry.objects.filter(action="factor.turned_off").count() == 1, "what is off is not turned off again"
