"""Which file a row names the application alone says, and SQL learns of no file of others."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("put_by_the_program.sql").read_text(encoding="utf-8")
CODE = "Code of the application for the row; emptied once it was asked."


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0005_redacted_copies"),
        ("vault", "0005_admissions"),
    ]
    operations = [
        *(
            migrations.AddField(
                model,
                "vouched",
                models.BinaryField(max_length=32, null=True, help_text=CODE),
            )
            for model in ("document", "cleancopy", "redactedcopy")
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
