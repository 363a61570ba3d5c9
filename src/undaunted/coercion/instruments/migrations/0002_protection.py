"""Proceedings are their authority's alone; two people decide; the public reads views."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

HERE = Path(__file__).parent
TABLES = ("proceeding", "step", "paper", "injury", "engagement", "draft")


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0001_initial"),
        ("accounts", "0007_lock"),
        ("audit", "0002_chain"),
    ]
    operations = [
        *(
            protect(f"instruments_{table}", grants="SELECT, INSERT, UPDATE", shared=False)
            for table in TABLES
        ),
        _statements("gates.sql"),
        _statements("tracker.sql"),
    ]
