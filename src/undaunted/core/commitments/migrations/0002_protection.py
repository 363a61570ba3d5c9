"""Statements enter by two people, are never changed, and are published when they were accepted."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect, publish

GATES = Path(__file__).with_name("gates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial"), ("accounts", "0007_lock")]
    operations = [
        protect("commitments_commitmentstatement", grants="SELECT, INSERT, UPDATE"),
        publish("published_commitment"),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
