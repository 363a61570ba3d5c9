"""Whom a state told, and when, that it decides before partners' periods end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0017_recourse")]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="urgent_told_on",
            field=models.DateField(
                help_text="Day on which partners were told that it does not wait.", null=True
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="urgent_told_to",
            field=models.TextField(blank=True, help_text="Which partners were told so."),
        ),
    ]
