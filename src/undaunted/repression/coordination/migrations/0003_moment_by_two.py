"""A moment lies at most 24 months ahead, and two people of the proposer move it."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("coordination", "0002_protection")]
    operations = [
        migrations.AddField(
            "proposal",
            "moment_next",
            models.DateTimeField(null=True, help_text="Moment to which one person moves it."),
        ),
        migrations.AddField(
            "proposal",
            "moment_by",
            models.UUIDField(null=True, help_text="Who proposed to move it."),
        ),
        migrations.AddField(
            "proposal",
            "moves",
            models.PositiveIntegerField(default=0, db_default=0, help_text="How often two people moved it."),
        ),
        # Gates as they now are, which name the new columns. Given as a list, a statement goes to the server whole, without being split or parsed.
        migrations.RunSQL(
            [(HERE / "gates.sql").read_text(encoding="utf-8")], migrations.RunSQL.noop
        ),
    ]
