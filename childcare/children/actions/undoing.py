"""A death or departure that was a mistake is taken back: the residence and exactly what ended with it hold again."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.actions import circumstances, supports
from childcare.children.actions.base import insert, locked, void_row
from childcare.children.actions.copies import write_copies
from childcare.children.actions.residence import END_REASON, reopen_row
from childcare.children.models import Circumstance, Residence, Support
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal

RECORDED_AGAIN = "Sau ngày đó đã ghi lại hoàn cảnh “{}” cho trẻ. Hãy hủy dòng ghi sau rồi hoàn tác."
CLOSED_AGAIN = "Chưa hoàn tác được vì có dòng ghi sau ngày đó. Đề nghị liên hệ cấp trên."


def last_end(child):
    """The residence whose end by death or departure can be taken back: the last one of a child that lives nowhere, or None."""
    if child.residing:
        return None
    rows = Residence.objects.valid().filter(child=child).select_related("unit").order_by("-ended_on", "-pk")
    row = rows.first()
    return row if row is not None and row.end_reason in END_REASON else None


@transaction.atomic
def undo_end(*, child, by, reason):
    """Take back the death or departure recorded last. Returns the residence that holds again.

    The rows that ended are voided and new ones without end put in their place, so that what was counted meanwhile can
    still be explained. Rows that somebody ended by hand, before or after, stay as they are.
    """
    child = locked(child)
    row = last_end(child)
    if row is None:
        raise Refusal("Không có lần chuyển đi hay tử vong nào để hoàn tác: trẻ đang cư trú, hoặc đã có biến động ghi sau đó.")
    new = reopen_row(row, by=by, reason=reason)
    ended = {"ended_with__in": _forms_of(row), "voided_at": None}
    for fact in Circumstance.objects.filter(**ended).select_related("kind").order_by("pk"):
        _refuse_recorded_again(fact, by)
        _open_again(fact, circumstances.EDITABLE, by, reason, ended_on=None, end_reason="")
    for fact in Support.objects.filter(**ended).order_by("pk"):
        _open_again(fact, supports.EDITABLE, by, reason, unit=fact.unit, ended_on=None, running=True)
    write_copies(child)
    note = f"{row.get_end_reason_display().lower()} ngày {show(row.ended_on)}"
    audit.record("residence.end_undone", by=by, subject=child, fields=["residing"], note=note)
    return new


def _forms_of(row):
    """Keys of the residence and of the rows that it stands for: its end was written on one of them before a correction."""
    keys = []
    while row is not None:
        keys.append(row.pk)
        row = row.replaces
    return keys


def _refuse_recorded_again(fact, by):
    """A circumstance recorded anew after the end stands on it; of one that the officer may not see nothing is said."""
    same = Circumstance.objects.open().filter(child=fact.child, kind=fact.kind)
    if same.exists():
        raise Refusal(RECORDED_AGAIN.format(fact.kind.words) if same.visible_to(by).exists() else CLOSED_AGAIN)


def _open_again(fact, fields, by, reason, **values):
    void_row(fact, by=by, reason=reason)
    kept = {name: getattr(fact, name) for name in fields}
    model = type(fact)
    return insert(
        model(child=fact.child, protected_file=fact.protected_file, replaces=fact, recorded_by=by, **{**kept, **values})
    )


def after_the_end(row):
    """How many facts of the child begin on or after the end of its residence: they deserve a look."""
    later = {"child": row.child_id, "voided_at": None, "started_on__gte": row.ended_on}
    plain = {**later, "protected_file": None}
    return Circumstance.objects.filter(**plain).count() + Support.objects.filter(**plain).count()
