"""The public tracker: views over the proceedings that two people let out; no paper is in them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA

__all__ = ["PublishedProceeding", "PublishedStep"]


class PublishedProceeding(models.Model):
    """A proceeding on the tracker; whether a request led to it is not told."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)
    authority = models.CharField(max_length=200)
    third_country = models.CharField(max_length=2)
    states = ArrayField(models.CharField(max_length=2))
    measure = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "published_proceeding"
        managed = False

    def __str__(self) -> str:
        return self.reference


class PublishedStep(models.Model):
    """A stage that a proceeding on the tracker entered, without its reasons."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    proceeding = models.ForeignKey(
        PublishedProceeding, models.DO_NOTHING, related_name="steps", db_constraint=False
    )
    stage = models.CharField(max_length=24)
    on = models.DateField()
    confirmed_at = models.DateTimeField()
    urgent = models.BooleanField(help_text="At once, for two months without the committee.")

    class Meta:
        db_table = "published_proceeding_step"
        managed = False

    def __str__(self) -> str:
        return self.stage
