"""A steward reads what people of the own organisations did; the database walks chain and details."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_others_officials"), ("accounts", "0006_governments")]
    operations = [
        migrations.RunSQL(
            [(Path(__file__).parent / "whose.sql").read_text("utf-8")], migrations.RunSQL.noop
        ),
    ]
