"""The second factor: codes of a telephone (TOTP, RFC 6238) and ten codes on paper.

Six digits, steps of 30 seconds. The present step and the one before open (the clocks of telephones here are set by hand:
docs/decisions/second_factor.md); no code opens twice. After five wrong ones in a row each next try waits, at most 15 minutes.
"""

import base64
import hmac
import secrets
from datetime import timedelta
from urllib.parse import quote

from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from childcare.accounts.actions import LETTERS
from childcare.accounts.models_sessions import BackupCode, SecondFactor
from childcare.audit import actions as audit
from childcare.lib.encryption import blind_index
from childcare.lib.refusal import Refusal

STEP = 30  # seconds
FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
CODES, CODE = 10, 12  # codes on paper, letters of one: 59 bits
ISSUER = "Bao ve tre em"


def of(officer):
    """The confirmed second factor of an officer, or None."""
    return SecondFactor.objects.filter(officer=officer).exclude(confirmed_at=None).first()


def address_of(factor):
    """What the QR code says to the application on the telephone."""
    name = quote(f"{ISSUER}:{factor.officer.username}")
    return f"otpauth://totp/{name}?secret={factor.secret}&issuer={quote(ISSUER)}&digits=6&period={STEP}"


@transaction.atomic
def begin(*, officer):
    """A new secret that does not count yet. An unfinished one is replaced; a confirmed one is refused."""
    if of(officer):
        raise Refusal("Xác nhận hai bước đang bật. Muốn đổi điện thoại, hãy tắt rồi bật lại.")
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    factor, _ = SecondFactor.objects.update_or_create(officer=officer, defaults={"secret": secret, "last_step": 0})
    return factor


@transaction.atomic
def confirm(*, officer, code):
    """Turn the factor on by its first right code. Returns the codes on paper, shown once; None when the code is wrong."""
    factor = SecondFactor.objects.select_for_update().filter(officer=officer, confirmed_at=None).first()
    if factor is None:
        raise Refusal("Chưa có khóa nào chờ xác nhận. Hãy bắt đầu lại từ trang Xác nhận hai bước.")
    if not _opens(factor, code):
        return None
    factor.confirmed_at = timezone.now()
    factor.save()
    audit.record("factor.turned_on", subject=officer, by=officer)
    return _new_codes(factor)


@transaction.atomic
def renew_codes(*, officer):
    """Ten new codes on paper; the old ones open nothing more."""
    factor = SecondFactor.objects.select_for_update().exclude(confirmed_at=None).get(officer=officer)
    audit.record("factor.codes_renewed", subject=officer, by=officer)
    return _new_codes(factor)


@transaction.atomic
def turn_off(*, officer, by):
    """No second step any more: by the officer himself, or by who manages his account (sessions.take_factor_off)."""
    if SecondFactor.objects.filter(officer=officer).delete()[0]:
        audit.record("factor.turned_off", subject=officer, by=by)


@transaction.atomic
def check(*, officer, code):
    """True when the code of the telephone or of the paper opens, once. Raises Refusal while the officer must wait."""
    factor = SecondFactor.objects.select_for_update().exclude(confirmed_at=None).get(officer=officer)
    now = timezone.now()
    if factor.wait_until and factor.wait_until > now:
        seconds = round((factor.wait_until - now).total_seconds())
        raise Refusal(f"Đã gõ sai nhiều lần. Hãy chờ {max(1, -(-seconds // 60))} phút rồi gõ lại mã.")
    right = _opens(factor, code) or _on_paper(factor, code)
    factor.failures = 0 if right else factor.failures + 1
    over = factor.failures - FREE_TRIES
    factor.wait_until = now + min(LONGEST_WAIT, timedelta(seconds=30 * 2 ** min(over, 10))) if over >= 0 else None
    factor.save()
    return right


def _opens(factor, code):
    """True when a code of this step or the one before has not opened yet. Notes the step."""
    digits = "".join(letter for letter in code if letter.isdecimal())
    if len(digits) != 6 or any(letter.isalpha() for letter in code):
        return False
    totp = TOTP(base64.b32decode(factor.secret), step=STEP, digits=6)
    totp.time = timezone.now().timestamp()
    for drift in (0, -1):
        totp.drift = drift
        if totp.t() > factor.last_step and hmac.compare_digest(f"{totp.token():06d}", digits):
            factor.last_step = totp.t()
            return True
    return False


def _new_codes(factor):
    factor.backup_codes.all().delete()
    codes = ["".join(secrets.choice(LETTERS) for _ in range(CODE)) for _ in range(CODES)]
    BackupCode.objects.bulk_create([BackupCode(factor=factor, digest=_digest(factor, code)) for code in codes])
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def _on_paper(factor, code):
    plain = "".join(letter for letter in code.lower() if letter in LETTERS)
    unused = factor.backup_codes.filter(digest=_digest(factor, plain), used_at=None)
    return len(plain) == CODE and unused.update(used_at=timezone.now()) == 1


def _digest(factor, code):
    """Keyed, so that a copy of the database alone cannot be searched for codes."""
    return blind_index(f"backup code {factor.officer_id} {code}")
