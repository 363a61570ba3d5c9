"""An act goes into a dossier as far as TLP, PAP and purpose of what brought it allow."""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).with_name("received_acts.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0018_searches"), ("sharing", "0010_kept_to_its_purpose")]
    operations = [migrations.RunSQL([GATES], migrations.RunSQL.noop)]
