"""What is noted, judged, confirmed, undone and settled is said with a code of the application."""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).with_name("judged_by_the_program.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("matching", "0010_not_compared")]
    operations = [migrations.RunSQL([GATES], migrations.RunSQL.noop)]
