"""What ended stays ended, replies wait for their second person, and sheets end with who left."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0003_hands_and_months"),
        ("editions", "0002_protection"),
        ("registry", "0019_planned_anew"),
    ]
    operations = [
        migrations.AddField(
            model_name="raise",
            name="let_out_at",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateTimeField(),
                default=list,
                help_text="Each time that it was let out; the database keeps them.",
                size=None,
            ),
        ),
        _statements("endings.sql"),
    ]
