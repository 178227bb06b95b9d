"""Children are found by parents, head of household and telephone too, and a whole province is listed in order by an index."""

from django.db import migrations, models

import childcare.children.models.found

BATCH = 2000
TRIGRAMS = (("children_child_found_trigram", "children_child"), ("children_household_found_trigram", "children_household"))


def fill(apps, schema_editor):
    """Make the words of the rows that are already there."""
    for name in ("Child", "Household"):
        model = apps.get_model("children", name)
        field = model._meta.get_field("found_by")
        rows = model.objects.order_by("pk").only("pk", *field.names, *field.numbers).iterator(BATCH)
        waiting = []
        for row in rows:
            field.pre_save(row, add=False)
            waiting.append(row)
            if len(waiting) == BATCH:
                model.objects.bulk_update(waiting, ["found_by"])
                waiting = []
        model.objects.bulk_update(waiting, ["found_by"])


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index, table in TRIGRAMS:
            schema_editor.execute(f"CREATE INDEX {index} ON {table} USING gin (found_by gin_trgm_ops) WITH (fastupdate = on)")
        schema_editor.execute(
            "CREATE INDEX children_child_number_ending ON children_child (reverse(identity_number) text_pattern_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for index, _ in TRIGRAMS:
            schema_editor.execute(f"DROP INDEX IF EXISTS {index}")
        schema_editor.execute("DROP INDEX IF EXISTS children_child_number_ending")


class Migration(migrations.Migration):
    dependencies = [("children", "0007_events")]
    operations = [
        migrations.AddField(
            "child",
            "found_by",
            childcare.children.models.found.FoundByField(
                names=("mother_name", "father_name"), numbers=("phone",), verbose_name="cha mẹ, điện thoại để tìm"
            ),
        ),
        migrations.AddField(
            "household",
            "found_by",
            childcare.children.models.found.FoundByField(
                names=("head_name",), numbers=("phone",), verbose_name="chủ hộ, điện thoại để tìm"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex("child", models.Index(fields=["name_key", "id"], name="children_child_all_by_name")),
        migrations.AddIndex("child", models.Index(fields=["birth_latest", "id"], name="children_child_all_by_birth")),
        migrations.AddIndex("child", models.Index(fields=["-changed_at", "-id"], name="children_child_all_by_change")),
        migrations.RunPython(make, drop),
    ]
