"""Whom a proposal's subject is sealed to is invited by the application, with the key of a known seat."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("invited.sql").read_text(encoding="utf-8")
CODE = "Code of the application that invites; emptied once it was asked."


class Migration(migrations.Migration):

    dependencies = [
        ("coordination", "0013_same_subject"),
        ("vault", "0005_admissions"),
    ]

    operations = [
        *(
            migrations.AddField(
                table, "vouched", models.BinaryField(help_text=CODE, max_length=32, null=True)
            )
            for table in ("party", "guest")
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
