"""Parties see what is theirs; two people take the steps that bind; the public reads court cases."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

HERE = Path(__file__).parent
TABLES = ("seat", "proposal", "party", "prepared", "remark")


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


def _forced(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE coordination_{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY keeper ON coordination_{table} TO CURRENT_USER USING (true) WITH CHECK (true);",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0001_initial"),
        ("accounts", "0007_lock"),
        ("audit", "0004_others_officials"),
    ]
    operations = [
        *(_forced(table) for table in TABLES),
        protect("coordination_courtrecord", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("coordination_petition", grants="SELECT, INSERT, UPDATE", shared=False),
        protect("coordination_petitionpart", grants="SELECT, INSERT", shared=False),
        _statements("sight.sql"),
        _statements("policies.sql"),
        _statements("gates.sql"),
        _statements("triggers.sql"),
    ]
