"""What the public reads: an edition that two people published and whose embargo is over.

Both are views; the database looks at the calendar itself.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["PublishedEdition", "PublishedEditionFile"]


class PublishedEdition(models.Model):
    """One edition that the public may know of, or the tombstone of one."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=48)
    series = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    title = models.CharField(max_length=400)
    as_of = models.DateField()
    known_at = models.DateTimeField()
    languages = ArrayField(models.CharField(max_length=12))
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=16)
    replaces_id = models.UUIDField(null=True)
    manifest = models.BinaryField(null=True)
    signature = models.BinaryField(null=True)
    signing_key = models.CharField(max_length=60)

    class Meta:
        db_table = "published_edition"
        managed = False

    def __str__(self) -> str:
        return f"{self.series} {self.label}"

    @property
    def label(self) -> str:
        """The number as it is written: `3.1`."""
        return f"{self.number}.{self.revision}"


class PublishedEditionFile(models.Model):
    """One file that the public may fetch; without bytes where its edition was withdrawn."""

    personal_data = PersonalData(
        holds="a publication, which may name people",
        about="people who agreed to be published",
        why="an edition is kept as it was published",
        kept="until somebody in it withdraws; then destroyed, the checksum stays",
    )
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    edition_id = models.UUIDField()
    name = models.CharField(max_length=160)
    language = models.CharField(max_length=12)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)

    class Meta:
        db_table = "published_edition_file"
        managed = False

    def __str__(self) -> str:
        return self.name
