"""Records that stand for somebody erased go with them; papers lose what fell of their annexes."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent
GATES = [
    (HERE / name).read_text(encoding="utf-8")
    for name in ("erased_names.sql", "coincidences.sql", "fallen_files.sql")
]


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0013_looked_at"),
        ("evidence", "0008_needed_by_many"),
    ]
    operations = [migrations.RunSQL([each], migrations.RunSQL.noop) for each in GATES]
