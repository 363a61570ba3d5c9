"""An answer to a petition is let out while it is the last paper of the file, and not after."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


class Migration(migrations.Migration):

    dependencies = [
        ("coordination", "0011_held_anew"),
    ]

    operations = [
        # Given as a list, a statement goes to the server whole, without being split or parsed.
        migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)
        for name in ("acknowledged.sql", "last_paper.sql")
    ]
