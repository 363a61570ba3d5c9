"""What told who asked and was taken off the tracker is written anew; while it stands it stays."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("instruments", "0005_vote")]
    operations = [_statements("withdrawn.sql")]
