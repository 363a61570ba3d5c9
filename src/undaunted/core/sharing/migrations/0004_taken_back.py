"""Once anything in a copy is taken back, the copy is destroyed here and handed over no more."""

from pathlib import Path

from django.db import migrations

HEED = Path(__file__).with_name("heed.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_ending")]
    operations = [migrations.RunSQL([HEED], migrations.RunSQL.noop)]
