"""What an authority keeps of petitions, and what two people publish of court cases."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.repression.coordination.rules import Asked, CoordinationReply, Court, Part

__all__ = ["CourtRecord", "Petition", "PetitionPart", "PublishedCase"]


class CourtRecord(Protected):
    """A court case about an entry of a list: public facts, entered by one, let out by another."""

    personal_data = PersonalData(
        holds="case numbers, courts and outcomes about entries of lists, as published",
        about="people on lists of sanctions; who entered it, by opaque id",
        why="whoever relies on a listing must know whether a court has looked at it",
        kept="until it is taken down",
    )

    source = models.SlugField(max_length=24)
    key = models.CharField(max_length=200)
    number = models.CharField(max_length=80)
    court = models.CharField(max_length=200)
    outcome = models.CharField(max_length=16, choices=[(e.value, e.value) for e in Court])
    day = models.DateField()
    said_by = models.CharField(max_length=400)
    address = models.CharField(max_length=420, blank=True)
    verified = models.BooleanField(default=False, help_text="Read at the publisher.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-day", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("recorded_by")),
                name="two_people_publish_a_court_case",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PublishedCase(models.Model):
    """A court case as everybody reads it. A view over what two people let out."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.SlugField(max_length=24)
    key = models.CharField(max_length=200)
    number = models.CharField(max_length=80)
    court = models.CharField(max_length=200)
    outcome = models.CharField(max_length=16)
    day = models.DateField()
    said_by = models.CharField(max_length=400)
    address = models.CharField(max_length=420)
    verified = models.BooleanField()

    class Meta:
        db_table = "published_court_case"
        managed = False

    def __str__(self) -> str:
        return self.number


class Petition(Protected):
    """A listed person's petition to an authority. Who asked for what is sealed to its team."""

    personal_data = PersonalData(
        holds="who asks for delisting or their file and why, sealed; who works on it, by opaque id",
        about="people on lists of sanctions and those who speak for them",
        why="whoever is listed has a right to an answer that rests on the evidence",
        kept="until the clock of keeping ends after the answer; then its key is destroyed",
    )

    team = models.UUIDField(help_text="Team of the vault that opens it.")
    authority = models.CharField(
        max_length=80, blank=True, help_text="Code of the legal authority; empty for another law."
    )
    law = models.CharField(
        max_length=200, blank=True, help_text="A law outside the register, as named; unverified."
    )
    law_source = models.CharField(max_length=400, blank=True)
    asked = models.CharField(max_length=16, choices=[(e.value, e.value) for e in Asked])
    received_on = models.DateField()
    acknowledged_on = models.DateField(null=True, help_text="Whoever asked was told that it came.")
    reply = models.CharField(
        max_length=16, blank=True, choices=[(e.value, e.value) for e in CoordinationReply]
    )
    replied_by = models.UUIDField(null=True, help_text="One person drew up the answer.")
    closed_on = models.DateField(null=True, help_text="A second person let it out.")
    closed_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-received_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_by__isnull=True)
                | models.Q(replied_by__isnull=False) & ~models.Q(closed_by=models.F("replied_by")),
                name="two_people_answer_a_petition",
            ),
            models.CheckConstraint(
                condition=models.Q(authority="") ^ models.Q(law=""),
                name="a_petition_is_under_one_law",
            ),
            models.CheckConstraint(
                condition=models.Q(law="") | ~models.Q(law_source=""),
                name="another_law_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PetitionPart(Protected):
    """One paper of a petition's file, sealed; a later one of a kind stands beside the earlier."""

    personal_data = PersonalData(
        holds="what was asked, reviewed and answered, sealed; who wrote it, by opaque id",
        about="people on lists of sanctions and those who speak for them",
        why="an answer must show on what it rests",
        kept="with the petition",
    )

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=12, choices=[(e.value, e.value) for e in Part])
    envelope = models.BinaryField()
    sequence = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.sequence}"
