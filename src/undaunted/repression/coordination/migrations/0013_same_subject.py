"""What a proposal says is sealed anew by the application alone, which opened what was there."""

from pathlib import Path

from django.db import migrations, models

GATE = Path(__file__).with_name("same_subject.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [
        ("coordination", "0012_last_paper"),
        ("vault", "0005_admissions"),
    ]

    operations = [
        migrations.AddField(
            "proposal",
            "vouched",
            models.BinaryField(
                help_text="Code of the application for another seal; emptied once it was asked.",
                max_length=32,
                null=True,
            ),
        ),
        migrations.RunSQL([GATE], migrations.RunSQL.noop),
    ]
