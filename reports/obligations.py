"""Who owes which report by when, from the regimes valid on the cut-off day. Written once, whoever asks how often."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from childcare.accounts.models import Appointment
from childcare.lib.calendar import TZ
from childcare.lib.vietnamese import capital
from childcare.units.models import Office, Unit
from childcare.units.querysets import valid_on
from reports import events, schedule
from reports.models import Obligation, Regime, Submission
from reports.receiving import Receivers

LATE_FOR_GOOD = 60


def annual_cutoff(regime, year, unit=None):
    """The cut-off of the annual report that closed the year: the start of the next data window lies one day later.

    The annual regime of the same pair of levels decides, for a unit the one of the closest scope; without one the half-year's
    own pair 10/11 is assumed (31/10), and the end of the year for nine months.
    """
    return Annuals(Regime.objects.dated().filter(every=Regime.Every.YEAR).select_related("scope")).cutoff(regime, year, unit)


class Annuals:
    """The annual regimes, asked for the end of the year before."""

    def __init__(self, regimes):
        self.regimes = [row for row in regimes if row.every == "year" and row.report_kind.startswith("PERIODIC")]

    def cutoff(self, regime, year, unit=None):
        """The last day that the annual report of the year told of."""
        annual = regime if regime.every == "year" else self._of(regime, unit or regime.scope)
        if annual is None:
            return date(year, 12, 31) if regime.every == "nine" else date(year, 10, 31)
        return schedule.cutoff_of(annual, year)

    def _of(self, regime, unit):
        same = [row for row in self.regimes if (row.from_kinds, row.to_kind) == (regime.from_kinds, regime.to_kind)]
        near = [row for row in same if row.scope is None or (unit is not None and unit.is_under(row.scope))]
        return max(near, key=lambda row: (len(row.scope.path) if row.scope else 0, row.valid_from or date.min), default=None)


def users_of_the_system(day):
    """Units valid on the day where somebody holds an appointment, or whose superior up to the district does."""
    own = Appointment.objects.filter(unit__path__startswith=OuterRef("path"))
    above = Appointment.objects.filter(unit=OuterRef("parent"))
    return Unit.objects.on(day).filter(Exists(own) | Exists(above))


def holds_on(regime, day):
    """True when the regime is valid on the day."""
    return (regime.valid_from is None or regime.valid_from <= day) and (regime.valid_to is None or day < regime.valid_to)


@transaction.atomic
def ensure_obligations(year, within=None):
    """Write what is owed for the periods and events of a year; what stands is left alone. Returns how many are new.

    `within`: only what that unit and the units below it owe.
    """
    writer = Writer(year, within)
    made = sum(writer.write(regime) for regime in writer.regimes)
    return made + events.ensure(year, within)


class Writer:
    """What is owed in a year, with what every regime asks of the database asked once."""

    def __init__(self, year, within=None):
        self.year, self.within = year, within
        self.regimes = list(Regime.objects.dated().select_related("scope").order_by("code", "every", "pk"))
        self.annuals, self.takers = Annuals(self.regimes), Receivers()
        rows = Obligation.objects.filter(period__startswith=str(year))
        self.have = set(rows.order_by().values_list("regime__code", "regime__every", "period", "unit"))
        self.units = {}

    def write(self, regime):
        """What the regime asks for in the year and nobody wrote down yet. Returns how many are new."""
        made = 0
        for slot in schedule.slots(regime, self.year):
            if holds_on(regime, schedule.asked_on(regime, slot)):
                new = list(self._new(regime, slot))
                Obligation.objects.bulk_create(new, ignore_conflicts=True)
                made += len(new)
        return made

    def _new(self, regime, slot):
        day = schedule.asked_on(regime, slot)
        units = [unit for unit in self._owing(regime, day) if self._free(regime, slot, unit)]
        takers = self.takers.of(units, regime)
        offices = offices_on(day) if regime.by_office and units else {}
        for unit in (unit for unit in units if unit.pk in takers):
            first = slot.data_from or self.annuals.cutoff(regime, self.year - 1, unit) + timedelta(days=1)
            yield Obligation(
                regime=regime, unit=unit, to_unit=takers[unit.pk], office_id=offices.get(unit.pk), period=slot.period,
                subject=subject_of(regime, self.year), data_from=first, cutoff=slot.cutoff, last_day=slot.last_day,
            )  # fmt: skip

    def _free(self, regime, slot, unit):
        return (regime.code, regime.every, slot.period, unit.pk) not in self.have

    def _owing(self, regime, day):
        """Units of the regime on the day; below a closer scope with days of its own for the same report those hold."""
        if day not in self.units:
            self.units[day] = list(users_of_the_system(day))
        scopes, closer = [scope for scope in (regime.scope, self.within) if scope], closer_scopes(regime, self.regimes)
        for unit in self.units[day]:
            inside = unit.kind in regime.from_kinds and all(unit.is_under(scope) for scope in scopes)
            if inside and not any(unit.is_under(scope) for scope in closer):
                yield unit


def closer_scopes(regime, regimes):
    """Units below the regime's scope that have days of their own for the same report."""
    own = [row for row in regimes if (row.code, row.every) == (regime.code, regime.every) and row.pk != regime.pk and row.scope]
    return [row.scope for row in own if regime.scope is None or row.scope.is_under(regime.scope)]


def offices_on(day):
    """Unit → the office that writes for it."""
    return dict(Office.objects.on(day).filter(valid_on(day)).values_list("unit", "pk"))


def subject_of(regime, year):
    """What a report tells that is none of a period: "kết quả Tháng hành động vì trẻ em năm 2024"; "" of a periodic one."""
    if regime.every != "campaign":
        return ""
    return capital(regime.name.partition(" (")[0].removeprefix("Báo cáo ")) + f" năm {year}"


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
