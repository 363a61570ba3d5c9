"""What everybody may read of compacts: views over what two people let out."""

from __future__ import annotations

import uuid

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA

__all__ = ["PublishedCompact", "PublishedMeasure", "PublishedMember"]


class PublishedCompact(models.Model):
    """A public compact and how it decides."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    summary = models.TextField()
    pack = models.CharField(max_length=60)
    voting = models.CharField(max_length=12)
    quorum = models.PositiveSmallIntegerField()
    threshold = models.PositiveSmallIntegerField()
    burden_key = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)
    chair = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "published_compact"
        managed = False

    def __str__(self) -> str:
        return self.reference


class PublishedMember(models.Model):
    """A government that accepted a public compact."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compact = models.ForeignKey(
        PublishedCompact, models.DO_NOTHING, related_name="members", db_constraint=False
    )
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=4)

    class Meta:
        db_table = "published_compact_member"
        managed = False

    def __str__(self) -> str:
        return self.name


class PublishedMeasure(models.Model):
    """A pledge made before any episode, which its government let out by two people."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compact = models.ForeignKey(
        PublishedCompact, models.DO_NOTHING, related_name="measures", db_constraint=False
    )
    member = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    text = models.TextField()
    legal_basis = models.TextField()
    trigger = models.TextField()
    off_ramp = models.TextField()
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        db_table = "published_compact_measure"
        managed = False

    def __str__(self) -> str:
        return f"{self.member} {self.kind}"
