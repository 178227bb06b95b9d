"""What the lists of the monthly allowance show, on the screen and on paper."""

from childcare.children import allowances
from childcare.children.actions.protection import commune_of
from childcare.children.history import place_words
from childcare.children.models import Child
from childcare.children.row_texts import birth_text
from childcare.documents.issuers import issuer_of
from childcare.documents.structure import AdminDocument, Column, Paragraph, Signer, Table
from childcare.lib.calendar import now, show
from childcare.lib.vietnamese import number

SIZE, PRINT_LIMIT = 50, 500
NO_DECISION = "Theo dữ liệu đã ghi trong sổ; không phải quyết định. Người có thẩm quyền xét hồ sơ và quyết định."


def with_places(children):
    """Children with what a line of a list needs."""
    return children.select_related("unit", "unit__parent", "household")


def unpaid_lines(children, officer, on):
    """Lines of children who seem to be entitled; seven queries however many there are."""
    rates, groups = allowances.Rates(), allowances.Groups()
    known = allowances.known_of(children, officer, on)
    said = {key: _missing(one, *allowances.advise(one, on, rates, groups)) for key, one in known.items()}
    return [_unpaid(child, said[child.pk], on) for child in children]


def _missing(known, best, beside):
    """What is not paid yet: the child's own, else what its parent would get for it."""
    paid = {row.allowance_code for row in known.running}
    if best and not paid - set(allowances.NOT_THE_CHILDS):
        return best
    return next((line for line in beside if line.rate.code in allowances.TO_CARER - paid), best)


def _unpaid(child, best, on):
    base = _about(child, on)
    if best is None:
        return {**base, "what": "Bảng mức trợ cấp chưa có mức vào ngày này", "money": "", "why": "", "doubts": ""}
    return {
        **base, "what": best.rate.name, "money": best.money, "why": best.why, "doubts": "; ".join(best.doubts),
        "unverified": not best.rate.verified,
    }  # fmt: skip


def _about(child, on):
    return {
        "public_id": child.public_id, "name": child.display_name, "place": place_words(child.unit),
        "birth": birth_text(child.birth_latest, child.birth_precision, on),
    }  # fmt: skip


def ending_lines(endings, on):
    """Lines of allowances that end or change; one query."""
    found = with_places(Child.objects.filter(pk__in={line.child for line in endings}))
    children = {child.pk: child for child in found}
    return [
        {
            **_about(children[line.child], on), "day": show(line.day), "why": line.why, "action": line.action,
            "past": line.day <= on,
        }
        for line in endings
    ]  # fmt: skip


UNPAID = ("unpaid", "Trẻ em có vẻ đủ điều kiện hưởng trợ cấp xã hội hằng tháng mà chưa ghi hưởng")
ENDING = ("ending", "Trẻ em sắp thôi hưởng hoặc đổi mức trợ cấp xã hội hằng tháng")


def document(kind, lines, *, unit, officer, on, copy):
    """The list on paper."""
    name, subject = kind
    columns = [
        Column("STT", 4, "center"), Column("Họ và tên", 14), Column("Ngày sinh (tuổi)", 12), Column("Nơi ở", 12),
    ]  # fmt: skip
    if name == "unpaid":
        columns += [Column("Có vẻ thuộc diện", 20), Column("Mức theo bảng", 16), Column("Cần kiểm tra", 14)]
        rows = [[line["what"], line["money"], line["doubts"]] for line in lines]
    else:
        columns += [Column("Ngày", 9, "center"), Column("Lý do", 16), Column("Việc cần làm", 20)]
        rows = [[line["day"], line["why"], line["action"]] for line in lines]
    cells = [
        [place, line["name"], line["birth"], line["place"], *row]
        for place, (line, row) in enumerate(zip(lines, rows, strict=True), 1)
    ]
    place = commune_of(unit)
    taken = f"Người in: {officer.full_name}, lúc {now():%H:%M} ngày {show(now().date())}; bản in số {copy}."
    return AdminDocument(
        kind="DANH SÁCH", subject=f"{subject}, {unit.name}, tính đến ngày {show(on)}", issuer=issuer_of(place),
        notation="DS-UBND", place=place.bare_name, year=on.year, landscape=True, marks=["LƯU HÀNH NỘI BỘ"], closing=False,
        blocks=[
            Paragraph(f"{NO_DECISION} Số trẻ em: {number(len(lines), 0)}."), Table(columns=columns, rows=cells),
            Paragraph(taken, italic=True),
        ],
        signer=Signer(lines=["NGƯỜI LẬP DANH SÁCH"], name=officer.full_name),
    )  # fmt: skip
