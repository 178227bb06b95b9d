"""In which form the officers of a unit export: remembered, and offered first the next time."""

from django.db import transaction

from childcare.audit import actions as audit
from childcare.children.models import ExportChoice


@transaction.atomic
def choose(*, unit, by, form, layout=None):
    """Remember the form (a key of `exporting.FORMS`) and, for the unit's own, its layout. Nothing new is no change."""
    row = ExportChoice.objects.select_for_update().filter(unit=unit).first()
    if row is not None and (row.form, row.layout_id) == (form, layout.pk if layout else None):
        return row
    values = {"form": form, "layout": layout, "changed_by": by}
    row, _ = ExportChoice.objects.update_or_create(unit=unit, defaults=values)
    audit.record("export.chosen", by=by, subject=unit, note=form)
    return row
