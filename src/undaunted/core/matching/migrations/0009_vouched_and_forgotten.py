"""The application alone says when files were held against lists, and which lists these were."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("vouched_and_forgotten.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0008_who_screens"),
        ("vault", "0005_admissions"),
        ("consent", "0007_one_deliverer"),
        ("actors", "0004_naming"),
    ]
    operations = [
        migrations.AddField(
            "screening",
            "vouched",
            models.BinaryField(
                max_length=32,
                null=True,
                help_text="Code of the application for the row; emptied once it was asked.",
            ),
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
