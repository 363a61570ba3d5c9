"""An agreement that means a partner by its keys keeps no copy that went to others."""

from pathlib import Path

from django.db import migrations

COMPARED = Path(__file__).with_name("compared_keys.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0006_by_key"), ("consent", "0006_compared_keys")]
    operations = [migrations.RunSQL([COMPARED], migrations.RunSQL.noop)]
