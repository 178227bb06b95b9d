"""Who owes which report by when, from the regimes valid on the cut-off day."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from childcare.accounts.models import Appointment
from childcare.lib.calendar import TZ
from childcare.lib.periods import default_cutoff, permitted_last_day
from childcare.units.models import Office, Unit
from childcare.units.querysets import valid_on
from reports.models import Obligation, Regime, Submission

LATE_FOR_GOOD = 60


def period_of(regime, year):
    """The code of the period that the regime asks for in a year."""
    return f"{year}-H1" if regime.half else str(year)


def annual_cutoff(regime, year):
    """The cut-off of the annual report that closed the year: the start of the next data window lies one day later.

    The annual regime of the same pair of levels decides; without one the half-year's own pair 10/11 is assumed (31/10).
    """
    annual = regime
    if regime.half:
        same = Regime.objects.filter(
            half=False, from_kinds=regime.from_kinds, to_kind=regime.to_kind, report_kind__startswith="PERIODIC"
        )
        annual = same.exclude(due_month=None).order_by("-valid_from").first()
    if annual is None or annual.due_month is None:
        return date(year, 10, 31)
    return cutoff_of(annual, year)


def cutoff_of(regime, year):
    """The last day of the data: the regime's own day, else the last day of the month before the due date."""
    if regime.cutoff_month:
        return date(year, regime.cutoff_month, regime.cutoff_day)
    return default_cutoff(last_day_of(regime, year))


def last_day_of(regime, year):
    """The last permitted day: "trước ngày 10/5" = at the latest 9/5."""
    return permitted_last_day(regime.due_rule, regime.due_day, regime.due_month, year)


def users_of_the_system(day):
    """Units valid on the day where somebody holds an appointment, or whose superior up to the district does."""
    own = Appointment.objects.filter(unit__path__startswith=OuterRef("path"))
    above = Appointment.objects.filter(unit=OuterRef("parent"))
    return Unit.objects.on(day).filter(Exists(own) | Exists(above))


def receiver(unit, regime):
    """The unit above that takes the report; None when there is none of that level."""
    return receivers([unit], regime).get(unit.pk)


def receivers(units, regime):
    """Key of a unit → the unit above it that takes the report; one question, whatever the number of units."""
    above = {key for unit in units for key in unit.ancestor_keys[:-1]}
    takers = Unit.objects.filter(pk__in=above, kind=regime.to_kind).in_bulk() if above else {}
    found = ((unit, [takers[key] for key in unit.ancestor_keys[:-1] if key in takers]) for unit in units)
    return {unit.pk: rows[0] for unit, rows in found if rows}


def closer_scopes(regime):
    """Units below the regime's scope that have days of their own for the same report: there the closer regime holds."""
    own = Regime.objects.filter(active=True, code=regime.code, half=regime.half).exclude(pk=regime.pk).exclude(scope=None)
    scopes = [row.scope for row in own.select_related("scope")]
    return [scope for scope in scopes if regime.scope is None or scope.is_under(regime.scope)]


@transaction.atomic
def ensure_obligations(year, within=None):
    """Write what is owed for the periods of a year; what stands is left alone. Returns how many are new.

    `within`: only what that unit and the units below it owe.
    """
    made = 0
    for regime in Regime.objects.filter(active=True).exclude(due_month=None).exclude(report_kind=Regime.PLAN):
        cutoff = cutoff_of(regime, year)
        if not (regime.valid_from is None or regime.valid_from <= cutoff) or (regime.valid_to and regime.valid_to <= cutoff):
            continue
        units = users_of_the_system(cutoff).filter(kind__in=regime.from_kinds)
        for scope in filter(None, (regime.scope, within)):
            units = units.filter(path__startswith=scope.path)
        for closer in closer_scopes(regime):
            units = units.exclude(path__startswith=closer.path)
        offices = dict(Office.objects.on(cutoff).filter(valid_on(cutoff)).values_list("unit", "pk")) if regime.by_office else {}
        have = Obligation.objects.filter(regime=regime, period=period_of(regime, year))
        new = _obligations(regime, units.exclude(pk__in=have.values("unit")), year, offices)
        Obligation.objects.bulk_create(new, ignore_conflicts=True)
        made += len(new)
    return made


def _obligations(regime, units, year, offices):
    """What the units owe by the regime, not yet written; without a unit that takes it nothing is owed."""
    units = list(units)
    takers = receivers(units, regime)
    same = {
        "regime": regime,
        "period": period_of(regime, year),
        "data_from": annual_cutoff(regime, year - 1) + timedelta(days=1),
        "cutoff": cutoff_of(regime, year),
        "last_day": last_day_of(regime, year),
    }
    owing = (unit for unit in units if unit.pk in takers)
    return [Obligation(unit=unit, to_unit=takers[unit.pk], office_id=offices.get(unit.pk), **same) for unit in owing]


def sent_on(submission):
    """The Vietnamese day on which a version was sent, or None."""
    return submission.sent_at.astimezone(TZ).date() if submission and submission.sent_at else None


def days_late(obligation, first_sent_on, on):
    """Days past the permitted last day, 0 when in time: by the first sending, else by the day asked for."""
    return max(0, ((first_sent_on or on) - obligation.last_day).days)


def unsent(queryset):
    """Obligations for which nothing was ever sent: no version, a draft, one to sign or signed; returned was sent once."""
    sent = Submission.objects.filter(obligation=OuterRef("pk"), sent_at__isnull=False)
    return queryset.filter(~Exists(sent))


def due_between(first, last):
    """Obligations whose last day lies in the span."""
    return Obligation.objects.filter(Q(last_day__gte=first) & Q(last_day__lte=last))
