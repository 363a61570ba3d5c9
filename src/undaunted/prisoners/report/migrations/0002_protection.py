"""Texts are their organisation's; the steps to a signature are held by triggers."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

GATES = Path(__file__).with_name("gates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("report", "0001_initial"), ("accounts", "0007_lock")]
    operations = [
        protect("report_textversion", grants="SELECT, INSERT, UPDATE", shared=False),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
