"""Units end and begin: rows closed, successors opened, everything below carried over. Who lives there follows one layer higher.

`open_units` runs inside the transaction of the whole change and returns a `Passage`; `close_units` takes it back.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import ProtectedError, Q

from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold
from childcare.units.actions.drafting import existing, lines
from childcare.units.models import Office, Unit, UnitMove

REGISTRY = ("hamlet", "school", "facility")  # units without an official code, below a commune


@dataclass
class Telling:
    """How far a change is while its rows go over."""

    watch: object = None  # called with (done, total, words); nothing depends on it
    total: int = 0
    done: int = 0

    def tell(self, rows, words):
        """So many more rows have gone over."""
        self.done += rows
        if self.watch is not None:
            self.watch(min(self.done, self.total), self.total, words)


@dataclass
class Passage(Telling):
    """Where everything of an ended unit goes, by its key."""

    change: object = None
    people: dict = field(default_factory=dict)  # its people: the successor, or the holding of a split unit
    rest: dict = field(default_factory=dict)  # everything else: the successor, of a split unit the first
    above: dict = field(default_factory=dict)  # units without a successor: the unit above, None for a province
    split: dict = field(default_factory=dict)  # units that were split, with their hamlets: the line of the change
    offices: dict = field(default_factory=dict)
    former: dict = field(default_factory=dict)  # the ended units themselves
    moves: list = field(default_factory=list)
    targets: set = field(default_factory=set)

    @property
    def on(self):
        return self.change.effective_on

    def note(self, what, row, before=None, was=""):
        """Write into the journal that a row went over."""
        self.moves.append(
            UnitMove(change=self.change, what=what, key=row if isinstance(row, int) else row.pk, before=before, was=was)
        )

    def target(self, unit):
        """Write down, once, a unit to which rows may go that was not made by the change."""
        if unit is not None and unit.pk not in self.targets:
            self.targets.add(unit.pk)
            self.note("target", unit)

    def keep(self):
        """Store the journal."""
        UnitMove.objects.bulk_create(self.moves, batch_size=2000)
        self.moves = []


def open_units(change, watch=None):
    """End the units of the change, open or find their successors, carry over what is below."""
    passage, rows = Passage(change=change, watch=watch), lines(change)
    ending = {row.unit_id for row, _ in rows}
    for row, _ in rows:
        _end(passage, row.unit)
    made = {new.pk: _beginning(new, change, ending) for new in change.beginning.select_related("parent")}
    for row, into in rows:
        targets = [made[new.pk] for new in into]
        for unit in targets:
            _link(passage, row.unit, unit)
        if not targets:
            above = _standing(row.unit.parent, passage.on)
            passage.target(above)
            _leave(passage, row.unit, above, ending)
        elif len(targets) == 1:
            _carry(passage, row.unit, targets[0], ending)
        else:
            _split(passage, row, targets, ending)
        _offices(passage, row.unit, targets)
    return passage


def _link(passage, old, new):
    """Write down who followed whom, once."""
    if not new.predecessors.filter(pk=old.pk).exists():
        new.predecessors.add(old)
        passage.note(f"link-{old.pk}", new, old)


def _standing(unit, on):
    """The unit, or the one that stands in its place on the day; None when nothing does."""
    return unit if unit is None or unit.valid_on(on) else unit.successors.on(on).order_by("pk").first()


def _end(passage, unit):
    passage.former[unit.pk] = unit
    if unit.valid_to != passage.on:
        passage.note("unit", unit, was=unit.valid_to.isoformat() if unit.valid_to else "")
        unit.valid_to = passage.on
        unit.save(update_fields=["valid_to"])


def make(*, code, kind, name, parent, on, note=""):
    """A unit that begins on a day, with its path. It ends with its parent, or when its code is known to name another."""
    later = Unit.objects.filter(code=code, valid_from__gt=on).order_by("valid_from").first()
    ends = [day for day in (later and later.valid_from, parent and parent.valid_to) if day]
    unit = Unit.objects.create(
        code=code, kind=kind, name=name, parent=parent, valid_from=on, valid_to=min(ends, default=None), evidence="local",
        note=note,
    )  # fmt: skip
    unit.path = f"{parent.path if parent else '.'}{unit.pk}."
    unit.save(update_fields=["path"])
    return unit


def _beginning(new, change, ending):
    unit = existing(new, change.effective_on, ending)
    if unit is None:
        kind = new.takes.select_related("unit").first().unit.kind
        unit = make(
            code=new.code, kind=kind, name=new.name, parent=new.parent, on=change.effective_on, note=change.basis
        )  # fmt: skip
        new.made = True
    new.unit = unit
    new.save(update_fields=["unit", "made"])
    return unit


def _below(unit, on, ending):
    """What lay below the unit on its last day and does not end by a line of its own, here or in another change.

    A commune that the list of units lets end on the day has its own change; hamlets and schools only end with their commune.
    """
    rows = Unit.objects.filter(parent=unit).on(on - timedelta(days=1)).exclude(pk__in=ending)
    goes_on = Q(kind__in=REGISTRY) | Q(valid_to=None) | Q(valid_to__gt=on)
    return rows.filter(goes_on).exclude(ending_in__change__state="done").order_by("code", "pk")


def _leave(passage, old, above, ending):
    """A unit without a successor, with everything below it."""
    passage.above[old.pk] = above
    for below in _below(old, passage.on, ending):
        _end(passage, below)
        _leave(passage, below, above, ending)


def _carry(passage, old, new, ending):
    """A unit that went over whole: it and everything below has one successor."""
    passage.people[old.pk] = passage.rest[old.pk] = new
    for below in _below(old, passage.on, ending):
        _end(passage, below)
        _carry(passage, below, _again(passage, below, old, new), ending)


def _again(passage, below, old, new):
    """The successor of a unit below another: the one that bears its code already, else a new row under the new parent."""
    found = Unit.objects.filter(code=below.code).on(passage.on).exclude(pk=below.pk).first()
    if below.kind not in REGISTRY and found is not None:
        successor = found
        passage.target(found)
    else:
        code = next_code(new, below.code, passage.on) if below.kind in REGISTRY else below.code
        successor = make(code=code, kind=below.kind, name=_free_name(below, old, new, passage.on), parent=new, on=passage.on)
        passage.note("made", successor)
    _link(passage, below, successor)
    return successor


def next_code(commune, code, on):
    """A free code below the commune like the old one: "11437-T03" → "11443-T03", or the next number when that is taken."""
    found = re.fullmatch(r".*-([A-Z])(\d+)", code)
    letter, number = (found[1], int(found[2])) if found else ("T", 1)
    below = Unit.objects.filter(code__startswith=f"{commune.code}-{letter}")
    taken = set(below.exclude(valid_to__lte=on).values_list("code", flat=True))
    while f"{commune.code}-{letter}{number:02d}" in taken:
        number += 1
    return f"{commune.code}-{letter}{number:02d}"


def _free_name(below, old, new, on):
    """The name, with the former commune behind it when the new one has a hamlet of that name already."""
    names = {fold(name) for name in Unit.objects.filter(parent=new).on(on).values_list("name", flat=True)}
    return f"{below.name} ({old.bare_name} cũ)" if fold(below.name) in names else below.name


def _split(passage, row, targets, ending):
    """A unit that went over in parts: its people wait in a holding until a person places them; the rest goes to the first."""
    main = targets[0]
    parent = main.parent or row.unit.parent
    row.holding = make(
        code=next_code(row.unit, f"{row.unit.code}-C01", passage.on),
        kind="hamlet",
        name=f"Chưa xếp ({row.unit.name} cũ)",
        parent=parent,
        on=passage.on,
    )
    row.holding.predecessors.add(row.unit)
    row.save(update_fields=["holding"])
    passage.note("made", row.holding)
    passage.people[row.unit_id], passage.rest[row.unit_id], passage.split[row.unit_id] = row.holding, main, row
    for below in _below(row.unit, passage.on, ending):
        _end(passage, below)
        if below.kind == "hamlet":
            passage.people[below.pk], passage.rest[below.pk], passage.split[below.pk] = row.holding, main, row
        else:
            _carry(passage, below, _again(passage, below, row.unit, main), ending)


def _offices(passage, old, targets):
    """Offices end with their unit; each successor that has none of the kind begins with one under the new name."""
    for office in Office.objects.filter(unit=old).on(passage.on - timedelta(days=1)).order_by("code", "pk"):
        if office.valid_to != passage.on:
            passage.note("office", office, was=office.valid_to.isoformat() if office.valid_to else "")
            office.valid_to = passage.on
            office.save(update_fields=["valid_to"])
        for unit in targets:
            new = Office.objects.filter(unit=unit, abbreviation=office.abbreviation).on(passage.on).first()
            if new is None:
                new = _office(office, old, unit, passage.on)
                passage.note("office-made", new)
            passage.offices.setdefault(office.pk, new)


def _office(office, old, unit, on):
    name = office.name
    for word in (f"{old.kind_word} {old.bare_name}", old.name, old.bare_name):
        if word in name:
            name = name.replace(word, f"{unit.kind_word} {unit.bare_name}" if word != old.bare_name else unit.bare_name)
            break
    number = Office.objects.filter(code__startswith=f"{unit.code}-O", valid_from=on).count() + 1
    return Office.objects.create(
        code=f"{unit.code}-O{number:02d}", unit=unit, name=name, abbreviation=office.abbreviation, sign=office.sign,
        valid_from=on, evidence="local",
    )  # fmt: skip


def close_units(change):
    """Take back what `open_units` did, when everything else was taken back. Refused while anything stands on the new units."""
    moves = list(change.moves.filter(what__in=["unit", "made", "office", "office-made"]).order_by("-pk"))
    Office.objects.filter(pk__in=[row.key for row in moves if row.what == "office-made"]).delete()
    change.ending.update(holding=None)
    for row in change.moves.filter(what__startswith="link-").select_related("before"):
        Unit.objects.get(pk=row.key).predecessors.remove(row.before)
    made = [row.key for row in moves if row.what == "made"]
    made += list(change.beginning.filter(made=True).values_list("unit_id", flat=True))
    change.beginning.update(unit=None, made=False)
    _delete(made)
    for row in moves:
        model = {"unit": Unit, "office": Office}.get(row.what)
        if model:
            model.objects.filter(pk=row.key).update(valid_to=date.fromisoformat(row.was) if row.was else None)


def _delete(keys):
    """Delete units from the lowest up; what somebody recorded on one of them protects it and is told."""
    for unit in Unit.objects.filter(pk__in=keys).order_by("-path"):
        try:
            unit.delete()
        except ProtectedError as error:
            kinds = {}
            for row in error.protected_objects:
                kinds[row._meta.verbose_name] = kinds.get(row._meta.verbose_name, 0) + 1
            told = ", ".join(f"{count} {word}" for word, count in sorted(kinds.items()))
            raise Refusal(f"Không hoàn lại được: ở {unit.name} đã có dữ liệu mới ({told}). Hãy lập một thay đổi ngược lại.")
