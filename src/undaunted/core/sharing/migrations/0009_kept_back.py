"""What a partner's marking lets go no further is known by the database, whoever may read it."""

from pathlib import Path

from django.db import migrations

KEPT_BACK = Path(__file__).with_name("kept_back.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("sharing", "0008_fallen_documents")]
    operations = [migrations.RunSQL([KEPT_BACK], migrations.RunSQL.noop)]
