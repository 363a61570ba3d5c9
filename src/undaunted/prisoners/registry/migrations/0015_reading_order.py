"""Every order begins with cases whose name can be read; places are given anew in that order.

Decision 0015. What is published is placed from itself; the ledger is not read.
"""

from pathlib import Path
from typing import ClassVar

from django.db import migrations, models

HERE = Path(__file__).parent
WITHHELD = models.ExpressionWrapper(models.Q(name=""), output_field=models.BooleanField())
LAST = models.F("published_at").desc()
INDEXES = {
    "published_by_country": models.Index("country", WITHHELD, "name", "id", name="published_there"),
    "published_by_name": models.Index(WITHHELD, "name", "id", name="published_in_order"),
    "published_newest": models.Index(WITHHELD, LAST, "reference", name="published_last"),
    "published_newest_there": models.Index(
        "country", WITHHELD, LAST, "reference", name="published_last_there"
    ),
}


def _run(text: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([text], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0014_merged")]
    operations: ClassVar = [
        *(migrations.RemoveIndex("publishedcase", name) for name in INDEXES),
        *(migrations.AddIndex("publishedcase", index) for index in INDEXES.values()),
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _run((HERE / "search.sql").read_text(encoding="utf-8")),
        _run("TRUNCATE published_place, published_posting"),
        _run("SELECT registry_place_all()"),
    ]
