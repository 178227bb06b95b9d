"""Papers of the week: danh sách trích ngang by group, and the sheet on which the head of a hamlet ticks who is still there.

Groups of a list are data (extract_groups.csv), or the groups of the law and the local ones as they stand in the code list.
"""

from dataclasses import dataclass

from django.db.models import Q

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import places
from childcare.children.bulk_actions.rows import birth_of
from childcare.children.loading import read
from childcare.children.models import Child, Circumstance, CircumstanceKind, PovertyStatus
from childcare.children.sheets import Made, copy_line, issuer_of, sheet
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Signatures, Signer, Table
from childcare.lib.calendar import SIXTEEN, show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number
from childcare.units.models import Unit

LISTS = {
    "law": "Nhóm theo Luật Trẻ em", "qd647": "Sáu nhóm theo Quyết định 647/QĐ-TTg", "local": "Nhóm địa phương",
}  # fmt: skip
SPLITS = {"": "Mỗi nhóm một bảng", "place": "Mỗi tổ dân phố, thôn một bảng"}
SEVERAL = {"": "trẻ thuộc nhiều nhóm có tên ở từng nhóm", "place": "mỗi trẻ một dòng với mọi nhóm của trẻ"}
COLUMNS = [
    Column("STT", 5, "center"), Column("Họ và tên", 15), Column("Ngày, năm sinh", 9, "center"),
    Column("Giới tính", 5, "center"), Column("Cha, mẹ", 16), Column("Hộ, địa chỉ", 20), Column("Loại hộ", 9),
    Column("Hoàn cảnh cụ thể, từ ngày", 22),
]  # fmt: skip
BLANK_ROWS = 5
ASKED = (
    "Đề nghị đánh dấu vào một ô ở mỗi dòng; thông tin sai thì ghi thông tin đúng; trẻ mới sinh, mới đến thì ghi thêm ở cuối."
)
GONE = "Không lập được danh sách ở địa bàn này. Hãy chọn lại địa bàn."
PLAIN_ONLY = "Danh sách không gồm các nhóm do công chức được giao quản lý riêng."


@dataclass(frozen=True)
class Group:
    """A group of a list: its name and the codes of the kinds that belong to it (a head takes its sub-groups along)."""

    name: str
    codes: tuple


def groups_of(which, *, may_protect):
    """The groups of a list in order; those of sensitive kinds only for who may see protected facts."""
    kinds = {kind.code: kind for kind in CircumstanceKind.objects.select_related("parent")}
    if which == "qd647":
        found = [Group(row["name"], tuple(row["kinds"].split())) for row in read("extract_groups") if row["list"] == which]
    else:
        family = "N" if which == "law" else "L"
        heads = [kind for kind in kinds.values() if kind.family == family and kind.active and kind.code != "L00"]
        found = [Group(kind.name, (kind.code,)) for kind in heads if kind.parent is None or kind.parent.code == "L00"]
    return [one for one in found if may_protect or not any(kinds[code].sensitive for code in one.codes)]


def facts_of(groups, *, officer, unit, on):
    """[(group, [(child, kind, since)])] of children under 16 who live in the unit; facts that the officer may see."""
    children = Child.objects.exportable_by(officer).residing().under_age(SIXTEEN, on).filter(unit__path__startswith=unit.path)
    facts = Circumstance.objects.uncovered(officer).valid().at_end_of(on).filter(child__in=children)
    facts = list(facts.select_related("child", "child__unit", "child__household", "kind", "kind__parent"))
    found = []
    for group in groups:
        mine = [
            fact for fact in facts if {fact.kind.code, fact.kind.parent.code if fact.kind.parent else ""} & set(group.codes)
        ]
        rows = sorted(mine, key=lambda fact: (places.natural(fact.child.unit), fact.child.name_key, fact.child_id))
        found.append((group, rows))
    return found


def _codes(kind):
    return {kind.code, kind.parent.code if kind.parent else ""}


def _place(officer, unit):
    """The unit of this public id when the officer may take lists out of it."""
    row = Unit.objects.select_related("parent", "parent__parent").filter(public_id=unit).first()
    if row is None or not officer.can_in(Permission.CHILD_EXPORT, row) or row.kind not in ("commune", "hamlet"):
        raise Refusal(GONE)
    return row


