"""An act goes into a dossier as done to whom the ledger says."""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).with_name("acts_of_victims.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0020_vouched_papers"), ("events", "0001_initial")]
    operations = [migrations.RunSQL([GATES], migrations.RunSQL.noop)]
