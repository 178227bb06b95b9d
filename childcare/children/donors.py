"""A list for a donor or another body outside of the state: only children who, with their representatives, agreed to that.

It bears short names and what the officer chose of age, sex, hamlet and code; no circumstance, no number, no parent, no filter.
A sensitive group can neither be asked for nor be guessed from who is on it: facts that are sensitive or under a protected file
count for nothing here, whoever asks.
"""

from django.http import QueryDict

from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import codelist, listing
from childcare.children.forms.filters import ChildFilter
from childcare.children.models import Child, Purpose
from childcare.children.sheets import Made, copy_line, recheck, sheet
from childcare.documents.issuers import FOR, issuer_of, notation, place_of
from childcare.documents.structure import AdminDocument, Column, Paragraph, Signatures, Signer, Table
from childcare.lib.calendar import age_on, show
from childcare.lib.refusal import Refusal
from childcare.lib.vietnamese import number, short_name

PURPOSE = "MD07"
MOST = 2000
FIELDS = {"age": "Tuổi", "sex": "Giới tính", "hamlet": "Thôn, tổ dân phố", "code": "Mã trẻ"}
WIDTHS = {"age": 12, "sex": 10, "hamlet": 22, "code": 14}
SENSITIVE = "Không lập danh sách gửi ra ngoài theo nhóm nhạy cảm. Hãy bỏ điều kiện “{}” rồi lập lại."
TOO_MANY = f"Mỗi danh sách gửi ra ngoài có nhiều nhất {number(MOST)} trẻ em. Hãy lọc theo địa bàn hoặc độ tuổi rồi lập lại."
NOBODY = "Không trẻ nào trong danh sách đang lọc có đủ sự đồng ý. Hãy ghi sự đồng ý ở trang của từng trẻ trước."
CHANGED = "Có sự đồng ý đã được rút, hoặc trẻ không còn ở địa bàn của anh/chị, từ khi lập tệp này. Hãy lập lại danh sách."
AGREED = (
    "Cha, mẹ, người giám hộ và trẻ em từ đủ 7 tuổi đã đồng ý cho gửi thông tin trong danh sách này. Đề nghị chỉ dùng cho việc "
    "nêu trên, không công bố, không chuyển cho người khác, xong việc thì hủy danh sách."
)


def purpose():
    """The purpose to which consent is asked for."""
    return Purpose.objects.get(code=PURPOSE)


def candidates(filters, officer):
    """Children of the filters who live here and whom the officer may export, by facts that are open to everybody.

    Refused when the filters ask for a sensitive group or risk.
    """
    children = filters.children.exportable_by(officer).residing()
    for name, family in (("group", "N"), ("risk", "R")):
        code = filters.value(name)
        if any(kind.sensitive and kind.code == code for kind in codelist.circumstances().values()):
            raise Refusal(SENSITIVE.format(next(tag["text"] for tag in filters.tags() if tag["text"].endswith(_name(code)))))
        if code:
            children = children.filter(listing.in_plain_group(code, family, filters.on))
    if filters.value("support") == "yes":
        children = children.filter(listing.plainly_supported(filters.year_number))
    return children


def _name(code):
    return next(kind.name for kind in codelist.circumstances().values() if kind.code == code)


def agreed(children):
    """Those of them for whom a complete consent holds."""
    return children.consenting(purpose())


def without(children):
    """Those of them who stay out for want of consent."""
    return children.exclude(pk__in=agreed(children).order_by().values("pk"))


@sheet("donor")
def donor_list(officer, *, query, donor, occasion, fields):
    """The list for a donor, told to the log with whom it names and for whom it is."""
    filters = ChildFilter(QueryDict(query), officer=officer)
    unit = filters.place or next(iter(officer.units_for(Permission.CHILD_EXPORT)), None)
    children = agreed(candidates(filters, officer))
    rows = list(listing.ordered(children, "name").select_related("unit", "unit__parent")[: MOST + 1])
    if not rows or unit is None:
        raise Refusal(NOBODY)
    if len(rows) > MOST:
        raise Refusal(TOO_MANY)
    ids = [child.public_id for child in rows]
    note = f"cho {donor}: {number(len(rows))} trẻ em"
    entry = audit.record("donor.listed", by=officer, subject=unit, fields=fields, shown=ids, note=note)
    name = f"Danh sách gửi nhà tài trợ {show(filters.on).replace('/', '-')}"
    document = _document(rows, unit, filters.on, donor, occasion, fields, officer=officer, copy=entry.copy_number)
    return Made(name, document, unit, children=tuple(map(str, ids)))


@recheck("donor")
def still_agreed(officer, children, **asked):
    """Raises Refusal when one of the children of a made list may no longer be told of."""
    held = agreed(Child.objects.exportable_by(officer).residing().filter(public_id__in=children))
    if held.count() < len(children):
        raise Refusal(CHANGED)


def _document(rows, unit, on, donor, occasion, fields, *, officer, copy):
    body = unit.parent if unit.kind == "hamlet" else unit
    columns = [Column("STT", 6, "center"), Column("Họ và tên (viết tắt)", 26)]
    columns += [Column(FIELDS[field], WIDTHS[field]) for field in fields]
    cells = [[at, _short(child), *(_cell(child, field, on) for field in fields)] for at, child in enumerate(rows, 1)]
    return AdminDocument(
        kind="DANH SÁCH", subject=f"Trẻ em đề nghị hỗ trợ: {occasion}", issuer=issuer_of(body), notation=notation("DS", body),
        place=place_of(body), year=on.year, addressees=[donor], closing=False,
        blocks=[
            Paragraph(f"{number(len(rows))} trẻ em, tính đến ngày {show(on)}. {AGREED}"),
            Table(columns=columns, rows=cells, sheet="Danh sách"), copy_line(officer, copy),
            Signatures([Signer(["NGƯỜI LẬP DANH SÁCH"], officer.full_name), Signer([FOR])]),
        ],
    )  # fmt: skip


def _short(child):
    return short_name(child.full_name) if child.full_name else child.display_name


def _cell(child, field, on):
    if field == "age":
        return _age(child, on)
    if field == "sex":
        return child.get_sex_display() if child.sex else ""
    if field == "hamlet":
        return child.unit.name if child.unit.kind == "hamlet" else ""
    return child.code


def _age(child, on):
    """ "7 tuổi", "khoảng 7 tuổi", "dưới 1 tuổi", "" when nothing is known."""
    if child.birth_latest is None:
        return ""
    years = age_on(child.birth_latest, on)
    about = "" if child.birth_precision == "day" else "khoảng "
    return f"{about}{years} tuổi" if years else "dưới 1 tuổi"
