"""A text says whom it names, and is destroyed when one of them withdraws."""

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models

HEED = (Path(__file__).parent / "heed.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("memo", "0002_protection"), ("actors", "0004_naming")]
    operations: ClassVar = [
        migrations.AddField(
            "memotext",
            "names",
            django.contrib.postgres.fields.ArrayField(
                models.UUIDField(), default=list, help_text="Everybody whom its words name."
            ),
        ),
        migrations.RunSQL([HEED], migrations.RunSQL.noop),
    ]
