"""A hold takes back its organisation's go, also where one was said before the hold until now.

The gate of petitions stands in two files, the newest form in the later: it runs again after.
"""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


class Migration(migrations.Migration):

    dependencies = [
        ("coordination", "0010_invited_anew"),
    ]

    operations = [
        # Whether a go was said before a hold was not kept: no go beside a hold stands.
        migrations.RunSQL(
            "UPDATE coordination_party SET go_for = NULL, go_by = NULL, gone_at = NULL, gone_by = NULL"
            " WHERE held_at IS NOT NULL",
            migrations.RunSQL.noop,
        ),
        # Given as a list, a statement goes to the server whole, without being split or parsed.
        *(
            migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)
            for name in ("gates.sql", "acknowledged.sql")
        ),
    ]