@sheet("extract")
def extract(officer, *, unit, which, split=""):
    """Danh sách trích ngang of a place by the groups of a list: a table a group, or (`split` "place") a table a hamlet."""
    place = _place(officer, unit)
    on, may_protect = places.day_of(place), officer.can_in(Permission.PROTECTED_VIEW, place)
    found = facts_of(groups_of(which, may_protect=may_protect), officer=officer, unit=place, on=on)
    keys = {fact.child_id: fact.child.public_id for _, rows in found for fact in rows}
    entry = audit.record("extract.printed", by=officer, subject=place, shown=list(keys.values()))
    name = f"Danh sách trích ngang {place.name} {show(on).replace('/', '-')}"
    blocks = (by_place if split == "place" else by_group)([one for one in found if one[1]], levels_of(found, on))
    blocks = [Paragraph(f"{LISTS[which]}. Có {number(len(keys))} trẻ em; {SEVERAL[split]}."), *blocks]
    document = _extract(place, blocks, on, officer=officer, copy=entry.copy_number, plain=not may_protect)
    files = {fact.protected_file_id for _, rows in found for fact in rows} - {None}
    return Made(name, document, place, files=tuple(files))


def levels_of(found, on):
    """Household → its class of the year in words."""
    houses = {fact.child.household_id for _, rows in found for fact in rows} - {None}
    levels = PovertyStatus.objects.valid().filter(household__in=houses, year=on.year)
    return {row.household_id: row.get_level_display() for row in levels}


def by_group(found, levels):
    """A table for each group."""
    blocks = []
    for at, (group, rows) in enumerate(found, 1):
        blocks += [Heading(f"{at}. {group.name}: {_count(rows)} trẻ em", 2), _group_table(rows, levels)]
    return blocks


def by_place(found, levels):
    """How many there are in each hamlet, then a table for each: a child once, with all its groups, and the sums below."""
    at = {}
    for group, rows in found:
        for fact in rows:
            at.setdefault(fact.child.unit, {}).setdefault(group.name, []).append(fact)
    places_in_order = sorted(at, key=lambda unit: (unit.kind != "hamlet", places.natural(unit)))
    blocks = [_sums([(_at(unit), at[unit]) for unit in places_in_order])] if len(at) > 1 else []
    for unit in places_in_order:
        facts = [fact for rows in at[unit].values() for fact in rows]
        blocks += [Heading(f"{_at(unit)}: {_count(facts)} trẻ em", 2), _place_table(_at(unit), at[unit], levels)]
    return blocks


def _at(unit):
    return unit.name if unit.kind == "hamlet" else f"{unit.name}, chưa rõ tổ, thôn"


def _count(facts):
    return number(len({fact.child_id for fact in facts}))


def _sums(rows):
    """The table in front: children of each place and how many of them in each group."""
    columns = [Column("STT", 5, "center"), Column("Địa bàn", 22), Column("Số trẻ em", 9, "right"), Column("Trong đó", 64)]
    everything = {}
    for _, groups in rows:
        for name, facts in groups.items():
            everything.setdefault(name, []).extend(facts)
    lines = [
        [at, name, len({fact.child_id for facts in groups.values() for fact in facts}), _parts(groups)]
        for at, (name, groups) in enumerate([*rows, ("Cộng", everything)], 1)
    ]
    lines[-1][0] = None
    return Table(columns=columns, rows=lines, total_rows=frozenset([-1]), sheet="Tổng hợp")


def _parts(groups):
    return "; ".join(f"{name}: {_count(facts)}" for name, facts in groups.items())


def _place_table(name, groups, levels):
    """The children of a place in the order of their names; below how many they are, in all and in each group."""
    facts, own = [fact for rows in groups.values() for fact in rows], {}
    for fact in facts:
        told = own.setdefault(fact.child_id, [])
        if _fact(fact) not in told:
            told.append(_fact(fact))
    children = {fact.child_id: fact.child for fact in facts}
    ordered = sorted(children.values(), key=lambda child: (child.name_key, child.pk))
    cells = [[at, *_about(child, levels), "\n".join(own[child.pk])] for at, child in enumerate(ordered, 1)]
    sums = [f"Cộng: {number(len(ordered))} trẻ em", *(f"{group}: {_count(rows)}" for group, rows in groups.items())]
    cells += [[None, None, None, None, None, None, None, text] for text in sums]
    return Table(columns=COLUMNS, rows=cells, total_rows=frozenset(range(len(ordered), len(cells))), sheet=name)


