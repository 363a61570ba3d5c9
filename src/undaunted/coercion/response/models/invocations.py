"""An invocation: its stages, what members said, pledged, voted and delivered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.response.models.compacts import (
    HANDS,
    Compact,
    Episode,
    Keepable,
    Member,
    Own,
    PledgeTerms,
)
from undaunted.coercion.response.rules import Choice, Reach, ResponseStage
from undaunted.core.access.rules import PersonalData

__all__ = ["Delivery", "Invocation", "Note", "OffRamp", "Pledge", "Statement", "Step", "Vote"]

STAGES = [(each.value, each.value) for each in ResponseStage]


class Invocation(Own):
    """A compact called upon for an episode. Its holder invoked it; stages are moved one by one."""

    personal_data = HANDS

    compact = models.ForeignKey(Compact, models.PROTECT, related_name="invocations")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="invocations")
    trigger = models.JSONField(help_text="Pack, findings and outcome on which it was opened.")
    stage = models.CharField(max_length=12, default=ResponseStage.INVOKED, choices=STAGES)
    reason = models.TextField(blank=True, help_text="Why the last step was taken.")
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField()
    adopted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_for = models.UUIDField(
        null=True, help_text="Government whose second person confirms it."
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField(
        null=True, help_text="A second person called upon the members."
    )
    opened_by = models.UUIDField(null=True)
    closing_at = models.DateTimeField(null=True, help_text="One person proposed to close it.")
    closing_by = models.UUIDField(null=True)
    closing_for = models.UUIDField(null=True, help_text="Government whose second person closes it.")
    closing_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("decided_by")),
                name="two_people_record_a_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(opened_by__isnull=True)
                | ~models.Q(opened_by=models.F("recorded_by")),
                name="two_people_invoke",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=models.Q(opened_at__isnull=False) & ~models.Q(stage=ResponseStage.CLOSED),
                name="one_open_invocation_an_episode",
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


class Statement(Keepable):
    """What a member says in a stage; reach `own` is confidential, and sealed."""

    personal_data = PersonalData(
        holds="texts about measures of states; who wrote them, by opaque id",
        about="officials who work with the platform",
        why="members consult and assess together",
        kept="with the invocation",
    )

    invocation = models.ForeignKey(Invocation, models.PROTECT, related_name="statements")
    stage = models.CharField(max_length=12, choices=STAGES)
    text = models.TextField(blank=True)
    reach = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Reach])

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reach=Reach.OWN, envelope__isnull=False, text="")
                | (~models.Q(reach=Reach.OWN) & models.Q(envelope__isnull=True)),
                name="what_is_kept_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.reach}"


class Pledge(PledgeTerms):
    """A measure or solidarity that a member pledges; without an invocation it stands beforehand."""

    personal_data = HANDS

    compact = models.ForeignKey(Compact, models.PROTECT, related_name="pledges")
    invocation = models.ForeignKey(Invocation, models.PROTECT, null=True, related_name="pledges")
    approved_at = models.DateTimeField(null=True, help_text="Let out since then.")
    approved_by = models.UUIDField(null=True)
    changed_by = models.UUIDField(null=True)
    beforehand = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Pledge made beforehand that it was brought in from.",
    )
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken back before the vote.")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    ~models.Q(reach=Reach.OWN)
                    & ~models.Q(approved_by=models.F("recorded_by"))
                    & (
                        models.Q(changed_by__isnull=True)
                        | ~models.Q(approved_by=models.F("changed_by"))
                    )
                ),
                name="two_people_publish_a_pledge",
            ),
            models.CheckConstraint(
                condition=models.Q(reach=Reach.OWN)
                | (~models.Q(legal_basis="") & ~models.Q(trigger="") & ~models.Q(off_ramp="")),
                name="pledge_has_basis_trigger_and_end",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    reach=Reach.OWN,
                    envelope__isnull=False,
                    text="",
                    legal_basis="",
                    trigger="",
                    off_ramp="",
                    ended_why="",
                )
                | (~models.Q(reach=Reach.OWN) & models.Q(envelope__isnull=True)),
                name="what_is_kept_of_a_pledge_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reach}"


class Note(Keepable):
    """What a member keeps to itself about its pledge: sealed to its own people alone."""

    personal_data = HANDS

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="notes")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(envelope__isnull=False), name="a_note_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OffRamp(Keepable):
    """A condition that ends a measure, what shows it, and the member that confirms it was met."""

    personal_data = HANDS

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="off_ramps")
    condition = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    confirmer = models.ForeignKey(Member, models.PROTECT, related_name="+")
    met_at = models.DateTimeField(null=True)
    met_by = models.UUIDField(null=True)
    shown_by = models.TextField(blank=True, help_text="Evidence that it was met.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(envelope__isnull=True)
                | models.Q(condition="", evidence="", shown_by=""),
                name="what_is_kept_of_a_condition_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(Keepable):
    """What was delivered of a pledge on a day, with its evidence; what was wrong is taken back."""

    personal_data = HANDS

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="deliveries")
    day = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    evidence = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, help_text="Not counted since then.")
    taken_back_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["day", "recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(envelope__isnull=True) | models.Q(evidence=""),
                name="what_is_kept_of_a_delivery_is_sealed",
            ),
        ]

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
