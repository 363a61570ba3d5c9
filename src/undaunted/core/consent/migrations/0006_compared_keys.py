"""An agreement keeps the keys of the partners that its audience was shown to be."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('consent', '0005_withdrawals')]

    operations = [
        migrations.AddField(
            model_name='grant',
            name='fingerprints',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, help_text='Keys of the partners that the audience was shown to be; none: any of that name.', size=None),
        ),
        migrations.RunSQL(
            "ALTER TABLE consent_grant ALTER COLUMN fingerprints SET DEFAULT '{}'",
            migrations.RunSQL.noop,
        ),
    ]
