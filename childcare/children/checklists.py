"""Danh sách cần rà soát, bổ sung: which children, what to mend in words, the paper and the workbook, progress per hamlet."""

import io
from collections import defaultdict

from django.db.models import Count, Exists, F, OuterRef, Q

from childcare.accounts.roles import Permission
from childcare.children import ethnics
from childcare.children.actions.protection import commune_of
from childcare.children.models import Caregiver, CheckListRow, Child
from childcare.children.places import day_of, natural, natural_text
from childcare.children.returning.layout import COLUMNS
from childcare.children.sheets import issuer_of
from childcare.documents.structure import AdminDocument, Column, Heading, Paragraph, Signatures, Signer, Table
from childcare.lib.calendar import show
from childcare.lib.spreadsheets import new_workbook
from childcare.lib.vietnamese import clean_text
from childcare.units.models import Unit
from childcare.units.querysets import valid_on

HINT = "(Xuất ngày {}. Đề nghị không sửa cột Mã trẻ)"
PAPER = {0: 6, 1: 13, 2: 21, 3: 13, 4: 7, 6: 19, 7: 32, 8: 18, 11: 13, 12: 13}  # column that is printed → its width on paper


def to_check(unit, officer):
    """Children of the place who live there and have something to complete; those whose data rest are not sent out."""
    return (
        Child.objects.visible_to(officer).exportable_by(officer).filter(unit__path__startswith=unit.path).residing().to_check()
    )


def with_carers(children):
    """The children, each with whether anybody is recorded as caring for it."""
    return children.annotate(has_carer=Exists(Caregiver.objects.filter(child=OuterRef("pk"), voided_at=None)))


def defects(child):
    """What is to be completed or mended, in words. `child.has_carer` comes from `with_carers`."""
    found = []
    if not child.identity_number:
        found.append("Chưa có số định danh")
    elif not child.identity_valid:
        found.append("Số định danh sai định dạng")
    for missing, word in (
        (not child.full_name, "Thiếu họ tên"), (child.birth_precision != "day", "Thiếu ngày sinh"),
        (not child.sex, "Thiếu giới tính"), (not child.ethnic, "Thiếu dân tộc"),
        (not (child.mother_name or child.father_name or child.has_carer), "Chưa rõ cha, mẹ, người chăm sóc"),
    ):  # fmt: skip
        if missing:
            found.append(word)
    return "; ".join(found)


def by_hamlet(unit, officer):
    """(hamlet, children) in natural order, each child with `has_carer`."""
    found = defaultdict(list)
    for child in with_carers(to_check(unit, officer)).select_related("unit").order_by("name_key", "pk"):
        found[child.unit].append(child)
    return sorted(found.items(), key=lambda pair: natural(pair[0]))


def cells(number, child):
    """The printed cells of a child in the order of COLUMNS, answers left empty."""
    birth = child.birth.text if child.birth else child.birth_text
    sex = child.get_sex_display().capitalize() if child.sex else ""
    printed = [str(number), child.code, child.full_name, birth, sex, ethnics.names().get(child.ethnic, "")]
    return [*printed, child.mother_name, defects(child), *[""] * (len(COLUMNS) - 8)]


def issuing_unit(row):
    """Whose list it is: the commune's own, or that of the district which made it."""
    above = (unit for unit in row.made_by.units_for(Permission.CHILD_EXPORT) if unit.kind in ("district", "province"))
    return next((unit for unit in above if row.commune.is_under(unit)), row.commune)


def workbook(row, places):
    """The workbook: one sheet a hamlet, in the layout that the import takes back."""
    buffer, issuer = io.BytesIO(), issuing_unit(row)
    book = new_workbook(buffer)
    bold, text = book.add_format({"bold": True, "text_wrap": True, "border": 1}), book.add_format({"num_format": "@"})
    taken = set()
    for hamlet, children in places:
        name = hamlet.name[:28]
        name = name if name not in taken else f"{name[:24]} {len(taken) + 1}"
        taken.add(name)
        sheet = book.add_worksheet("".join("-" if letter in "[]:*?/\\'" else letter for letter in name))
        sheet.write_string(0, 0, f"UBND {issuer.name}".upper(), bold)
        sheet.write_string(1, 0, f"DANH SÁCH TRẺ EM CẦN RÀ SOÁT, BỔ SUNG - {hamlet.name.upper()}")
        sheet.write_string(2, 0, HINT.format(show(row.made_on)))
        sheet.write_string(3, 0, f"LƯU HÀNH NỘI BỘ. Bản số {row.number}/{row.year}, người giữ: {row.holder}")
        for column, (_, title, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width, text)
            sheet.write_string(4, column, title, bold)
        for number, child in enumerate(children, 1):
            for column, cell in enumerate(cells(number, child)):
                sheet.write_string(4 + number, column, cell)
        sheet.freeze_panes(5, 3)
    book.close()
    return buffer.getvalue()


