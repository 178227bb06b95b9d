"""What an administrator puts right about a statutory form; a row changed so is not loaded over again."""

from django.db import transaction

from cases.models import StatutoryForm
from childcare.audit import actions as audit
from childcare.lib.refusal import Refusal


@transaction.atomic
def change(*, form, by, version, **values):
    """Change title, bases and evidence of a form."""
    row = StatutoryForm.objects.select_for_update().get(pk=form.pk)
    if row.version != version:
        raise Refusal("Mẫu này vừa được người khác sửa. Hãy mở lại trang.")
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    audit.record("case.form_changed", by=by, subject=row, fields=changed)
    return row
