"""Key pairs of people, and the recovery of an instance."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["PublicKey", "Recovery", "RecoveryCopy", "WrappedKey"]


class PublicKey(models.Model):
    """The public half of somebody's key pair; one in force, earlier ones retired."""

    personal_data = PersonalData(
        holds="a public key and whose it is",
        about="people who work with the platform",
        why="records are sealed to it",
        kept="while the account lasts; retired keys show who could open what, when",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.UUIDField(db_column="user_id")
    generation = models.PositiveIntegerField()
    recipient = models.CharField(max_length=80)
    since = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    vouched = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "generation"], name="one_key_a_generation"),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(retired_at__isnull=True),
                name="one_key_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.generation}"


class WrappedKey(models.Model):
    """The private half under Argon2id of the passphrase; destroyed when the pair is retired."""

    personal_data = PersonalData(
        holds="a private key that only its owner's passphrase opens",
        about="people who work with the platform",
        why="the owner opens what is sealed to them, from any device",
        kept="until the pair is rotated or the account closed",
    )

    public_key = models.OneToOneField(PublicKey, models.CASCADE, primary_key=True)
    user = models.UUIDField(db_column="user_id")
    box = models.BinaryField()
    salt = models.BinaryField()
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return str(self.public_key_id)


class Recovery(models.Model):
    """The public half of a recovery key, whose private half exists only as shares."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.CharField(max_length=80)
    threshold = models.PositiveSmallIntegerField()
    holders = models.JSONField(help_text="Names of the organisations that hold a share.")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    retired_at = models.DateTimeField(null=True)
    vouched = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(retired_at__isnull=True),
                name="one_recovery_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.threshold} of {len(self.holders)}"


class RecoveryCopy(models.Model):
    """Somebody's private key, sealed to the recovery key: opened only by a quorum's shares."""

    personal_data = PersonalData(
        holds="a private key that only a quorum of organisations opens, in its owner's session",
        about="people who work with the platform",
        why="a lost passphrase must not lose what people at risk entrusted",
        kept="until the pair is rotated or the account closed",
    )

    public_key = models.OneToOneField(PublicKey, models.CASCADE, primary_key=True)
    user = models.UUIDField(db_column="user_id")
    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="copies")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.public_key_id)
