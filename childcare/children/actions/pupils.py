"""Pupils: the commune says which child a pupil is; the school says who leaves, changes class, goes up."""

from django.db import transaction
from django.utils import timezone

from childcare.audit import actions as audit
from childcare.children import schools
from childcare.children.actions import people
from childcare.children.actions.base import fresh, insert, locked, update, void_row
from childcare.children.models import Child, Enrolment, Pupil
from childcare.children.records import child_fields
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

PUPIL_FIELDS = {field.name for field in Pupil._meta.concrete_fields}
START, END = Enrolment.StartReason, Enrolment.EndReason
MATCHED = "Học sinh này đã được khớp với trẻ em trong sổ. Hãy mở lại trang để xem."
TWICE = "Trẻ này đã khớp với một học sinh khác của trường. Đề nghị trường xem danh sách có ghi hai lần không."
NOT_ATTENDING = "Học sinh này không còn học ở trường. Hãy mở lại trang để xem."


def _locked(pupil):
    return Pupil.objects.select_for_update().get(pk=pupil.pk)


def open_row(pupil):
    """The enrolment of the pupil that still holds. Refused when there is none."""
    row = Enrolment.objects.select_for_update().filter(pupil=pupil, ended_on=None, voided_at=None).first()
    if row is None:
        raise Refusal(NOT_ATTENDING)
    return row


# the commune


@transaction.atomic
def match(*, pupil, child, by):
    """The pupil is this child of the registry. A row at another school ends: the child changed school. Returns the pupil."""
    pupil, child = _locked(pupil), locked(child)
    if pupil.child_id == child.pk:
        return pupil
    if pupil.child_id:
        raise Refusal(MATCHED)
    if Pupil.objects.filter(unit=pupil.unit_id, child=child).exists():
        raise Refusal(TWICE)
    row = Enrolment.objects.select_for_update().filter(pupil=pupil, ended_on=None, voided_at=None).first()
    if row is not None:
        _end_elsewhere(child, row)
    pupil.child, pupil.asked = child, None
    _decided(pupil, by)
    Enrolment.objects.filter(pupil=pupil).update(child=child)
    audit.record("pupil.matched", by=by, subject=child)
    return pupil


def _end_elsewhere(child, row):
    """The child attends the school of `row` now: its open row at another school ends on the day that this one began."""
    other = Enrolment.objects.select_for_update().filter(child=child, ended_on=None, voided_at=None).exclude(pk=row.pk).first()
    if other is None:
        return
    day = row.started_on or row.recorded_at.date()
    other.ended_on = max(day, other.started_on) if other.started_on else day
    other.end_reason, other.version = END.TRANSFERRED, other.version + 1
    other.save(update_fields=["ended_on", "end_reason", "version"])


@transaction.atomic
def unmatch(*, pupil, by):
    """The match was wrong: the commune of the school is asked again."""
    pupil = _locked(pupil)
    child = pupil.child
    if child is None:
        return pupil
    pupil.child, pupil.asked = None, schools.commune_of_school(pupil.unit)
    _decided(pupil, by)
    Enrolment.objects.filter(pupil=pupil).update(child=None)
    audit.record("pupil.unmatched", by=by, subject=child)
    return pupil


@transaction.atomic
def add_child(*, pupil, by, once, unit):
    """Put the pupil into the registry as a child that lives in the unit, with what the school brought. Returns the child."""
    pupil = _locked(pupil)
    if pupil.child_id:
        return pupil.child
    own = {name: getattr(pupil, name) for name in ("sex", "ethnic", "mother_name", "father_name", "phone")}
    child = people.add(
        by=by, once=once, unit=unit, full_name=pupil.full_name, birth=pupil.birth, address=pupil.address,
        identity_number=pupil.identity_number or "", **own,
    )  # fmt: skip
    match(pupil=pupil, child=child, by=by)
    return child


@transaction.atomic
def pass_on(*, pupil, by, to=None):
    """The pupil does not live here: ask another commune, or nobody when it is not known which."""
    pupil = _locked(pupil)
    if pupil.child_id:
        raise Refusal(MATCHED)
    if to is not None and to.pk == pupil.asked_id:
        raise Refusal(f"{to.name} đang được hỏi rồi. Hãy chọn xã, phường khác.")
    pupil.asked = to
    _decided(pupil, by)
    audit.record("pupil.passed_on", by=by, subject=to or pupil.unit)
    return pupil


def _decided(pupil, by):
    pupil.decided_by, pupil.decided_at, pupil.version = by, timezone.now(), pupil.version + 1
    pupil.save(update_fields=["child", "asked", "decided_by", "decided_at", "version"])


# the school

OWN = ("code", "sex", "ethnic", "mother_name", "father_name", "phone", "address")


