"""What the public reads of campaigns: views, which ask consent and calendar whenever they are read.

A case stands here only while its campaign is public, two people let it out, its mode is public, the
registry publishes it, and an agreement for campaigns covers it today.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = [
    "PublishedAdoption",
    "PublishedCampaign",
    "PublishedCampaignCase",
    "PublishedMaterial",
    "PublishedPrivate",
    "PublishedRaise",
]

_CASES = PersonalData(
    holds="the part of a case that a campaign may show",
    about="people deprived of liberty who agreed to be shown in campaigns",
    why="so that everybody can ask for their release",
    kept="not at all: it is read from the records each time",
)
_ADOPTERS = PersonalData(
    holds="name, office and country of whoever adopted or raised a case",
    about="adopters who agreed to be named",
    why="so that everybody knows who stands up for whom",
    kept="not at all: it is read from the records each time",
)


class PublishedCampaign(models.Model):
    """A public campaign."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    day = models.DateField()
    occasion = models.CharField(max_length=60)
    summary = models.TextField()
    language = models.CharField(max_length=12)
    languages = ArrayField(models.CharField(max_length=12))
    organisation = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "published_campaign"
        managed = False

    def __str__(self) -> str:
        return self.reference


class PublishedCampaignCase(models.Model):
    """A case as far as it may be shown; without a name only its reference is told."""

    personal_data = _CASES
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign = models.ForeignKey(
        PublishedCampaign, models.DO_NOTHING, related_name="cases", db_constraint=False
    )
    published_id = models.UUIDField()
    reference = models.CharField(max_length=24)
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=4)
    roles = ArrayField(models.CharField(max_length=32))
    laws = ArrayField(models.CharField(max_length=40))
    since = models.DateField(null=True)
    held_now = models.BooleanField()
    ask = models.CharField(max_length=300)
    language = models.CharField(max_length=12)

    class Meta:
        db_table = "published_campaign_case"
        managed = False

    def __str__(self) -> str:
        return self.reference


class PublishedAdoption(models.Model):
    """Who adopted a case that is shown, where they agreed to be named."""

    personal_data = _ADOPTERS
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.ForeignKey(
        PublishedCampaignCase, models.DO_NOTHING, related_name="adoptions", db_constraint=False
    )
    campaign_id = models.UUIDField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    country = models.CharField(max_length=4)
    office = models.CharField(max_length=200)
    place = models.CharField(max_length=160)

    class Meta:
        db_table = "published_campaign_adoption"
        managed = False

    def __str__(self) -> str:
        return self.name


class PublishedRaise(models.Model):
    """A raise in the open, of the campaign as a whole or of a case that is shown."""

    personal_data = _ADOPTERS
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign_id = models.UUIDField()
    case = models.ForeignKey(
        PublishedCampaignCase,
        models.DO_NOTHING,
        null=True,
        related_name="raises",
        db_constraint=False,
    )
    day = models.DateField()
    channel = models.CharField(max_length=16)
    level = models.CharField(max_length=16)
    counterpart = models.CharField(max_length=200)
    counterpart_country = models.CharField(max_length=4)
    place = models.CharField(max_length=160)
    by = models.CharField(max_length=200)
    by_country = models.CharField(max_length=4)
    reply = models.CharField(max_length=24)
    reply_day = models.DateField(null=True)
    let_out_at = models.DateTimeField()
    replies = models.JSONField(help_text="Each with its day and when it was let out, newest first.")

    class Meta:
        db_table = "published_campaign_raise"
        managed = False

    def __str__(self) -> str:
        return f"{self.day} {self.channel}"


class PublishedPrivate(models.Model):
    """How many raises of a campaign were private, at least: in fives, at the end of a month."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, help_text="Id of the campaign.")
    at_least = models.PositiveIntegerField()
    until = models.DateField(help_text="First day that is not counted.")

    class Meta:
        db_table = "published_campaign_private"
        managed = False

    def __str__(self) -> str:
        return f"{self.at_least}"


class PublishedMaterial(models.Model):
    """A file that everybody may take, or the tombstone of one: without name, case and bytes."""

    personal_data = _CASES
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=24)
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    alternative = models.TextField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "published_campaign_material"
        managed = False

    def __str__(self) -> str:
        return self.name
