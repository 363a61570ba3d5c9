"""Conditions have terms of their own; that one be lifted can be declined, with reasons."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).parent / "gates.sql"


class Migration(migrations.Migration):
    dependencies = [("screening", "0009_lifting")]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="terms",
            field=models.JSONField(
                default=list, help_text="Of each condition: first and last day, months, who looks."
            ),
        ),
        migrations.AddField(
            model_name="mitigation",
            name="declined",
            field=models.JSONField(
                default=list,
                help_text="Askings that were declined: by whom, when, why asked and why not.",
            ),
        ),
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([GATES.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
