"""A register is its holder's alone; what it says is added and replaced, never changed."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

ASSETS = Path(__file__).parent / "assets.sql"
ADDED = ("asset", "registerimport", "screening", "alert", "alertreview", "unfiled", "unfiledstep")
REPLACED = ("assetentry", "holding")


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0003_assets"),
        ("accounts", "0007_lock"),
        ("audit", "0002_chain"),
    ]
    operations = [
        *(protect(f"screening_{each}", grants="SELECT, INSERT", shared=False) for each in ADDED),
        *(
            protect(f"screening_{each}", grants="SELECT, INSERT, UPDATE", shared=False)
            for each in REPLACED
        ),
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([ASSETS.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]
