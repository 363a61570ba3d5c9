"""Which redacted copy goes along, and what is read of whoever is erased, the database holds itself."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent
GATES = [
    (HERE / name).read_text(encoding="utf-8") for name in ("redacted_annexes.sql", "erased_names.sql")
]


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_redacted_annexes")]
    operations = [migrations.RunSQL([each], migrations.RunSQL.noop) for each in GATES]
