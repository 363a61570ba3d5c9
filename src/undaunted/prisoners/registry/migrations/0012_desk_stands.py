"""An entry of a list remembers what its row says where the desk's record stands."""

import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_never_onward")]
    operations = [
        migrations.AddField(
            "listentry",
            "said",
            models.JSONField(
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                help_text="What the row says where the record does not.",
                null=True,
            ),
        ),
    ]
