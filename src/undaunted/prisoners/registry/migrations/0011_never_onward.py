"""What a partner sent is neither published nor merged into a published case, by SQL neither."""

from pathlib import Path

from django.db import migrations

NEVER = Path(__file__).with_name("never_onward.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_governments"), ("sharing", "0002_protection")]
    operations = [migrations.RunSQL([NEVER], migrations.RunSQL.noop)]
