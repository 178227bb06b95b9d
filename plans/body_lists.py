"""Bodies as the pages and prints show them: the decision that holds, who is in, who of them was trained."""

from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import AdminDocument, Column, Paragraph, Signer, Table
from childcare.lib.calendar import show
from plans.models import Body, BodyDecision, BodyMember, TrainingAttendance


def bodies_of(unit, officer, *, on=None):
    """Bodies at and below the unit; with a day those that hold on it."""
    found = Body.objects.visible_to(officer).filter(unit__path__startswith=unit.path)
    return (found.valid() if on is None else found.on(on)).select_related("unit").order_by("unit__path", "kind", "name", "pk")


def decisions_of(bodies):
    """Body key → its valid decisions, the newest first. One query."""
    found = {}
    for row in BodyDecision.objects.valid().filter(body__in=[body.pk for body in bodies]):
        found.setdefault(row.body_id, []).append(row)
    return found


def members_of(body, on):
    """Who is in the body on the day, in order."""
    return list(BodyMember.objects.on(on).filter(body=body).select_related("staff"))


def decision_text(row):
    """ "Kiện toàn: Quyết định số 25/QĐ-UBND ngày 05/01/2024, hiệu lực đến hết ngày 31/12/2026"."""
    parts = [f"số {row.number}" if row.number else "", f"ngày {show(row.signed_on)}" if row.signed_on else ""]
    paper = " ".join(filter(None, ["Quyết định" if any(parts) else "", *parts]))
    until = f"hiệu lực đến hết ngày {show(row.valid_until)}" if row.valid_until else ""
    count = f"{row.children} trẻ em là thành viên" if row.children is not None else ""
    return f"{row.get_kind_display()}: " + ", ".join(filter(None, [paper, until, count]))


def state_of(body, decisions, on):
    """What is to be said of the paper of a body on the day: "" when it stands, else what is missing."""
    if body.of_children:
        return ""
    dated = [row for row in decisions if row.number or row.signed_on]
    if not dated:
        return "chưa ghi quyết định"
    until = dated[0].valid_until
    return f"quyết định đã hết hiệu lực từ {show(until)}" if until and until < on else ""


def trained_of(members, first, last):
    """How many of the members were at a training between the days; of those who are in the staff list only."""
    people = {member.staff_id for member in members} - {None}
    ticks = TrainingAttendance.objects.valid().filter(staff__in=people, activity__voided_at=None)
    return ticks.filter(activity__held_on__gte=first, activity__held_on__lte=last).values("staff").distinct().count(), len(
        people
    )


def document(body, members, decisions, *, on, officer):
    """The members with their decision, as an administrative list."""
    columns = [
        Column("STT", 5, "center"), Column("Họ và tên", 16), Column("Chức vụ, cơ quan", 20), Column("Vai trò", 12),
        Column("Từ ngày", 12, "center"),
    ]  # fmt: skip
    rows = [
        [number, row.name, row.position, row.role, show(row.started_on) if row.started_on else ""]
        for number, row in enumerate(members, 1)
    ]
    paper = [Paragraph(f"{decision_text(row)}.") for row in decisions[:1]]
    table = [Table(columns=columns, rows=rows, sheet="Thành viên", caption=f"Cộng: {len(rows)} người")] if rows else []
    unit = body.unit.parent if body.unit.kind in ("hamlet", "school", "facility") and body.unit.parent else body.unit
    return AdminDocument(
        kind="DANH SÁCH", subject=f"Thành viên {body.name}, tính đến ngày {show(on)}", issuer=issuer_of(unit),
        place=place_of(unit), day=on, closing=False, blocks=[*paper, *table],
        signer=Signer(lines=["NGƯỜI LẬP DANH SÁCH"], name=officer.full_name),
    )  # fmt: skip
