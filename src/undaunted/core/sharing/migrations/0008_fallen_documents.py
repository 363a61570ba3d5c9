"""A document that was withdrawn, or is gone, is taken back from every partner that has it."""

from pathlib import Path

from django.db import migrations

HEED = Path(__file__).with_name("heed.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_compared_keys"), ("evidence", "0008_needed_by_many")]
    operations = [migrations.RunSQL([HEED], migrations.RunSQL.noop)]
