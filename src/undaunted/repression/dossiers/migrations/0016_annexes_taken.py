"""A paper keeps which annexes went along, and ends with these alone."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

GATES = Path(__file__).with_name("fallen_files.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0015_drafts")]
    operations = [
        migrations.AddField(
            "submission",
            "annexes",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(),
                help_text="Which went along; null: written before it was kept.",
                null=True,
                size=None,
            ),
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
