"""A withdrawn list is known again by what its entries say, not by its bytes alone."""

from pathlib import Path

from django.db import migrations, models

CLOSING = Path(__file__).with_name("said.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("listings", "0002_protection")]
    operations = [
        migrations.AddField(
            model_name="listversion",
            name="said",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Digest of what its entries say, whatever their bytes.",
                max_length=64,
            ),
        ),
        migrations.RunSQL([CLOSING], migrations.RunSQL.noop),
    ]
