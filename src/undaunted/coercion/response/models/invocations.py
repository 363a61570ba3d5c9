"""An invocation: its stages, what members said, pledged, voted and delivered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.response.models.compacts import (
    HANDS,
    Compact,
    Episode,
    Member,
    Own,
    PledgeTerms,
)
from undaunted.coercion.response.rules import Choice, Reach, Stage
from undaunted.core.access.rules import PersonalData

__all__ = ["Delivery", "Invocation", "Note", "OffRamp", "Pledge", "Statement", "Step", "Vote"]

STAGES = [(each.value, each.value) for each in Stage]


class Invocation(Own):
    """A compact called upon for an episode. Its holder invoked it; stages are moved one by one."""

    personal_data = HANDS

    compact = models.ForeignKey(Compact, models.PROTECT, related_name="invocations")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="invocations")
    trigger = models.JSONField(help_text="Pack, findings and outcome on which it was opened.")
    stage = models.CharField(max_length=12, default=Stage.INVOKED, choices=STAGES)
    reason = models.TextField(blank=True, help_text="Why the last step was taken.")
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField()
    adopted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("decided_by")),
                name="two_people_record_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.stage}"


class Step(models.Model):
    """A stage that an invocation entered; written by the database alone, never changed."""

    personal_data = HANDS

    invocation = models.ForeignKey(Invocation, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=12, choices=STAGES)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.stage


class Statement(Own):
    """What a member says in a stage; reach `own` is confidential and read by its people alone."""

    personal_data = PersonalData(
        holds="texts about measures of states; who wrote them, by opaque id",
        about="officials who work with the platform",
        why="members consult and assess together",
        kept="with the invocation",
    )

    invocation = models.ForeignKey(Invocation, models.PROTECT, related_name="statements")
    stage = models.CharField(max_length=12, choices=STAGES)
    text = models.TextField()
    reach = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Reach])

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.stage} {self.reach}"


class Pledge(PledgeTerms):
    """A measure or solidarity that a member pledges; without an invocation it stands beforehand."""

    personal_data = HANDS

    compact = models.ForeignKey(Compact, models.PROTECT, related_name="pledges")
    invocation = models.ForeignKey(Invocation, models.PROTECT, null=True, related_name="pledges")
    approved_at = models.DateTimeField(null=True, help_text="Public since then.")
    approved_by = models.UUIDField(null=True)
    changed_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken back before the vote.")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    models.Q(reach=Reach.PUBLIC)
                    & ~models.Q(approved_by=models.F("recorded_by"))
                    & (
                        models.Q(changed_by__isnull=True)
                        | ~models.Q(approved_by=models.F("changed_by"))
                    )
                ),
                name="two_people_publish_a_pledge",
            ),
            models.CheckConstraint(
                condition=~models.Q(legal_basis="")
                & ~models.Q(trigger="")
                & ~models.Q(off_ramp=""),
                name="pledge_has_basis_trigger_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reach}"


class Note(Own):
    """What a member keeps to itself about its pledge: read by its own people alone."""

    personal_data = HANDS

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="notes")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)


class OffRamp(Own):
    """A condition that ends a measure, what shows it, and the member that confirms it was met."""

    personal_data = HANDS

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="off_ramps")
    condition = models.TextField()
    evidence = models.TextField()
    confirmer = models.ForeignKey(Member, models.PROTECT, related_name="+")
    met_at = models.DateTimeField(null=True)
    met_by = models.UUIDField(null=True)
    shown_by = models.TextField(blank=True, help_text="Evidence that it was met.")

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(Own):
    """What was delivered of a pledge on a day, with its evidence; added, never changed."""

    personal_data = HANDS

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="deliveries")
    day = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    evidence = models.TextField()

    class Meta:
        ordering: ClassVar = ["day", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.day}"


class Vote(Own):
    """A member's vote: cast by one of its people, counted once a second one confirms it."""

    personal_data = HANDS

    invocation = models.ForeignKey(Invocation, models.PROTECT, related_name="votes")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Choice])
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invocation", "member"], name="one_vote_a_member"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="two_people_cast_a_vote",
            ),
        ]

    def __str__(self) -> str:
        return self.choice
