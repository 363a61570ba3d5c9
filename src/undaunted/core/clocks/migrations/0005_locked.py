"""Whoever locks their own account closes the secret addresses of their calendars."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("clocks", "0004_retention"), ("accounts", "0007_lock")]
    operations = [
        migrations.RunSQL((_SQL / "locked.sql").read_text("utf-8"), migrations.RunSQL.noop),
    ]
