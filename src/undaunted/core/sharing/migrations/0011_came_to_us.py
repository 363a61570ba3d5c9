"""What came from a partner is said by the application alone, and to each organisation of its own."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("sharing", "0010_kept_to_its_purpose"), ("vault", "0005_admissions")]
    operations = [
        migrations.AddField(
            "kept",
            "vouched",
            models.BinaryField(
                help_text="Code of the application that made the record; emptied once it was asked.",
                max_length=32,
                null=True,
            ),
        ),
        # Given as a list, a statement goes to the server whole, without being split or parsed.
        *(
            migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)
            for name in ("kept_back.sql", "came_to_us.sql")
        ),
    ]
