"""Key pairs of people, and the recovery of an instance."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["KeyCheck", "PublicKey", "Recovery", "RecoveryCopy", "Share", "WrappedKey"]


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
    pending = models.BooleanField(
        default=False, help_text="Not in force until every holder has typed their share back."
    )
    retired_at = models.DateTimeField(null=True)
    vouched = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "pending",
                condition=models.Q(retired_at__isnull=True),
                name="one_recovery_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.threshold} of {len(self.holders)}"


class Share(models.Model):
    """One organisation's share: sealed to its holder until they have written it down, then gone."""

    personal_data = PersonalData(
        holds="who holds which share for which organisation, a digest of it, and when it was read",
        about="people who work with the platform",
        why="a recovery needs to know whom to call, and whether their sheet can still be read",
        kept="while the account lasts; a retired recovery shows who could take part in it",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recovery = models.ForeignKey(Recovery, models.CASCADE, related_name="shares")
    number = models.PositiveSmallIntegerField()
    organisation = models.UUIDField()
    person = models.UUIDField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the words.")
    sealed = models.BinaryField(null=True)
    taken_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recovery", "number"], name="one_share_a_number"),
            models.UniqueConstraint(
                fields=["recovery", "organisation"], name="one_share_an_organisation"
            ),
            models.UniqueConstraint(fields=["recovery", "person"], name="one_share_a_person"),
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=True) | models.Q(taken_at__isnull=True),
                name="taken_share_is_gone",
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.number}"


class KeyCheck(models.Model):
    """That somebody compared a public key's fingerprint with its owner, by voice or in person."""

    personal_data = PersonalData(
        holds="who compared whose key's fingerprint, and when",
        about="people who work with the platform",
        why="a key that was exchanged in the database is noticed by the people it concerns",
        kept="as the public key",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_key = models.ForeignKey(PublicKey, models.CASCADE, related_name="checks")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["public_key", "by"], name="one_check_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.public_key_id} {self.at:%Y-%m-%d}"


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
