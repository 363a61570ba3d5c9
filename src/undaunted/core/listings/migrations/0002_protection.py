"""Lists are read by everybody and written by nobody but the functions of one load."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import publish

GATES = Path(__file__).with_name("gates.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_initial"), ("accounts", "0007_lock")]
    operations = [
        publish("published_list_version"),
        publish("published_list_entry"),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
