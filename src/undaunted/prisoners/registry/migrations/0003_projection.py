"""The counting rule in SQL, and the functions that write the published projections."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_protection"),
        ("actors", "0002_protection"),
        ("consent", "0002_protection"),
        ("events", "0002_protection"),
        ("evidence", "0002_protection"),
    ]
    operations = [
        # The files hold the newest form of each function; later migrations run them again, so a
        # column that one of them names may not be there yet.
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("segments.sql"),
        _statements("cases.sql"),
        _statements("counts.sql"),
    ]
