"""Hamlets of a commune and its general figures. A change of name closes the row and opens a successor; people follow it.

It stands here and not with the units because children, households and posts move with a hamlet.
"""

import re

from django.db import transaction

from childcare.accounts.models import Appointment
from childcare.audit import actions as audit
from childcare.children.models import Child, Household, Residence
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold
from childcare.units.models import Unit, UnitYear
from plans.actions import moving

R = Residence.Reason.UNIT_CHANGE


def next_code(commune):
    """The code of the next hamlet of a commune, over all times: "11437-T09"."""
    codes = Unit.objects.filter(code__startswith=f"{commune.code}-T").values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := re.fullmatch(r".*-T(\d+)", code))]
    return f"{commune.code}-T{max(numbers, default=0) + 1:02d}"


def check_name(commune, name, on, besides=None):
    """Refuse a name that another hamlet of the commune bears on the day or later."""
    others = Unit.objects.filter(parent=commune, kind="hamlet").exclude(pk=getattr(besides, "pk", None))
    for other in others:
        if fold(other.name) == fold(name) and (other.valid_to is None or on is None or other.valid_to > on):
            raise Refusal(f"{commune.name} đã có {other.name}. Hãy dùng dòng đã có hoặc đặt tên khác.")


def _insert(commune, code, name, since):
    hamlet = Unit.objects.create(
        code=code, kind="hamlet", name=name, parent=commune, valid_from=since, valid_to=commune.valid_to, evidence="local"
    )
    hamlet.path = f"{commune.path}{hamlet.pk}."
    hamlet.save(update_fields=["path"])
    return hamlet


@transaction.atomic
def add(*, commune, name, by, since=None):
    """A new hamlet of a commune. Without a day it has been there as long as the commune. Returns it."""
    commune = Unit.objects.select_for_update().get(pk=commune.pk)
    since, name = since or commune.valid_from, clean_text(name)[:200]
    if since is not None and not commune.valid_on(since):
        raise Refusal(f"{commune.name} không có hiệu lực vào ngày {since:%d/%m/%Y}.")
    check_name(commune, name, since)
    hamlet = _insert(commune, next_code(commune), name, since)
    audit.record("unit.hamlet_added", subject=hamlet, by=by)
    return hamlet


@transaction.atomic
def rename(*, hamlet, name, on, by):
    """A new name since a day: the row ends, a successor with the same code begins, and people follow. Returns the successor."""
    hamlet = _locked(hamlet, on)
    name = clean_text(name)[:200]
    check_name(hamlet.parent, name, on, besides=hamlet)
    _close(hamlet, on)
    new = _insert(hamlet.parent, hamlet.code, name, on)
    new.predecessors.add(hamlet)
    follow(hamlet, new, on, by)
    audit.record("unit.hamlet_renamed", subject=new, by=by, fields=["name"])
    return new


@transaction.atomic
def end(*, hamlet, on, by, into=None):
    """A hamlet no longer exists since a day; those who live there go to `into`. Refused while people would live nowhere."""
    hamlet = _locked(hamlet, on)
    if into is not None and (into.pk == hamlet.pk or into.parent_id != hamlet.parent_id or not into.valid_on(on)):
        raise Refusal("Hãy chọn một thôn, tổ dân phố khác cùng xã, phường đang có hiệu lực.")
    living = Residence.objects.filter(unit=hamlet, voided_at=None, ended_on=None).count()
    if into is None and living:
        raise Refusal(f"Còn {living} trẻ em cư trú ở {hamlet.name}. Hãy chọn thôn, tổ dân phố nhận số trẻ em này.")
    _close(hamlet, on)
    if into is not None:
        into.predecessors.add(hamlet)
        follow(hamlet, into, on, by)
    else:
        moving.carry({hamlet.pk: None}, on, by, note=_no_journal)
    audit.record("unit.hamlet_ended", subject=hamlet, by=by, note=f"nhập vào {into.name}" if into else "")
    return hamlet


def _locked(hamlet, on):
    row = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=hamlet.pk)
    if row.kind != "hamlet":
        raise Refusal("Chỉ đổi được thôn, tổ dân phố; xã, phường thay đổi theo danh mục hành chính.")
    if not row.valid_on(on) or row.valid_from == on:
        raise Refusal(f"{row.name} không có hiệu lực trước ngày {on:%d/%m/%Y}. Hãy tải lại trang và xem lại ngày.")
    return row


def _close(hamlet, on):
    hamlet.valid_to = on
    hamlet.save(update_fields=["valid_to"])


def follow(old, new, on, by):
    """Residences, households and posts of a hamlet go over to another on a day, with the reason that no flow counts."""
    rows = list(Residence.objects.filter(unit=old, voided_at=None).exclude(ended_on__lte=on))
    later = [row for row in rows if row.started_on is not None and row.started_on >= on]
    split = [row for row in rows if row not in later]
    Residence.objects.filter(pk__in=[row.pk for row in later]).update(unit=new)
    successors = [_successor(row, new, on, by) for row in split]
    Residence.objects.filter(pk__in=[row.pk for row in split]).update(ended_on=on, end_reason=R)
    Residence.objects.bulk_create(successors)
    Child.objects.filter(unit=old).update(unit=new)
    Household.objects.filter(unit=old).update(unit=new)
    for post in Appointment.objects.filter(unit=old).exclude(ended_on__lte=on):
        Appointment.objects.create(
            officer=post.officer, unit=new, office=post.office, role=post.role, position=post.position,
            started_on=max(on, post.started_on), ended_on=post.ended_on, decision=post.decision, created_by=by,
        )  # fmt: skip
        post.ended_on = max(on, post.started_on)
        post.save(update_fields=["ended_on"])
    moving.carry({old.pk: new}, on, by, note=_no_journal)


def _no_journal(what, row, before, was):
    """A hamlet that is renamed or ended by its commune is not undone: nothing has to be remembered."""


def _successor(row, unit, on, by):
    return Residence(
        child_id=row.child_id, unit=unit, kind=row.kind, started_on=on, start_reason=R, ended_on=row.ended_on,
        end_reason=row.end_reason, protected_file_id=row.protected_file_id, recorded_by=by,
    )  # fmt: skip


@transaction.atomic
def set_figures(*, unit, year, by, figures):
    """The general figures of a unit in a year. `figures`: key → (value or None, source, source day, version or None).

    None takes a figure away. Refuses when somebody else changed one of them meanwhile. Returns the keys that changed.
    """
    stored = {row.key: row for row in UnitYear.objects.select_for_update().filter(unit=unit, year=year)}
    changed = [key for key, (value, source, day, version) in figures.items()
               if _set_figure(unit, year, key, stored.get(key), value, source, day, version)]  # fmt: skip
    if changed:
        audit.record("unit.figures_set", subject=unit, by=by, fields=changed, note=str(year))
    return changed


def _set_figure(unit, year, key, row, value, source, day, version):
    if (row.version if row else None) != version:
        raise Refusal("Số liệu này vừa được người khác sửa. Hãy tải lại trang rồi nhập lại.")
    if row is None:
        if value is None:
            return False
        UnitYear.objects.create(unit=unit, year=year, key=key, value=value, source=source, source_date=day)
        return True
    if value is None:
        row.delete()
        return True
    if (row.value, row.source, row.source_date) == (value, source, day):
        return False
    row.value, row.source, row.source_date, row.version = value, source, day, row.version + 1
    row.save()
    return True
