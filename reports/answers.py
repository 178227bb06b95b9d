"""What came back on a request for one report: each unit's state and numbers side by side, and their sum. No HTTP here."""

from django.db.models import Count, Q

from childcare.documents.issuers import issuer_of, place_of
from childcare.documents.structure import AdminDocument, Column, Table
from childcare.lib.calendar import show
from reports import boards, consolidation, extras
from reports.kept import total_of
from reports.models import Obligation

DASH = "–"


def counts(calls):
    """Key of a request → (how many have sent, how many were asked); one question."""
    sent = Count("pk", filter=Q(submissions__sent_at__isnull=False), distinct=True)
    rows = (
        Obligation.objects.filter(call__in=calls)
        .order_by()
        .values("call")
        .annotate(sent=sent, asked=Count("pk", distinct=True))
    )
    return {row["call"]: (row["sent"], row["asked"]) for row in rows}


def table(call, on):
    """{"rows", "items", "totals"}: a row for each unit asked with its state and the number for each item, then the sums."""
    first = call.obligations.select_related("regime", "to_unit").order_by("pk").first()
    if first is None:
        return {"rows": [], "items": [], "totals": []}
    parts = {part.obligation.pk: part for part in consolidation.parts_for(call.obligations.all())}
    standing, _ = boards.reporting(call.issuer, first.regime_id, first.period, on)
    items = extras.wanted(first).items
    rows = [row | {"cells": [_cell(parts.get(row["obligation"].pk), item) for item in items]} for row in standing]
    return {"rows": rows, "items": items, "totals": [_total(parts.values(), item) for item in items]}


def _cell(part, item):
    """The number of a unit whose report was accepted."""
    figure = part.figures(item.code) if part else None
    return figure.count if figure and figure.known else DASH


def _total(parts, item):
    if not item.summed:
        return "không cộng"
    total, have, every = total_of(part.figures(item.code) for part in parts)
    return f"{total.count} ({have}/{every} đơn vị)" if have else DASH


def sheet(call, found):
    """The table as a document, for Excel."""
    titles = [Column(f"{item.name} ({item.measure})", 14, "right") for item in found["items"]]
    rows = [[str(at), row["unit"].name, row["word"], *row["cells"]] for at, row in enumerate(found["rows"], 1)]
    rows.append(["", "Tổng", "", *found["totals"]])
    columns = [Column("TT", 6, "center"), Column("Đơn vị", 28), Column("Trạng thái", 18), *titles]
    return AdminDocument(
        kind="BẢNG TỔNG HỢP", subject=f"{call.subject} (hạn {show(call.last_day)})", issuer=issuer_of(call.issuer),
        place=place_of(call.issuer), year=call.last_day.year, landscape=True, closing=False,
        blocks=[Table(columns=columns, rows=rows, total_rows=frozenset({len(rows) - 1}), sheet="Tổng hợp")],
    )  # fmt: skip
