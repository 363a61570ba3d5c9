"""Who wrote title and measure anew is on record; the tracker tells of an act at once."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("instruments", "0006_withdrawn")]
    operations = [
        migrations.AddField(
            model_name="proceeding", name="edited_by", field=models.UUIDField(null=True)
        ),
        _statements("editor.sql"),
    ]
