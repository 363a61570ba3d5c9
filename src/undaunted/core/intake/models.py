"""Mailboxes of people without an account, and what lies in them, sealed.

In the clear stand only what a queue needs: which door, how urgent, the hour it came, how far it is.
Times are whole hours, so that nobody can lay them beside what a network saw.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData

__all__ = ["Attachment", "Draft", "Letter", "Mailbox", "Opening"]


class Mailbox(models.Model):
    """One reporter's mailbox; its id is that of the sealed record in the vault."""

    personal_data = PersonalData(
        holds="the digest of a receipt, a public key, a door, an urgency, an hour",
        about="people who ask for help or report something",
        why="to find the sealed report again and to answer it",
        kept="24 months after it is closed; then the record's key is destroyed",
    )

    id = models.UUIDField(primary_key=True, editable=False)
    holder = models.UUIDField(help_text="Organisation that received it.")
    team = models.UUIDField(help_text="Team it is sealed to.")
    lookup = models.BinaryField(max_length=32, unique=True)
    recipient = models.CharField(max_length=80, help_text="The reporter's public key.")
    door = models.CharField(max_length=12)
    severity = models.CharField(max_length=8)
    arrived_at = models.DateTimeField(help_text="The hour.")
    state = models.CharField(max_length=12, default="new")
    assigned_to = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["team", "state", "arrived_at"])]

    def __str__(self) -> str:
        return f"{self.door} {self.severity} {self.state}"


class Letter(models.Model):
    """One sealed thing in a mailbox: the first answers, a message, or an answer of the team."""

    personal_data = PersonalData(
        holds="a sealed envelope and the hour it came",
        about="people who ask for help or report something",
        why="what they said, and what they were told",
        kept="as the mailbox",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=48)
    sequence = models.PositiveIntegerField()
    envelope = models.BinaryField()
    at = models.DateTimeField(help_text="The hour.")
    read_on = models.DateField(null=True, help_text="When an answer was first looked at.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mailbox", "kind", "sequence"], name="one_letter_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sequence}"


class Attachment(models.Model):
    """A sealed file of a reporter; its id is that of a sealed record of its own."""

    personal_data = PersonalData(
        holds="that a sealed file lies on disk, in which of a few sizes, since which hour",
        about="people who ask for help or report something",
        why="what they sent can be looked at by the team",
        kept="as the mailbox; its own key is destroyed with it",
    )

    id = models.UUIDField(primary_key=True, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="attachments")
    size = models.BigIntegerField(help_text="Of the envelope, which comes in a few sizes only.")
    at = models.DateTimeField(help_text="The hour.")

    def __str__(self) -> str:
        return str(self.id)


class Opening(models.Model):
    """That somebody of the team opened a mailbox, which the reporter is told."""

    personal_data = PersonalData(
        holds="who opened which mailbox on which day, and the reason they gave from a list",
        about="people who work with the platform",
        why="whoever entrusted something learns that it was looked at",
        kept="as the mailbox",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="openings")
    by = models.UUIDField()
    on = models.DateField()
    reason = models.CharField(max_length=24)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mailbox", "by", "on", "reason"], name="one_opening_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.reason}"


class Draft(models.Model):
    """What somebody has not handed in yet, sealed to their own receipt and to nobody else."""

    personal_data = PersonalData(
        holds="the digest of a receipt, a sealed envelope, the day it was saved",
        about="people who ask for help or report something",
        why="somebody who is interrupted can go on where they were",
        kept="until it is handed in, and seven days at most",
    )

    lookup = models.BinaryField(max_length=32, primary_key=True)
    envelope = models.BinaryField()
    kept_on = models.DateField()

    def __str__(self) -> str:
        return f"draft of {self.kept_on}"
