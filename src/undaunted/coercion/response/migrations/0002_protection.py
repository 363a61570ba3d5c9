"""Governments see what members share and what is theirs; two people decide; the public reads views."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent
TABLES = (
    "compact", "member", "episode", "invocation", "step", "statement", "pledge", "note", "offramp",
    "delivery", "vote",
)  # fmt: skip


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


def _forced(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE response_{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY keeper ON response_{table} TO CURRENT_USER USING (true) WITH CHECK (true);",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("response", "0001_initial"), ("accounts", "0007_lock")]
    operations = [
        *(_forced(table) for table in TABLES),
        # The files hold the newest form of each function; later migrations run them again, so a
        # column that one of them names may not be there yet.
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("sight.sql"),
        _statements("sight_policies.sql"),
        _statements("gates.sql"),
        _statements("gate_triggers.sql"),
    ]
