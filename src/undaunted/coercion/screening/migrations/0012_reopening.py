"""A case is opened again on a breach or a judgment; a measure binds on its decision's days."""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).parent / "gates.sql"


class Migration(migrations.Migration):
    dependencies = [("screening", "0011_waiting")]
    operations = [
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([GATES.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
