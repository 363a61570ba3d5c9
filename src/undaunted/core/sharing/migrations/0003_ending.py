"""What has run out ends whoever is in the team, and consent that goes on takes nothing back."""

from pathlib import Path

from django.db import migrations, models

ENDING = Path(__file__).with_name("ending.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0002_protection"),
        ("consent", "0005_withdrawals"),
        ("vault", "0004_compartments"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="arrivalitem",
            constraint=models.UniqueConstraint(fields=("record",), name="one_item_a_record"),
        ),
        migrations.RunSQL([ENDING], migrations.RunSQL.noop),
    ]
