"""Who is kept from one record, who opens in an emergency, and keys that are open in sessions."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData
from undaunted.core.vault.models.records import Record
from undaunted.core.vault.models.teams import Team

__all__ = ["Bar", "Breaking", "Duty", "SessionKey"]


class Duty(models.Model):
    """The emergency key of a team on duty: its private half is sealed to that team, as a record."""

    personal_data = PersonalData(
        holds="a public key, and its private half sealed to the team on duty",
        about="nobody by itself; it opens what other teams seal to it by their own choice",
        why="somebody can look when nobody of the compartment can, and everybody learns of it",
        kept="while the team lasts",
    )

    team = models.OneToOneField(Team, models.CASCADE, primary_key=True, related_name="duty_key")
    record = models.UUIDField()
    recipient = models.CharField(max_length=80)
    envelope = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    vouched = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return self.recipient


class Bar(models.Model):
    """That one person is kept from one record, until somebody else lifts it."""

    personal_data = PersonalData(
        holds="that somebody has a conflict of interest with a record, and who said so",
        about="people who work with the platform",
        why="whoever has a conflict neither sees the record nor gets its key",
        kept="while the record is kept",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(Record, models.CASCADE, related_name="bars", db_constraint=False)
    tenant = models.UUIDField()
    user = models.UUIDField(db_column="user_id")
    by = models.UUIDField()
    at = models.DateTimeField()
    why = models.CharField(max_length=16)
    sealed_out = models.BooleanField(default=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "user"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_bar_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} not {self.record_id}"


class Breaking(models.Model):
    """That somebody on duty opened a record of a compartment that is not theirs: an alarm."""

    personal_data = PersonalData(
        holds="who opened which record in an emergency, why, and who took note of it",
        about="people who work with the platform",
        why="an emergency opening is seen by everybody who answers for the record",
        kept="while the record is kept",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.UUIDField()
    within = models.UUIDField(help_text="The record it belongs to; itself where it stands alone.")
    team = models.UUIDField()
    tenant = models.UUIDField()
    by = models.UUIDField()
    why = models.CharField(max_length=24)
    at = models.DateTimeField()
    until = models.DateTimeField()
    acknowledged_by = models.UUIDField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "until"], name="vault_breaking_by_until")]

    def __str__(self) -> str:
        return f"{self.by} {self.record}"


class SessionKey(models.Model):
    """Somebody's private key while it is open in one session; only a cookie there decrypts it."""

    personal_data = PersonalData(
        holds="a private key, encrypted under a key that is only in a browser's cookie",
        about="people who work with the platform",
        why="work goes on without the passphrase for four hours, and can be ended from anywhere",
        kept="until the key is closed, four hours at most",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.UUIDField(db_column="user_id")
    box = models.BinaryField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
