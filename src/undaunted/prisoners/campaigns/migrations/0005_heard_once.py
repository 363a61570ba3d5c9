"""News that campaigns have dealt with ends nothing of them again, whoever tells it."""

from pathlib import Path

from django.db import migrations

HEED = Path(__file__).with_name("current.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_endings"), ("consent", "0009_dealt_with_by_the_program")]
    operations = [migrations.RunSQL([HEED], migrations.RunSQL.noop)]
