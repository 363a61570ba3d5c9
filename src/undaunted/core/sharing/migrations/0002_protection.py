"""Rows of sharing are their holder's alone, and the gates of two people and of never onward."""

from pathlib import Path

from django.db import migrations

from undaunted.core.access.models import protect

GATES = Path(__file__).with_name("gates.sql").read_text(encoding="utf-8")
CHANGED = ("ownkeys", "partner", "parcel", "copy", "slip", "arrival", "arrivalitem", "kept")


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0001_initial"),
        ("accounts", "0003_sign_in"),
        ("actors", "0002_protection"),
        ("consent", "0004_attempts"),
        ("vault", "0002_protection"),
    ]
    operations = [
        *(
            protect(f"sharing_{table}", grants="SELECT, INSERT, UPDATE", shared=False)
            for table in CHANGED
        ),
        protect("sharing_parcelitem", grants="SELECT, INSERT", shared=False),
        protect("sharing_takenback", grants="SELECT, INSERT", shared=False),
        protect("sharing_circle", grants="SELECT, INSERT", shared=False),
        protect("sharing_circlemember", grants="SELECT, INSERT, DELETE", shared=False),
        migrations.RunSQL([GATES], migrations.RunSQL.noop),
    ]
