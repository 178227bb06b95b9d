"""Tokens for programs that read figures: given, revoked, looked at with every question."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal
from reports.models import DataToken

DAYS = (30, 90, 365)
PER_MINUTE = 60


def digest_of(token):
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def give(*, unit, name, days, by):
    """A new token of the unit. Returns (row, token); the token is shown once and kept nowhere."""
    if not by.can_in(Permission.ACCOUNT_MANAGE, unit):
        raise Refusal("Anh/chị chỉ cấp được mã đọc số liệu cho đơn vị mình quản lý tài khoản.")
    token = secrets.token_urlsafe(32)
    until = timezone.localdate() + timedelta(days=days)
    row = DataToken.objects.create(unit=unit, name=name, digest=digest_of(token), expires_on=until, created_by=by)
    audit.record("data_token.given", subject=row, by=by)
    return row, token


@transaction.atomic
def revoke(*, row, by):
    """The token works no more. A second time changes nothing."""
    if DataToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by):
        audit.record("data_token.revoked", subject=row, by=by)


def of(token):
    """The row of a token that works, or None: unknown, expired, revoked."""
    row = DataToken.objects.filter(digest=digest_of(token), revoked_at=None).select_related("unit").first()
    return row if row and row.live else None


def may_ask(row, now):
    """Count a question; False when the token has asked its sixty of this minute."""
    minute = now.replace(second=0, microsecond=0)
    mine = DataToken.objects.filter(pk=row.pk)
    if mine.filter(minute=minute, used__lt=PER_MINUTE).update(used=F("used") + 1):
        return True
    return bool(mine.exclude(minute=minute).update(minute=minute, used=1))
