"""Answers about files, and whom an open question is about, are said by the application alone."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("answered_by_the_program.sql").read_text(encoding="utf-8")
CODE = "Code of the application for the row; emptied once it was asked."


class Migration(migrations.Migration):
    dependencies = [("matching", "0012_seen_and_reasons")]
    operations = [
        *(
            migrations.AddField(
                model, "vouched", models.BinaryField(help_text=CODE, max_length=32, null=True)
            )
            for model in ("answer", "question")
        ),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
