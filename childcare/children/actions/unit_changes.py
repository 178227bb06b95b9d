"""Children, households and rights to protected files follow a change of units; whole sets at a time, every row in the journal.

Facts keep the unit of their day: what lies before the change stays, what was dated later goes to the successor.
"""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from childcare.children.actions import unit_followers
from childcare.children.models import (
    Child,
    FileAccess,
    Household,
    ImportBatch,
    Incident,
    ProtectedFile,
    Residence,
    Support,
    Unplaced,
)
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.units.actions.passage import Telling
from childcare.units.models import UnitMove

R = Residence.Reason.UNIT_CHANGE
BATCH = 2000
VOIDED = "Thay đổi đơn vị hành chính"
UNDONE = "Hoàn lại thay đổi đơn vị hành chính"
OPEN_IMPORTS = [ImportBatch.State.READING, ImportBatch.State.PREVIEW]


def living_in(units, on):
    """Residences that go over: valid rows of the units that hold on the day or later."""
    return Residence.objects.filter(unit__in=units, voided_at=None).exclude(ended_on__lte=on)


def move_children(passage, by):
    """Everything of the registry that lies in the ended units. Returns how many children and households went over."""
    _refuse_homeless(passage)
    _stop_imports(passage)
    passage.total = sum(rows.count() for rows in _to_move(list(passage.people), passage.on))
    passage.tell(0, "Đang chuyển hộ gia đình")
    households = _move_households(passage)
    children = _move_residences(passage, by)
    _move_copies(passage)
    _wait_for_placing(passage)
    _move_rows(passage, Support.objects.filter(started_on__gte=passage.on), "support")
    _move_rows(passage, Incident.objects.filter(occurred_on__gte=passage.on), "incident")
    unit_followers.move(passage, by)
    move_rights(passage, by)
    return children, households


def _to_move(units, on):
    """Everything that goes over one by one: households, residences, children."""
    return Household.objects.filter(unit__in=units), living_in(units, on), Child.with_removed.filter(unit__in=units)


def _refuse_homeless(passage):
    left = living_in(list(passage.above), passage.on).count()
    if left:
        raise Refusal(f"Còn {left} trẻ em cư trú ở đơn vị kết thúc mà không có đơn vị kế tiếp. Hãy chọn đơn vị nhận.")


def _stop_imports(passage):
    batches = ImportBatch.objects.filter(unit__in=[*passage.people, *passage.above])
    if batches.filter(state=ImportBatch.State.WRITING).exists():
        raise Refusal("Một danh sách Excel đang được ghi vào sổ của đơn vị này. Hãy chờ ghi xong rồi thực hiện lại.")
    told = f"Đơn vị đã thay đổi từ ngày {show(passage.on)}. Hãy tải tệp lên lại cho đơn vị mới."
    batches.filter(state__in=OPEN_IMPORTS).update(state=ImportBatch.State.CANCELLED, message=told)


def _chunks(rows):
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def _move_residences(passage, by):
    """Close what holds on the day and open its successor; what begins later is voided and written anew in the successor."""
    children = set()
    for keys in _chunks(living_in(list(passage.people), passage.on)):
        rows = list(Residence.objects.filter(pk__in=keys))
        later = {row.pk for row in rows if row.started_on is not None and row.started_on >= passage.on}
        new = [_again(row, passage, by, row.pk in later) for row in rows]
        Residence.objects.filter(pk__in=set(keys) - later).update(ended_on=passage.on, end_reason=R, version=F("version") + 1)
        Residence.objects.filter(pk__in=later).update(
            voided_at=timezone.now(), voided_by=by, void_reason=VOIDED, version=F("version") + 1
        )
        made = Residence.objects.bulk_create(new, batch_size=BATCH)
        for row, successor in zip(rows, made, strict=True):
            what = "residence-void" if row.pk in later else "residence"
            passage.note(what, row, passage.former[row.unit_id], str(successor.pk))
        children |= {row.child_id for row in rows}
        passage.keep()
        passage.tell(len(rows), "Đang chuyển nơi cư trú của trẻ em")
    return len(children)


def _again(row, passage, by, later):
    """The same residence in the successor; one that began after the change keeps its day and reason."""
    return Residence(
        child_id=row.child_id, unit=passage.people[row.unit_id], kind=row.kind,
        ended_on=row.ended_on, end_reason=row.end_reason,
        started_on=row.started_on if later else passage.on, start_reason=row.start_reason if later else R,
        protected_file_id=row.protected_file_id, recorded_by=by, replaces=row if later else None,
    )  # fmt: skip


