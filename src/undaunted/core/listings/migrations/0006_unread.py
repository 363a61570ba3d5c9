"""A version tells whose rows could not be read, and which rows nobody can place.

Of versions loaded before, nobody knows any more whose rows gave no entry: what they dropped is not
told as gone for sure until a version is loaded that can be read.
"""

from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import Value

CLOSING = Path(__file__).with_name("unread.sql").read_text(encoding="utf-8")
EARLIER = """
UPDATE published_list_version SET nameless = ARRAY['not told'] WHERE lost > 0 AND removed > 0
"""


def marks(**more: object) -> ArrayField:
    """Give a column of texts."""
    return ArrayField(models.TextField(), size=None, **more)


class Migration(migrations.Migration):
    dependencies = [("listings", "0005_said_by_the_program")]
    operations = [
        migrations.AddField(
            model_name="listversion",
            name="kept",
            field=marks(
                db_default=Value([], ArrayField(models.TextField())),
                help_text="Keys whose rows could not be read: their entries stand as they last stood.",
            ),
        ),
        migrations.AddField(
            model_name="listversion",
            name="nameless",
            field=marks(
                db_default=Value([], ArrayField(models.TextField())),
                help_text="Marks of rows that nobody can place, and that may be an entry that is missing.",
            ),
        ),
        migrations.AddField(
            model_name="listversion",
            name="settled",
            field=marks(
                help_text="Marks of those that are none of them; null where a version does not tell.",
                null=True,
            ),
        ),
        migrations.RunSQL([CLOSING, EARLIER], migrations.RunSQL.noop),
    ]
