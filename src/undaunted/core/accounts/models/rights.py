"""What one administrator of accounts proposed, and what another answered."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData, Role
from undaunted.core.accounts.models.people import Organisation

__all__ = ["RightsProposal"]


class RightsProposal(models.Model):
    """A right that somebody is to get, once a second administrator has approved it.

    Written by functions of the database only (migration 0005): the desk's role may read it.
    """

    personal_data = PersonalData(
        holds="user name or id of the person, role, who proposed and who answered, a sealed part",
        about="people who work with the platform",
        why="no administrator gives rights alone",
        kept="the name and the sealed part until it is answered or 14 days old; then ids only",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=[("role", "role"), ("renewal", "renewal")])
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    whose = models.UUIDField(null=True)
    username = models.CharField(max_length=64)
    role = models.CharField(max_length=16, choices=[(r.value, r.value) for r in Role])
    part = models.TextField()
    """The first part of a new passphrase, sealed under a key that is not in the database."""
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=9)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation"], condition=models.Q(answer=""), name="rights_that_wait"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} {self.answer}"
