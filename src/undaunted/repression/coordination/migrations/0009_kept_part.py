"""Whoever proposed to end a guest's part takes that back, or a second person; nobody else proposes."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("coordination", "0008_withdrawn_keys")]
    operations = [
        migrations.RunSQL(
            [(HERE / "parting.sql").read_text(encoding="utf-8")], migrations.RunSQL.noop
        )
    ]
