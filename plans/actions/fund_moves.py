"""The fund of a unit that ended goes on in its successor: its balance is handed over once, what came later moves along.

What was received and spent before the day stays in the old book, where donors and inspectors look for it. A unit that was
split hands its fund to the first successor; one without a successor keeps it as it stands.
"""

from datetime import date

from django.db.models import ProtectedError

from childcare.lib.refusal import Refusal
from plans import fund_books as books
from plans.actions.funds import FORMS, K, lowest, next_number, write
from plans.models import Fund, FundEntry

CHANGED = "Không hoàn lại được: sổ quỹ của đơn vị mới đã ghi thu, chi. Hãy lập một thay đổi ngược lại."


def carry(passage, by):
    """Hand over every fund of the ended units."""
    rows = Fund.objects.select_for_update(of=("self",)).filter(unit__in=list(passage.rest), goes_on_in=None)
    for old in rows.select_related("unit").order_by("unit__code", "pk"):
        new = _following(passage, old, passage.rest[old.unit_id], by)
        for entry in old.entries.filter(voided_at=None, on__gte=passage.on).exclude(kind=K.OPENING).order_by("on", "pk"):
            _take_along(passage, entry, old, new)
        _hand_over(passage, old, new, by)
        passage.note("fund-closed", old)
        old.goes_on_in = new
        old.save(update_fields=["goes_on_in"])


def _following(passage, old, unit, by):
    """The fund of the successor: one of the same kind that it has, else a new one from the day of the change."""
    rows = Fund.objects.select_for_update(of=("self",)).filter(unit=unit, kind=old.kind, goes_on_in=None)
    if old.kind == Fund.Kind.OTHER:
        rows = rows.filter(name=old.name)
    found = rows.order_by("pk").first()
    if found is None:
        name = old.name if old.kind == Fund.Kind.OTHER else Fund.usual_name(old.kind, unit)
        found = Fund.objects.create(unit=unit, kind=old.kind, name=name, opened_on=passage.on, recorded_by=by)
        passage.note("fund-made", found)
    elif found.opened_on > passage.on:
        passage.note("fund-opened", found, was=found.opened_on.isoformat())
        found.opened_on = passage.on
        found.save(update_fields=["opened_on"])
    return found


def _take_along(passage, entry, old, new):
    """An entry of the day of the change or later: under the next number of the new book, with the old one beside it."""
    passage.note("fund-entry", entry, old.unit, f"{old.pk}:{entry.number}:{entry.paper}"[:60])
    taken = entry.paper and new.entries.filter(kind=entry.kind, year=entry.year, paper=entry.paper, voided_at=None).exists()
    entry.formerly = entry.code
    entry.number = next_number(new, entry.kind, entry.year)
    entry.fund, entry.paper = new, f"{entry.paper[:34]} (cũ)" if taken else entry.paper
    entry.save(update_fields=["fund", "number", "formerly", "paper"])


def _hand_over(passage, old, new, by):
    day = max(passage.on, old.opened_on)
    for form, amount in books.balance(old, date.max).items():
        if amount > 0:
            told = {"form": form, "on": day, "amount": amount}
            out = write(old, by, kind=K.HANDED, text=f"Bàn giao số dư cho {new.unit.name}", **told)
            came = write(new, by, kind=K.OPENING, text=f"Số dư nhận từ {old.name}"[:300], carried_from=old, **told)
            passage.note("fund-carried", out)
            passage.note("fund-carried", came)


def bring_back(change):
    """Undo: the old books hold what they held. Refused when the new book cannot do without."""
    moves = list(change.moves.filter(what__startswith="fund-"))
    touched = set(FundEntry.objects.filter(pk__in=_keys(moves, "fund-carried")).values_list("fund", flat=True))
    for row in moves:
        if row.what == "fund-entry":
            fund, number, paper = row.was.split(":", 2)
            FundEntry.objects.filter(pk=row.key).update(fund=int(fund), number=int(number), paper=paper, formerly="")
        elif row.what == "fund-closed":
            Fund.objects.filter(pk=row.key).update(goes_on_in=None)
        elif row.what == "fund-opened":
            Fund.objects.filter(pk=row.key).update(opened_on=date.fromisoformat(row.was))
    FundEntry.objects.filter(pk__in=_keys(moves, "fund-carried")).delete()
    try:
        Fund.objects.filter(pk__in=_keys(moves, "fund-made")).delete()
    except ProtectedError:
        raise Refusal(CHANGED)
    for fund in Fund.objects.filter(pk__in=touched):
        if any(lowest(fund, form, date.min) < 0 for form in FORMS):
            raise Refusal(CHANGED)


def _keys(moves, what):
    return [row.key for row in moves if row.what == what]
