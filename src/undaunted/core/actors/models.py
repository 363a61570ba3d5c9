"""Persons, organisations and state bodies, their names, and judgements that they are the same."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["Judgement", "Party", "PartyName"]

_DATA = PersonalData(
    holds="names, gender, dates of birth and death, nationality, public role",
    about="people deprived of liberty, and those named as responsible",
    why="documentation for research, advocacy and release",
    kept="until the purpose ends; published only as consent allows",
)


class Party(Protected):
    """A person, an organisation or a state body as one list or documenter describes it.

    Records are never rewired: `canonical` points at the record that stands for all those judged to
    be the same, and is worked out anew from the judgements, so that every merge can be undone.
    """

    personal_data = _DATA

    kind = models.CharField(max_length=16, default="person")
    gender = models.CharField(max_length=12, blank=True)
    birth = models.CharField(max_length=40, blank=True, help_text="EDTF")
    birth_earliest = models.DateField(null=True)
    birth_latest = models.DateField(null=True)
    death = models.CharField(max_length=40, blank=True, help_text="EDTF")
    death_earliest = models.DateField(null=True)
    death_latest = models.DateField(null=True)
    nationalities = ArrayField(models.CharField(max_length=4), default=list)
    country = models.CharField(max_length=4, blank=True, help_text="Country that holds or held.")
    roles = ArrayField(models.CharField(max_length=32), default=list)
    canonical = models.UUIDField(default=uuid.uuid4)
    origin = models.UUIDField(null=True, db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["canonical"]),
            models.Index(fields=["holder", "country"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class PartyName(Protected):
    """One name of one party, as written, with the form it is searched by."""

    personal_data = _DATA

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=16, default="full")
    script = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=12, blank=True)
    search_form = models.TextField()
    primary = models.BooleanField(default=False)
    origin = models.UUIDField(null=True, db_index=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    replaced_by = models.UUIDField(
        null=True, help_text="Name that took its place; empty where it was only taken back."
    )

    class Meta:
        indexes: ClassVar = [
            GinIndex(
                name="open_names_by_trigram",
                fields=["search_form"],
                opclasses=["gin_trgm_ops"],
                condition=models.Q(sharing="shared"),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Judgement(Protected):
    """A person's verdict that two parties are the same or not; undone, never deleted."""

    personal_data = _DATA

    left = models.ForeignKey(Party, models.CASCADE, related_name="+")
    right = models.ForeignKey(Party, models.CASCADE, related_name="+")
    left_key = models.CharField(max_length=200, blank=True, help_text="list:source key, if any")
    right_key = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=12)
    score = models.FloatField(null=True, help_text="Likeness of the pair, not of a person.")
    reasons = models.JSONField(default=list)
    by = models.UUIDField()
    at = models.DateTimeField()
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["left"]), models.Index(fields=["right"])]

    def __str__(self) -> str:
        return f"{self.left_id} {self.verdict} {self.right_id}"
