"""The application alone says what was written for a government, and what a search of lists found."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("vouched_papers.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_kept_to_its_purpose"), ("vault", "0005_admissions")]
    operations = [
        migrations.AddField(
            "submission",
            "vouched",
            models.BinaryField(
                max_length=32,
                null=True,
                help_text="Code of the application for the row; emptied once it was asked.",
            ),
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