def _move_households(passage):
    """Households go with their people; of a split unit those without a waiting child go with the rest."""
    count = 0
    for old, target in passage.people.items():
        rows = Household.objects.filter(unit=old)
        keys = list(rows.values_list("pk", flat=True))
        with_children = (
            set(rows.filter(children__residing=True).values_list("pk", flat=True)) if old in passage.split else set(keys)
        )
        for key in keys:
            passage.note("household", key, passage.former[old])
        for unit, chosen in ((target, with_children), (passage.rest[old], set(keys) - with_children)):
            for start in range(0, len(chosen), BATCH):
                part = sorted(chosen)[start : start + BATCH]
                Household.objects.filter(pk__in=part).update(unit=unit, version=F("version") + 1)
        count += len(keys)
        passage.keep()
        passage.tell(len(keys), "Đang chuyển hộ gia đình")
    return count


def _move_copies(passage):
    """Child.unit: who lives there follows its residence; who has left goes with the rest, so that somebody still sees it."""
    for old, target in passage.people.items():
        rows = Child.with_removed.filter(unit=old)
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        for key in keys:
            passage.note("child", key, passage.former[old])
        rows.filter(residing=True).update(unit=target, version=F("version") + 1)
        rows.update(unit=passage.rest[old], version=F("version") + 1)
        passage.keep()
        passage.tell(len(keys), "Đang chuyển trẻ em sang đơn vị mới")


def _wait_for_placing(passage):
    """Every child that came into a holding is on the list until a person has placed it."""
    lines = {row.pk: row for row in passage.split.values()}
    rows = passage.change.moves.filter(what__in=["residence", "residence-void"], before__in=list(passage.split))
    homes = dict(rows.values_list("key", "before_id"))
    found = Residence.objects.filter(pk__in=rows.values("key"), child__unit__in=[row.holding_id for row in lines.values()])
    waiting = [
        Unplaced(ending=passage.split[homes[pk]], child_id=child, former_id=homes[pk], household_id=house)
        for pk, child, house in found.order_by("pk").values_list("pk", "child_id", "child__household_id")
    ]
    Unplaced.objects.bulk_create({row.child_id: row for row in waiting}.values(), batch_size=BATCH)


def _move_rows(passage, rows, what):
    """Rows of the day of the change or later, recorded before it was carried out."""
    for row in rows.filter(unit__in=[*passage.rest]).select_related("unit"):
        passage.note(what, row, row.unit)
        type(row).objects.filter(pk=row.pk).update(unit=passage.rest[row.unit_id])


def move_rights(passage, by):
    """Teams of protected files go over with their unit; restrictions held by an ended unit go to its successor, or above."""
    now, held = timezone.now(), {**passage.rest, **passage.above}
    for file in ProtectedFile.objects.filter(held_by__in=list(held)).select_related("held_by"):
        if held[file.held_by_id] is not None:
            passage.note("holder", file, file.held_by)
            ProtectedFile.objects.filter(pk=file.pk).update(held_by=held[file.held_by_id])
    rows = FileAccess.objects.filter(Q(until=None) | Q(until__gt=now), unit__in=list(held)).select_related("file__child")
    have, new = set(), []
    for row in list(rows.order_by("pk")):
        unit = _heir(passage, held, row)
        passage.note("access-end", row, was=row.until.isoformat() if row.until else "")
        if unit is not None and (row.file_id, row.kind, unit.pk) not in have:
            have.add((row.file_id, row.kind, unit.pk))
            given = {"file": row.file, "kind": row.kind, "unit": unit, "since": now, "until": row.until}
            new.append(FileAccess(**given, reason=row.reason, given_by=by))
    rows.update(until=now)
    for row in FileAccess.objects.bulk_create(new, batch_size=BATCH):
        passage.note("access", row)


def _heir(passage, held, row):
    """The unit whose people may open the file now: where the child waits, else the successor."""
    waits = row.file.child is not None and row.unit_id in passage.split and row.file.child.residing
    return passage.people[row.unit_id] if waits else held[row.unit_id]


# taking it back
RESIDENCES = ["residence", "residence-void"]
BACK = [
    ("child", Child, "unit"), ("household", Household, "unit"), ("support", Support, "unit"), ("incident", Incident, "unit"),
    ("holder", ProtectedFile, "held_by"),
]  # fmt: skip


