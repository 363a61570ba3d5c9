"""News that editions have dealt with ends none of them again, whoever tells it."""

from pathlib import Path

from django.db import migrations

HEED = Path(__file__).with_name("heed.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_protection"), ("consent", "0009_dealt_with_by_the_program")]
    operations = [migrations.RunSQL([HEED], migrations.RunSQL.noop)]
