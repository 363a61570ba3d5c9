"""A confirmed statement is taken back with a reason, by two people."""

from pathlib import Path

from django.db import migrations, models

GATE = Path(__file__).with_name("taken_back.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_read_and_released")]
    operations = [
        migrations.AddField(
            "statement",
            "withdrawing_by",
            models.UUIDField(help_text="Who asks that it is taken back.", null=True),
        ),
        migrations.AddField("statement", "withdrawing_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "statement", "withdrawing_why", models.TextField(blank=True, default="")
        ),
        migrations.RunSQL([GATE], migrations.RunSQL.noop),
    ]
