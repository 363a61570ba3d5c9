"""Practices are read as they are marked, enter the library by two people, and are published CLEAR."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect, publish

GATES = Path(__file__).with_name("gates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial"), ("accounts", "0007_lock")]
    operations = [
        protect("practices_practice", grants="SELECT, INSERT, UPDATE"),
        protect("practices_version", grants="SELECT, INSERT, UPDATE"),
        publish("published_practice"),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
