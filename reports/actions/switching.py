"""Turning regimes on and off in a unit and everything below it, and a regime of one's own: data, no programming."""

from django.db import transaction
from django.db.models import Max

from childcare.audit import actions as audit
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from reports import schedule
from reports.models import Obligation, Regime
from reports.obligations import ensure_obligations
from reports.regimes import COPIED

KINDS = {"month": "PERIODIC_M", "quarter": "PERIODIC_Q", "half": "PERIODIC_6M", "nine": "PERIODIC_9M", "year": "PERIODIC_YEAR"}
DAYS = ("due_day", "due_month", "due_after", "due_year_offset", "cutoff_day", "cutoff_month")


KNOWN = ("commune", "district", "province", Regime.ABOVE)


def is_switchable(regime):
    """True for a regime whose reports the system can carry out: of a kind and between levels that it knows."""
    kind = regime.report_kind.startswith("PERIODIC") or regime.report_kind in ("CAMPAIGN", "STATISTICS")
    return kind and regime.to_kind in KNOWN and bool(regime.from_kinds)


def check_days(regime):
    """Refuse days that no year has, and a cut-off that is not before the last day."""
    try:
        found = schedule.slots(regime, 2023)
    except ValueError:
        raise Refusal("Không có ngày này trong tháng. Hãy xem lại ngày và tháng.")
    if any(slot.cutoff > slot.last_day for slot in found):
        raise Refusal("Ngày chốt số liệu phải trước hạn gửi. Báo cáo gửi ngay trong tháng cuối kỳ cần ghi ngày chốt.")


@transaction.atomic
def add(*, by, scope, name, every, from_kinds, document, since, **days):
    """A regime that the unit itself asks for; what is owed from the day on is written at once. The same twice is one."""
    name = clean_text(name)[:300]
    same = Regime.objects.filter(scope=scope, every=every, name__iexact=name, from_kinds=from_kinds, valid_to=None)
    if known := same.filter(code__startswith="DP").first():
        return known
    regime = Regime(
        code=_next_code(), name=name, report_kind=KINDS[every], every=every, from_kinds=from_kinds, to_kind=scope.kind,
        due_rule="before", reminder_days=[7, 3, 1, 0], legal_basis=clean_text(document)[:300], evidence="text", scope=scope,
        valid_from=since, **days,
    )  # fmt: skip
    check_days(regime)
    regime.save()
    audit.record("regime.added", subject=regime, by=by, note=f"{regime.code} {name}, {regime.get_every_display().lower()}")
    _owe(scope, since)
    return regime


def _next_code():
    last = Regime.objects.filter(code__regex=r"^DP[0-9]{4}$").aggregate(last=Max("code"))["last"]
    return f"DP{int(last[2:]) + 1 if last else 1:04d}"


def _owe(scope, since):
    """What is owed by the regimes of the scope in the years that the day and today lie in."""
    for year in sorted({since.year, today().year}):
        ensure_obligations(year, within=scope)


@transaction.atomic
def turn_on(*, regime, by, scope, since, **days):
    """Bật: the regime holds in the unit and below it from the day on, with these days."""
    values = {field: getattr(regime, field) for field in COPIED} | {"active": True, "valid_from": since, "valid_to": None}
    own = Regime.objects.filter(code=regime.code, every=regime.every, scope=scope).first()
    own = own or Regime(code=regime.code, every=regime.every, scope=scope)
    rule = {"due_rule": regime.due_rule if regime.due_rule in ("before", "by") else "before"}
    for field, value in (values | rule | days).items():
        setattr(own, field, value)
    check_days(own)
    own.save()
    audit.record("regime.turned_on", subject=own, by=by, note=f"{own.code} trong {scope.name} từ {show(since)}")
    _owe(scope, since)
    return own


@transaction.atomic
def turn_off(*, regime, by, scope, since):
    """Thôi áp dụng: nothing is owed for data that end on or after the day; what was begun or sent before stays."""
    own = regime
    if regime.scope_id != scope.pk:
        values = {field: getattr(regime, field) for field in (*COPIED, *DAYS)}
        own, _ = Regime.objects.get_or_create(code=regime.code, every=regime.every, scope=scope, defaults=values)
    own.valid_to = since
    own.save(update_fields=["valid_to"])
    waiting = Obligation.objects.filter(
        regime__code=regime.code, regime__every=regime.every, unit__path__startswith=scope.path, cutoff__gte=since,
        submissions=None, requests=None,
    )  # fmt: skip
    count, _ = waiting.delete()
    audit.record(
        "regime.turned_off", subject=own, by=by, note=f"{own.code} trong {scope.name} từ {show(since)}: bỏ {count} báo cáo"
    )
    return own
