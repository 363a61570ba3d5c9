"""A paper keeps which versions of lists its people were searched on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0017_received_acts")]
    operations = [
        migrations.AddField(
            "submission",
            "searches",
            models.JSONField(
                default=dict,
                help_text="By person, which versions of lists were searched, and when.",
            ),
        ),
    ]
