"""Words declared a coincidence go when a submission ends: each is a victim's surname."""

from pathlib import Path

from django.db import migrations

ENDING = Path(__file__).with_name("coincidences.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_coincidences")]
    operations = [migrations.RunSQL([ENDING], migrations.RunSQL.noop)]
