"""Which records stand together before the public (decision 0022), and what lists are called.

The functions that read or write what is published are run again in their newest form.
"""

from pathlib import Path
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from undaunted.core.access.models import publish

HERE = Path(__file__).parent

PROTECTION = """
ALTER TABLE registry_grouping ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON registry_grouping TO CURRENT_USER USING (true) WITH CHECK (true);
"""
TRIGGER = """
CREATE TRIGGER registry_person_moved AFTER UPDATE ON actors_party
    REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_moved();
"""


def _run(*texts: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL(list(texts), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0008_speed"), ("actors", "0002_protection")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Grouping",
            fields=[
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True,
                        related_name="+", serialize=False, to="actors.party",
                    ),
                ),
                (
                    "canonical",
                    models.UUIDField(
                        db_index=True, help_text="The group it was approved in, as at the desk then."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedList",
            fields=[
                ("slug", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("publisher", models.CharField(blank=True, max_length=200)),
                ("url", models.CharField(blank=True, max_length=1000)),
            ],
            options={"db_table": "published_list"},
        ),
        publish("published_list"),
        _run(PROTECTION),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _run(*((HERE / name).read_text(encoding="utf-8")
               for name in ("segments.sql", "cases.sql", "counts.sql", "approvals.sql"))),
        _run(TRIGGER),
        _run("SELECT registry_write_lists(NULL)"),
    ]  # fmt: skip