@transaction.atomic
def correct(*, pupil, by, version, full_name, birth, identity_number, home=None, **own):
    """What the school wrote is put right. Returns the names of what changed; nothing of the registry is touched or read.

    Another name and another birth date at once are somebody else: then the link is taken off and the commune asked again.
    That is decided by what the school itself wrote before, never by what the registry holds: else the school could try out
    what is right. `home`: the commune in which the pupil lives, asked while nobody has said which child it is.
    """
    row = fresh(pupil, version)
    values = {**child_fields(full_name, birth, identity_number=identity_number), **{name: own[name] for name in OWN}}
    values = {name: value for name, value in values.items() if name in PUPIL_FIELDS}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    other = {"folded_name", "birth_latest"} <= set(changed)
    child = row.child if other else None
    for name in changed:
        setattr(row, name, values[name])
    if child is not None:
        row.child, row.asked = None, schools.commune_of_school(row.unit)
        Enrolment.objects.filter(pupil=row).update(child=None)
    if row.child_id is None and (home or row.asked_id is None and changed):
        row.asked = home or schools.commune_of_school(row.unit)
        changed.append("asked")
    if changed:
        update(row, *changed, "child", "asked")
        audit.record("pupil.corrected", by=by, subject=row, fields=sorted(set(changed)))
    return changed


@transaction.atomic
def leave(*, pupil, by, on, reason):
    """The pupil attends no more from the day on: changed school, dropped out, finished, died."""
    pupil = _locked(pupil)
    row = open_row(pupil)
    if row.started_on and on < row.started_on:
        raise Refusal(f"Học sinh học lớp {row.class_name} từ {show(row.started_on)}: ngày nghỉ phải sau ngày đó.")
    row.ended_on, row.end_reason, row.version = on, reason, row.version + 1
    row.save(update_fields=["ended_on", "end_reason", "version"])
    audit.record("pupil.left", by=by, subject=pupil, note=reason)
    return row


@transaction.atomic
def change_class(*, pupil, by, on, class_name):
    """Another class of the same year since the day; on the day on which the row began it is a correction."""
    pupil = _locked(pupil)
    row, name = open_row(pupil), class_name.strip()[:20]
    if name == row.class_name:
        raise Refusal(f"Học sinh đang học lớp {name} rồi.")
    if row.started_on and on < row.started_on:
        raise Refusal(f"Học sinh học lớp {row.class_name} từ {show(row.started_on)}: ngày đổi lớp phải sau ngày đó.")
    new = Enrolment(
        pupil=pupil, child=row.child, unit=pupil.unit, school_year=row.school_year, class_name=name, started_on=on,
        start_reason=START.CLASS, recorded_by=by,
    )  # fmt: skip
    if row.started_on == on:
        void_row(row, by=by, reason="Ghi nhầm lớp.")
        new.replaces, new.start_reason = row, START.CORRECTION
    else:
        row.ended_on, row.end_reason, row.version = on, END.CLASS, row.version + 1
        row.save(update_fields=["ended_on", "end_reason", "version"])
    insert(new)
    audit.record("pupil.class_changed", by=by, subject=pupil)
    return new


@transaction.atomic
def void(*, enrolment, by, version, reason):
    """The row was written down by mistake: the pupil does not attend by it."""
    row = fresh(enrolment, version)
    void_row(row, by=by, reason=reason)
    audit.record("pupil.enrolment_voided", by=by, subject=row.pupil)
    return row


@transaction.atomic
def roll_over(*, school, by, school_year, on, classes):
    """The end of a school year: every pupil of a class goes to the class named for it, or leaves school.

    `classes`: class → class of the next year, or None for pupils who finished. Classes not named stay as they are, so that
    the same roll-over twice does nothing the second time. Returns (pupils who went up, pupils who finished).
    """
    Unit.objects.select_for_update(no_key=True).get(pk=school.pk)
    rows = Enrolment.objects.filter(unit=school, ended_on=None, voided_at=None, school_year=school_year)
    rows = list(rows.filter(class_name__in=list(classes)).select_for_update())
    if late := next((row for row in rows if row.started_on and row.started_on >= on), None):
        raise Refusal(f"Có học sinh lớp {late.class_name} học từ {show(late.started_on)}: ngày lên lớp phải sau ngày đó.")
    up = []
    for row in rows:
        name = classes[row.class_name]
        row.ended_on, row.end_reason, row.version = on, END.PROMOTED if name else END.GRADUATED, row.version + 1
        if name:
            up.append(
                Enrolment(
                    pupil_id=row.pupil_id, child_id=row.child_id, unit=school, school_year=school_year + 1, class_name=name,
                    started_on=on, start_reason=START.PROMOTED, recorded_by=by,
                )
            )  # fmt: skip
    Enrolment.objects.bulk_update(rows, ["ended_on", "end_reason", "version"], batch_size=500)
    Enrolment.objects.bulk_create(up, batch_size=500)
    audit.record("pupils.rolled_over", by=by, subject=school, note=f"up={len(up)}, out={len(rows) - len(up)}")
    return len(up), len(rows) - len(up)


def attending(child):
    """The school and class of a child by the schools' lists, or None."""
    return Enrolment.objects.open().filter(child=child).select_related("unit", "pupil").first()


def dropouts(officer, since):
    """Pupils who dropped out since a day, attend nowhere, and of whose child no such circumstance was recorded yet."""
    told = Child.objects.filter(circumstances__voided_at=None, circumstances__ended_on=None)
    told = told.filter(circumstances__kind__code__regex=r"^(R20|N08(\..*)?)$")
    back = Enrolment.objects.open().filter(child__isnull=False)
    rows = Enrolment.objects.filter(voided_at=None, end_reason=END.DROPOUT, ended_on__gte=since)
    rows = rows.filter(child__in=Child.objects.recordable_by(officer).residing())
    return rows.exclude(child__in=told.values("pk")).exclude(child__in=back.values("child"))
