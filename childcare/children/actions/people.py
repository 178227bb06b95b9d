"""Children: add, correct in place. Every own field that changes leaves a ChildRevision."""

from datetime import date

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children import records
from childcare.children.actions import households, residence
from childcare.children.actions.base import Conflict, insert, locked, once
from childcare.children.actions.copies import write_copies
from childcare.children.models import Child, ChildRevision, Residence
from childcare.lib.calendar import EIGHTEEN, PartialDate, age_on, today
from childcare.lib.refusal import Refusal

# What an officer may type of a child: own fields as they are stored, and three that bring derived fields with them.
PLAIN = (
    "sex", "ethnic", "identity_verified_on", "birth_certificate", "insurance_number", "insurance_until", "ministry_state",
    "mother_name", "father_name", "phone", "schooling", "school_name", "twin", "note",
)  # fmt: skip
DERIVED = ("full_name", "birth", "identity_number")
FIELDS = (*DERIVED, *PLAIN)
NUMBER_USED = "Số định danh này đã có ở một trẻ khác trong địa bàn. Hãy xem lại số, hoặc so sánh với trẻ đó."
NUMBER_ELSEWHERE = "Số định danh này đã có ở một trẻ thuộc đơn vị khác. Hãy xem lại số, hoặc đề nghị cấp trên kiểm tra."
UNVERIFIABLE = "Chỉ ghi ngày công an xác thực khi trẻ có số định danh đúng dạng (12 chữ số). Hãy ghi số định danh trước."
ADULT = "Người này đã đủ 18 tuổi, không đưa vào sổ trẻ em. Hãy xem lại ngày sinh."


class NumberUsed(Refusal):
    """Another child holds the number; `holder` is that child when the officer may see it, else None."""

    def __init__(self, holder):
        super().__init__(NUMBER_USED if holder else NUMBER_ELSEWHERE)
        self.holder = holder


@once(Child, author="created_by")
def add(*, by, once, unit, full_name="", birth=None, identity_number="", since=None, start_reason=Residence.Reason.EXISTING,
        residence_kind=Residence.Kind.PERMANENT, head_name="", address="", poverty="", household=None, **own):  # fmt: skip
    """Add a child who lives in the unit since a day (None: from before, the day is not known). Returns the child.

    A name or a birth date (PartialDate) is enough; whatever else is unknown stays empty. `own` are fields of PLAIN. Head or
    address put it in a household, found or made, `household` in that very one; `poverty` is its class in this year.
    """
    fields = records.child_fields(full_name, birth, identity_number=identity_number)
    if not fields["full_name"] and birth is None and fields["name_state"] == "missing":
        raise Refusal("Hãy ghi tên hoặc ngày sinh của trẻ. Trẻ mới sinh chưa có tên thì ghi “Chưa đặt tên”.")
    refuse_adult(birth)
    refuse_used_number(fields["identity_number"] if fields["identity_valid"] else None, by=by)
    if start_reason == Residence.Reason.BIRTH and since is None and birth is not None and birth.precision == "day":
        since = birth.latest  # a newborn lives here since its birth
    child = Child(public_id=once, created_by=by, unit=unit, **fields, **_plain(own))
    refuse_unverifiable(child)
    insert(child)
    residence.open_row(child=child, unit=unit, since=since, reason=start_reason, kind=residence_kind, by=by)
    if household or head_name or address or poverty:
        household = household or households.find_or_make(unit=unit, head_name=head_name, address=address, phone=child.phone)
        households.join_row(child=child, household=household, since=None, by=by)
        if poverty:
            households.class_row(household=household, year=today().year, level=poverty, by=by)
    write_copies(child)
    audit.record("child.added", by=by, subject=child, fields=[name for name, value in fields.items() if value] + list(own))
    return child


@transaction.atomic
def correct(*, child, by, version, changes, source=""):
    """Correct own fields in place: `changes` maps names of FIELDS to values. Returns the names that changed.

    Raises Conflict, naming the fields that somebody else changed since `version`, and changes nothing then.
    """
    child = locked(child)
    if child.version != version:
        raise _conflict(child, version)
    stored = _stored(changes)
    refuse_adult(changes.get("birth"))
    if stored.get("identity_valid") and stored["identity_number"] != child.identity_number:
        refuse_used_number(stored["identity_number"], by=by, but=child)
    changes = verification_of(child, changes, stored)
    before = {name: shown(child, name) for name in changes}
    for field, value in (stored | {name: changes[name] for name in changes if name == "identity_verified_on"}).items():
        setattr(child, field, value)
    refuse_unverifiable(child)
    changed = [name for name in changes if shown(child, name) != before[name]]
    if changed:
        child.version += 1
        child.save()
        ChildRevision.objects.bulk_create(
            ChildRevision(
                child=child, field=name, old=before[name], new=shown(child, name), by=by, source=source, version=child.version
            )
            for name in changed
        )
        audit.record("child.corrected", by=by, subject=child, fields=changed)
    return changed


def shown(child, name):
    """A field of FIELDS as text for the history."""
    if name == "birth":
        return child.birth.text if child.birth else child.birth_text
    value = getattr(child, name)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if name in ("sex", "ministry_state"):
        return getattr(child, f"get_{name}_display")() if value else ""
    return value or ""


def refuse_adult(birth):
    """Refuse somebody who is 18 or more today, whichever day of the partial date it was."""
    if isinstance(birth, PartialDate) and age_on(birth.latest, today()) >= EIGHTEEN:
        raise Refusal(ADULT)


def refuse_used_number(number, *, by, but=None):
    """Refuse a valid number that another child holds, saying no more than the officer may know of that child."""
    if not number:
        return
    others = Child.objects.filter(identity_number=number, identity_valid=True)
    others = others.exclude(pk=but.pk) if but else others
    if others.exists():
        raise NumberUsed(others.visible_to(by).first() if by is not None else None)


def verification_of(child, changes, stored):
    """The changes with the day of the police taken away when they bring another number and no other day: it was checked for
    the number before.
    """
    other = "identity_number" in stored and stored["identity_number"] != child.identity_number
    if other and child.identity_verified_on and changes.get("identity_verified_on") in (None, child.identity_verified_on):
        return {**changes, "identity_verified_on": None}
    return changes


def refuse_unverifiable(child):
    """Refuse a day of the police without a valid number."""
    if child.identity_verified_on and not child.identity_valid:
        raise Refusal(UNVERIFIABLE)


def _plain(own):
    wrong = sorted(set(own) - set(PLAIN))
    if wrong:
        raise TypeError(f"not fields of a child: {wrong}")
    return own


def _stored(changes):
    stored = dict(_plain({name: value for name, value in changes.items() if name not in DERIVED}))
    if "full_name" in changes:
        stored |= records.name_fields(changes["full_name"])
    if "birth" in changes:
        stored |= records.birth_fields(changes["birth"])
    if "identity_number" in changes:
        stored |= records.identity_fields(changes["identity_number"])
    return stored


def _conflict(child, version):
    rows = ChildRevision.objects.filter(child=child, version__gt=version).select_related("by").order_by("-id")
    fields = list(dict.fromkeys(row.field for row in rows))
    who = rows[0].by.full_name if rows and rows[0].by else "người khác"
    names = ", ".join(label(name) for name in fields) or "nơi cư trú, hộ"
    return Conflict(f"{who} vừa sửa: {names}. Hãy xem nội dung mới rồi lưu lại.", fields)


def label(name):
    """What a field of FIELDS is called on the screen."""
    return "ngày sinh" if name == "birth" else Child._meta.get_field(name).verbose_name