def bring_back(change, by, watch=None):
    """Undo for the registry: every row of the journal as it was. Refused when a child was placed meanwhile.

    `watch(done, total, words)` is told how far it is.
    """
    refuse_recorded(change)
    told = Telling(watch, change.moves.filter(what__in=[*RESIDENCES, *(what for what, *_ in BACK)]).count())
    told.tell(0, "Đang trả nơi cư trú của trẻ em")
    Unplaced.objects.filter(ending__change=change).delete()
    _residences_back(change, by, told)
    for what, model, name in BACK:
        _units_back(change, what, model, name, told)
    _rights_back(change)
    unit_followers.bring_back(change)


def refuse_recorded(change):
    """Nobody may have recorded where a child lives in one of the new units since."""
    rows = Residence.objects.filter(unit__in=new_units(change), recorded_at__gt=change.executed_at)
    if count := rows.count():
        raise Refusal(f"Đã ghi {count} nơi cư trú mới ở đơn vị mới nên không hoàn lại được. Hãy lập một thay đổi ngược lại.")
    if Unplaced.objects.filter(ending__change=change).exclude(placed_at=None).exists():
        raise Refusal("Đã có trẻ em được xếp về đơn vị mới nên không hoàn lại được. Hãy lập một thay đổi ngược lại.")


def _rights_back(change):
    FileAccess.objects.filter(pk__in=change.moves.filter(what="access").values("key")).delete()
    for row in change.moves.filter(what="access-end"):
        FileAccess.objects.filter(pk=row.key).update(until=datetime.fromisoformat(row.was) if row.was else None)


def _units_back(change, what, model, name, told):
    """Rows that still lie where the change put them go back; one that somebody moved since stays."""
    here = [unit for unit in new_units(change)]
    moves = change.moves.filter(what=what)
    for before in set(moves.values_list("before", flat=True)):
        keys = list(moves.filter(before=before).values_list("key", flat=True))
        for start in range(0, len(keys), BATCH):
            rows = model._base_manager.filter(pk__in=keys[start : start + BATCH], **{f"{name}__in": here})
            rows.update(**{name: before})
            told.tell(len(keys[start : start + BATCH]), "Đang trả trẻ em, hộ gia đình về đơn vị cũ")


def made_units(change):
    """Keys of the units that the change made; undoing deletes them."""
    made = set(change.moves.filter(what="made").values_list("key", flat=True))
    return made | set(change.beginning.filter(made=True).values_list("unit_id", flat=True))


def new_units(change):
    """Keys of every unit to which rows went by the change."""
    found = made_units(change) | set(change.beginning.exclude(unit=None).values_list("unit_id", flat=True))
    return found | set(change.moves.filter(what="target").values_list("key", flat=True))


def _residences_back(change, by, told):
    """The new rows are voided, the old hold again with whatever end the new had got meanwhile.

    A row on a unit that the change itself made goes with that unit: a place that never was has no history.
    """
    made = made_units(change)
    moves = change.moves.filter(what__in=RESIDENCES).order_by("pk")
    for keys in _chunks(moves):
        part = list(UnitMove.objects.filter(pk__in=keys))
        new = Residence.objects.in_bulk([int(row.was) for row in part])
        if Residence.objects.filter(replaces__in=list(new)).exists():
            raise Refusal("Đã có nơi cư trú ở đơn vị mới được đính chính nên không hoàn lại được.")
        old = Residence.objects.in_bulk([row.key for row in part])
        ends = {row.key: new[int(row.was)] for row in part if int(row.was) in new}
        Residence.objects.filter(pk__in=list(new), unit__in=made).delete()
        Residence.objects.filter(pk__in=list(new)).update(
            voided_at=timezone.now(), voided_by=by, void_reason=UNDONE, version=F("version") + 1
        )
        for row in part:
            if row.key in ends and row.what == "residence":
                old[row.key].ended_on, old[row.key].end_reason = ends[row.key].ended_on, ends[row.key].end_reason
            else:
                old[row.key].voided_at, old[row.key].voided_by, old[row.key].void_reason = None, None, ""
        Residence.objects.bulk_update(
            old.values(), ["ended_on", "end_reason", "voided_at", "voided_by", "void_reason"], batch_size=500
        )
        told.tell(len(part), "Đang trả nơi cư trú của trẻ em")
