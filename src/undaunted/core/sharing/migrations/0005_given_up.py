"""A record that was received counts as given up once it is erased, and not before."""

from pathlib import Path

from django.db import migrations

GIVEN_UP = Path(__file__).with_name("given_up.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0004_taken_back"), ("evidence", "0004_sealed")]
    operations = [migrations.RunSQL([GIVEN_UP], migrations.RunSQL.noop)]
