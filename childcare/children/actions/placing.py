"""A person says to which of the new units the children of a split unit belong: a whole hamlet, or child by child.

The placing holds from the day of the change: the row of the holding is voided and one in the right unit stands in its place.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from childcare.accounts.models import Appointment
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.models import Child, Household, Residence, Support
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import fold
from childcare.units.actions.passage import make, next_code
from childcare.units.models import EndingUnit, Unit

R = Residence.Reason.UNIT_CHANGE
VOIDED = "Xếp về đơn vị mới"


def open_lines(officer):
    """Split units whose children the officer may place: (line, how many wait, how many there were)."""
    wanted = Q(pk__in=[])
    for unit in officer.units_for(Permission.CHILD_EDIT):
        wanted |= Q(holding__path__startswith=unit.path)
    rows = EndingUnit.objects.filter(wanted, unplaced__placed_at=None, unplaced__isnull=False).distinct()
    return rows.select_related("unit", "holding", "change").order_by("pk")


def progress(line):
    """(waiting, all) of a split unit."""
    counts = line.unplaced.aggregate(waiting=Count("pk", filter=Q(placed_at=None)), all=Count("pk"))
    return counts["waiting"], counts["all"]


def by_hamlet(line):
    """(former place, how many children wait there), in the order of the codes."""
    counts = line.unplaced.filter(placed_at=None).values_list("former").annotate(count=Count("pk")).order_by()
    units = Unit.objects.in_bulk([pk for pk, _ in counts])
    return sorted(((units[pk], count) for pk, count in counts), key=lambda pair: (pair[0].kind != "hamlet", pair[0].code))


def successors(line):
    """The units among which the split unit was divided."""
    return [new.unit for new in line.goes_to.select_related("unit").order_by("position")]


def _locked(line, unit, by):
    line = EndingUnit.objects.select_for_update(of=("self",)).select_related("unit", "holding", "change").get(pk=line.pk)
    if not by.can_in(Permission.CHILD_EDIT, line.holding):
        raise Refusal("Anh/chị không được xếp trẻ em của đơn vị này. Hãy đề nghị quản trị hệ thống.")
    if not any(unit.is_under(own) for own in successors(line)) or not unit.valid_on(line.change.effective_on):
        raise Refusal(f"{unit.name} không thuộc các đơn vị nhận của {line.unit.name}. Hãy chọn lại nơi xếp về.")
    return line


@transaction.atomic
def place_hamlet(*, line, former, unit, by):
    """Everybody who waits from one former hamlet goes to one successor; the hamlet goes on there. Returns how many."""
    line = _locked(line, unit, by)
    target = unit if former.kind != "hamlet" else _hamlet_in(unit, former, line.change.effective_on)
    rows = list(line.unplaced.filter(former=former, placed_at=None))
    if not rows:
        raise Refusal(f"Không còn trẻ em nào của {former.name} chờ xếp. Hãy tải lại trang.")
    if former.kind == "hamlet":
        _move_collaborators(line, former, target, by)
    return _place(line, rows, target, by)


@transaction.atomic
def place_children(*, line, rows, unit, by):
    """Single children go to a successor or one of its hamlets; those of the same household who wait too go with them."""
    line = _locked(line, unit, by)
    chosen = line.unplaced.filter(placed_at=None)
    asked = list(chosen.filter(pk__in=rows))
    houses = {row.household_id for row in asked} - {None}
    found = list(chosen.filter(Q(pk__in=rows) | Q(household__in=houses)))
    if not found:
        raise Refusal("Chưa chọn trẻ em nào còn chờ xếp. Hãy đánh dấu trẻ em rồi bấm lại.")
    return _place(line, found, unit, by)


def _hamlet_in(commune, former, on):
    """The hamlet of the successor that goes on from the former one: the same for everybody who comes from there."""
    found = Unit.objects.filter(parent=commune, kind="hamlet", predecessors=former).first()
    if found is None:
        names = {fold(row.name): row for row in Unit.objects.filter(parent=commune, kind="hamlet").on(on)}
        name = former.name if fold(former.name) not in names else f"{former.name} ({former.parent.bare_name} cũ)"
        found = make(code=next_code(commune, former.code, on), kind="hamlet", name=name, parent=commune, on=on)
    found.predecessors.add(former)
    return found


def _move_collaborators(line, former, target, by):
    """Collaborators of the hamlet work on in its successor."""
    on = line.change.effective_on
    for post in Appointment.objects.filter(unit=former).exclude(ended_on__lte=on):
        Appointment.objects.create(
            officer_id=post.officer_id, unit=target, role=post.role, position=post.position, decision=post.decision,
            started_on=max(on, post.started_on), ended_on=post.ended_on, created_by=by,
        )  # fmt: skip
        post.ended_on = max(on, post.started_on)
        post.save(update_fields=["ended_on"])


def _place(line, rows, unit, by):
    children, holding, now = [row.child_id for row in rows], line.holding, timezone.now()
    old = list(Residence.objects.filter(child__in=children, unit=holding, voided_at=None))
    Residence.objects.filter(pk__in=[row.pk for row in old]).update(
        voided_at=now, voided_by=by, void_reason=VOIDED, version=F("version") + 1
    )
    Residence.objects.bulk_create([_in_place_of(row, unit, by) for row in old])
    Household.objects.filter(pk__in={row.household_id for row in rows}, unit=holding).update(unit=unit)
    Support.objects.filter(child__in=children, unit=holding).update(unit=protection.commune_of(unit))
    for child in Child.objects.filter(pk__in=children, unit=holding, protected_files__isnull=False).distinct():
        protection.follow(child=child, old=holding, new=unit, by=by)
    Child.objects.filter(pk__in=children, unit=holding).update(unit=unit, version=F("version") + 1)
    line.unplaced.filter(pk__in=[row.pk for row in rows]).update(placed_in=unit, placed_at=now, placed_by=by)
    shown = Child.objects.filter(pk__in=children).order_by("pk").values_list("public_id", flat=True)
    audit.record("unit.children_placed", by=by, subject=line.change, shown=shown, note=f"xếp về {unit.name}")
    if not line.unplaced.filter(placed_at=None).exists():
        _finish(line)
    return len(rows)


def _in_place_of(row, unit, by):
    return Residence(
        child_id=row.child_id, unit=unit, kind=row.kind, started_on=row.started_on, start_reason=row.start_reason,
        ended_on=row.ended_on, end_reason=row.end_reason, protected_file_id=row.protected_file_id, recorded_by=by, replaces=row,
    )  # fmt: skip


def _finish(line):
    """Nobody waits any more: the holding and the posts in it end."""
    last = max(today(), line.holding.valid_from + timedelta(days=1))
    Unit.objects.filter(pk=line.holding_id).update(valid_to=last)
    for post in Appointment.objects.filter(unit=line.holding, ended_on=None):
        post.ended_on = max(today(), post.started_on)
        post.save(update_fields=["ended_on"])
