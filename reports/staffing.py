"""The page "Nhân lực và tổ chức": what a unit has, what is missing and where to enter it; the sums of the units below."""

from dataclasses import dataclass, field

from django.db.models import Count
from django.urls import reverse

from childcare.lib.vietnamese import number
from childcare.units.models import Unit
from plans import staff_lists
from plans.actions.staff import without_post
from plans.models import StaffPost
from plans.workplaces import hamlets_in
from reports import measures, windows

NAMED = 12  # hamlets without a collaborator that the page names


@dataclass
class Part:
    """One subject of the page: what is there, the way to it, what is missing with the way to enter it."""

    title: str
    url: str
    there: list = field(default_factory=list)
    missing: list = field(default_factory=list)  # (sentence, address, words of the link)


def window_of(unit, on):
    """The running year of the unit up to the day."""
    return windows.running(unit, on)


def parts_of(unit, on):
    """Every subject of a commune, school or facility."""
    table = measures.count([unit], window_of(unit, on))
    return [_people(unit, on), _training(unit, table)]


def _people(unit, on):
    rows = StaffPost.objects.on(on).filter(unit__path__startswith=unit.path)
    kinds = dict(StaffPost.Kind.choices)
    counts = rows.order_by().values_list("kind").annotate(people=Count("staff", distinct=True))
    whole = rows.order_by().values("staff").distinct().count()
    there = [f"{number(whole)} người"] if whole else []
    there += [f"{kinds[kind]}: {number(count)}" for kind, count in sorted(counts, key=lambda row: list(kinds).index(row[0]))]
    part = Part("Nhân lực", reverse("staff-list", args=[unit.public_id]), there)
    if not whole:
        part.missing.append(("Chưa ghi ai.", reverse("staff-paste", args=[unit.public_id]), "Dán danh sách từ Excel"))
    if unit.kind == "commune":
        part.missing += _hamlets(unit, on)
    return part


def _hamlets(unit, on):
    hamlets = hamlets_in(unit, on)
    if not hamlets:
        way = reverse("hamlet-add", args=[unit.public_id])
        return [(f"Chưa có {unit.hamlet_word} nào trong danh mục.", way, f"Thêm {unit.hamlet_word}")]
    empty = staff_lists.hamlets_without(unit, hamlets, on)
    add = reverse("staff-add", args=[unit.public_id])
    lines = [(f"{row.name} chưa có cộng tác viên.", f"{add}?noi={row.public_id}", "Thêm người") for row in empty[:NAMED]]
    more = len(empty) - NAMED
    return lines + ([(f"Còn {more} {unit.hamlet_word} khác chưa có cộng tác viên.", add, "Thêm người")] if more > 0 else [])


def _training(unit, table):
    part = Part("Tập huấn trong năm", f"{reverse('activity-list')}?kind=training")
    for code, words in (
        ("NL-01", "Người làm công tác trẻ em được tập huấn"),
        ("NL-02", "Cán bộ xã, cộng tác viên được tập huấn"),
    ):
        if code == "NL-02" and unit.kind != "commune":
            continue
        figure = table.figure(code, unit)
        if figure.missing:
            part.missing.append((f"{words}: {figure.text}. {figure.note}", part.url, "Mở danh sách lớp tập huấn"))
        else:
            part.there.append(f"{words}: {figure.full}. {figure.note}")
    return part


def accounts_missing(unit, on):
    """How many people with an account of such work are not in the list."""
    return len(without_post(unit, on))


PEOPLE = "people"
COLUMNS = (
    (PEOPLE, "Số người"), ("NL-04", "Thôn, tổ có cộng tác viên"), ("NL-02", "Cán bộ xã, cộng tác viên được tập huấn"),
)  # fmt: skip


def table_of(unit, on):
    """(headings, [(unit, cells)], cells of the sum) of the communes below a district or province. One counting."""
    below = list(Unit.objects.under(unit, on).communes().order_by("path"))
    table = measures.count([unit], window_of(unit, on))
    rows = [(row, [(word, _cell(table, code, row)) for code, word in COLUMNS]) for row in below]
    return [word for _, word in COLUMNS], rows, [(word, _cell(table, code, unit)) for code, word in COLUMNS]


def _cell(table, code, unit):
    if code == PEOPLE:
        return number(table.people(unit)) if table.people(unit) else "chưa có số liệu"
    figure = table.figure(code, unit)
    return figure.full if not figure.missing else figure.text
