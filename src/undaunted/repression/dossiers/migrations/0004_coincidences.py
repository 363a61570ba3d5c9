"""Words that whoever wrote a submission declared to be no victim's surname there."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_closing")]
    operations = [
        migrations.AddField(
            "submission",
            "coincidences",
            ArrayField(
                models.CharField(max_length=60),
                default=list,
                help_text="Words declared to be no victim's surname here.",
            ),
        ),
    ]
