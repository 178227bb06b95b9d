"""Danh sách cấp phát có ký nhận: the pay-out list of a bulk action, before the day to sign on, after it the same again."""

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children.bulk_actions import running
from childcare.children.bulk_actions.base import day, own
from childcare.children.bulk_actions.rows import printed_of
from childcare.children.models import BulkAction, Support, SupportKind
from childcare.children.places import natural_text
from childcare.children.sheets import Made, copy_line, issuer_of, recheck, sheet
from childcare.documents.structure import AdminDocument, Column, Paragraph, Signatures, Signer, Table
from childcare.lib.calendar import show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import clean_text, money_in_words, number

State = BulkAction.State
MARK = "LƯU HÀNH NỘI BỘ"
UNDONE = "Lần cấp phát này đã được hoàn tác nên không in, không tải danh sách được nữa. Hãy lập lần cấp phát mới."
GONE = "Không còn danh sách cấp phát này, hoặc anh/chị không còn quyền in."


def may_print(bulk, officer):
    """Only the help of an action can be paid out; printing needs the right to take lists out."""
    return bulk.kind == BulkAction.Kind.SUPPORT and officer.can_in(Permission.CHILD_EXPORT, bulk.unit)


@sheet("pay-out")
def pay_out(officer, *, bulk):
    """The pay-out list of the action with this public id, as it stands now; each copy is told to the log."""
    row = _standing(officer, bulk)
    lines, gone = lines_of(row, officer)
    entry = audit.record("bulk.printed", by=officer, subject=row, shown=[line["child"] for line in lines])
    name = f"Danh sách cấp phát {row.unit.name} {show(row.created_at.date()).replace('/', '-')}"
    return Made(name, document(row, lines, gone, officer=officer, copy=entry.copy_number), row.unit)


@recheck("pay-out")
def still_standing(officer, children, *, bulk):
    """Raises Refusal when the action of a list that was laid out before has been undone, or is his no more."""
    _standing(officer, bulk)


def _standing(officer, key):
    row = BulkAction.objects.visible_to(officer).select_related("unit", "unit__parent").filter(public_id=key).first()
    if row is None or not may_print(row, officer):
        raise Refusal(GONE)
    require_standing(row)
    return row


def require_standing(bulk):
    """Refuse the list of an action that was undone: nobody shall sign on it."""
    if bulk.state == State.UNDONE:
        raise Refusal(UNDONE)


def lines_of(bulk, officer):
    """(printed lines in the order of hamlets, how many written ones were voided since). Prepared: whoever would go in."""
    items = list(bulk.items.select_related("child", "child__unit", "child__unit__parent", "child__household"))
    if bulk.state in (State.PICKED, State.WRITING):
        going = running.look(bulk, by=officer, items=[item for item in items if not item.left_out]).going
        lines, gone = [_line(bulk, item, printed_of(bulk, item)) for item in going], 0
    else:
        written = [item for item in items if item.written]
        amounts = _amounts([item.support_id for item in written])
        lines = [
            _line(bulk, item, {**item.printed, "amount": amounts[item.support_id]})
            for item in written if item.support_id in amounts
        ]  # fmt: skip
        gone = len(written) - len(lines)
    return sorted(lines, key=lambda line: (natural_text(line["place"]), line["position"])), gone


def _line(bulk, item, printed):
    return {**printed, "position": item.position, "child": item.child.public_id, "kind": own(bulk, item)["kind"]}


def _amounts(keys):
    """{first row: amount that holds now}: of a corrected row that of its last correction; a voided one is not there."""
    found, wave = {}, {key: key for key in keys}
    while wave:
        rows = Support.objects.filter(pk__in=wave).values_list("pk", "voided_at", "amount", "replaced_by")
        later = {}
        for pk, voided, amount, next_one in rows:
            if voided is None:
                found[wave[pk]] = None if amount is None else int(amount)
            elif next_one:
                later[next_one] = wave[pk]
        wave = later
    return found


def document(bulk, lines, gone, *, officer, copy):
    """The list in the layout of NĐ 30/2020: who, how much, room to sign, the sum in figures and in words."""
    kinds = dict(SupportKind.objects.filter(code__in={line["kind"] for line in lines}).values_list("code", "name"))
    total, place = sum(line["amount"] or 0 for line in lines), bulk.unit
    rows = [
        [
            at, line["name"], line["birth"], line["receiver"], _address(line), _content(bulk, line, kinds), line["amount"], ""
        ]
        for at, line in enumerate(lines, 1)
    ]  # fmt: skip
    rows.append(["", "Tổng cộng", "", "", "", f"{number(len(lines))} trẻ em", total, ""])
    columns = [
        Column("STT", 4, "center"), Column("Họ và tên", 15), Column("Ngày, năm sinh", 9, "center"),
        Column("Hộ, người nhận", 14), Column("Địa chỉ", 17), Column("Nội dung", 11), Column("Số tiền (đồng)", 9, "right"),
        Column("Ký nhận", 13),
    ]  # fmt: skip
    return AdminDocument(
        kind="DANH SÁCH CẤP PHÁT", subject=_subject(bulk, kinds), issuer=issuer_of(place), notation="DS-UBND",
        place=place.bare_name, year=(day(bulk.values, "started_on") or bulk.created_at.date()).year, landscape=True,
        marks=[MARK], closing=False,
        blocks=[
            *(Paragraph(text) for text in _about(bulk)),
            Table(columns=columns, rows=rows, total_rows={-1}),
            Paragraph(f"Tổng số: {number(len(lines))} trẻ em; tổng số tiền: {number(total)} đồng."),
            Paragraph(f"Bằng chữ: {money_in_words(total)}.", italic=True),
            *([Paragraph(f"Không in {number(gone)} dòng đã hủy sau khi ghi.", italic=True)] if gone else []),
            copy_line(officer, copy),
            Signatures([
                Signer(["NGƯỜI LẬP DANH SÁCH"], officer.full_name), Signer(["NGƯỜI CẤP PHÁT"]), Signer(["KẾ TOÁN"]),
                Signer(["TM. ỦY BAN NHÂN DÂN"]),
            ]),
        ],
    )  # fmt: skip


def _subject(bulk, kinds):
    what = bulk.values.get("occasion") or kinds.get(bulk.values.get("kind"), "") or "Trợ giúp trẻ em"
    on = day(bulk.values, "started_on")
    return clean_text(f"{what}{f' (ngày {show(on)})' if on else ''}")


def _about(bulk):
    """Source and decision, when they were written down."""
    values = bulk.values
    parts = [
        f"Nguồn kinh phí: {values['source']}." if values.get("source") else "",
        f"Nơi cấp: {values['provider']}." if values.get("provider") else "",
        f"Căn cứ: {values['decision']}{_of(day(values, 'decision_on'))}." if values.get("decision") else "",
    ]
    text = " ".join(part for part in parts if part)
    return [text] if text else []


def _of(on):
    return f" ngày {show(on)}" if on else ""


def _address(line):
    return ", ".join(part for part in (line["address"], line["place"]) if part)


def _content(bulk, line, kinds):
    return kinds.get(line["kind"], "") if bulk.pasted or not bulk.values.get("occasion") else bulk.values["occasion"]
