"""Mailboxes of people without an account, and what lies in them, sealed.

In the clear stand only what a queue needs: which door, how urgent, the hour it came, how far it is.
Times are whole hours, so that nobody can lay them beside what a network saw.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = [
    "Attachment",
    "Conflict",
    "Draft",
    "Export",
    "Letter",
    "Mailbox",
    "Opening",
    "Redaction",
    "Spent",
    "Tide",
]


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
    read_on = models.DateField(
        null=True, help_text="When it was first looked at by whom it is for."
    )

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


class Conflict(models.Model):
    """That somebody has a conflict of interest with a state or an organisation.

    What a mailbox is about is sealed, so this is compared when it is opened, before it is shown; a
    conflict with one mailbox is a bar of the vault.
    """

    personal_data = PersonalData(
        holds="that somebody has a conflict of interest with a state or organisation, who said so",
        about="people who work with the platform",
        why="whoever has a conflict is kept from what concerns it",
        kept="while the account lasts",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.UUIDField()
    user = models.UUIDField(db_column="user_id")
    kind = models.CharField(max_length=12)
    about = models.CharField(max_length=120, help_text="Code of a state, name of an organisation.")
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Export(models.Model):
    """An export of a mailbox: proposed by one, approved by another, made once within the hour."""

    personal_data = PersonalData(
        holds="who wanted to take what out of a mailbox, why, who agreed, whether it was made",
        about="people who work with the platform",
        why="nothing leaves by one person's hand",
        kept="as the mailbox",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="exports")
    form = models.CharField(max_length=12)
    recipient = models.CharField(max_length=80, blank=True, help_text="Public key it is sealed to.")
    reason = models.CharField(max_length=24)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    refused_by = models.UUIDField(null=True)
    refused_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.form} {self.reason}"


class Redaction(models.Model):
    """A copy of a letter with parts taken out; its id is that of a sealed record of its own."""

    personal_data = PersonalData(
        holds="a sealed copy of a letter with parts taken out, of which letter, by whom",
        about="people who ask for help or report something",
        why="what must be shown to others is shown without what must not be",
        kept="as the mailbox; its own key is destroyed with it",
    )

    id = models.UUIDField(primary_key=True, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="redactions")
    of_kind = models.CharField(max_length=48)
    of_sequence = models.PositiveIntegerField()
    envelope = models.BinaryField()
    by = models.UUIDField()
    at = models.DateTimeField(help_text="The hour.")

    def __str__(self) -> str:
        return f"{self.of_kind} {self.of_sequence}"


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


class Spent(models.Model):
    """That a form's ticket has passed the gate. Unlogged; no serving role reads it."""

    personal_data = NO_PERSONAL_DATA

    mark = models.BinaryField(max_length=16, primary_key=True)
    """A MAC over the ticket under a key that is not in the database."""
    spent_on = models.DateField()

    def __str__(self) -> str:
        return f"spent {self.spent_on}"


class Tide(models.Model):
    """How many came to one web process within a minute. Unlogged; no serving role reads it."""

    personal_data = NO_PERSONAL_DATA

    process = models.UUIDField(primary_key=True)
    came = models.IntegerField()
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.came} within a minute"
