"""Restriction and exclusion of a case: set by one person at once; what was told of a suspect, what officers declare.

docs/decisions/restricted_cases.md. Nothing here tells anybody who is excluded: the log knows the file and no more.
"""

import uuid

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cases import matching
from cases.actions.base import finish
from cases.authority import rule_of
from cases.models import Case, DeclaredPerson, Suspect
from childcare.accounts.models import Appointment, Draft
from childcare.accounts.roles import GRANTS, Permission
from childcare.audit import actions as audit
from childcare.children.actions import protection
from childcare.children.actions.base import fresh
from childcare.children.models import FileAccess
from childcare.children.querysets import access_in_force, team_files
from childcare.inbox import actions as inbox
from childcare.inbox.models import Message
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.units.models import Unit

Kind = FileAccess.Kind
NO_UNIT_ABOVE = "Đơn vị này chưa có cấp trên trong hệ thống để giữ hồ sơ hạn chế. Đề nghị liên hệ quản trị."


def excluded_from(file):
    """The exclusions from a file that hold now."""
    return FileAccess.objects.filter(access_in_force(), file=file, kind=Kind.EXCLUDED)


def keep_out(file, *, new):
    """Whoever is excluded from a file is excluded from the new one that goes on with it, for the same reason and time."""
    FileAccess.objects.bulk_create(
        FileAccess(
            file=new, kind=Kind.EXCLUDED, officer_id=row.officer_id, unit_id=row.unit_id, since=row.since, until=row.until,
            reason=row.reason, given_by_id=row.given_by_id,
        )
        for row in excluded_from(file)
    )  # fmt: skip


def holder(*, case, file):
    """The unit that holds the file when it is restricted: the nearest above the commune in which nobody involved sits.

    Involved: who is excluded, and the unit where the suspect or his kin works. A unit in which nobody could give the file
    out is passed over while another stands above it. None for a commune without a unit above.
    """
    chain = list(Unit.objects.filter(pk__in=_commune(case).ancestor_keys[:-1]).order_by("-path"))
    if not chain:
        return None
    barred = list(excluded_from(file).values_list("officer", flat=True))
    posts = Appointment.objects.on(today()).filter(officer__is_active=True)
    seats = set(posts.filter(officer__in=barred).values_list("unit", flat=True))
    seats |= set(Suspect.objects.filter(case=case, voided_at=None).values_list("works_in", flat=True)) - {None}
    takers = [role for role, granted in GRANTS.items() if Permission.CASE_TAKE in granted]
    served = set(posts.filter(role__in=takers).exclude(officer__in=barred).values_list("unit", flat=True))
    free = [unit for unit in chain if unit.pk not in seats and _holds(unit)] or chain[-1:]
    return next((unit for unit in free if unit.pk in served), free[0])


def _holds(unit):
    rule = rule_of(unit.kind)
    return rule is None or rule.holds


def open_to_communes(case, *, by):
    """Put on the team the commune of the case, and that in which the child lives."""
    places = {_commune(case)} | ({protection.commune_of(case.child.unit)} if case.child and case.child.unit else set())
    for unit in sorted(places, key=lambda unit: unit.pk):
        protection.give_team(file=case.protected_file, unit=unit, by=by)


def close_off(*, case, file, by, keep=()):
    """Restrict the file now: no unit opens it but the holder; of officers only those who are kept and not excluded.

    Part of a larger action, which writes the entry in the log.
    """
    now, unit = timezone.now(), holder(case=case, file=file)
    if unit is None:
        raise Refusal(NO_UNIT_ABOVE)
    barred = set(excluded_from(file).values_list("officer", flat=True))
    kept = {officer.pk for officer in keep if officer is not None} - barred
    open_now = FileAccess.objects.filter(access_in_force(), file=file).exclude(kind=Kind.EXCLUDED)
    staying = open_now.filter(officer__in=kept, kind=Kind.TEAM)
    missing = kept - set(staying.values_list("officer", flat=True))
    open_now.exclude(pk__in=list(staying.values_list("pk", flat=True))).update(until=now)
    file.restricted, file.held_by = True, unit
    file.save(update_fields=["restricted", "held_by"])
    for officer in sorted(missing):
        FileAccess.objects.create(file=file, kind=Kind.TEAM, officer_id=officer, since=now, given_by=by)
    protection.give_team(file=file, unit=unit, by=by)
    _tell(case, unit, barred)


