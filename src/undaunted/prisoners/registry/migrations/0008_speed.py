"""Find cases by sorted places instead of opening each; drop what indexes held twice.

Decision 0015. What is published already is given its places from itself; the ledger is not read.
"""

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

from undaunted.core.access.models import publish

HERE = Path(__file__).parent
# Arrays are read whole and often; taking them out of a packed form would cost more than room.
PLAIN = "ALTER TABLE published_posting ALTER places SET STORAGE EXTERNAL"


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0007_scale")]
    operations: ClassVar = [
        CreateExtension("intarray"),
        migrations.CreateModel(
            "PublishedPlace",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("case", models.OneToOneField(
                    "registry.publishedcase", on_delete=django.db.models.deletion.CASCADE,
                    related_name="place", db_constraint=False)),
                ("name", models.CharField(
                    max_length=300, help_text="As it was when the place was given.")),
            ],
            options={"db_table": "published_place"},
        ),
        migrations.CreateModel(
            "PublishedPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                           verbose_name="ID")),
                ("facet", models.CharField(max_length=12, help_text="Or `word`.")),
                ("value", models.TextField()),
                ("stretch", models.IntegerField(help_text="registry_stretch of each place.")),
                ("places", django.contrib.postgres.fields.ArrayField(
                    models.IntegerField(), help_text="Sorted.", size=None)),
            ],
            options={
                "db_table": "published_posting",
                "constraints": [models.UniqueConstraint(
                    fields=["facet", "value", "stretch"], name="posting_once")],
            },
        ),
        migrations.RunSQL(PLAIN, migrations.RunSQL.noop),
        publish("published_place"),
        publish("published_posting"),
        # The files in their newest form name tables of later migrations.
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("search.sql"),
        _statements("counts.sql"),
        migrations.RunSQL("SELECT registry_place_all()", migrations.RunSQL.noop),
        migrations.AddIndex(
            "publishedposting",
            django.contrib.postgres.indexes.GinIndex(
                name="posting_by_part", fields=["value"], opclasses=["gin_trgm_ops"],
                condition=models.Q(facet="word")),
        ),
        migrations.AddIndex(
            "publishedcase",
            django.contrib.postgres.indexes.GinIndex(
                name="published_by_reference", fields=["reference"],
                opclasses=["gin_trgm_ops"]),
        ),
        migrations.RemoveIndex("publishedcase", "published_by_trigram"),
        migrations.RemoveIndex("listentry", "registry_li_party_i_f46a0d_idx"),
    ]  # fmt: skip
