"""A summary written for one submission; it goes when the submission ends."""

from pathlib import Path

from django.db import migrations, models

ENDING = Path(__file__).with_name("coincidences.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_coincidences_end")]
    operations = [
        migrations.AddField(
            "submission",
            "summary",
            models.TextField(
                blank=True,
                default="",
                help_text="Written for it; empty where the dossier's went along, or it ended.",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "submission",
            "summed_up",
            models.BooleanField(default=False, help_text="Whether one was written for it."),
        ),
        migrations.RunSQL([ENDING], migrations.RunSQL.noop),
    ]
