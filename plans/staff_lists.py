"""The list of staff of a unit: the rows of a page, and the same rows as an administrative list."""

from django.db.models import Q

from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import AdminDocument, Column, Signer, Table
from childcare.lib.calendar import show
from childcare.lib.vietnamese import small
from plans.models import StaffPost

LIMIT = 3000


def posts_of(unit, officer, *, on, kind="", place="", state=""):
    """Posts at and below a unit as the filter asks, in the order of work and name."""
    found = StaffPost.objects.visible_to(officer).valid().filter(unit__path__startswith=unit.path)
    if state == "":
        found = found.on(on)
    elif state == "da-thoi":
        found = found.filter(ended_on__lte=on)
    found = found.filter(kind=kind) if kind else found
    found = found.filter(unit__public_id=place) if place else found
    return found.select_related("staff", "unit", "unit__parent").order_by("unit__path", "kind", "staff__name_key", "pk")


def decision_text(row):
    """ "12/QĐ-UBND ngày 05/01/2024"; "" without either."""
    day = f"ngày {show(row.decision_on)}" if row.decision_on else ""
    return " ".join(filter(None, [row.decision_number, day]))


def since_text(row):
    """ "từ 05/01/2024 đến 31/03/2024"; "từ trước" without a beginning."""
    first = f"từ {show(row.started_on)}" if row.started_on else "từ trước"
    return f"{first} đến {show(row.last_day)}" if row.ended_on else first


def place_text(row, unit):
    """Where the person works, with the commune when the list is of a higher unit."""
    if row.unit.kind in ("hamlet", "school", "facility") and row.unit.parent_id != unit.pk and row.unit.parent:
        return f"{row.unit.name}, {row.unit.parent.name}"
    return row.unit.name


def document(unit, rows, *, on, officer):
    """The rows as a list to print or as a workbook, signed by who made it."""
    columns = [
        Column("STT", 4, "center"), Column("Họ và tên", 15), Column("Công việc", 16), Column("Nơi làm việc", 14),
        Column("Chức danh", 11), Column("Chế độ", 8), Column("Thời gian", 11), Column("Quyết định", 12),
        Column("Điện thoại", 9),
    ]  # fmt: skip
    lines = [
        [
            number, row.staff.name, row.get_kind_display(), place_text(row, unit), row.position,
            row.get_time_display() if row.time else "", since_text(row), decision_text(row), row.staff.phone,
        ]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    return AdminDocument(
        kind="DANH SÁCH", subject=f"Nhân lực làm công tác bảo vệ, chăm sóc trẻ em {small(unit.name)}, tính đến ngày {show(on)}",
        issuer=issuer_of(unit), place=place_of(unit), day=on, landscape=True, closing=False,
        blocks=[Table(columns=columns, rows=lines, sheet="Nhân lực", caption=f"Cộng: {len(people(rows))} người")],
        signer=Signer(lines=["NGƯỜI LẬP DANH SÁCH"], name=officer.full_name),
    )  # fmt: skip


def people(rows):
    """The keys of the persons behind posts, each once."""
    return {row.staff_id for row in rows}


def hamlets_without(unit, hamlets, on):
    """Hamlets of a commune that have no collaborator on the day."""
    kept = StaffPost.objects.on(on).filter(Q(unit__in=hamlets), kind=StaffPost.Kind.COLLABORATOR)
    having = set(kept.values_list("unit_id", flat=True))
    return [hamlet for hamlet in hamlets if hamlet.pk not in having]
