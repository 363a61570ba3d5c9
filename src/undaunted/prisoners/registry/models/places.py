"""By what published cases are found: their places, and arrays of places (decision 0015)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from undaunted.core.access.rules import PersonalData
from undaunted.prisoners.registry.models.projections import PublishedCase

__all__ = ["PublishedPlace", "PublishedPosting"]

_DATA = PersonalData(
    holds="published names and their words, and which published cases have them",
    about="people deprived of liberty whose publication is permitted",
    why="the search of the public registry",
    kept="until taken down or consent is withdrawn; then destroyed with the case",
)


class PublishedPlace(models.Model):
    """A case's place: above zero in order of name, below zero what came since the last rebuild.

    Of those above zero the last are the ones whose name is withheld.
    """

    personal_data = _DATA
    face = "public"

    number = models.IntegerField(primary_key=True)
    case = models.OneToOneField(
        PublishedCase, models.CASCADE, related_name="place", db_constraint=False
    )
    name = models.CharField(max_length=300, help_text="As it was when the place was given.")

    class Meta:
        db_table = "published_place"

    def __str__(self) -> str:
        return str(self.number)


class PublishedPosting(models.Model):
    """The places of the cases that have a word in a name, or a value of a facet, in a stretch."""

    personal_data = _DATA
    face = "public"

    facet = models.CharField(max_length=12, help_text="Or `word`.")
    value = models.TextField()
    stretch = models.IntegerField(help_text="registry_stretch of each place.")
    places = ArrayField(models.IntegerField(), help_text="Sorted.")

    class Meta:
        db_table = "published_posting"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["facet", "value", "stretch"], name="posting_once"),
        ]
        indexes: ClassVar = [
            GinIndex(
                name="posting_by_part", fields=["value"], opclasses=["gin_trgm_ops"],
                condition=models.Q(facet="word"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.facet} {self.value}"
