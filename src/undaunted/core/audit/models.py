"""The chain: one row per action, linked to the row before when the transaction commits.

A deferred constraint trigger (migration 0002) gives each row its number and hash at commit, under
an advisory lock taken last; nobody but the trigger's owner can update or delete a row. Where
whoever acted worked then, the database keeps beside it (migration 0005), outside the chain: it
decides who reads the row.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData

__all__ = ["Detail", "Entry", "Head"]


class Entry(models.Model):
    """One action: digests, times and opaque ids only."""

    personal_data = PersonalData(
        holds="opaque id of who acted, what was done to which opaque id, when",
        about="people who work with the platform",
        why="history cannot be rewritten unnoticed (promise S10)",
        kept="as long as the instance; readable detail 12 months",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    right = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class Detail(models.Model):
    """The readable detail of an entry, apart from the chain so that it can end after 12 months."""

    personal_data = PersonalData(
        holds="what changed, in opaque ids and codes, never free text",
        about="people who work with the platform",
        why="review of what happened",
        kept="12 months, then destroyed while the chain still verifies",
    )

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True)
    month = models.DateField()
    detail = models.JSONField()

    def __str__(self) -> str:
        return str(self.entry_id)


class Head(models.Model):
    """The chain's last number and hash; one row."""

    personal_data = Entry.personal_data

    id = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
