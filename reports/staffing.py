"""The page "Nhân lực và tổ chức": what a unit has, what is missing and where to enter it; the sums of the units below."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count
from django.urls import reverse

from childcare.lib.vietnamese import number
from childcare.units.models import Unit
from plans import body_lists, staff_lists
from plans.actions.staff import without_post
from plans.models import Body, ChildPlace, RiskArea, StaffPost
from plans.workplaces import hamlets_in
from reports import measures, windows
from reports.measures.bodies import STANDING

NAMED = 12  # hamlets without a collaborator that the page names


@dataclass
class Part:
    """One subject of the page: what is there, the way to it, what is missing with the way to enter it."""

    title: str
    url: str
    there: list = field(default_factory=list)
    note: str = ""
    missing: list = field(default_factory=list)  # (sentence, address, words of the link)


def window_of(unit, on):
    """The running year of the unit up to the day."""
    return windows.running(unit, on)


def parts_of(unit, on):
    """Every subject of a commune, school or facility."""
    table = measures.count([unit], window_of(unit, on))
    parts = [_people(unit, on), _training(unit, table), _bodies(unit, on, table), _places(unit, on, table)]
    return [*parts, _homes(unit, table), _risks(unit, on), _shelters(table, unit)] if unit.kind == "commune" else parts


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
    told = [("NL-01", "Người làm công tác trẻ em được tập huấn")]
    told += [("NL-02", "Cán bộ xã, cộng tác viên được tập huấn")] if unit.kind == "commune" else []
    for code, words in told:
        figure = table.figure(code, unit)
        if figure.missing:
            part.missing.append((f"{words}: {figure.text}. {figure.note}", part.url, "Mở danh sách lớp tập huấn"))
        else:
            part.there.append(f"{words}: {figure.full}")
            part.note = figure.note
    return part


def _bodies(unit, on, table):
    rows = list(Body.objects.on(on).filter(unit__path__startswith=unit.path).select_related("unit"))
    part = Part("Ban, nhóm, câu lạc bộ", reverse("body-list", args=[unit.public_id]))
    kinds = dict(Body.Kind.choices)
    part.there = [f"{kinds[kind]}: {count}" for kind, count in Counter(row.kind for row in rows).items()]
    add = reverse("body-list-add", args=[unit.public_id])
    if unit.kind == "commune" and not any(row.kind in STANDING for row in rows):
        part.missing.append(("chưa có Ban, Nhóm thường trực bảo vệ trẻ em.", f"{add}?loai=standing", "Ghi Nhóm thường trực"))
    decisions = body_lists.decisions_of(rows)
    for row in rows:
        if state := body_lists.state_of(row, decisions.get(row.pk, []), on):
            part.missing.append((f"{row.name}: {state}.", reverse("body-renew", args=[row.public_id]), "Ghi quyết định"))
    if table.figure("TG-07", unit).missing or not table.figure("TG-07", unit).numerator:
        part.missing.append(("chưa có câu lạc bộ quyền trẻ em, nhóm trẻ nòng cốt.", f"{add}?loai=club", "Ghi câu lạc bộ"))
    return part


def _places(unit, on, table):
    rows = ChildPlace.objects.on(on).filter(unit__path__startswith=unit.path).values_list("kind", "state")
    kinds = dict(ChildPlace.Kind.choices)
    part = Part("Điểm vui chơi, công trình cho trẻ em", reverse("place-list", args=[unit.public_id]))
    part.there = [f"{kinds[kind]}: {count}" for kind, count in Counter(kind for kind, _ in rows).items()]
    broken = sum(state == ChildPlace.State.BROKEN for _, state in rows)
    if broken:
        part.missing.append((f"{broken} công trình hư hỏng, chưa dùng được.", part.url, "Mở danh sách"))
    if not part.there:
        add = reverse("place-list-add", args=[unit.public_id])
        part.missing.append(("chưa ghi điểm vui chơi, công trình nào.", add, "Thêm công trình"))
    if unit.kind == "commune":
        part.there += _told(table, unit, ("VH-01", "Thôn, tổ có điểm vui chơi, thiết chế văn hóa"))
    return part


def _told(table, unit, *codes):
    """ "Thôn, tổ có …: 50% (4/8)" of what is known."""
    figures = [(table.figure(code, unit), words) for code, words in codes]
    return [f"{words}: {figure.full}" for figure, words in figures if not figure.missing]


def _homes(unit, table):
    figure = table.figure("TN-11", unit)
    part = Part("Ngôi nhà an toàn", reverse("home-list", args=[unit.public_id]))
    if figure.missing:
        part.missing.append(("chưa đánh giá nhà nào.", part.url, "Chọn thôn, tổ để đánh giá"))
    else:
        part.there.append(figure.note)
    return part


def _shelters(table, unit):
    """Shelters are kept once, in the register of the case files: here only how many."""
    figure, part = table.figure("NL-11", unit), Part("Nhà tạm lánh, địa chỉ tin cậy", reverse("shelter-list"))
    if figure.missing:
        part.missing.append(("chưa ghi nơi nào.", reverse("shelter-add"), "Ghi nơi tạm lánh"))
    else:
        part.there.append(f"{figure.text} nơi đang nhận trẻ em")
    return part


def _risks(unit, on):
    part = Part("Cộng đồng nguy cơ cao", reverse("risk-list", args=[unit.public_id]))
    rows = RiskArea.objects.on(on).filter(unit__path__startswith=unit.path).select_related("unit").order_by("unit__path", "pk")
    part.there = [f"{row.unit.name}: {row.why}" for row in rows[:NAMED]]
    return part


def accounts_missing(unit, on):
    """How many people with an account of such work are not in the list."""
    return len(without_post(unit, on))


PEOPLE, UNKNOWN = "people", "chưa ghi"
ONE_OF_ITS_KIND = ("NL-13", "VH-02")  # a commune has it or not
COLUMNS = (
    (PEOPLE, "Người"), ("NL-04", "Thôn, tổ có cộng tác viên"), ("NL-02", "Đã tập huấn"), ("NL-13", "Nhóm thường trực"),
    ("TG-07", "Câu lạc bộ, nhóm nòng cốt"), ("VH-02", "Điểm vui chơi"), ("TN-11", "Nhà an toàn"),
)  # fmt: skip


def table_of(unit, on):
    """(headings, [(unit, cells)], cells of the sum) of the communes below a district or province. One counting."""
    below = list(Unit.objects.under(unit, on).communes().order_by("path"))
    table = measures.count([unit], window_of(unit, on))
    rows = [(row, [(word, _cell(table, code, row)) for code, word in COLUMNS]) for row in below]
    return [word for _, word in COLUMNS], rows, [(word, _sum(table, code, unit)) for code, word in COLUMNS]


def _cell(table, code, unit):
    if code == PEOPLE:
        return number(table.people(unit)) if table.people(unit) else UNKNOWN
    figure = table.figure(code, unit)
    if figure.missing:
        return UNKNOWN
    if code in ONE_OF_ITS_KIND:
        return "Có" if figure.numerator else "Chưa"
    return figure.counts or figure.text


def _sum(table, code, unit):
    """The sum of all communes, a share with its parts."""
    if code == PEOPLE:
        return number(table.people(unit)) if table.people(unit) else UNKNOWN
    figure = table.figure(code, unit)
    return UNKNOWN if figure.missing else figure.full
