"""What the public sees: projections of published cases, written by definer functions only.

They can be thrown away and rebuilt from the ledger (`registry_project`, migration 0003). Columns
hold what consent permits, no free text, months instead of days where a day could identify; the
segments keep days because counts on any date are exact (promise S9).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Cast

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = [
    "WITHHELD",
    "PublishedCase",
    "PublishedCell",
    "PublishedDelta",
    "PublishedFlow",
    "PublishedList",
    "PublishedName",
    "PublishedPair",
    "PublishedPublisher",
    "PublishedSegment",
    "PublishedSource",
    "PublishedSpell",
    "PublishedTombstone",
    "PublishedVersion",
]

_DATA = PersonalData(
    holds="the published part of a case",
    about="people deprived of liberty whose publication is permitted",
    why="the public registry",
    kept="until taken down or consent is withdrawn; then destroyed, a tombstone stays",
)


_ENDLESS = Cast(models.Value("infinity"), models.DateTimeField())
_CURRENT = models.Q(known_to=_ENDLESS)
_HELD = models.Q(_CURRENT, standard="*", certain=True)
_LATEST = models.F("published_at").desc()
WITHHELD = models.ExpressionWrapper(models.Q(name=""), models.BooleanField())
"""Whether the name of a case is withheld: every order begins with those that can be read."""


class PublishedCase(models.Model):
    """One published person; `merged` are references of cases found to be the same person."""

    personal_data = _DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=24, unique=True)
    merged = ArrayField(models.CharField(max_length=24), default=list)
    identity = models.IntegerField(db_default=0, help_text="Level of identity in force, 0 to 4.")
    name = models.CharField(max_length=300, help_text="Display name, or empty where none is shown.")
    search_form = models.TextField(help_text="All names: as written, unaccented, romanised.")
    country = models.CharField(max_length=4)
    gender = models.CharField(max_length=12)
    birth_year = models.IntegerField(null=True)
    roles = ArrayField(models.CharField(max_length=32), default=list)
    laws = ArrayField(models.CharField(max_length=40), default=list)
    lists = ArrayField(models.CharField(max_length=60), default=list)
    status = models.CharField(max_length=16, help_text="Under the default standard.")
    standards = ArrayField(models.CharField(max_length=40), default=list)
    tier = models.CharField(max_length=1)
    held_now = models.BooleanField()
    first_start = models.DateField(null=True)
    last_end = models.DateField(null=True)
    release_type = models.CharField(max_length=24, blank=True)
    whereabouts = models.CharField(max_length=24, blank=True)
    health_alert = models.CharField(max_length=40, blank=True)
    cell = models.BigIntegerField()
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_on = models.DateField(
        null=True, db_index=True, help_text="First day on which this row is true no more."
    )

    class Meta:
        db_table = "published_case"
        indexes: ClassVar = [
            GinIndex(
                name="published_by_reference", fields=["reference"], opclasses=["gin_trgm_ops"]
            ),
            GinIndex(name="published_by_merged", fields=["merged"]),
            models.Index("country", WITHHELD, "name", "id", name="published_there"),
            models.Index(WITHHELD, "name", "id", name="published_in_order"),
            models.Index(fields=["cell"], name="published_by_cell"),
            models.Index(WITHHELD, _LATEST, "reference", name="published_last"),
            models.Index("country", WITHHELD, _LATEST, "reference", name="published_last_there"),
        ]

    def __str__(self) -> str:
        return self.reference


class PublishedName(models.Model):
    """One published name of a case."""

    personal_data = _DATA
    face = "public"

    case = models.ForeignKey(
        PublishedCase, models.CASCADE, related_name="names", db_constraint=False
    )
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=16)
    script = models.CharField(max_length=12)
    language = models.CharField(max_length=12)

    class Meta:
        db_table = "published_name"

    def __str__(self) -> str:
        return self.text


class PublishedSpell(models.Model):
    """One published spell of deprivation of liberty or act of civil death, to the month."""

    personal_data = _DATA
    face = "public"

    case = models.ForeignKey(
        PublishedCase, models.CASCADE, related_name="spells", db_constraint=False
    )
    claim = models.UUIDField()
    category = models.CharField(max_length=24)
    type = models.CharField(max_length=48)
    start = models.CharField(max_length=40, help_text="EDTF, month at most")
    end = models.CharField(max_length=40, blank=True)
    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    end_earliest = models.DateField(null=True)
    end_latest = models.DateField(null=True)
    country = models.CharField(max_length=4)
    admin1 = models.CharField(max_length=80, blank=True)
    laws = ArrayField(models.CharField(max_length=40), default=list)
    stage = models.CharField(max_length=40, blank=True)
    sentence_kind = models.CharField(max_length=24, blank=True)
    sentence_months = models.IntegerField(null=True)
    release_type = models.CharField(max_length=24, blank=True)
    tier = models.CharField(max_length=1)
    in_stock = models.BooleanField()

    class Meta:
        db_table = "published_spell"

    def __str__(self) -> str:
        return f"{self.type} {self.start}"


class PublishedSegment(models.Model):
    """Disjoint stretches of one person's time in custody, with bands (counting rule)."""

    personal_data = _DATA
    face = "public"

    case = models.ForeignKey(
        PublishedCase, models.CASCADE, related_name="segments", db_constraint=False
    )
    standard = models.CharField(max_length=40)
    country = models.CharField(max_length=4)
    start_on = models.DateField()
    end_on = models.DateField(help_text="Half-open; 'infinity' while held.")
    tier = models.CharField(max_length=1)
    verified = models.BooleanField()
    certain = models.BooleanField()
    cell = models.BigIntegerField()
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(help_text="'infinity' while current.")

    class Meta:
        db_table = "published_segment"
        indexes: ClassVar = [
            models.Index(
                fields=["standard", "country", "start_on"],
                condition=_CURRENT,
                name="segment_starts",
            ),
            models.Index(
                fields=["standard", "country", "end_on"], condition=_CURRENT, name="segment_ends"
            ),
            models.Index(
                fields=["standard", "known_from"], condition=_CURRENT, name="segment_learned"
            ),
            models.Index(
                fields=["standard", "known_to"],
                condition=models.Q(known_to__lt=_ENDLESS),
                name="segment_past",
            ),
            models.Index(
                fields=["start_on", "end_on", "cell"], condition=_HELD, name="segment_held_from"
            ),
            models.Index(
                fields=["end_on", "start_on", "cell"], condition=_HELD, name="segment_held_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_on}..{self.end_on}"


class PublishedDelta(models.Model):
    """Change of the stock in a year, a month or a third of a month, per facet value and band."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    standard = models.CharField(max_length=40)
    country = models.CharField(max_length=4)
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=60)
    grain = models.CharField(max_length=5)
    until = models.DateField(help_text="The last day of the period, the first of the next month.")
    bands = ArrayField(models.IntegerField(), size=16, help_text="registry_band tells the place.")

    class Meta:
        db_table = "published_delta"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["standard", "facet", "country", "grain", "until", "value"],
                name="delta_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.until} {self.bands}"


class PublishedFlow(models.Model):
    """How many persons crossed into or out of the headline stock on a day, and how."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    standard = models.CharField(max_length=40)
    country = models.CharField(max_length=4)
    day = models.DateField()
    kind = models.CharField(max_length=16)
    persons = models.IntegerField()

    class Meta:
        db_table = "published_flow"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["standard", "country", "day", "kind"], name="flow_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.persons}"


class PublishedCell(models.Model):
    """How many published cases share the same facet values: facet counts add these up."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.BigIntegerField(primary_key=True)
    country = models.CharField(max_length=4)
    gender = models.CharField(max_length=12)
    roles = ArrayField(models.CharField(max_length=32), default=list)
    laws = ArrayField(models.CharField(max_length=40), default=list)
    status = models.CharField(max_length=16)
    tier = models.CharField(max_length=1)
    held_now = models.BooleanField()
    persons = models.IntegerField()

    class Meta:
        db_table = "published_cell"

    def __str__(self) -> str:
        return f"{self.country} {self.persons}"


class PublishedPair(models.Model):
    """How many published cases have two facet values at once; `all` holds every case."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    within = models.CharField(max_length=12)
    within_value = models.CharField(max_length=60)
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=60)
    persons = models.IntegerField()

    class Meta:
        db_table = "published_pair"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["within", "within_value", "facet", "value"], name="pair_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.within_value} {self.value} {self.persons}"


class PublishedPublisher(models.Model):
    """How many published cases of a country cite a publisher."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    country = models.CharField(max_length=4)
    publisher = models.CharField(max_length=200)
    cases = models.IntegerField()

    class Meta:
        db_table = "published_publisher"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["country", "publisher"], name="publisher_once"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.publisher} {self.cases}"


class PublishedList(models.Model):
    """A list that published cases come from, by its short name: what it is called, and whose."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    slug = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=1000, blank=True)

    class Meta:
        db_table = "published_list"

    def __str__(self) -> str:
        return self.name


class PublishedVersion(models.Model):
    """One row whose number is another one after every change of anything published."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.SmallIntegerField(primary_key=True)
    number = models.UUIDField()

    class Meta:
        db_table = "published_version"

    def __str__(self) -> str:
        return str(self.number)


class PublishedSource(models.Model):
    """A source shown beside the claims of a case."""

    personal_data = _DATA
    face = "public"

    case = models.ForeignKey(
        PublishedCase, models.CASCADE, related_name="sources", db_constraint=False
    )
    publisher = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=400, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    published = models.CharField(max_length=40, blank=True)
    claim = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=2, blank=True)

    class Meta:
        db_table = "published_source"

    def __str__(self) -> str:
        return self.title


class PublishedTombstone(models.Model):
    """What stays of a case that was taken down, not of a merged one: its reference and the day."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    reference = models.CharField(max_length=24, primary_key=True)
    taken_down_on = models.DateField()

    class Meta:
        db_table = "published_tombstone"

    def __str__(self) -> str:
        return self.reference
