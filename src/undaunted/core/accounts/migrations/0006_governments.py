"""Whoever works for a government reads only what that government body itself holds."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_two_administrators")]
    operations = [
        migrations.RunSQL(
            [(Path(__file__).parent / "governments.sql").read_text(encoding="utf-8")],
            migrations.RunSQL.noop,
        ),
    ]
