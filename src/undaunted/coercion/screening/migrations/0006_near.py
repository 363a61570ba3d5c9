"""A register is looked at around single changes, and once a day as a whole."""

from pathlib import Path

from django.db import migrations, models

NEAR = Path(__file__).parent / "near.sql"


class Migration(migrations.Migration):
    dependencies = [("screening", "0005_exchange")]
    operations = [
        migrations.AddField(
            model_name="screening",
            name="whole",
            field=models.BooleanField(
                default=True, help_text="At all of it; else at what hangs together with a change."
            ),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(fields=["holder", "owner"], name="holdings_of_owner"),
        ),
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([NEAR.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
