"""What a partner sent goes onward for the purpose it was sent for alone, and as far as its PAP lets."""

from pathlib import Path

from django.db import migrations

KEPT_BACK = Path(__file__).with_name("kept_back.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0009_kept_back")]
    operations = [migrations.RunSQL([KEPT_BACK], migrations.RunSQL.noop)]
