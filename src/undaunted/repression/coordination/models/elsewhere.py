"""Parties on other installations: as the proposer keeps them, and as they keep the proposal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.models.proposals import HANDS, Own, Proposal
from undaunted.repression.coordination.rules import (
    Announced,
    Answer,
    CoordinationStage,
    CoordinationState,
    CoordinationStep,
    PartyStanding,
    Preparation,
)

__all__ = ["HAS_PART", "Guest", "Invitation", "Sending", "SetAside"]


HAS_PART = models.Q(ended_at__isnull=True, answer__in=[Answer.INVITED, Answer.ACCEPTED])


class Guest(Own):
    """A part of a partner on another installation that two people of the proposer invite.

    What it answers is what was taken in of its packages, and is changed by nothing else. Once it is
    over, two people may invite the same key anew: a row of its own, beside the earlier one.
    """

    personal_data = HANDS

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="guests")
    partner = models.UUIDField(help_text="Verified partner of the proposer.")
    name = models.CharField(max_length=120)
    audience = models.CharField(max_length=80)
    signing_key = models.CharField(max_length=60)
    recipient = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=80)
    vouched = models.BinaryField(
        max_length=32,
        null=True,
        help_text="Code of the application that invites; emptied once it was asked.",
    )
    invited_at = models.DateTimeField(null=True)
    invited_by = models.UUIDField(null=True)
    answer = models.CharField(
        max_length=8, default=Answer.INVITED, choices=[(e.value, e.value) for e in Answer]
    )
    go_for = models.DateTimeField(null=True, help_text="Moment for which two of its people go.")
    held_at = models.DateTimeField(null=True)
    prepared = models.JSONField(default=dict, help_text="How far it says it is, by preparation.")
    said_at = models.DateTimeField(null=True, help_text="When it wrote what was taken in last.")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)
    item = models.UUIDField(null=True, help_text="Item of a package in which it said so.")
    ending_by = models.UUIDField(null=True, help_text="Who proposes to end its part.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["name", "recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "signing_key"],
                condition=HAS_PART,
                name="a_guest_has_one_part_in_a_proposal",
            ),
            models.CheckConstraint(
                condition=models.Q(invited_by__isnull=True)
                | ~models.Q(invited_by=models.F("recorded_by")),
                name="two_people_invite_a_guest",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by__isnull=True)
                | ~models.Q(ended_by=models.F("ending_by")),
                name="two_people_end_a_guests_part",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_part(self) -> bool:
        """Whether it takes part: it did not decline or leave, and nobody ended its part."""
        return self.standing.answer in {Answer.INVITED, Answer.ACCEPTED}

    @property
    def standing(self) -> PartyStanding:
        """Give where it stands, as the rules reckon with it; whose part was ended has left."""
        answer = Answer.LEFT if self.ended_at else Answer(self.answer)
        return PartyStanding(answer, self.go_for, held=self.held_at is not None)


class SetAside(Own):
    """A package of a guest that one person refused or let run out, set aside by another.

    Until then it keeps the embargo: it may hold the announcement.
    """

    personal_data = HANDS

    item = models.UUIDField(unique=True, help_text="Item of the package.")

    def __str__(self) -> str:
        return str(self.item)


class Invitation(Protected):
    """One word of a proposer elsewhere about its proposal, as it came in a package.

    Whom it is about is sealed to one's own receiving key; it ends with its package.
    """

    personal_data = PersonalData(
        holds="whom a partner proposes measures against, sealed; its parties and moment",
        about="people said to be responsible for violations",
        why="governments and civil society on several installations prepare measures together",
        kept="until the package runs out, is taken back, or the proposer withdraws",
    )

    partner = models.CharField(max_length=160)
    signing_key = models.CharField(max_length=60)
    package = models.UUIDField()
    tlp = models.CharField(max_length=16, choices=[(e.value, e.value) for e in Tlp])
    until = models.DateTimeField()
    proposal = models.UUIDField(help_text="Id at the proposer.")
    state = models.CharField(max_length=2)
    stage = models.CharField(max_length=9, choices=[(e.value, e.value) for e in CoordinationStage])
    moment = models.DateTimeField(null=True)
    stands = models.CharField(max_length=10, choices=[(e.value, e.value) for e in Announced])
    written_at = models.DateTimeField()
    content = models.BinaryField(help_text="As it came; empty once it was given up.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-written_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "signing_key", "proposal", "written_at"],
                name="one_word_of_a_proposer_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Sending(Protected):
    """One step that one's own organisation tells a proposer elsewhere; frozen as it was written.

    It leaves in a package that a second person seals, so that no step binds by one alone.
    """

    personal_data = HANDS

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="sendings")
    step = models.CharField(max_length=8, choices=[(e.value, e.value) for e in CoordinationStep])
    moment = models.DateTimeField(null=True)
    preparation = models.CharField(
        max_length=16, blank=True, choices=[(e.value, e.value) for e in Preparation]
    )
    state = models.CharField(
        max_length=12, blank=True, choices=[(e.value, e.value) for e in CoordinationState]
    )
    due = models.DateField(null=True)
    envelope = models.BinaryField(help_text="What it says, sealed to the parties' seats.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.step} {self.pk}"
