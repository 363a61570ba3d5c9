"""What watching the register found, kept as it was known, and what people decided about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.screening.models.assets import HOLDERS, RECORDERS, Asset
from undaunted.coercion.screening.rules import Grip, ReviewOutcome, UnfiledStatus
from undaunted.core.access.models import Protected

__all__ = ["Alert", "AlertReview", "Screening", "Unfiled", "UnfiledStep"]

GRIPS = [(each.value, each.value) for each in Grip]


class Screening(Protected):
    """One look at a register, on a day, with what was known then."""

    personal_data = RECORDERS

    day = models.DateField()
    whole = models.BooleanField(
        default=True, help_text="At all of it; else at what hangs together with a change."
    )
    assets = models.PositiveIntegerField()
    holdings = models.PositiveIntegerField()
    changed = models.PositiveIntegerField(help_text="Companies whose holders changed since.")
    digest = models.CharField(max_length=64, help_text="Of the holdings that were looked at.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.day}"


class Alert(Protected):
    """A state's grip on an asset became another one, or its votes passed a level; with stakes."""

    personal_data = RECORDERS

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="alerts")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="alerts")
    state = models.CharField(max_length=300)
    before = models.CharField(max_length=4, choices=GRIPS)
    after = models.CharField(max_length=4, choices=GRIPS)
    lowest = models.BigIntegerField(help_text="Least share of votes held, in units of the engine.")
    highest = models.BigIntegerField()
    proof = models.JSONField(default=list, help_text="Sentences, from the owners to the asset.")
    stakes = models.JSONField(default=list, help_text="The stakes that carry the answer.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["screening", "asset", "state"], name="one_alert_of_a_state_and_asset"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.after}"


class AlertReview(Protected):
    """What somebody decided about an alert, and why; a later decision stands beside it."""

    personal_data = RECORDERS

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="reviews")
    outcome = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in ReviewOutcome]
    )
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return self.outcome


class Unfiled(Protected):
    """A stake that was taken in a company with critical assets, of which no case is known."""

    personal_data = HOLDERS

    owner = models.CharField(max_length=300)
    owner_name = models.CharField(max_length=300, blank=True)
    target = models.CharField(max_length=300)
    target_name = models.CharField(max_length=300, blank=True)
    day = models.DateField(help_text="From when the stake was held.")
    before = models.JSONField(help_text="Votes held before: least and most, in units.")
    after = models.JSONField()
    assets = models.JSONField(help_text="References of assets below the company.")
    states = models.JSONField(help_text="States above the owner, and whether they must control it.")
    reaches = models.JSONField(help_text="What each regime says, as it was found.")
    last_day = models.DateField(null=True, help_text="None where a regime sets no period.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["last_day", "day", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "owner", "target", "day"], name="an_unfiled_deal_is_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} in {self.target}"

    @property
    def status(self) -> str:
        """Where it stands; considered until somebody decides."""
        steps = list(self.steps.all())
        return steps[0].status if steps else UnfiledStatus.CONSIDERED.value


class UnfiledStep(Protected):
    """What was decided about an unfiled deal, and why; a later step stands beside it."""

    personal_data = RECORDERS

    unfiled = models.ForeignKey(Unfiled, models.PROTECT, related_name="steps")
    status = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in UnfiledStatus]
    )
    reason = models.TextField()
    case = models.CharField(max_length=60, blank=True, help_text="Short name of the case opened.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return self.status
