"""An act that a partner keeps to us goes into no dossier."""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).with_name("received_acts.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0016_annexes_taken"), ("sharing", "0009_kept_back")]
    operations = [migrations.RunSQL([GATES], migrations.RunSQL.noop)]
