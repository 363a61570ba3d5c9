"""A text says whom it names; its words are destroyed when one of them may be named no more."""

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models

NAMING = (Path(__file__).parent / "naming.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("report", "0002_protection"),
        ("actors", "0004_naming"),
        ("consent", "0006_compared_keys"),
        ("registry", "0019_planned_anew"),
        ("sharing", "0007_compared_keys"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            "textversion",
            "names",
            django.contrib.postgres.fields.ArrayField(
                models.UUIDField(), default=list, help_text="Everybody whom its words name."
            ),
        ),
        migrations.RunSQL([NAMING], migrations.RunSQL.noop),
    ]
