"""Teams: the people to whom a record is sealed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["Admission", "Member", "Team"]


class Team(models.Model):
    """People who open the same records; the records belong to one organisation."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.UUIDField(help_text="Organisation that holds what the team opens.")
    name = models.CharField(max_length=120)
    receives = models.BooleanField(
        default=False, help_text="Whether people without an account may seal to this team."
    )
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    resealing_since = models.DateTimeField(
        null=True, help_text="Record keys sealed before this are still to be sealed anew."
    )
    duty = models.UUIDField(null=True, help_text="Team that may open in an emergency.")
    duty_vouched = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "name"], name="one_team_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """One person in one team, from then until they leave."""

    personal_data = PersonalData(
        holds="who is in which team, since when and until when",
        about="people who work with the platform",
        why="what is sealed to the team is sealed to their keys",
        kept="while the team lasts; the audit trail keeps plain ids",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    user = models.UUIDField(db_column="user_id")
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    vouched = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "user"],
                condition=models.Q(left_at__isnull=True),
                name="one_place_in_a_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team_id}"


class Admission(models.Model):
    """That somebody is to come into a team: proposed by a steward, approved by a second person.

    Written by functions of the database only (migration 0005): the desk's role may read it.
    """

    personal_data = PersonalData(
        holds="who is proposed for which team, by whom, who approved it, and when it was done",
        about="people who work with the platform",
        why="nobody comes to open what a team holds by one person's hand",
        kept="while the team lasts",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="admissions")
    person = models.UUIDField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=models.Q(ended_at__isnull=True, used_at__isnull=True),
                name="one_admission_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("proposed_by")),
                name="second_person_admits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.team_id}"
