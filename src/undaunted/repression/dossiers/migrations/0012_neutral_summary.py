"""A submission may go without the dossier's summary; one is put together from its paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_held_by_the_database")]
    operations = [
        migrations.AddField(
            "submission",
            "neutral",
            models.BooleanField(
                default=False,
                help_text="Whether it was asked to go without the dossier's summary.",
            ),
        ),
    ]
