"""A reference that was merged leads to its case for as long as that one is public.

The functions that write what is published are run again in their newest form; 0018 projects anew
what was merged already.
"""

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

HERE = Path(__file__).parent


def _run(*texts: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL(list(texts), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0013_joining")]
    operations: ClassVar = [
        migrations.AddField(
            "publishedcase",
            "merged",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=24), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            "publishedcase",
            django.contrib.postgres.indexes.GinIndex(
                fields=["merged"], name="published_by_merged"
            ),
        ),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _run(*((HERE / name).read_text(encoding="utf-8")
               for name in ("segments.sql", "cases.sql", "counts.sql"))),
    ]  # fmt: skip