def _tell(case, unit, barred):
    """Who gives out restricted files in the unit learns at once that one waits."""
    takers = [role for role, granted in GRANTS.items() if Permission.CASE_TAKE in granted]
    posts = Appointment.objects.on(today()).filter(unit=unit, role__in=takers, officer__is_active=True)
    for post in posts.exclude(officer__in=barred).select_related("officer").order_by("pk"):
        inbox.send(
            officer=post.officer, key=f"held:{case.public_id}:{unit.pk}", day=today(),
            subject=f"Hồ sơ hạn chế {case.code} chờ giao người xử lý", url=reverse("case-held"),
        )  # fmt: skip


def _keepers(case, by):
    """Who stays on the team of a case that is restricted: who works on it (else who received it), and who restricts it."""
    mine = by is not None and team_files(by).filter(pk=case.protected_file_id).exists()
    return [case.worker or case.created_by, by if mine else None]


@transaction.atomic
def restrict(*, case, by, version, reason):
    """One person of the team restricts the file at once."""
    row = fresh(case, version)
    if row.protected_file.restricted:
        raise Refusal("Hồ sơ này đã được hạn chế tiếp cận.")
    close_off(case=row, file=row.protected_file, by=by, keep=_keepers(row, by))
    return finish(row, "restricted", by=by, note=reason)


@transaction.atomic
def exclude(*, case, by, version, officer, reason):
    """Bar an officer from the file, and restrict it. Nobody bars himself; the log does not hold the reason."""
    row = fresh(case, version)
    if officer.pk == by.pk:
        raise Refusal("Không ai tự loại trừ mình. Hãy đề nghị người khác trong nhóm xử lý hồ sơ.")
    if excluded_from(row.protected_file).filter(officer=officer).exists():
        return row  # the same answer as the first time: who asks does not learn whom others, or the matching, excluded
    _bar(row, {officer.pk}, by, given_by=by)
    return finish(row, "excluded", by=by, note=reason, worker=row.worker)


@transaction.atomic
def match(*, case, by, officers=None, but=()):
    """Bar every officer whom the case may concern and restrict the file; in the transaction of what was told of the suspect.

    Nobody is told: the same page answers whether somebody was found or not.
    """
    rows = Case.objects.select_for_update(of=("self",))
    row = rows.select_related("protected_file__held_by", "unit", "child__unit", "worker", "created_by").get(pk=case.pk)
    barred = set(excluded_from(row.protected_file).values_list("officer", flat=True))
    found = matching.involved(row, officers) - barred - set(but)
    if found:
        _bar(row, found, by, given_by=None)
        finish(row, "matched", by=None, worker=row.worker)
    elif row.protected_file.restricted:
        _take_over(row, by)
    return found


def _bar(row, officers, by, *, given_by):
    """Exclusion rows, what these officers were told taken back, the file restricted and held where none of them sits."""
    now, file = timezone.now(), row.protected_file
    FileAccess.objects.filter(access_in_force(), file=file, officer__in=officers).update(until=now)
    for officer in sorted(officers):
        FileAccess.objects.create(file=file, kind=Kind.EXCLUDED, officer_id=officer, since=now, given_by=given_by)
    forget(row, officers)
    if row.worker_id in officers:
        row.worker = None
    if file.restricted:
        _take_over(row, by)
    elif holder(case=row, file=file) is not None:
        close_off(case=row, file=file, by=by, keep=_keepers(row, by))


