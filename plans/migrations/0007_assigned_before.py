"""Targets that were handed down before assignments had rows of their own: given now, nobody knows by whom and when."""

from django.db import migrations


def write(apps, schema_editor):
    target, assignment = apps.get_model("plans", "Target"), apps.get_model("plans", "Assignment")
    seen, rows = set(), []
    for row in target.objects.exclude(assigned_from=None).select_related("plan").order_by("-pk"):
        key = (row.assigned_from_id, row.plan.unit_id)
        if key not in seen:
            seen.add(key)
            rows.append(assignment(target_id=row.assigned_from_id, unit_id=row.plan.unit_id, value=row.value))
    assignment.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_assignments")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop, elidable=True)]
