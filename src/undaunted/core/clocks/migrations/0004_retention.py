"""Periods of keeping are written by the application alone."""

from pathlib import Path

from django.db import migrations, models

_SQL = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("clocks", "0003_keeping"), ("vault", "0005_admissions")]
    operations = [
        migrations.AddField(
            model_name="clock",
            name="vouched",
            field=models.BinaryField(
                help_text="Code of the application, of a retention clock.",
                max_length=32,
                null=True,
            ),
        ),
        migrations.RunSQL((_SQL / "retention.sql").read_text("utf-8"), migrations.RunSQL.noop),
    ]