def _extract(place, blocks, on, *, officer, copy, plain):
    commune = issuer_of(place)
    return AdminDocument(
        kind="DANH SÁCH TRÍCH NGANG", subject=f"Trẻ em theo nhóm hoàn cảnh tại {place.name}, tính đến ngày {show(on)}",
        issuer=commune, notation="DS-UBND", place=_town(place), year=on.year, landscape=True, marks=["LƯU HÀNH NỘI BỘ"],
        closing=False,
        blocks=[
            *blocks, *([Paragraph(PLAIN_ONLY, italic=True)] if plain else []), copy_line(officer, copy),
            Signatures([Signer(["NGƯỜI LẬP DANH SÁCH"], officer.full_name), Signer(["TM. ỦY BAN NHÂN DÂN"])]),
        ],
    )  # fmt: skip


def _town(place):
    return (place.parent if place.kind == "hamlet" else place).bare_name


def _group_table(rows, levels):
    cells = [[at, *_about(fact.child, levels), _fact(fact)] for at, fact in enumerate(rows, 1)]
    return Table(columns=COLUMNS, rows=cells)


def _about(child, levels):
    """What a row says of a child before its circumstances."""
    return [
        child.display_name, birth_of(child), child.get_sex_display() if child.sex else "", _parents(child), _home(child),
        levels.get(child.household_id, ""),
    ]  # fmt: skip


def _fact(fact):
    return f"{fact.kind.words}{f' (từ {show(fact.started_on)})' if fact.started_on else ''}"


def _parents(child):
    parts = [child.father_name and f"Cha: {child.father_name}", child.mother_name and f"Mẹ: {child.mother_name}"]
    return "\n".join(part for part in parts if part)


def _house(child):
    house = child.household
    return ", ".join(part for part in (house.head_name, house.address) if part) if house else ""


def _home(child):
    return ", ".join(part for part in (_house(child), child.unit.name) if part)


@sheet("hamlet-review")
def hamlet_review(officer, *, unit):
    """Phiếu rà soát for the head of the hamlet: who lives there, columns to tick, empty rows; never a circumstance."""
    place = _place(officer, unit)
    on = places.day_of(place)
    children = Child.objects.exportable_by(officer).residing().filter(unit__path__startswith=place.path)
    children = children.filter(Q(pk__in=Child.objects.under_age(SIXTEEN, on).values("pk")) | Q(birth_latest=None))
    rows = list(children.select_related("unit", "household").order_by("name_key", "pk"))
    by_place = {}
    for child in sorted(rows, key=lambda child: places.natural(child.unit)):
        by_place.setdefault(child.unit.name, []).append(child)
    entry = audit.record("extract.printed", by=officer, subject=place, shown=[child.public_id for child in rows])
    name = f"Phiếu rà soát {place.name} {show(on).replace('/', '-')}"
    document = _review(place, by_place or {place.name: []}, on, officer=officer, copy=entry.copy_number)
    return Made(name, document, place)


def _review(place, by_place, on, *, officer, copy):
    blocks = [Paragraph(ASKED)]
    for name, children in by_place.items():
        blocks += [Heading(f"{name}: {number(len(children))} trẻ em", 2), _review_table(children)]
    return AdminDocument(
        kind="PHIẾU RÀ SOÁT", subject=f"Trẻ em tại {place.name}, tính đến ngày {show(on)}", issuer=issuer_of(place),
        notation="PRS-UBND", place=_town(place), year=on.year, landscape=True, marks=["LƯU HÀNH NỘI BỘ"], closing=False,
        blocks=[
            *blocks, copy_line(officer, copy),
            Signatures([
                Signer([_head_word(place)]), Signer(["CỘNG TÁC VIÊN"]), Signer(["NGƯỜI NHẬN PHIẾU"]),
            ]),
        ],
    )  # fmt: skip


def _head_word(place):
    hamlet = (place.parent if place.kind == "hamlet" else place).hamlet_word
    return f"{'TỔ TRƯỞNG' if hamlet == 'tổ dân phố' else 'TRƯỞNG'} {hamlet}"


def _review_table(children):
    columns = [
        Column("STT", 4, "center"), Column("Họ và tên", 15), Column("Ngày, năm sinh", 9, "center"),
        Column("Giới tính", 5, "center"), Column("Cha, mẹ", 16), Column("Hộ, địa chỉ", 17), Column("Còn", 4, "center"),
        Column("Đã chuyển", 6, "center"), Column("Thông tin thay đổi, ghi chú", 20),
    ]  # fmt: skip
    cells = [
        [
            at, child.display_name, birth_of(child), child.get_sex_display() if child.sex else "", _parents(child),
            _house(child),
            "☐", "☐", "",
        ]
        for at, child in enumerate(children, 1)
    ]  # fmt: skip
    blank = ([len(children) + at, "", "", "", "", "", "☐", "☐", ""] for at in range(1, BLANK_ROWS + 1))
    return Table(columns=columns, rows=[*cells, *blank])
