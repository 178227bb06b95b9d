"""Places, safe homes and risks as the pages and prints show them."""

from django.db.models import F

from childcare.accounts.roles import Permission
from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import AdminDocument, Column, Signer, Table
from childcare.lib.calendar import show
from childcare.lib.vietnamese import fold, small
from childcare.units.models import Unit
from plans.models import ChildPlace, Plan, SafeHome, Task
from plans.workplaces import BELOW, hamlets_in


def home_of(unit, officer):
    """The unit on whose pages a record of a hamlet or school is listed: its commune, where the officer reads that."""
    above = unit.parent if unit.kind in BELOW else None
    return above if above is not None and officer.can_in(Permission.PLAN_VIEW, above) else unit


def places_of(unit, officer, on):
    """Places and works at and below the unit in the state of the day."""
    found = ChildPlace.objects.visible_to(officer).on(on).filter(unit__path__startswith=unit.path)
    return found.select_related("unit").order_by("unit__path", "kind", "name", "pk")


def running_first(rows):
    """Rows that hold before those that ended."""
    return rows.order_by(F("ended_on").desc(nulls_first=True), "unit__path", "pk")


def priorities(areas, officer, year):
    """{key of a hamlet: tasks of the year's plans that give priority to it}, as far as the officer reads the plans."""
    plans = Plan.objects.visible_to(officer).of_year(year)
    rows = Task.objects.filter(plan__in=plans, areas__in=[area.unit_id for area in areas]).select_related("plan__unit")
    found = {}
    for task in rows.annotate(area=F("areas")).order_by("plan", "position"):
        found.setdefault(task.area, []).append(task)
    return found


def homes_by_place(unit, on):
    """[(hamlet or commune, examined, met, the last day)] of everything right below; each house by its last examination."""
    commune = unit.kind == "commune"
    below = hamlets_in(unit, on) if commune else list(Unit.objects.under(unit, on).communes().order_by("path"))
    found = {place.pk: [place, {}, None] for place in below}
    by_path = {place.path: place.pk for place in below}
    rows = SafeHome.objects.valid().filter(unit__path__startswith=unit.path, assessed_on__lte=on).order_by("assessed_on", "pk")
    for house, head, where, path, met, day in rows.values_list(
        "household_id", "head", "unit_id", "unit__path", "met", "assessed_on"
    ):
        place = next((pk for start, pk in by_path.items() if path.startswith(start)), None)
        if place is not None:
            found[place][1][house or (where, fold(head))] = met
            found[place][2] = day
    return [(place, len(houses), sum(houses.values()), day) for place, houses, day in found.values()]


def document(unit, rows, *, on, officer):
    """Places and works as a list to print or as a workbook."""
    columns = [
        Column("STT", 4, "center"), Column("Tên", 18), Column("Loại", 14), Column("Ở đâu", 14), Column("Năm làm", 6, "center"),
        Column("Tình trạng", 11), Column("Kinh phí (đồng)", 10, "right"), Column("Nguồn", 11),
    ]  # fmt: skip
    lines = [
        [
            number, row.name, row.get_kind_display(), row.unit.name, str(row.year or ""), row.get_state_display(), row.money,
            row.source,
        ]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    return AdminDocument(
        kind="DANH SÁCH", subject=f"Điểm vui chơi, công trình cho trẻ em {small(unit.name)}, tính đến ngày {show(on)}",
        issuer=issuer_of(unit), place=place_of(unit), day=on, landscape=True, closing=False,
        blocks=[Table(columns=columns, rows=lines, sheet="Công trình", caption=f"Cộng: {len(rows)} điểm, công trình")],
        signer=Signer(lines=["NGƯỜI LẬP DANH SÁCH"], name=officer.full_name),
    )  # fmt: skip
