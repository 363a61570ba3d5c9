"""Counts as changes by period and band, search facets two by two, one number for the whole.

Decision 0011. What is published already is counted again from itself; the ledger is not read.
"""

from pathlib import Path
from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Cast

from undaunted.core.access.models import publish

COUNTS = (Path(__file__).parent / "counts.sql").read_text(encoding="utf-8")
GONE = """
DROP FUNCTION IF EXISTS registry_keys(uuid[]), registry_set_levels(text[]), registry_set_cells(bigint[])
"""
COUNT_AGAIN = """
TRUNCATE published_cell;
SELECT registry_count_all(ARRAY(SELECT id FROM published_case ORDER BY id), 20000);
SELECT registry_mark_change();
"""
ENDLESS = Cast(models.Value("infinity"), models.DateTimeField())
CURRENT = models.Q(known_to=ENDLESS)
HELD = models.Q(CURRENT, standard="*", certain=True)


def segment_index(name, fields, condition):
    return migrations.AddIndex("publishedsegment", models.Index(fields=fields, name=name,
                                                                condition=condition))  # fmt: skip


def counted(name, fields, once, constraint):
    return migrations.CreateModel(
        name,
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                       verbose_name="ID")),
            *fields,
        ],
        options={
            "db_table": f"published_{name.removeprefix('Published').lower()}",
            "constraints": [models.UniqueConstraint(fields=once, name=constraint)],
        },
    )  # fmt: skip


def loosened(model, related):
    case = models.ForeignKey(
        "registry.publishedcase", on_delete=django.db.models.deletion.CASCADE,
        related_name=related, db_constraint=False,
    )  # fmt: skip
    return migrations.AlterField(model, "case", case)


STANDARD = ("standard", models.CharField(max_length=40))
COUNTRY = ("country", models.CharField(max_length=4))
PERSONS = ("persons", models.IntegerField())


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0006_approvals")]
    operations: ClassVar = [
        migrations.DeleteModel("PublishedLevel"),
        migrations.DeleteModel("PublishedDelta"),
        counted(
            "PublishedDelta",
            [
                STANDARD, COUNTRY, ("facet", models.CharField(max_length=12)),
                ("value", models.CharField(max_length=60)),
                ("grain", models.CharField(max_length=5)),
                ("until", models.DateField(
                    help_text="The last day of the period, the first of the next month.")),
                ("bands", django.contrib.postgres.fields.ArrayField(
                    models.IntegerField(), size=16, help_text="registry_band tells the place.")),
            ],
            ["standard", "facet", "country", "grain", "until", "value"],
            "delta_once",
        ),
        counted(
            "PublishedFlow",
            [STANDARD, COUNTRY, ("day", models.DateField()),
             ("kind", models.CharField(max_length=16)), PERSONS],
            ["standard", "country", "day", "kind"],
            "flow_once",
        ),
        counted(
            "PublishedPair",
            [
                ("within", models.CharField(max_length=12)),
                ("within_value", models.CharField(max_length=60)),
                ("facet", models.CharField(max_length=12)),
                ("value", models.CharField(max_length=60)), PERSONS,
            ],
            ["within", "within_value", "facet", "value"],
            "pair_once",
        ),
        counted(
            "PublishedPublisher",
            [COUNTRY, ("publisher", models.CharField(max_length=200)),
             ("cases", models.IntegerField())],
            ["country", "publisher"],
            "publisher_once",
        ),
        migrations.CreateModel(
            "PublishedVersion",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("number", models.UUIDField()),
            ],
            options={"db_table": "published_version"},
        ),
        *(publish(f"published_{name}") for name in ("delta", "flow", "pair", "publisher", "version")),
        loosened("publishedname", "names"),
        loosened("publishedspell", "spells"),
        loosened("publishedsegment", "segments"),
        loosened("publishedsource", "sources"),
        migrations.RemoveIndex("publishedsegment", "segment_days"),
        segment_index("segment_starts", ["standard", "country", "start_on"], CURRENT),
        segment_index("segment_ends", ["standard", "country", "end_on"], CURRENT),
        segment_index("segment_learned", ["standard", "known_from"], CURRENT),
        segment_index("segment_past", ["standard", "known_to"], models.Q(known_to__lt=ENDLESS)),
        segment_index("segment_held_from", ["start_on", "end_on", "cell"], HELD),
        segment_index("segment_held_until", ["end_on", "start_on", "cell"], HELD),
        migrations.RunSQL([GONE, COUNTS, COUNT_AGAIN], migrations.RunSQL.noop),
    ]  # fmt: skip
