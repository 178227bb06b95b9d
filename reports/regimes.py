"""What an administrator may do with a regime: confirm it by a document, and give a province or commune its own days."""

from datetime import date

from django.db import transaction

from childcare.audit import actions as audit
from childcare.lib.calendar import show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text
from reports import schedule
from reports.loading import CONFIRMED
from reports.models import Obligation, Regime

COPIED = (
    "name", "report_kind", "from_kinds", "by_office", "to_kind", "due_rule", "reminder_days", "legal_basis", "evidence",
    "active", "valid_from", "valid_to", "note", "due_after", "due_year_offset", "period_start", "period_end",
)  # fmt: skip
DAYS = ("due_day", "due_month", "cutoff_day", "cutoff_month")


def is_confirmed(regime):
    """True when the regime stands in a text that was read, or an administrator confirmed it."""
    return regime.evidence == "text"


@transaction.atomic
def confirm(*, regime, by, document, document_on):
    """From now on the regime may be printed as law, with this document as its basis."""
    regime = Regime.objects.select_for_update().get(pk=regime.pk)
    regime.legal_basis = f"{clean_text(document)} ngày {show(document_on)}"[:300]
    regime.evidence = "text"
    regime.note = f"{CONFIRMED} ngày {show(today())}"
    regime.save(update_fields=["legal_basis", "evidence", "note"])
    audit.record("regime.confirmed", subject=regime, by=by, note=f"{regime.code}: {regime.legal_basis}")
    return regime


@transaction.atomic
def change_days(*, regime, by, scope, due_day, due_month, cutoff_day=None, cutoff_month=None):
    """Other days for a unit and everything below it: a regime of its own, to which duties not yet begun go over. Returns it."""
    days = dict(zip(DAYS, (due_day, due_month, cutoff_day, cutoff_month), strict=True))
    _check(**days)
    copied = {name: getattr(regime, name) for name in COPIED}
    own, _ = Regime.objects.get_or_create(code=regime.code, every=regime.every, scope=scope, defaults=copied)
    changed = [name for name, value in days.items() if getattr(own, name) != value]
    for name, value in days.items():
        setattr(own, name, value)
    own.save()
    moved = _move_duties(regime, own)
    note = f"{own.code} trong {scope.name}: {moved} báo cáo phải gửi"
    audit.record("regime.changed", subject=own, by=by, fields=changed, note=note)
    return own


def _check(due_day, due_month, cutoff_day, cutoff_month):
    try:
        due = date(2023, due_month, due_day)
        cutoff = date(2023, cutoff_month, cutoff_day) if cutoff_month else None
    except ValueError:
        raise Refusal("Không có ngày này trong tháng. Hãy xem lại ngày và tháng.")
    if cutoff and cutoff >= due:
        raise Refusal("Ngày chốt số liệu phải trước hạn gửi.")


def _move_duties(regime, own):
    """Duties of the scope that nobody has begun and that are still to come get the new days."""
    waiting = Obligation.objects.filter(
        regime__code=regime.code, regime__every=regime.every, unit__path__startswith=own.scope.path,
        submissions=None, last_day__gte=today(),
    )  # fmt: skip
    rows = list(waiting)
    for row in rows:
        slot = next(slot for slot in schedule.slots(own, int(row.period[:4])) if slot.period == row.period)
        row.regime, row.cutoff, row.last_day = own, slot.cutoff, slot.last_day
        row.data_from = slot.data_from or row.data_from
    Obligation.objects.bulk_update(rows, ["regime", "data_from", "cutoff", "last_day"])
    return len(rows)
