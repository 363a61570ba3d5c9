"""An organisation's own keys for sharing, its partners, and circles of partners."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["Circle", "CircleMember", "OwnKeys", "Partner"]


class OwnKeys(Protected):
    """The keys by which an organisation signs and receives; the private halves are sealed."""

    personal_data = NO_PERSONAL_DATA

    name = models.CharField(max_length=120, help_text="How partners see the organisation.")
    team = models.UUIDField(help_text="Team whose members may sign and receive.")
    record = models.UUIDField(help_text="Record of the vault that holds the private halves.")
    envelope = models.BinaryField()
    signing_key = models.CharField(max_length=60)
    recipient = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder"],
                condition=models.Q(retired_at__isnull=True),
                name="one_pair_of_sharing_keys",
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint


class Partner(Protected):
    """Somebody to share with: keys, kind, as whom consent counts them, who compared the keys."""

    personal_data = PersonalData(
        holds="name and public keys of a partner, which may be a person",
        about="people at organisations and governments that packages are exchanged with",
        why="a package goes to nobody else, and comes from nobody else",
        kept="while packages are exchanged; ended partners stay as proof of who received what",
    )

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    audience = models.CharField(max_length=80)
    signing_key = models.CharField(max_length=60)
    recipient = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=80)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    verified_by = models.UUIDField(null=True)
    verified_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "signing_key"],
                condition=models.Q(ended_at__isnull=True),
                name="one_partner_a_signing_key",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by__isnull=True)
                | ~models.Q(verified_by=models.F("recorded_by")),
                name="two_people_verify_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Circle(Protected):
    """A name for several partners, written out whenever it is used."""

    personal_data = NO_PERSONAL_DATA

    name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "name"], name="one_circle_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CircleMember(Protected):
    """One partner in one circle."""

    personal_data = NO_PERSONAL_DATA

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="circles")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circle", "partner"], name="once_in_a_circle"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} in {self.circle_id}"
