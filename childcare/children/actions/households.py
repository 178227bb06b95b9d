"""Households: find or make, join, change address, class of the year."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions.base import fresh, insert, locked, void_row
from childcare.children.actions.copies import write_copies
from childcare.children.models import Household, HouseholdRevision, Membership, PovertyStatus
from childcare.lib.calendar import today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold


def find(*, unit, head_name, address=""):
    """The household of the unit with this head (compared without tones), and with this address when one is given."""
    found = Household.objects.filter(unit=unit, head_folded=fold(head_name))
    if address:
        found = found.filter(address__in=[clean_text(address), ""])
    return found.order_by("-address", "pk").first()


def find_or_make(*, unit, head_name, address="", phone=""):
    """The household found by `find`, or a new one. Part of another action: writes no entry of its own."""
    head_name, address = clean_text(head_name)[:120], clean_text(address)[:300]
    household = find(unit=unit, head_name=head_name, address=address) if head_name else None
    return household or Household.objects.create(
        unit=unit, head_name=head_name, head_folded=fold(head_name)[:120], address=address, phone=clean_text(phone)[:30]
    )


def join_row(*, child, household, since, by, relation=""):
    """Open the membership, ending the former one on the same day. The caller writes the copies and the entry."""
    for row in Membership.objects.select_for_update().filter(child=child, ended_on=None, voided_at=None):
        row.ended_on, row.version = max(filter(None, [since or today(), row.started_on])), row.version + 1
        row.save(update_fields=["ended_on", "version"])
    return insert(
        Membership(child=child, household=household, started_on=since, relation_to_head=relation[:40], recorded_by=by)
    )


def follow_row(*, child, unit, on, by):
    """The child moved: to the household of the same head there, if one is found; else its own moves along, unless another
    child stays in it, and then a new one is made. Writes neither copies nor entry."""
    house = child.household
    if house is None or house.unit_id == unit.pk:
        return
    others = house.memberships.filter(ended_on=None, voided_at=None, child__residing=True).exclude(child=child)
    if others.exists() or (house.head_name and find(unit=unit, head_name=house.head_name)):
        there = find_or_make(unit=unit, head_name=house.head_name, phone=house.phone)
        join_row(child=child, household=there, since=on, by=by)
    else:
        relocate_row(household=house, unit=unit, since=on, by=by)


def relocate_row(*, household, unit, since, by):
    """The household itself stands in another place since the day. Writes no entry; the move stays in its history."""
    old, household.unit, household.version = household.unit, unit, household.version + 1
    household.save(update_fields=["unit", "version"])
    HouseholdRevision.objects.create(household=household, field="unit", old=old.name, new=unit.name, since=since, by=by)


@transaction.atomic
def join(*, child, household, by, since=None, relation=""):
    """Set the household of a child from a day on (None: from before). The former membership ends on that day (None: today)."""
    child = locked(child)
    if child.household_id == household.pk:
        return child
    join_row(child=child, household=household, since=since, by=by, relation=relation)
    write_copies(child)
    audit.record("household.joined", by=by, subject=child, fields=["household"])
    return child


@transaction.atomic
def settle(*, child, by, head_name, address="", since=None):
    """Set the household of a child by its head and address, in the place where the child lives: found, or made."""
    household = find_or_make(unit=child.unit, head_name=head_name, address=address, phone=child.phone)
    return join(child=child, household=household, by=by, since=since)


@transaction.atomic
def change(*, household, by, version, head_name, address="", phone="", since=None, reason=""):
    """Change head, address and telephone of a household since a day (None: not known). What was before stays in its history."""
    household = fresh(household, version)
    values = {"head_name": clean_text(head_name)[:120], "address": clean_text(address)[:300], "phone": clean_text(phone)[:30]}
    changed = [name for name, value in values.items() if getattr(household, name) != value]
    if changed:
        HouseholdRevision.objects.bulk_create(
            HouseholdRevision(
                household=household,
                field=name,
                old=getattr(household, name),
                new=values[name],
                since=since,
                reason=reason,
                by=by,
            )
            for name in changed
        )
        for name, value in values.items():
            setattr(household, name, value)
        household.head_folded, household.version = fold(household.head_name)[:120], household.version + 1
        household.save()
        audit.record("household.changed", by=by, subject=household, fields=changed)
    return household


def class_row(*, household, year, level, by, decision=""):
    """(row, whether it is new): the class of the year as a valid row, another one of the year voided. Writes no entry."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    old = PovertyStatus.objects.valid().filter(household=household, year=year).first()
    if old is not None and (old.level, old.decision) == (level, decision):
        return old, False
    if old is not None:
        void_row(old, by=by, reason="Ghi lại loại hộ của năm")
    row = PovertyStatus(household=household, year=year, level=level, decision=decision[:120], recorded_by=by, replaces=old)
    return insert(row), True


@transaction.atomic
def set_class(*, household, year, level, by, decision=""):
    """The class of the household in a year. Another class of the same year is voided and replaced; the same changes nothing."""
    if not 1990 <= year <= today().year + 1:
        raise Refusal(f"Năm {year} không hợp lệ. Hãy ghi năm của danh sách hộ nghèo, hộ cận nghèo.")
    row, new = class_row(household=household, year=year, level=level, by=by, decision=decision)
    if new:
        audit.record("poverty.recorded", by=by, subject=household, fields=["level", "year"])
    return row
