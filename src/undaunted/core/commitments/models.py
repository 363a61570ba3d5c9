"""Statements as somebody proposed them and somebody else read them, and what of them is public."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.commitments.rules import CommitmentState, Known, Status, read_statement

if TYPE_CHECKING:
    from undaunted.core.commitments.rules import Statement

__all__ = ["CommitmentStatement", "PublishedCommitment"]

_HANDS = PersonalData(
    holds="who proposed, decided on or withdrew a statement, by opaque id",
    about="people who work with the platform",
    why="nothing enters a board by one person",
    kept="while the statement is kept",
)


class CommitmentStatement(Protected):
    """How a state stands to an instrument from a day on; decided once and never changed."""

    personal_data = _HANDS

    instrument = models.SlugField(max_length=40)
    state = models.CharField(max_length=4)
    status = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Status])
    first_day = models.DateField(help_text="From when it surely holds.")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    corrected_at = models.DateTimeField(null=True)
    review = models.CharField(
        max_length=8,
        default=CommitmentState.WAITING,
        choices=[(each.value, each.value) for each in CommitmentState],
    )
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True, help_text="What whoever declined it said.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "digest"],
                condition=models.Q(review="waiting"),
                name="one_statement_waits_once",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=models.Q(review__in=["waiting", "accepted"], withdrawn_at__isnull=True),
                name="one_correction_of_a_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(review="declined")
                | models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="two_people_accept_a_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(review="waiting", decided_by__isnull=True)
                | models.Q(
                    review__in=["accepted", "declined"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="statement_decided_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.state} {self.first_day}"

    @property
    def statement(self) -> Statement:
        """Give the text as the rules read it."""
        return read_statement(self.content, where=str(self.pk))


class PublishedCommitment(models.Model):
    """An accepted statement with the time of its correction; written by a definer function only."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    instrument = models.SlugField(max_length=40)
    state = models.CharField(max_length=4)
    status = models.CharField(max_length=12)
    first_day = models.DateField()
    content = models.JSONField()
    accepted_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    corrects = models.UUIDField(null=True)

    class Meta:
        db_table = "published_commitment"
        indexes: ClassVar = [models.Index(fields=["instrument", "state"], name="commitment_board")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.state} {self.first_day}"

    @property
    def known(self) -> Known:
        """Give the statement with the days on which it was known."""
        return Known(
            self.id,
            read_statement(self.content, where=str(self.id)),
            self.accepted_at.date(),
            self.corrected_at.date() if self.corrected_at else None,
        )
