"""Decisions that were written down before their texts were kept: their numbers stay taken, their texts are built anew."""

import re

from django.db import migrations

NUMBER = re.compile(r"\s*(\d{1,6}[a-zđ]?)\s*(?:/\s*(\S.*))?$", re.IGNORECASE)


def keep(apps, schema_editor):
    """One row for each decision with a day."""
    model = {
        name: apps.get_model("cases", name) for name in ("InterventionPlan", "IsolationOrder", "Placement", "SignedDecision")
    }
    kept = model["SignedDecision"].objects
    plans = model["InterventionPlan"].objects.filter(state="approved").exclude(decision_on=None).select_related("case")
    for row in plans.iterator():
        kept.create(case=row.case, form="mau-05", **_told(row, row.case, row.decision_number, row.decision_on))
    forms = {"order": "mau-07", "extension": "mau-07-gia-han", "ending": "mau-07-ket-thuc"}
    orders = model["IsolationOrder"].objects.filter(voided_at=None).exclude(signed_on=None).select_related("step__case")
    for row in orders.iterator():
        kept.create(case=row.step.case, form=forms[row.kind], **_told(row, row.step.case, row.number, row.signed_on))
    for row in model["Placement"].objects.exclude(decision_on=None, end_decision_on=None).iterator():
        owner = {"case_id": row.case_id, "placement": row}
        if row.decision_on:
            kept.create(form="mau-12", **owner, **_told(row, row, row.decision_number, row.decision_on))
        if row.end_decision_on:
            kept.create(form="mau-16", **owner, **_told(row, row, row.end_decision_number, row.end_decision_on))


def _told(row, owner, number, on):
    found = NUMBER.match(number or "")
    return {
        "about": row.public_id, "unit_id": owner.unit_id, "protected_file_id": owner.protected_file_id, "signed_on": on,
        "number": found[1] if found else "", "notation": ((found and found[2]) or "QĐ-UBND").strip()[:60],
    }  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_signed_decisions")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
