from django.db import migrations

from childcare.lib.vietnamese import fold


def write_folded(apps, schema_editor):
    units = apps.get_model("units.Unit").objects
    rows = list(units.only("pk", "name"))
    for row in rows:
        row.folded_name = fold(row.name)
    units.bulk_update(rows, ["folded_name"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("units", "0003_unit_changes")]

    operations = [migrations.RunPython(write_folded, migrations.RunPython.noop)]
