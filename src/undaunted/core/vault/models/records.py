"""Sealed records: which there are, their keys, and what was sealed to them. No content is here."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.vault.models.teams import Team

__all__ = ["Record", "RecordKey", "Sealing"]


class Record(models.Model):
    """A record whose content is sealed to a key pair of its own; after erasure, its tombstone."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, editable=False)
    tenant = models.UUIDField(help_text="Organisation that holds the record.")
    team = models.ForeignKey(Team, models.PROTECT, related_name="records")
    recipient = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    erased_why = models.CharField(max_length=40, blank=True)
    vouched = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["team", "id"])]

    def __str__(self) -> str:
        return str(self.id)


class RecordKey(models.Model):
    """The private key of one record, sealed to its team. Backed up apart, for 7 days at most."""

    personal_data = PersonalData(
        holds="the key to one record, which only members of its team open",
        about="whoever the record is about",
        why="destroying it erases the record everywhere, older backups included",
        kept="until the record is erased; copies of this table 7 days at most",
    )

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True)
    sealed = models.BinaryField()
    sequence = models.PositiveIntegerField(default=1)
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "vault_recordkey"

    def __str__(self) -> str:
        return f"{self.record_id} {self.sequence}"


class Sealing(models.Model):
    """That something was sealed to a record: its kind, version, number and head."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, models.CASCADE, related_name="sealings")
    kind = models.CharField(max_length=48)
    version = models.PositiveIntegerField()
    sequence = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64, help_text="SHA-256 of the envelope's first 4096 bytes.")
    at = models.DateTimeField()
    vouched = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "kind", "sequence"], name="one_sealing_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind} {self.sequence}"
