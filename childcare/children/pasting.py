"""Help or circumstances pasted from Excel into a grid: read cell by cell, children matched, written all together or not at all.

A child is found by its code or identity number; by its name and birth only with a person's choice among those found.
"""

from dataclasses import dataclass, field

from django.db import transaction

from childcare.accounts.roles import Permission
from childcare.children import codes
from childcare.children.actions.base import once as once_only
from childcare.children.actions.protection import commune_of
from childcare.children.bulk_actions import choosing, running
from childcare.children.bulk_actions.base import stored
from childcare.children.bulk_actions.rows import birth_of
from childcare.children.identity import IGNORED
from childcare.children.importing import decisions
from childcare.children.models import BulkAction, BulkItem, Child, CircumstanceKind, SupportKind
from childcare.lib.calendar import parse_day, parse_partial, show, today
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, fold, number, parse_number

LONGEST = 200
COLUMNS = {
    "support": [
        "Trẻ em",
        "Ngày sinh",
        "Hình thức trợ giúp",
        "Ngày trợ giúp",
        "Số tiền",
        "Nguồn",
        "Dịp",
        "Ghi chú",
        "Quyết định (số, ngày)",
    ],
    "circumstance": ["Trẻ em", "Ngày sinh", "Hoàn cảnh", "Từ ngày", "Giấy tờ (số, ngày)", "Ghi chú"],
}
ONE_FOUND = "Tìm thấy một trẻ cùng tên, cùng ngày sinh: xem lại rồi bấm “Ghi vào sổ”."
DOUBTFUL = "“{}” là {} đồng hay nghìn đồng? Hãy ghi đủ, ví dụ 540.000, hoặc thêm chữ đ ở cuối."
UNDECIDED = "Hãy chọn đúng trẻ trong danh sách tìm thấy."


@dataclass
class Row:
    """One line of the grid: texts as typed, children found, the one decided on, values, what is wrong in which column."""

    cells: list
    child: Child | None = None
    found: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    note: str = ""
    errors: list = field(default_factory=list)


def read(kind, lines, chosen, *, officer):
    """Rows of the grid. `lines` are lists of cell texts, `chosen` the public id chosen for each line, or ""."""
    width = len(COLUMNS[kind])
    rows = [Row(([clean_text(cell) for cell in line] + [""] * width)[:width]) for line in lines]
    kinds = _kinds(kind)
    _match(rows, chosen, officer)
    for row in rows:
        try:
            (_support if kind == "support" else _circumstance)(row, kinds)
        except ValueError as error:
            row.errors.append(str(error))
    return rows


def _kinds(kind):
    if kind == "support":
        return list(SupportKind.objects.filter(active=True))
    return list(CircumstanceKind.objects.filter(applies_to="child", active=True, computed=False).exclude(code="L00"))


def _match(rows, chosen, officer):
    """Three queries, whatever the number of rows: by code, by identity number, by the whole name."""
    reach = Child.objects.visible_to(officer).recordable_by(officer).select_related("unit", "unit__parent")
    keys = {codes.key_of(row.cells[0]) for row in rows} - {None}
    numbers = {IGNORED.sub("", row.cells[0]) for row in rows}
    names = {fold(row.cells[0]) for row in rows} - {""}
    by_key = reach.in_bulk(keys)
    by_number = {child.identity_number: child for child in reach.filter(identity_number__in=numbers, identity_valid=True)}
    by_name = {}
    for child in reach.filter(folded_name__in=names).order_by("name_key", "pk"):
        by_name.setdefault(child.folded_name, []).append(child)
    for row, choice in zip(rows, chosen, strict=True):
        text = row.cells[0]
        row.child = by_key.get(codes.key_of(text)) or by_number.get(IGNORED.sub("", text))
        if row.child is None:
            row.found = _same_birth(row, by_name.get(fold(text), []))
            row.child = next((child for child in row.found if str(child.public_id) == choice), None)
        if row.child is None:
            one = len(row.found) == 1 and row.cells[1]
            row.errors.append(
                ONE_FOUND if one else UNDECIDED if row.found else "Không tìm thấy trẻ này trong địa bàn của anh/chị."
            )


def _same_birth(row, children):
    """Those of the children who may be born on the day that was written."""
    try:
        birth = parse_partial(row.cells[1]) if row.cells[1] else None
    except ValueError as error:
        row.errors.append(str(error))
        return children
    if birth is None:
        return children
    return [
        child for child in children
        if child.birth_latest is None or child.birth_earliest <= birth.latest and birth.earliest <= child.birth_latest
    ]  # fmt: skip


