"""Files are held against lists, and questions answered, by whoever judges matches, in SQL too."""

from pathlib import Path

from django.db import migrations, models

GATES = Path(__file__).with_name("who_screens.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_pairs_of_entries_gone")]
    operations = [
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
        migrations.AddConstraint(
            "screening",
            models.CheckConstraint(
                condition=models.Q(kind__in=["party", "person", "company", "notice"]),
                name="files_are_of_a_kind",
            ),
        ),
    ]
