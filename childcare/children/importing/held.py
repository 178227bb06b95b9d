"""Rows that stay out because another child holds their identity number: the two side by side, as far as the officer may see."""

from childcare.children import search
from childcare.children.importing.values import from_iso
from childcare.children.models import Child

CODE, SHOWN = "identity_used_in_registry", 50


def beside(reading, officer):
    """For each such row what the file says and the child that holds the number; None for a child out of the officer's scope."""
    rows = [row for row in reading.rejected if row.get("reason_code") == CODE and row.get("identity_number")][:SHOWN]
    numbers = {row["identity_number"] for row in rows}
    found = Child.objects.visible_to(officer).filter(identity_valid=True, identity_number__in=numbers) if numbers else []
    holders = {child.identity_number: child for child in (found and found.select_related("unit", "unit__parent"))}
    return [_line(row, holders.get(row["identity_number"])) for row in rows]


def _line(row, holder):
    born = from_iso(row["birth_date"], row["birth_precision"]) if row["birth_date"] else None
    return {
        "row": row["row"], "name": row["full_name"] or "(chưa có tên)", "birth": born.text if born else "",
        "number": row["identity_number"], "holder": search.line(holder) if holder else None,
    }  # fmt: skip
