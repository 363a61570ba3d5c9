"""When an entry was last compared with other lists."""

from pathlib import Path

from django.db import migrations, models

NOTE = Path(__file__).with_name("compared_at.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_two_people")]
    operations = [
        migrations.AddField(
            "entryseen",
            "at",
            models.DateTimeField(null=True, help_text="When it was compared with other lists."),
        ),
        migrations.RunSQL([NOTE], migrations.RunSQL.noop),
    ]
