"""Texts of a dossier that name somebody who is erased go with them."""

from pathlib import Path

from django.db import migrations

GATE = Path(__file__).with_name("erased_names.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0008_taken_back"),
        ("vault", "0005_admissions"),
    ]
    operations = [migrations.RunSQL([GATE], migrations.RunSQL.noop)]
