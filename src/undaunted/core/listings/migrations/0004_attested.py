"""What a file that one person brought no longer holds waits for a second person's word."""

from pathlib import Path

from django.db import migrations, models

ATTESTED = Path(__file__).with_name("attested.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("listings", "0003_said")]
    operations = [
        migrations.AddField(
            model_name="listversion",
            name="attested_at",
            field=models.DateTimeField(
                help_text="When a second person said that it is the issuer's.", null=True
            ),
        ),
        migrations.AddField(
            model_name="listversion",
            name="brought_by",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Digest of its id and who loaded it: it names nobody.",
                max_length=64,
            ),
        ),
        migrations.RunSQL([ATTESTED], migrations.RunSQL.noop),
    ]
