"""Indexes of all children serve only questions that ask for all (pk > 0); birthdays not known stand behind the last day."""

import datetime

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("children", "0012_school_unit_change")]

    operations = [
        migrations.RemoveIndex(
            model_name="child",
            name="children_child_all_by_name",
        ),
        migrations.RemoveIndex(
            model_name="child",
            name="children_child_all_by_birth",
        ),
        migrations.RemoveIndex(
            model_name="child",
            name="children_child_all_by_change",
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(condition=models.Q(("id__gt", 0)), fields=["name_key", "id"], name="children_child_all_by_name"),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("birth_latest", models.Value(datetime.date(9999, 12, 31))),
                models.F("id"),
                condition=models.Q(("id__gt", 0)),
                name="children_child_all_by_birth",
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                condition=models.Q(("id__gt", 0)), fields=["-changed_at", "-id"], name="children_child_all_by_change"
            ),
        ),
    ]
