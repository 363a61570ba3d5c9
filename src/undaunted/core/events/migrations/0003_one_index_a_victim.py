"""Acts are found by victim in the index of victim and category; one of victims alone doubled it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_protection"), ("actors", "0002_protection")]
    operations = [
        migrations.AlterField(
            model_name="act",
            name="victim",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acts",
                to="actors.party",
            ),
        ),
    ]
