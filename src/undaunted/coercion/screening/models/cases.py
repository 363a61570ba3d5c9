"""A case: one investment before one authority, its notification, its parties, its stages."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData

__all__ = [
    "HANDS",
    "NAMES",
    "Case",
    "CaseStep",
    "Filing",
    "Keepable",
    "OfCase",
    "Own",
    "Party",
    "Told",
]

HANDS = PersonalData(
    holds="who recorded, changed or approved it, by opaque id",
    about="officials who work with the platform",
    why="what binds investors is done by two people, in their own name",
    kept="with the case",
)
NAMES = PersonalData(
    holds="names and countries of the parties to an investment; who recorded them, by opaque id",
    about="owners and managers, where they are natural persons",
    why="who would control what is for sale must be known",
    kept="with the case",
)


class Own(models.Model):
    """A row of one authority. Who sees it is said by its table's own policies (decision 0035)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.UUIDField(help_text="Authority (organisation) that holds the record.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        abstract = True


class Case(Own):
    """One investment that one authority screens; filings and parties say what it is about."""

    personal_data = HANDS

    reference = models.SlugField(max_length=60)
    title = models.CharField(max_length=160, help_text="Holds nothing confidential.")
    jurisdiction = models.CharField(max_length=12, help_text="Whose regime; XF plays a part.")
    origin = models.CharField(max_length=12, help_text="Filed, or taken up by the authority.")
    stage = models.CharField(max_length=20)
    reason = models.TextField(blank=True, help_text="Why the last step was taken.")
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField()
    team = models.UUIDField(null=True, help_text="Team of the vault that opens what is sealed.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "reference"], name="one_name_a_case"),
        ]

    def __str__(self) -> str:
        return self.reference


class OfCase(Own):
    """A row of a case; its holder is that of the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Told(OfCase):
    """What a case holds as known from `recorded_at` until `withdrawn_at`; never overwritten."""

    withdrawn_at = models.DateTimeField(null=True, help_text="Not held to be so since then.")
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_why = models.CharField(max_length=400, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        abstract = True


class Keepable(models.Model):
    """Texts that only the screening team may read: in the envelope and nowhere else."""

    envelope = models.BinaryField(null=True, help_text="Texts that are sealed.")
    sequence = models.PositiveIntegerField(null=True, help_text="Number of the sealing.")

    class Meta:
        abstract = True

    @property
    def kept(self) -> bool:
        """Whether it has sealed texts."""
        return self.envelope is not None


class Filing(Told, Keepable):
    """A notification: drafted, submitted; amended by another that replaces it.

    `fields` holds what the non-confidential version says; confidential values are sealed.
    """

    personal_data = NAMES

    fields: Any = models.JSONField(default=dict)
    sealed_names = models.JSONField(default=list, help_text="Names of the fields that are sealed.")
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.UUIDField(null=True)
    received_on = models.DateField(null=True, help_text="Day on which it counts as received.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(submitted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_draft_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.recorded_at:%Y-%m-%d}"


class Party(Told):
    """Somebody with a part in the investment."""

    personal_data = NAMES

    role = models.CharField(max_length=20)
    identifier = models.CharField(max_length=200, blank=True, help_text="Id in the stakes.")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    country = models.CharField(max_length=4, blank=True)
    source = models.CharField(max_length=400)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class CaseStep(models.Model):
    """A stage that a case entered; written by the database alone, never changed."""

    personal_data = HANDS

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.stage
