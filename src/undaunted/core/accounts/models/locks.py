"""Accounts that their owners have locked in danger, and who has agreed to unlock them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData

__all__ = ["Lock", "Unlocking"]


class Lock(models.Model):
    """That somebody has locked their own account; two colleagues lift it."""

    personal_data = PersonalData(
        holds="who locked their account, when, and since when it is open again",
        about="people who work with the platform",
        why="whoever is forced to hand over passphrase and factor hands over nothing",
        kept="while the account lasts",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.UUIDField(db_column="user_id")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_lock_in_force",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Unlocking(models.Model):
    """That a colleague agrees to lift a lock."""

    personal_data = PersonalData(
        holds="who agreed to unlock whose account, and when",
        about="people who work with the platform",
        why="two people make sure that its owner is free again",
        kept="as the lock",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lock = models.ForeignKey(Lock, models.CASCADE, related_name="unlockings")
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lock", "by"], name="one_unlocking_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.lock_id}"
