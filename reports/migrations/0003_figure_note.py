from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_unique_on_both_databases")]

    operations = [
        migrations.AddField(
            model_name="manualfigure",
            name="note",
            field=models.CharField(blank=True, max_length=300, verbose_name="giải thích chênh lệch với sổ"),
        )
    ]
