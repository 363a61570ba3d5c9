"""Practices, their versions as they were reviewed, and what of them is public."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.practices.rules import Aim, PracticeTlp, State, Withdrawal, read_entry

if TYPE_CHECKING:
    from undaunted.core.practices.rules import Entry

__all__ = ["Practice", "PublishedPractice", "Version"]

_HANDS = PersonalData(
    holds="who proposed, reviewed or may read a practice, by opaque id",
    about="people who work with the platform",
    why="nothing enters the library by one person, and what is marked RED has named readers",
    kept="while the practice is kept",
)


class Practice(Protected):
    """A practice through all its versions. What stands in it is what its accepted version says."""

    personal_data = _HANDS

    reference = models.SlugField(max_length=60, unique=True)
    aim = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Aim])
    tlp = models.CharField(max_length=8, choices=[(each.value, each.value) for each in PracticeTlp])
    readers = ArrayField(models.UUIDField(), default=list, help_text="People who may read RED.")
    current = models.PositiveIntegerField(null=True, help_text="Number of the accepted version.")
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    reviewed_at = models.DateTimeField(null=True, help_text="When somebody last looked at it.")
    reviewed_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_why = models.CharField(
        max_length=12, blank=True, choices=[(each.value, each.value) for each in Withdrawal]
    )

    def __str__(self) -> str:
        return self.reference


class Version(Protected):
    """One text of a practice, as somebody proposed it and somebody else read it; never changed."""

    personal_data = _HANDS

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    tlp = models.CharField(max_length=8, choices=[(each.value, each.value) for each in PracticeTlp])
    readers = ArrayField(models.UUIDField(), default=list)
    state = models.CharField(
        max_length=8, default=State.WAITING, choices=[(each.value, each.value) for each in State]
    )
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True, help_text="What whoever declined it said.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(state="waiting"),
                name="one_version_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(state="declined")
                | models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="two_people_accept_a_practice",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_by__isnull=True)
                | models.Q(
                    state__in=["accepted", "declined"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="practice_decided_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.number}"

    @property
    def entry(self) -> Entry:
        """Give the text as the rules read it."""
        return read_entry(self.content, where=f"version {self.number}")


class PublishedPractice(models.Model):
    """The accepted version of a practice marked CLEAR; written by a definer function only."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    reference = models.SlugField(max_length=60, unique=True)
    aim = models.CharField(max_length=16)
    instrument = models.CharField(max_length=32)
    stages = ArrayField(models.CharField(max_length=16), default=list)
    conditions = ArrayField(models.CharField(max_length=32), default=list)
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=160)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    accepted_at = models.DateTimeField()
    reviewed_at = models.DateTimeField()

    class Meta:
        db_table = "published_practice"

    def __str__(self) -> str:
        return self.reference

    @property
    def entry(self) -> Entry:
        """Give the text as the rules read it."""
        return read_entry(self.content, where=self.reference)
