"""Pairs with entries that left their lists stay: days on which they stood are asked about."""

from pathlib import Path

from django.db import migrations

NOTE = Path(__file__).with_name("gone_pairs.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_held_last")]
    operations = [migrations.RunSQL([NOTE], migrations.RunSQL.noop)]
