"""What the page of transfers and Việc cần làm show: who waits for whom, since when. Who sees the child reads its name."""

from childcare.accounts.roles import Permission
from childcare.children.codes import code_of
from childcare.children.models import Child, Terms, Transfer, TransferAsk
from childcare.children.querysets import in_units
from childcare.children.row_texts import birth_text
from childcare.lib.calendar import show

SHOWN = 200


def board(officer, *, on, since):
    """The four lists of the page, and the ids of the children whom it names."""
    seen = Transfer.objects.visible_to(officer).select_related("from_unit", "to_unit", "child")
    seen = seen.defer("note")
    waiting = list(seen.waiting().order_by("sent_on", "pk")[:SHOWN])
    answered = list(seen.exclude(state="waiting").filter(answered_at__date__gte=since).order_by("-answered_at", "-pk")[:SHOWN])
    to_answer = list(
        TransferAsk.objects.to_answer_by(officer).select_related("child", "unit").order_by("asked_on", "pk")[:SHOWN]
    )
    mine = list(TransferAsk.objects.asked_in(officer).select_related("unit").order_by("-asked_on", "-pk")[:SHOWN])
    keys = {row.child_id for row in (*waiting, *answered, *to_answer)}
    named = {child.pk: child for child in Child.objects.visible_to(officer).filter(pk__in=keys).select_related("unit")}
    edits = officer.units_for(Permission.CHILD_EDIT)
    terms = Terms()
    lines = [_line(row, named, edits, on, terms) for row in waiting]
    return {
        "coming": [line for line in lines if line["here"]], "going": [line for line in lines if not line["here"]],
        "answered": [_line(row, named, edits, on, terms) for row in answered],
        "to_answer": [{"row": row, "name": row.child.display_name, "asked": show(row.asked_on)} for row in to_answer],
        "mine": [_ask_line(row) for row in mine], "may_ask": officer.can(Permission.CHILD_EDIT),
        "shown": sorted(str(child.public_id) for child in named.values()),
    }  # fmt: skip


def _line(row, named, edits, on, terms):
    child, last = named.get(row.child_id), terms.due(row)
    here = any(row.to_unit.is_under(unit) for unit in edits) or child is not None
    late = (on - last).days
    return {
        "row": row, "name": child.display_name if child else f"Trẻ mã {code_of(row.child_id)}", "child": child,
        "birth": birth_text(child.birth_latest, child.birth_precision, on) if child else "",
        "moved": show(row.moved_on), "due": show(last), "late": f"quá hạn {late} ngày" if late > 0 else "", "here": here,
        "may_receive": child is not None and any(child.unit.is_under(unit) for unit in edits),
        "may_withdraw": any(row.from_unit.is_under(unit) for unit in edits),
    }  # fmt: skip


def _ask_line(row):
    number = row.number
    return {"row": row, "number": f"…{number[-4:]}", "asked": show(row.asked_on), "open": row.state == TransferAsk.State.OPEN}


def waiting(officer, on, terms):
    """(transfers to the officer's own communes, those from them that are overdue), the oldest first. One query."""
    units = officer.units_for(Permission.CHILD_EDIT)
    rows = Transfer.objects.waiting().filter(Transfer.objects.all().lying_in(units) | in_units("from_unit", units))
    coming, overdue = [], []
    for row in rows.select_related("to_unit", "child__unit").order_by("sent_on", "pk"):
        if any(row.child.unit.is_under(unit) for unit in units):
            coming.append(row)
        elif terms.due(row) < on:
            overdue.append(row)
    return coming, overdue


def asked(officer):
    """Open questions of other communes that the officer's communes have to answer."""
    return TransferAsk.objects.to_answer_by(officer).order_by("asked_on", "pk")


def of_child(child, officer):
    """The transfer of a visible child that waits, for its page: (transfer, whether the officer may acknowledge it), or None."""
    row = Transfer.objects.waiting().filter(child=child).select_related("from_unit", "to_unit").first()
    return row and {"row": row, "may_receive": officer.can_in(Permission.CHILD_EDIT, child.unit), "due": Terms().due(row)}
