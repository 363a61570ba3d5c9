"""Whose names could not be compared is kept, as ids; whoever is erased leaves no question."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("not_compared.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("matching", "0009_vouched_and_forgotten")]
    operations = [
        migrations.AddField(
            "screening",
            "refused",
            models.JSONField(
                default=dict,
                help_text="Why somebody could not be compared, by kind:key of the file.",
            ),
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
