"""An episode names its coercer once; nobody changes unseen, nor adds to what two people let out."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("response", "0006_going_on")]
    operations = [
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("states.sql"),
        _statements("gates.sql"),
        _statements("blind_changes.sql"),
        _statements("said.sql"),
    ]
