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

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = [
    "PublishedCase",
    "PublishedCell",
    "PublishedDelta",
    "PublishedLevel",
    "PublishedName",
    "PublishedSegment",
    "PublishedSource",
    "PublishedSpell",
    "PublishedTombstone",
]

_DATA = PersonalData(
    holds="the published part of a case",
    about="people deprived of liberty whose publication is permitted",
    why="the public registry",
    kept="until taken down or consent is withdrawn; then destroyed, a tombstone stays",
)


class PublishedCase(models.Model):
    """One published person."""

    personal_data = _DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=300, help_text="Display name, or empty where only a code.")
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
                name="published_by_trigram", fields=["search_form"], opclasses=["gin_trgm_ops"]
            ),
            models.Index(fields=["country", "name", "id"], name="published_by_country"),
            models.Index(fields=["name", "id"], name="published_by_name"),
            models.Index(fields=["cell"], name="published_by_cell"),
            models.Index(fields=["-published_at", "reference"], name="published_newest"),
            models.Index(
                fields=["country", "-published_at", "reference"], name="published_newest_there"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PublishedName(models.Model):
    """One published name of a case."""

    personal_data = _DATA
    face = "public"

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="names")
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

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="spells")
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

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="segments")
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
            models.Index(fields=["standard", "country", "start_on", "end_on"], name="segment_days"),
        ]

    def __str__(self) -> str:
        return f"{self.start_on}..{self.end_on}"


class PublishedLevel(models.Model):
    """Persons in custody on the first day of a month, per facet value and band."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    standard = models.CharField(max_length=40)
    country = models.CharField(max_length=4)
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=60)
    tier = models.CharField(max_length=1)
    verified = models.BooleanField()
    certain = models.BooleanField()
    month = models.DateField()
    persons = models.IntegerField()

    class Meta:
        db_table = "published_level"
        indexes: ClassVar = [
            models.Index(fields=["standard", "facet", "country", "month"], name="level_months"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.persons}"


class PublishedDelta(models.Model):
    """Change of the stock on a day, per facet value and band."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    standard = models.CharField(max_length=40)
    country = models.CharField(max_length=4)
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=60)
    tier = models.CharField(max_length=1)
    verified = models.BooleanField()
    certain = models.BooleanField()
    day = models.DateField()
    change = models.IntegerField()

    class Meta:
        db_table = "published_delta"
        indexes: ClassVar = [
            models.Index(fields=["standard", "facet", "country", "day"], name="delta_days"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.change}"


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


class PublishedSource(models.Model):
    """A source shown beside the claims of a case."""

    personal_data = _DATA
    face = "public"

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="sources")
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
    """What stays of a case that was taken down: its reference and the day."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    reference = models.CharField(max_length=24, primary_key=True)
    taken_down_on = models.DateField()

    class Meta:
        db_table = "published_tombstone"

    def __str__(self) -> str:
        return self.reference
