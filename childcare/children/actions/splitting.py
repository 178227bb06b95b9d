"""What a household does as a whole: part of it splits off, it moves with all its children, it gets another head."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import households, residence, transfers
from childcare.children.actions.base import fresh, locked
from childcare.children.actions.copies import write_copies
from childcare.children.actions.protection import commune_of
from childcare.children.models import Child, Household, HouseholdRevision, Membership
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold

NOBODY = "Chưa chọn trẻ nào. Hãy chọn những trẻ tách ra hộ mới."
EVERYBODY = "Cả hộ cùng đi thì không phải tách hộ: hãy dùng “Chuyển cả hộ” hoặc “Đổi chủ hộ”."
EMPTY = "Hộ này không có trẻ em nào đang cư trú trong địa bàn của anh/chị."


def members(household, by):
    """The children of the household who live here and whom the officer may change, by age."""
    children = Child.objects.visible_to(by).editable_by(by).filter(household=household, residing=True)
    return children.select_related("unit").order_by("birth_latest", "pk")


@transaction.atomic
def split(*, household, by, version, children, on, head_name, unit, address=""):
    """Some children live in a new household since the day, in the same commune. Returns it; the old one keeps its history."""
    old = fresh(household, version)
    going = _locked(old, by, {child.pk for child in children})
    if len(going) == members(old, by).count():
        raise Refusal(EVERYBODY)
    if not unit.is_under(commune_of(old.unit)):
        raise Refusal("Hộ mới ở cùng xã, phường. Ra xã, phường khác thì ghi “Chuyển nơi ở” sau khi tách.")
    _refuse_before(going, on)
    head = clean_text(head_name)[:120]
    new = Household.objects.create(unit=unit, head_name=head, head_folded=fold(head)[:120], address=clean_text(address)[:300])
    for child in going:
        households.join_row(child=child, household=new, since=on, by=by)
        write_copies(child)
        if child.unit_id != unit.pk:
            residence.move_row(child=child, unit=unit, by=by, on=on)
    for house in (old, new):
        HouseholdRevision.objects.create(household=house, field="split", old=str(old), new=str(new), since=on, by=by)
    _bump(old)
    audit.record("household.split", by=by, subject=old, shown=[child.public_id for child in going])
    return new


@transaction.atomic
def move(*, household, by, version, unit, on, kind, note=""):
    """The household moves with all its children since the day; another commune has to acknowledge each of them."""
    row = fresh(household, version)
    going = _locked(row, by)
    if unit.pk == row.unit_id:
        raise Refusal(f"Hộ đang ở {unit.name} rồi. Hãy chọn nơi khác.")
    away = commune_of(unit).pk != commune_of(row.unit).pk
    households.relocate_row(household=row, unit=unit, since=on, by=by)
    for child in going:
        if away:
            transfers.send(child=child, by=by, to=unit, on=on, kind=kind, note=note)
        elif child.unit_id != unit.pk:
            residence.move_row(child=child, unit=unit, by=by, on=on, kind=kind)
    audit.record("household.moved", by=by, subject=row, fields=["unit"], shown=[child.public_id for child in going])
    return len(going)


@transaction.atomic
def change_head(*, household, by, version, head_name, since=None, reason=""):
    """Another person is the head of the household since a day; who it was stays in its history."""
    if fold(head_name) == household.head_folded:
        raise Refusal("Chủ hộ vẫn là người này. Sửa cách viết tên thì dùng “Sửa thông tin hộ”.")
    return households.change(
        household=household, by=by, version=version, head_name=head_name, address=household.address, phone=household.phone,
        since=since, reason=reason,
    )  # fmt: skip


def _locked(household, by, keys=None):
    found = [child.pk for child in members(household, by) if keys is None or child.pk in keys]
    if not found:
        raise Refusal(EMPTY if keys is None else NOBODY)
    return [locked(Child(pk=key)) for key in sorted(found)]


def _refuse_before(children, on):
    """Nobody leaves a household before he came into it."""
    rows = Membership.objects.filter(child__in=children, voided_at=None, ended_on=None, started_on__gt=on).order_by("pk")
    if (row := rows.first()) is not None:
        raise Refusal(f"Có trẻ vào hộ này từ {show(row.started_on)}: ngày tách hộ phải sau ngày đó.")


def _bump(household):
    household.version += 1
    household.save(update_fields=["version"])
