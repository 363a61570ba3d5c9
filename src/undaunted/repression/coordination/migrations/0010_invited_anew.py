"""A guest whose part is over is invited anew, in a row of its own; the earlier part stays."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent


class Migration(migrations.Migration):

    dependencies = [
        ("coordination", "0009_kept_part"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="guest",
            options={"ordering": ["name", "recorded_at", "id"]},
        ),
        migrations.RemoveConstraint(
            model_name="guest",
            name="a_guest_once_in_a_proposal",
        ),
        migrations.AddConstraint(
            model_name="guest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer__in", ["invited", "accepted"]), ("ended_at__isnull", True)),
                fields=("proposal", "signing_key"),
                name="a_guest_has_one_part_in_a_proposal",
            ),
        ),
        migrations.RunSQL(
            [(HERE / "parting.sql").read_text(encoding="utf-8")], migrations.RunSQL.noop
        ),
    ]
