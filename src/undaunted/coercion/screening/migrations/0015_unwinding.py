"""An unwinding has its own condition and names its last day: the database asks for both."""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).parent / "gates.sql"


class Migration(migrations.Migration):
    dependencies = [("screening", "0014_partners")]
    operations = [
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([GATES.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
