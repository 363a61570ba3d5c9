"""Seats, proposals, their parties, what is said and prepared: seen by parties alone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.sharing.rules import Tlp
from undaunted.repression.coordination.rules import (
    Answer,
    CoordinationStage,
    CoordinationState,
    PartyStanding,
    Preparation,
    Said,
)

if TYPE_CHECKING:
    from enum import StrEnum

__all__ = ["HANDS", "Own", "Party", "Prepared", "Proposal", "Remark", "Seat", "SeatKnown"]

HANDS = PersonalData(
    holds="who recorded, sent, answered or confirmed it, by opaque id",
    about="people who work with the platform",
    why="what binds an organisation is done by two people, in their own name",
    kept="with the proposal",
)


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


class Own(models.Model):
    """A row of one organisation. How far it is seen is said by its table's own policies.

    These tables have no `sharing` column: officials read what parties of a proposal share with
    them, which the bar on governments (S7) does not know. Who and what it is about is sealed to the
    parties' seats (decision 0044).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.UUIDField(help_text="Organisation that holds the record.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        abstract = True


class Seat(Own):
    """An organisation's seat: the public key to which proposals are sealed, opened by its team."""

    personal_data = HANDS

    team = models.UUIDField(help_text="Team of the vault that opens what is sealed to the seat.")
    public_key = models.CharField(max_length=80)
    envelope = models.BinaryField(help_text="Private half, sealed to the team.")
    sequence = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField(null=True, help_text="Others can invite it since then.")
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder"], name="one_seat_an_organisation"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="two_people_take_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SeatKnown(models.Model):
    """A seat as others see it: whose it is, and to which key one seals. A view."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    holder = models.UUIDField()
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=4)
    government = models.BooleanField()
    public_key = models.CharField(max_length=80)

    class Meta:
        db_table = "coordination_seat_known"
        managed = False

    def __str__(self) -> str:
        return self.name


class Proposal(Own):
    """A proposal of its holder to others. Whom it is about is in the envelope and nowhere else."""

    personal_data = PersonalData(
        holds="whom measures are proposed against and why, sealed; who recorded it, by opaque id",
        about="people said to be responsible for violations; people who work with the platform",
        why="governments and civil society prepare measures together before they are announced",
        kept="until it is withdrawn, which erases it, or while its parties keep their keys",
    )

    tlp = models.CharField(max_length=12, choices=_choices(Tlp))
    state = models.CharField(
        max_length=2, blank=True, help_text="Two letters: its officials are never invited."
    )
    stage = models.CharField(
        max_length=9, default=CoordinationStage.DRAFT, choices=_choices(CoordinationStage)
    )
    envelope = models.BinaryField(null=True, help_text="The subject, sealed to the parties' seats.")
    vouched = models.BinaryField(
        max_length=32,
        null=True,
        help_text="Code of the application for another seal; emptied once it was asked.",
    )
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    moment = models.DateTimeField(null=True, help_text="Until then the embargo holds at least.")
    moment_next = models.DateTimeField(null=True, help_text="Moment to which one person moves it.")
    moment_by = models.UUIDField(null=True, help_text="Who proposed to move it.")
    moves = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How often two people moved it."
    )
    ending_by = models.UUIDField(null=True, help_text="One person proposed to end it.")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sent_by__isnull=True)
                | ~models.Q(sent_by=models.F("recorded_by")),
                name="two_people_send_a_proposal",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage=CoordinationStage.ENDED)
                | models.Q(ending_by__isnull=False) & ~models.Q(closed_by=models.F("ending_by")),
                name="two_people_end_a_proposal",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage=CoordinationStage.WITHDRAWN)
                | models.Q(envelope__isnull=True),
                name="what_is_withdrawn_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Party(Own):
    """An organisation in a proposal: the proposer, or one invited by two of its people."""

    personal_data = HANDS

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="parties")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=4)
    government = models.BooleanField()
    public_key = models.CharField(max_length=80)
    vouched = models.BinaryField(
        max_length=32,
        null=True,
        help_text="Code of the application that invites; emptied once it was asked.",
    )
    invited_at = models.DateTimeField(null=True)
    invited_by = models.UUIDField(null=True)
    answer = models.CharField(max_length=8, default=Answer.INVITED, choices=_choices(Answer))
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    go_for = models.DateTimeField(null=True, help_text="Moment for which one person said go.")
    go_by = models.UUIDField(null=True)
    gone_at = models.DateTimeField(null=True, help_text="A second person confirmed.")
    gone_by = models.UUIDField(null=True)
    held_at = models.DateTimeField(null=True)
    held_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "holder"], name="once_in_a_proposal"),
            models.CheckConstraint(
                condition=models.Q(gone_by__isnull=True) | ~models.Q(gone_by=models.F("go_by")),
                name="two_people_say_go",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> PartyStanding:
        """Give where it stands, as the rules reckon with it."""
        gone = self.go_for if self.gone_at is not None else None
        return PartyStanding(Answer(self.answer), gone, held=self.held_at is not None)


class Prepared(Own):
    """One thing that a party does before the moment, and how far it is; no words."""

    personal_data = HANDS

    party = models.ForeignKey(Party, models.PROTECT, related_name="prepared")
    kind = models.CharField(max_length=16, choices=_choices(Preparation))
    state = models.CharField(max_length=12, choices=_choices(CoordinationState))
    due = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "kind"], name="one_preparation_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Remark(Own):
    """What a party says to the others: sealed to the seats of those who were parties then."""

    personal_data = HANDS

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="remarks")
    guest = models.ForeignKey(
        "Guest", models.PROTECT, null=True, help_text="Partner elsewhere that says it.",
        related_name="remarks",
    )  # fmt: skip
    kind = models.CharField(max_length=12, choices=_choices(Said))
    envelope = models.BinaryField(help_text="Empty once a partner has taken it back.")
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