def forget(case, officers):
    """What lies with these officers of the case goes: messages that name it, drafts of its forms."""
    key = str(case.public_id)
    Message.objects.filter(Q(url__contains=key) | Q(subject__contains=case.code), officer__in=officers).delete()
    Draft.objects.filter(officer__in=officers, key__contains=key).delete()


def _take_over(row, by):
    """When somebody involved sits in the unit that holds the file, the unit above takes it, and its people are off the team."""
    file, unit, now = row.protected_file, holder(case=row, file=row.protected_file), timezone.now()
    old = file.held_by
    if old is None or unit.pk == old.pk or unit.is_under(old):
        return
    below = Appointment.objects.on(today()).filter(unit__path__startswith=unit.path).exclude(unit=unit)
    passed = set(below.exclude(unit__path__startswith=_commune(row).path).values_list("officer", flat=True))
    access = FileAccess.objects.filter(access_in_force(), file=file, kind=Kind.TEAM)
    access.filter(Q(unit=old) | Q(officer__in=passed)).update(until=now)
    forget(row, passed)
    if row.worker_id in passed:
        row.worker = None
    file.held_by = unit
    file.save(update_fields=["held_by"])
    protection.give_team(file=file, unit=unit, by=by)
    _tell(row, unit, set(excluded_from(file).values_list("officer", flat=True)))
    Case.objects.filter(pk=row.pk).update(worker=row.worker)


def _commune(case):
    return protection.commune_of(case.unit)


@transaction.atomic
def suspect(*, case, by, version, once, replaces=None, **values):
    """Write down who is suspected, or correct it (the former row is void); the matching runs before anybody reads it."""
    if made := Suspect.objects.filter(public_id=once, case=case).first():
        return made
    once = once or uuid.uuid4()
    row = fresh(case, version)
    if replaces is not None:
        if not Suspect.objects.filter(pk=replaces.pk, case=row, voided_at=None).update(voided_at=timezone.now()):
            raise Refusal("Dòng này vừa được sửa ở nơi khác. Hãy mở lại trang.")
    keys = {f"{name}_key": matching.key_of(values.get(name)) for name in ("identity", "phone")}
    made = Suspect.objects.create(public_id=once, case=row, replaces=replaces, recorded_by=by, **values, **keys)
    finish(row, "suspect", by=by)
    match(case=row, by=by)
    return made


@transaction.atomic
def declare(*, by, once, **values):
    """The officer declares himself or one of his kin. Cases open to him that this may concern are closed to him from now on.

    Cases that he cannot open are matched when one is given to him or when he opens it in an emergency.
    """
    if made := DeclaredPerson.objects.filter(public_id=once, officer=by).first():
        return made
    once = once or uuid.uuid4()
    keys = {f"{name}_key": matching.key_of(values.get(name)) for name in ("identity", "phone")}
    made = DeclaredPerson.objects.create(public_id=once, officer=by, **values, **keys)
    audit.record("account.declared", by=by)
    mine = Case.objects.filter(Q(pk__in=Case.objects.visible_to(by)) | Q(pk__in=Case.objects.held_for(by)))
    for case in mine.order_by("pk"):
        match(case=case, by=None, officers=[by])
    return made


@transaction.atomic
def withdraw(*, person, by):
    """The officer takes back what he declared: nothing of it stays. An exclusion that came of it stays until it is lifted."""
    DeclaredPerson.objects.visible_to(by).filter(pk=person.pk).delete()
    audit.record("account.declaration_removed", by=by)


def copy_suspect(suspect, *, case):
    """The same person in another case, in the transaction of the larger action that hands the case over."""
    told = {field.attname: getattr(suspect, field.attname) for field in Suspect._meta.concrete_fields if not field.unique}
    return Suspect.objects.create(**{**told, "case_id": case.pk, "replaces_id": None})
