"""The list of children as a file: print, XLSX, CSV. Only with CHILD_EXPORT, with the filters of the page."""

from django.http import Http404

from childcare.accounts.permissions import require
from childcare.accounts.roles import Permission
from childcare.audit import actions as audit
from childcare.children import listing, outputs
from childcare.children.forms.filters import ChildFilter
from childcare.children.resources import ChildResource, title
from childcare.documents.downloads import download
from childcare.documents.pdf import render_pdf
from childcare.lib.calendar import now
from childcare.lib.refusal import Refusal

TOO_MANY = "Danh sách có hơn {} trẻ em, quá dài để {} một lần. Hãy lọc theo địa bàn hoặc nhóm rồi làm lại."


@require(Permission.CHILD_EXPORT)
def child_export(request, form):
    """The children of the filters as a file; sensitive groups only of files that are open to the officer."""
    if form not in ("xlsx", "csv"):
        raise Http404
    filters, children = _asked(request, outputs.EXPORT_LIMIT, "xuất")
    dataset = ChildResource(officer=request.user, on=filters.on).export(listing.ordered(children, "name"))
    audit.record("child.exported", by=request.user, shown=dataset["Mã trẻ"], note=f"{form}, {len(dataset)} dòng")
    name = title(filters.place or request.user.units_for(Permission.CHILD_EXPORT)[0], filters.on)
    data = outputs.as_csv(dataset) if form == "csv" else outputs.as_xlsx(dataset, about=_about(request, filters, len(dataset)))
    return download(data, name=f"{name}.{form}")


def _about(request, filters, rows):
    tags = [tag["text"] for tag in filters.tags()]
    return [
        ("Người xuất", f"{request.user.full_name} ({request.user.username})"), ("Lúc", f"{now():%H:%M %d/%m/%Y}"),
        ("Số dòng", str(rows)),
        ("Điều kiện", "; ".join(tags) or "đang cư trú"), ("Lưu ý", "Có thông tin cá nhân của trẻ em: LƯU HÀNH NỘI BỘ"),
    ]  # fmt: skip


@require(Permission.CHILD_EXPORT)
def child_print(request):
    """The children of the filters as a printed list; each copy bears its number, which is that of its entry in the log."""
    filters, children = _asked(request, outputs.PRINT_LIMIT, "in")
    ids = list(listing.ordered(children, "name").values_list("public_id", flat=True))
    entry = audit.record("child.printed", by=request.user, shown=ids)
    unit = filters.place or request.user.units_for(Permission.CHILD_EXPORT)[0]
    tags = [tag["text"] for tag in filters.tags()]
    document = outputs.printed(
        unit=unit, officer=request.user, children=children, on=filters.on, tags=tags, copy=entry.pk
    )  # fmt: skip
    return download(render_pdf(document), name=f"{title(unit, filters.on)}.pdf")


def _asked(request, limit, verb):
    """The filters and their children, within the units where the officer may export; refused beyond the limit."""
    filters = ChildFilter(request.GET, officer=request.user)
    children = filters.children.exportable_by(request.user)
    if children.order_by()[: limit + 1].count() > limit:
        raise Refusal(TOO_MANY.format(f"{limit:,}".replace(",", "."), verb))
    return filters, children
