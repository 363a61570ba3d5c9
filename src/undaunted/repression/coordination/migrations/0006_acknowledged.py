"""The day on which a petition was acknowledged stands on the petition, once."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent


class Migration(migrations.Migration):

    dependencies = [
        ('coordination', '0005_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='petition',
            name='acknowledged_on',
            field=models.DateField(help_text='Whoever asked was told that it came.', null=True),
        ),
        # Given as a list, a statement goes to the server whole, without being split or parsed.
        migrations.RunSQL(
            [(HERE / "acknowledged.sql").read_text(encoding="utf-8")], migrations.RunSQL.noop
        ),
    ]
