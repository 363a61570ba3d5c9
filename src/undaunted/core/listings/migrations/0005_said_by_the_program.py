"""How and when a list came, was confirmed and was withdrawn is said with a code of the program."""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).with_name("said_by_the_program.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("listings", "0004_attested"), ("vault", "0005_admissions")]
    operations = [migrations.RunSQL([GATES], migrations.RunSQL.noop)]
