"""A party's calendar program learns that the announcement of a withdrawn proposal is off."""

from pathlib import Path

from django.db import migrations

READ = Path(__file__).with_name("called_off.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [("coordination", "0014_invited")]

    operations = [migrations.RunSQL([READ], migrations.RunSQL.noop)]