def word(child):
    """A found child in the list of choices."""
    return f"{child.display_name}, {birth_of(child) or 'chưa rõ ngày sinh'}, {child.unit.name}"


def _kind(text, kinds):
    """The kind of this code or name; a part of a name is enough when only one has it."""
    wanted = fold(text)
    if not wanted:
        raise ValueError("Hãy ghi hình thức hoặc nhóm.")
    exact = [kind for kind in kinds if wanted in (kind.code.lower(), fold(kind.name))]
    found = exact or [kind for kind in kinds if wanted in fold(kind.name)]
    if len(found) == 1:
        return found[0]
    names = "; ".join(kind.name for kind in found[:3])
    raise ValueError(
        f"“{text}” có thể là nhiều mục ({names}…). Hãy ghi rõ hơn." if found else f"Không có mục nào tên “{text}”."
    )


def _day(text):
    day = parse_day(text) if text else None
    if day and day > today():
        raise ValueError(f"Ngày {show(day)} chưa tới.")
    return day


def _support(row, kinds):
    _, _, kind, on, amount, source, occasion, note, decision = row.cells
    day = _day(on)
    if day is None:
        raise ValueError("Hãy ghi ngày trợ giúp.")
    money = parse_number(amount) if amount else None
    if money is not None and (money < 0 or money != money.to_integral_value() or money > 99_999_999_999):
        raise ValueError(f"“{amount}” không phải số tiền đồng.")
    if money is not None and decisions.is_doubtful(amount, money):
        raise ValueError(DOUBTFUL.format(amount, number(money)))
    row.values = {
        "kind": _kind(kind, kinds),
        "started_on": day,
        "amount": money,
        "source": source[:120],
        "occasion": occasion[:80],
        **_paper("decision", decision, 120),
    }
    row.note = note


def _circumstance(row, kinds):
    _, _, kind, on, paper, note = row.cells
    found = _kind(kind, kinds)
    if found.sensitive:
        raise ValueError("Hoàn cảnh nhạy cảm phải ghi ở trang của từng trẻ.")
    row.values, row.note = {"kind": found, "started_on": _day(on), **_paper("paper", paper, 200)}, note


def _paper(name, text, longest):
    """Number and day of a decision or paper; without its day the number is kept, and found again by the filter of the list."""
    text, day = decisions.parted(text)
    return {name: text[:longest], f"{name}_on": _day(day)}


@once_only(BulkAction, author="created_by")
def record(*, by, once, kind, rows):
    """Write all rows as one bulk action, or none: refused when a row has an error or the registry leaves one out."""
    if any(row.errors for row in rows) or not rows:
        raise Refusal("Còn dòng cần sửa, chưa ghi dòng nào.")
    communes = {commune_of(row.child.unit) for row in rows}
    if len(communes) > 1:
        raise Refusal(choosing.SPREAD)
    unit = communes.pop()
    if not by.can_in(Permission.FACT_RECORD, unit):
        raise Refusal("Anh/chị không được ghi việc này ở đây.")
    bulk = BulkAction.objects.create(public_id=once, unit=unit, kind=kind, created_by=by, pasted=True)
    BulkItem.objects.bulk_create(
        BulkItem(bulk=bulk, child=row.child, position=at, values=stored(row.values), note=row.note)
        for at, row in enumerate(rows, 1)
    )
    return running.write(bulk=bulk, by=by)


def try_to_record(*, by, once, kind, rows):
    """The written action; or None, with what stands against it beside the rows: then nothing at all was written."""
    try:
        with transaction.atomic():
            bulk = record(by=by, once=once, kind=kind, rows=rows)
            left = dict(bulk.items.exclude(left_out="").values_list("position", "left_out"))
            if left and bulk.items.count() == len(rows):
                raise _LeftOut(left)
            return bulk
    except _LeftOut as error:
        for at, why in error.args[0].items():
            rows[at - 1].errors.append(f"Chưa ghi được: {why}.")
        return None


class _LeftOut(Exception):
    """Some rows would be left out: everything is taken back, the officer mends the rows."""


def summary(rows):
    """How many rows are right and how many are to be mended, in words."""
    wrong = sum(bool(row.errors) for row in rows)
    return f"{number(len(rows) - wrong)} dòng đúng, {number(wrong)} dòng cần sửa."