def document(row, places):
    """The paper, one table a hamlet, to be filled in by pen and signed."""
    columns = [Column(clean_text(COLUMNS[at][1].replace("\n", " ")), width) for at, width in PAPER.items()]
    blocks = [Paragraph(f"Bản số {row.number}/{row.year}. Người giữ: {row.holder}. {HINT.format(show(row.made_on))[1:-1]}.")]
    for hamlet, children in places:
        table = [[cells(number, child)[at] for at in PAPER] for number, child in enumerate(children, 1)]
        blocks += [Heading(f"{hamlet.name}: {len(children)} trẻ em", 2), Table(columns=columns, rows=table)]
    head = f"TRƯỞNG {row.commune.hamlet_word.upper()}"
    signers = [
        Signer(lines=[head]),
        Signer(lines=["CÔNG AN XÃ, PHƯỜNG"]),
        Signer(lines=["NGƯỜI LẬP"], name=row.made_by.full_name),
    ]
    issuer = issuing_unit(row)
    where = row.unit.name if row.unit_id == row.commune_id or issuer == row.commune else f"{row.unit.name}, {row.commune.name}"
    return AdminDocument(
        kind="DANH SÁCH", subject=f"Trẻ em cần rà soát, bổ sung thông tin, {where}", issuer=issuer_of(issuer),
        notation="DS-UBND", place=issuer.bare_name, year=row.made_on.year, landscape=True, closing=False,
        marks=["LƯU HÀNH NỘI BỘ"], blocks=[*blocks, Signatures(signers)],
    )  # fmt: skip


COUNTED = ("to_check", "sent", "back", "mended", "checked")


def progress(commune):
    """One line a hamlet, in natural order: to check now, on lists that went out, come back, mended, checked with the police."""
    counts = _counts(Unit.objects.under(commune), "unit__name", "hamlet__name")
    return [{"name": name, **counts[name]} for name in sorted(counts, key=natural_text)]


def progress_by_commune(communes):
    """The same numbers of each commune, in the order given; a few queries for all of them."""
    places = dict(Unit.objects.under_any(communes).order_by().values_list("pk", "parent_id"))
    keys = {commune.pk for commune in communes}
    sums = {key: dict.fromkeys(COUNTED, 0) for key in keys}
    for place, counts in _counts(Unit.objects.under_any(communes), "unit", "hamlet").items():
        row = sums[place if place in keys else places[place]]
        for name in COUNTED:
            row[name] += counts[name]
    return [{"commune": commune, **sums[commune.pk]} for commune in communes]


def _counts(places, living, listed):
    """Place → its numbers, of the children who live there now; on lists are those that their own commune sent out."""
    children = Child.objects.filter(unit__in=places.order_by().values("pk")).residing()
    found = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    to_check, checked = (
        children.exclude(Child.objects.at_rest()).to_check(),
        children.filter(identity_verified_on__isnull=False),
    )
    for name, rows in (("to_check", to_check), ("checked", checked)):
        for place, count in rows.order_by().values(living).annotate(count=Count("pk")).values_list(living, "count"):
            found[place][name] = count
    own = Q(child__unit=F("list__commune")) | Q(child__unit__parent=F("list__commune"))
    still = Child.objects.to_check().filter(pk=OuterRef("child"))
    sent = CheckListRow.objects.filter(own, child__in=children).order_by().values(listed).annotate(
        sent=Count("child", distinct=True), back=Count("child", Q(returned_at__isnull=False), distinct=True),
        mended=Count("child", ~Exists(still), distinct=True),
    )  # fmt: skip
    for row in sent:
        found[row[listed]].update({name: row[name] for name in ("sent", "back", "mended")})
    return found


def communes_of(officer, permission, *, above_only=False):
    """Communes that hold today in or around the officer's units; `above_only`: only of units that stand above communes."""
    wanted = Q(pk__in=[])
    for own in officer.units_for(permission):
        if own.kind in ("province", "district"):
            wanted |= Q(valid_on(day_of(own)), path__startswith=own.path, kind="commune")
        elif not above_only:
            wanted |= Q(pk=commune_of(own).pk)
    return Unit.objects.filter(wanted)
