"""Closing a dossier takes a reason and two people."""

from pathlib import Path

from django.db import migrations, models

GATE = (Path(__file__).parent / "closing.sql").read_text(encoding="utf-8")
UNDO = """
DROP TRIGGER dossiers_closing_gate ON dossiers_dossier;
DROP FUNCTION dossiers_closing_gate();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_protection")]
    operations = [
        migrations.AddField(
            "dossier",
            "closing_by",
            models.UUIDField(help_text="Who asks that it is closed.", null=True),
        ),
        migrations.AddField("dossier", "closing_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "dossier", "closing_why", models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunSQL([GATE], UNDO),
    ]
