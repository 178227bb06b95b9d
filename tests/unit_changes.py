"""Changes of units for tests: drafted, planned and carried out in one call."""

from datetime import date

from childcare.units.actions import drafting
from childcare.units.models import Unit, UnitChange
from reports.actions import unit_changes
from tests import people

ON = date(2024, 5, 1)


def draft(by, olds, news, on=ON, takes=None, posts=None):
    """A draft: `olds` units, `news` (code, name, parent), `takes` old unit → positions (from 1) of the new ones."""
    change = drafting.begin(by=by, effective_on=on, basis="NQ thử nghiệm")
    ending = {unit.pk: drafting.add_ending(change=change, unit=unit, by=by) for unit in olds}
    beginning = [drafting.add_beginning(change=change, by=by, code=code, name=name, parent=up) for code, name, up in news]
    if takes:
        wanted = {ending[unit.pk].pk: [beginning[position - 1].pk for position in into] for unit, into in takes.items()}
        drafting.distribute(change=change, by=by, takes=wanted, posts=posts)
    return change


def carry_out(by, *args, **more):
    """The change carried out; read anew."""
    change = draft(by, *args, **more)
    drafting.plan(change=change, by=by)
    unit_changes.execute(change=change, by=by)
    return UnitChange.objects.get(pk=change.pk)


def merge(by, olds, name="Phường Nam Ngọc", code="19999", on=ON):
    """Units merged into a new one under the same district. Returns (change, new unit)."""
    change = carry_out(by, olds, [(code, name, olds[0].parent)], on=on)
    return change, change.beginning.get().unit


def split(by, old, names=("Phường Đông", "Phường Tây"), on=ON, posts=None):
    """A ward split in two. Returns (change, first, second)."""
    news = [(f"1999{number}", name, old.parent) for number, name in enumerate(names, 1)]
    change = carry_out(by, [old], news, on=on, takes={old: [1, 2]}, posts=posts)
    return (change, *[new.unit for new in change.beginning.order_by("position")])


def wards(*codes):
    return [Unit.objects.by_code(code, people.TODAY) for code in codes]
