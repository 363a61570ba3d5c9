"""Numbers and takedowns count by a sender's key, and what was taken back comes in no more."""

from pathlib import Path

from django.db import migrations

BY_KEY = Path(__file__).with_name("by_key.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_given_up")]
    operations = [migrations.RunSQL([BY_KEY], migrations.RunSQL.noop)]
